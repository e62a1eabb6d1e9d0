"""The rules that stop a trial: one object for simulated and for real children, and each of them bites."""

from dataclasses import replace
from decimal import Decimal as D
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import norm

from cordula.stats.refusals import CannotBe
from cordula.stats.stopping.characteristics import stop_probability
from cordula.trial.rules import LookRule, Multiplicity, Reason, SafetyRule
from cordula.trial.rules.futility import FutilityRule
from cordula.trial.rules.looks import GOES_ON
from cordula.trial.simulation.simulate import trials_of
from cordula.vocabulary.quantity import Quantity
from tests.unit.trial.plans import read

RULE = LookRule(shares=(D("0.5"), D(1)), alpha=D("0.05"), sides=2, spending="obrien_fleming")
DEATHS = SafetyRule(
    id="deaths", title="Deaths", event="death", arm="cells", within=Quantity.of("30", "d"),
    rule="pocock", acceptable=D("0.1"), children=30, alpha=D("0.05"),
)  # fmt: skip


def p_of(*z: float) -> np.ndarray:
    """One-sided P values of one trial, by look."""
    return norm.sf(np.array([z]))


@pytest.mark.parametrize(
    ("z", "look", "reason"),
    [
        ((3.0, 0.0), 0, Reason.HIGHER),
        ((-3.0, 0.0), 0, Reason.LOWER),
        ((2.9, 2.0), 1, Reason.HIGHER),
        ((2.9, -2.0), 1, Reason.LOWER),
        ((2.9, 1.9), 1, Reason.END),
        ((float("nan"), 2.0), 1, Reason.HIGHER),
        ((0.0, float("nan")), 1, Reason.UNANSWERED),
    ],
)
def test_a_trial_stops_at_its_first_bound(
    z: tuple[float, float], look: int, reason: Reason
) -> None:
    found = RULE.judged(p_of(*z))

    assert (found.look[0], found.reason[0]) == (look, reason)


def test_one_real_trial_is_judged_as_the_simulated_ones_were(tmp_path: Path) -> None:
    """Each simulated trial, brought alone and look by look as monitoring brings it, gets the same verdict."""
    design, scenarios = read(tmp_path)
    shown = trials_of(design, scenarios["some"], 1, 1).outcomes[0].shown(0, 60)
    together = design.looks.judged(shown.higher)

    for trial in range(60):
        for look in range(2):
            alone = int(design.looks.at_look(look, shown.higher[trial, look]))
            if alone != GOES_ON:
                assert (together.look[trial], together.reason[trial]) == (look, alone)
                break


def test_bounds_are_recalculated_at_the_information_there_is() -> None:
    planned, early = RULE.boundaries(), RULE.boundaries((0.35,))

    assert early.critical[0] > planned.critical[0]
    assert early.information[0] == pytest.approx(0.35)


def test_a_single_look_is_the_plain_test() -> None:
    rule = LookRule(shares=(D(1),), alpha=D("0.05"), sides=2)

    assert rule.boundaries().critical == pytest.approx([norm.isf(0.025)])


def test_looks_without_spending_are_refused() -> None:
    with pytest.raises(CannotBe, match="“spending” or “shape”"):
        LookRule(shares=(D("0.5"), D(1)), alpha=D("0.05"), sides=2)


@pytest.mark.parametrize(
    ("changes", "critical"),
    [
        ({"spending": "pocock"}, 2.157),
        ({"spending": None, "shape": "pocock"}, 2.178),
        ({"spending": None, "shape": "obrien_fleming"}, 2.797),
        ({"spending": None, "shape": "wang_tsiatis", "parameter": D("0.25")}, None),
        ({"spending": "haybittle_peto"}, 3.0),
        ({"spending": "kim_demets", "parameter": D(3)}, norm.isf(0.025 / 8)),
        ({"spending": "hwang_shih_decani", "parameter": D(-4)}, None),
        ({"spending": None, "spent": (D("0.01"), D("0.05"))}, norm.isf(0.005)),
    ],
)
def test_every_word_for_bounds_makes_its_bounds(
    changes: dict[str, object], critical: float | None
) -> None:
    """Pocock 2.178 and O'Brien–Fleming 2.797 for two looks: Jennison & Turnbull 2000, tables 2.1 and 2.3."""
    found = replace(RULE, **changes).boundaries().critical  # type: ignore[arg-type]

    assert found[0] > found[1] or changes.get("shape") == "pocock" or found[0] > 1.9
    if critical is not None:
        assert found[0] == pytest.approx(critical, abs=6e-4)


