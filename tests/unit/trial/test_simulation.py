"""Simulated trials: level and power against theory, the same sums whoever counts them, and rules that bite."""

from pathlib import Path

import numpy as np
import pytest

from cordula.stats.refusals import CannotBe
from cordula.stats.sequential import design as sequential
from cordula.stats.sequential import power
from cordula.trial.rules import Reason
from cordula.trial.simulation import simulate
from cordula.trial.simulation.blocks import BLOCK, blocks
from cordula.trial.simulation.examples import first_trials
from cordula.trial.simulation.simulate import trials_of
from tests.unit.trial.plans import ALIKE, ARMS, CONTINUOUS, DESIGN, PLAIN, read, with_

SEED, TRIALS = 20261122, 20_000


def test_the_type_i_error_is_the_level_under_the_null(tmp_path: Path) -> None:
    design, scenarios = read(tmp_path)

    found = simulate(design, scenarios["null"], TRIALS, SEED)

    assert found.false
    assert abs(found.any_found.value - 0.05) < 4 * found.any_found.error
    assert abs(found.higher.value - found.lower.value) < 4 * np.sqrt(0.05 / TRIALS)


def test_small_trials_keep_their_level_because_p_values_meet_the_bounds(tmp_path: Path) -> None:
    """With z in place of t, twelve children would find what is not there in about 9 of 100 trials."""
    design, scenarios = read(tmp_path, with_(PLAIN, participants="12", looks='["1"]'))

    found = simulate(design, scenarios["null"], TRIALS, SEED)

    assert abs(found.any_found.value - 0.05) < 4 * found.any_found.error
    shown = trials_of(design, scenarios["null"], 1, SEED).outcomes[0].shown(0, TRIALS)
    naive = (np.abs(shown.estimate / shown.error) > 1.96).mean()
    assert naive > 0.075


def test_the_power_is_that_of_theory_where_children_are_many(tmp_path: Path) -> None:
    """The recursion of stats.sequential, at the drift 1.4 / (6 √(2/400)) of eight hundred children."""
    many = with_(PLAIN, participants="800").replace('mean = "4 %"', 'mean = "1.4 %"')
    design, scenarios = read(tmp_path, many)
    drift = 1.4 / (6 * np.sqrt(2 / 400))
    theory = power(design.looks.boundaries(), drift)

    found = simulate(design, scenarios["some"], TRIALS, SEED)

    told = found.looks[0].stops["higher"].value
    assert abs(told - theory.rejected[0]) < 0.02
    assert abs(found.higher.value - sum(theory.rejected)) < 0.01


def test_the_sums_are_the_same_to_the_last_bit_for_any_number_of_threads(tmp_path: Path) -> None:
    design, scenarios = read(tmp_path)

    told = [simulate(design, scenarios["some"], 3 * BLOCK + 5, SEED, workers=n) for n in (1, 2, 5)]

    assert told[0] == told[1] == told[2]


def test_blocks_cover_every_trial_once() -> None:
    covered = [n for first, count in blocks(2 * BLOCK + 7) for n in range(first, first + count)]

    assert covered == list(range(2 * BLOCK + 7))


def test_another_seed_is_another_answer_and_the_same_seed_the_same(tmp_path: Path) -> None:
    design, scenarios = read(tmp_path)

    one, two, three = (simulate(design, scenarios["some"], 500, seed) for seed in (1, 2, 1))

    assert one != two
    assert one == three


def test_ctrl_c_keeps_what_is_done(tmp_path: Path) -> None:
    design, scenarios = read(tmp_path)

    def impatient(done: int, trials: int) -> None:
        if done >= 2 * BLOCK:
            raise KeyboardInterrupt

    found = simulate(design, scenarios["some"], 10 * BLOCK, SEED, progress=impatient)

    assert not found.complete
    assert found.trials == 2 * BLOCK
    whole = simulate(design, scenarios["some"], 2 * BLOCK, SEED)
    assert found.any_found == whole.any_found


def test_examples_are_the_first_of_the_counted_trials(tmp_path: Path) -> None:
    design, scenarios = read(tmp_path)
    work = trials_of(design, scenarios["some"], 1, SEED)

    shown = first_trials(work, 40)

    tally = work.tally(0, 40)
    higher = sum(one.reason == "higher" for one in shown)
    assert higher == tally.stops[:, Reason.HIGHER].sum()
    assert sum(len(one.looks) == 1 for one in shown) == tally.stops[0].sum()


