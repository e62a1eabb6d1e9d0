"""Several endpoints of a simulated trial, told to the ledger, are found where and when the simulation found them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import norm

from cordula.events.course import Examined
from cordula.events.event import Event
from cordula.protocols.protocol import Protocol
from cordula.stats.simulation.continuous_plain import _purpose, _seen_plain
from cordula.stats.simulation.philox import uniforms_plain, words_of_key
from cordula.stats.simulation.purposes import PATIENT
from cordula.trial.design import design_of
from cordula.trial.monitoring import Plan, closed_part, interims, plan_of, standing_of
from cordula.trial.monitoring.plan import MONTH
from cordula.trial.monitoring.statistic import Statistic
from cordula.trial.report import closed_report, html
from cordula.trial.rules.looks import GOES_ON, Reason
from cordula.trial.rules.several import NEVER, WAITS
from cordula.trial.scenarios import scenarios_of
from cordula.trial.simulation.continuous import ContinuousTrials
from cordula.trial.simulation.simulate import trials_of
from cordula.trial.simulation.trials import Trials
from cordula.vocabulary.quantity import Quantity
from tests.unit.trial.monitoring.children import (
    BEGIN,
    WHO,
    by_place,
    enrolled,
    facts,
    infant,
    operated,
)
from tests.unit.trial.monitoring.designs import of_two
from tests.unit.trial.plans import protocol

SEED, TRIALS = 20261122, 12
ORDER = '\norder = ["fac", "strain"]'
RULES = {
    "none": 'method = "none"\nstops_with = "all"',
    "fixed_sequence": 'method = "fixed_sequence"\nstops_with = "all"' + ORDER,
    "holm": 'method = "holm"' + ORDER,
    "hochberg": 'method = "hochberg"' + ORDER,
    "graphical": 'method = "graphical"\nweights = ["0.8", "0.2"]\npasses_on = [["0", "1"], ["1", "0"]]'
    + ORDER,
}
MEASURES = {"fac": "rv_fac", "strain": "rv_longitudinal_strain"}


def of(folder: Path, method: str) -> tuple[Protocol, Plan, Trials]:
    found = protocol(folder, of_two(RULES[method]))
    work = trials_of(design_of(found), scenarios_of(found)["some"], 1, SEED)
    return found, plan_of(found), work


def measured(work: ContinuousTrials, trial: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Arm, baseline and outcome of each child of one simulated trial."""
    arms, stream = work.arrangement.arms(trial, 1), words_of_key(SEED, "trial")
    numbers = work.patients.plan(arms).numbers
    u = uniforms_plain(stream, trial, 1, _purpose(PATIENT, numbers), arms.shape[1])
    x, y = _seen_plain(stream, trial, arms, numbers, work.patients.pool, u)
    return arms[0], x[0], y[0]


def read(number: int, measure: str, at: datetime, value: float, timepoint: str) -> Event:
    return Examined(
        infant=infant(number), measure=measure, result=Quantity(Decimal(repr(value)), "%"),
        method="echo", timepoint=timepoint, by=WHO, at=at,
    )  # fmt: skip


def told(work: Trials, trial: int) -> Iterator[Event]:
    """A child a day, with both measures before and after."""
    for number in range(40):
        yield enrolled(number, number)
        yield operated(number, number)
    for one in work.outcomes:
        assert isinstance(one, ContinuousTrials)
        _, x, y = measured(one, trial)
        for number, (before, change) in enumerate(zip(x.tolist(), y.tolist(), strict=True)):
            at = BEGIN + timedelta(days=number)
            name = MEASURES[one.endpoint]
            yield read(number, name, at - timedelta(days=20), before, "before_operation")
            yield read(number, name, at + 3 * MONTH, before + change, "after_3_months")


@pytest.mark.parametrize("method", RULES)
def test_the_real_trial_finds_what_the_simulated_one_found_and_when(
    tmp_path: Path, method: str
) -> None:
    _, plan, work = of(tmp_path, method)
    joint = work.several.judged(work._higher([one.shown(0, TRIALS) for one in work.outcomes]))
    seen = set()

    for trial in range(TRIALS):
        events = list(told(work, trial))
        arms = by_place(("cells", "control"), work.outcomes[0].arrangement.arms(trial, 1)[0])  # type: ignore[attr-defined]
        looks = [
            (facts(events, BEGIN + timedelta(days=count - 0.5) + 3 * MONTH), arms)
            for count in plan.design.looks_after
        ]
        stood = int(joint.look[trial]) + 1
        part = closed_part(plan, looks[:stood])
        found = [NEVER if one.found_at is None else one.found_at - 1 for one in part.interims]

        assert found == joint.found_at[trial].tolist()
        assert part.says
        if stood == 2:
            assert closed_part(plan, looks[:1]).says == "The rule lets the trial go on."
        seen.add((stood, tuple(found)))

    assert len(seen) > 2 or method == "hochberg"