def test_conditional_power_stops_where_the_trend_would_hardly_arrive() -> None:
    """At the bound, the power to cross the last bound if the trend goes on is the stated one."""
    rule = replace(RULE, futility=FutilityRule(conditional_power=D("0.2")))
    bounds = rule.boundaries()
    z, t, last = bounds.futility[0], 0.5, bounds.critical[-1]

    # Z at the end given z now, drift as seen: mean z/√t, variance 1 − t.
    assert norm.sf((last - z / np.sqrt(t)) / np.sqrt(1 - t)) == pytest.approx(0.2)
    assert rule.judged(p_of(z - 0.01, 3.0)).reason[0] == Reason.FUTILITY
    assert rule.judged(p_of(z + 0.01, 3.0)).reason[0] == Reason.HIGHER


def test_bounds_and_beta_spending_are_futility_too() -> None:
    one = replace(RULE, sides=1, futility=FutilityRule(bounds=(D("0.5"),)))
    other = replace(RULE, sides=1, futility=FutilityRule(beta=D("0.2"), spending="pocock"))

    assert one.judged(p_of(0.4, 3.0)).reason[0] == Reason.FUTILITY
    assert other.boundaries().futility[0] > -1


def test_a_stopping_table_keeps_its_level_and_would_not_keep_one_event_less() -> None:
    table = DEATHS.stops_at

    assert stop_probability(DEATHS.stopping, 0.1) <= 0.05
    assert (np.diff(table) >= 0).all()
    assert DEATHS.stopped_with(0.3) > 0.7
    assert not DEATHS.stops(int(table[9]) - 1, 10)
    assert DEATHS.stops(int(table[9]), 10)


def test_a_rule_is_not_used_beyond_the_children_it_was_made_for() -> None:
    with pytest.raises(CannotBe, match="needs a new table"):
        DEATHS.stops(3, 31)
    with pytest.raises(CannotBe, match="3 events among 2"):
        DEATHS.stops(3, 2)


def test_a_beta_binomial_rule_stops_where_the_posterior_says() -> None:
    from scipy.stats import beta

    rule = replace(
        DEATHS, rule="beta_binomial", prior=(D("0.2"), D("1.8")), threshold=D("0.95"), first=3
    )

    assert rule.stops_at[:2].tolist() == [2, 3]  # never before three are counted
    for n, x in enumerate(rule.stops_at[2:], start=3):
        assert beta.sf(0.1, 0.2 + x, 1.8 + n - x) > 0.95
        assert beta.sf(0.1, 0.2 + x - 1, 1.8 + n - x + 1) <= 0.95


def test_a_sequential_probability_ratio_test_stops_for_harm_where_the_likelihoods_say() -> None:
    rule = replace(
        DEATHS, rule="sprt", unacceptable=D("0.3"), alpha=D("0.05"), beta=D("0.2"), first=2
    )

    def favours(x: int, n: int) -> float:
        return float(x * np.log(0.3 / 0.1) + (n - x) * np.log(0.7 / 0.9))

    bound = np.log(0.8 / 0.05)
    assert rule.stops_at[0] == 2  # one child alone stops nothing
    for n, x in enumerate(rule.stops_at[1:], start=2):
        assert favours(x, n) >= bound or x == n + 1
        assert favours(min(x, n + 1) - 1, n) < bound
    assert rule.stopped_with(0.1) <= 0.05 / 0.8  # Wald's inequality
    assert rule.stopped_with(0.3) > 0.7


P = np.array([[0.01, 0.04, 0.03], [0.02, 0.9, 0.02], [0.2, 0.001, 0.04], [np.nan, 0.01, 0.02]])


@pytest.mark.parametrize(
    ("method", "found"),
    [
        ("none", [[1, 1, 1], [1, 0, 1], [0, 1, 1], [0, 1, 1]]),
        ("fixed_sequence", [[1, 1, 1], [1, 0, 0], [0, 0, 0], [0, 0, 0]]),
        # Holm by hand: sorted P against α/3, α/2, α.
        ("holm", [[1, 0, 0], [0, 0, 0], [0, 1, 0], [0, 1, 1]]),
        # Hochberg by hand: the greatest P against α, the next against α/2, …
        ("hochberg", [[1, 1, 1], [1, 0, 1], [0, 1, 0], [0, 1, 1]]),
    ],
)
def test_several_endpoints_are_found_as_by_hand(method: str, found: list[list[int]]) -> None:
    rule = Multiplicity(method=method, order=("a", "b", "c"))

    assert rule.found(P, 0.05).astype(int).tolist() == found


def test_a_graph_with_holms_arrows_is_holm() -> None:
    draw = np.random.default_rng(20261122).random((300, 3)) * 0.08
    third, half = D(1) / 3, D("0.5")
    graph = Multiplicity(
        method="graphical",
        order=("a", "b", "c"),
        weights=(third, third, third),
        passes_on=((D(0), half, half), (half, D(0), half), (half, half, D(0))),
    )

    holm = replace(graph, method="holm")
    assert np.array_equal(graph.found(draw, 0.05), holm.found(draw, 0.05))