def test_a_lead_by_selection_is_called_a_false_finding_and_warned_of(tmp_path: Path) -> None:
    trial = PLAIN.replace(
        "[scenarios.some.truth.fac]",
        '[scenarios.some.selection]\nfac = "4 %"\n\n[scenarios.some.truth.fac]',
    )
    design, scenarios = read(tmp_path, trial.replace('mean = "4 %"', 'mean = "0 %"'))

    found = simulate(design, scenarios["some"], 4000, SEED)

    assert found.false
    assert found.any_found.value > 0.4
    assert any("treatment does nothing" in remark for remark in found.remarks)


def test_a_binding_futility_rule_stops_trials_and_lowers_the_bound(tmp_path: Path) -> None:
    futile = DESIGN + '\n[design.futility]\nconditional_power = "0.2"\n'
    design, scenarios = read(tmp_path, futile + ARMS + CONTINUOUS + ALIKE)
    plain, _ = read(tmp_path)

    found = simulate(design, scenarios["null"], 5000, SEED)
    without = simulate(plain, scenarios["null"], 5000, SEED)

    assert found.looks[0].stops["futility"].value > 0.5
    assert found.children is not None
    assert without.children is not None
    assert found.children.value < without.children.value - 5
    assert found.any_found.value <= without.any_found.value


def test_a_test_of_one_side_that_looks_lower_finds_what_is_lower(tmp_path: Path) -> None:
    trial = with_(PLAIN, sides="1").replace(
        'rank = "primary"', 'rank = "primary"\nlooks_for = "lower"'
    )
    design, scenarios = read(tmp_path, trial.replace('mean = "4 %"', 'mean = "-6 %"'))

    found = simulate(design, scenarios["some"], 2000, SEED)

    assert found.lower.value > 0.8
    assert found.higher.value == 0


def test_several_endpoints_at_the_full_level_find_too_often_and_holm_does_not(
    tmp_path: Path,
) -> None:
    second = CONTINUOUS.replace('"fac"', '"strain"').replace("rv_fac", "rv_longitudinal_strain")
    both = (CONTINUOUS + second).replace('"primary"', '"co_primary"')
    truth = ALIKE[: ALIKE.index("[scenarios.some]")]
    strain = truth[truth.index("[scenarios.null.truth") :].replace("truth.fac", "truth.strain")
    holm = '\n[design.multiplicity]\nmethod = "holm"\norder = ["fac", "strain"]\n'
    trial = with_(DESIGN, looks='["1"]')
    free, scenarios = read(tmp_path, trial + ARMS + both + truth + strain)
    kept, _ = read(tmp_path, trial + holm + ARMS + both + truth + strain)

    often = simulate(free, scenarios["null"], TRIALS, SEED).any_found
    rarely = simulate(kept, scenarios["null"], TRIALS, SEED).any_found

    assert abs(often.value - (1 - 0.95**2)) < 4 * often.error
    assert abs(rarely.value - 0.05) < 4 * rarely.error


def test_virtual_infants_stand_in_for_the_scenarios_truth(tmp_path: Path) -> None:
    design, scenarios = read(tmp_path)
    infants = np.random.default_rng(SEED).normal(0, 4, (200, 3)) + np.array([30.0, 5.0, 0.0])

    found = simulate(design, scenarios["null"], 4000, SEED, infants=infants)

    assert found.target == pytest.approx(infants[:, 1].mean() - infants[:, 2].mean())
    assert found.bias is not None
    assert not found.false
    assert found.higher.value > 0.9


@pytest.mark.parametrize(("trials", "seed", "told"), [(0, 1, "0 trials"), (5, -1, "seed -1")])
def test_what_cannot_be_run_is_refused(tmp_path: Path, trials: int, seed: int, told: str) -> None:
    design, scenarios = read(tmp_path)

    with pytest.raises(CannotBe, match=told):
        simulate(design, scenarios["null"], trials, seed)


def test_a_scenario_without_a_tested_endpoint_is_refused(tmp_path: Path) -> None:
    described = CONTINUOUS.replace('"ancova"', '"descriptive"')
    design, scenarios = read(tmp_path, DESIGN + ARMS + described + ALIKE)

    with pytest.raises(CannotBe, match="says nothing of an endpoint that is tested"):
        simulate(design, scenarios["null"], 10, SEED)


def test_bounds_are_those_of_the_sequential_room(tmp_path: Path) -> None:
    from cordula.stats.sequential import OBrienFlemingSpending

    design, _ = read(tmp_path)

    theirs = sequential((0.5, 1.0), 0.05, 2, OBrienFlemingSpending()).critical
    assert design.looks.boundaries().critical == theirs


def test_a_look_comes_after_its_share_of_the_children_rounded_up(tmp_path: Path) -> None:
    design, _ = read(tmp_path, with_(PLAIN, participants="41", looks='["0.5", "0.75", "1"]'))

    assert design.looks_after == (21, 31, 41)