def test_simulation_and_monitoring_ask_one_rule(tmp_path: Path) -> None:
    found, _, _ = of(tmp_path, "holm")
    plan = plan_of(found)

    work = trials_of(plan.design, scenarios_of(found)["null"], 1, SEED)

    assert work.several == plan.design.several
    assert work.several.multiplicity is plan.design.multiplicity
    assert work.several.looks is plan.design.looks


# --- Looks at unlike information ----------------------------------------------------------------


def at(settled: int, z: float) -> Statistic:
    return Statistic(z, 1.0, np.inf, float(norm.sf(z)), (settled // 2, settled // 2), settled)


def test_each_endpoint_is_judged_at_the_information_there_is_of_it(tmp_path: Path) -> None:
    _, plan, _ = of(tmp_path, "holm")

    fac, strain = interims(plan.design, {"fac": [at(20, 0.5)], "strain": [at(12, 0.5)]})

    assert (fac.information, strain.information) == (0.5, 0.3)
    assert strain.bounds[0].critical > fac.bounds[0].critical
    assert (fac.share, strain.share) == (0.5, 0.5)


def test_what_is_found_hands_its_level_on_and_the_interval_of_the_other_narrows(
    tmp_path: Path,
) -> None:
    _, plan, _ = of(tmp_path, "holm")

    before = interims(plan.design, {"fac": [at(20, 0.0)], "strain": [at(20, 1.0)]})
    after = interims(plan.design, {"fac": [at(20, 5.0)], "strain": [at(20, 1.0)]})

    assert (after[0].share, after[1].share) == (0.5, 1.0)
    assert after[0].reason == Reason.HIGHER
    assert after[0].found_at == 1
    assert after[0].conditional is None
    assert after[1].bounds[0].critical == plan.design.looks.boundaries().critical[0]
    assert after[1].low is not None
    assert before[1].low is not None
    assert after[1].low > before[1].low
    assert after[1].conditional is not None
    assert before[1].conditional is not None
    assert after[1].conditional > before[1].conditional


def test_of_two_found_at_one_opening_each_tells_the_share_that_was_enough(tmp_path: Path) -> None:
    _, plan, _ = of(tmp_path, "holm")

    found = interims(plan.design, {"fac": [at(40, 3.0)], "strain": [at(40, 2.1)]})

    assert [one.share for one in found] == [0.5, 1.0]
    assert [one.found_at for one in found] == [1, 1]


def test_one_that_waits_is_not_tested_however_great_its_difference(tmp_path: Path) -> None:
    _, plan, _ = of(tmp_path, "fixed_sequence")

    first, second = interims(plan.design, {"fac": [at(20, 0.0)], "strain": [at(20, 9.0)]})

    assert (first.reason, second.reason) == (GOES_ON, WAITS)
    assert second.share == 0
    assert "waits for another" in second.says
    assert (
        standing_of(plan.design, {"fac": [at(20, 0.0)], "strain": [at(20, 9.0)]}).reason == GOES_ON
    )


def test_what_was_found_stays_found_at_later_openings(tmp_path: Path) -> None:
    _, plan, _ = of(tmp_path, "holm")

    fac, strain = interims(
        plan.design, {"fac": [at(20, 5.0), at(40, 1.0)], "strain": [at(20, 0.0), at(40, 2.0)]}
    )

    assert (fac.found_at, strain.found_at) == (1, 2)
    assert fac.reason == strain.reason == Reason.HIGHER


def test_an_opening_without_information_of_one_endpoint_tests_the_others(tmp_path: Path) -> None:
    _, plan, _ = of(tmp_path, "holm")

    found = interims(plan.design, {"fac": [at(20, 5.0)], "strain": [at(0, np.nan)]})
    untold = interims(plan.design, {"strain": [at(20, 9.0)]})

    assert [one.endpoint for one in found] == ["fac"]
    assert [one.share for one in untold] == [0.5]


def test_by_hochberg_no_bound_is_shown_before_the_last_look(tmp_path: Path) -> None:
    _, plan, _ = of(tmp_path, "hochberg")

    early, _ = interims(plan.design, {"fac": [at(20, 9.0)], "strain": [at(20, 9.0)]})
    late = interims(
        plan.design, {"fac": [at(20, 9.0), at(40, 2.0)], "strain": [at(20, 9.0), at(40, 2.0)]}
    )

    assert early.reason == GOES_ON
    assert early.bounds[0].critical == np.inf
    assert early.conditional is not None
    assert [one.found_at for one in late] == [2, 2]


def test_the_closed_report_tells_the_endpoints_together(tmp_path: Path) -> None:
    for method in RULES:
        _, plan, work = of(tmp_path, method)
        arms = by_place(("cells", "control"), work.outcomes[0].arrangement.arms(0, 1)[0])  # type: ignore[attr-defined]
        now = facts(told(work, 0), BEGIN + timedelta(days=19.5) + 3 * MONTH)

        page = html(closed_report(plan, closed_part(plan, [(now, arms)])))

        assert "Several endpoints together" in page
        assert "Share of the level" in page
        assert page.count("Power that is left") + page.count("was found at opening") >= 2
        assert ">inf<" not in page
        assert "nan" not in page.replace("finance", "")
