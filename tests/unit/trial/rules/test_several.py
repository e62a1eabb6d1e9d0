"""Several endpoints at several looks: whatever is not there is found in no more trials than the level says."""

from dataclasses import replace
from decimal import Decimal as D
from functools import lru_cache

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import norm

from cordula.stats.refusals import CannotBe
from cordula.trial.rules import LookRule, Multiplicity, Reason, Several
from cordula.trial.rules.looks import GOES_ON
from cordula.trial.rules.several import NEVER, WAITS

SEED, TRIALS, LEVEL = 20261122, 20_000, 0.05
SHARES = (D("0.4"), D("0.7"), D(1))
LOOKS = LookRule(shares=SHARES, alpha=D("0.05"), sides=2, spending="pocock")
NAMES = ("a", "b", "c")
GRAPH = {
    "weights": (D("0.5"), D("0.5"), D(0)),
    "passes_on": ((D(0), D("0.5"), D("0.5")), (D("0.5"), D(0), D("0.5")), (D(0), D(0), D(0))),
}
ERROR = 4 * np.sqrt(LEVEL * (1 - LEVEL) / TRIALS)


def rule(method: str, looks: LookRule = LOOKS, stops_with: str = "all") -> Several:
    more = GRAPH if method == "graphical" else {}
    told = Multiplicity(method=method, order=NAMES, stops_with=stops_with, **more)
    return Several(looks, told, NAMES, ("higher",) * 3)


@lru_cache(maxsize=4)
def trials(drift: tuple[float, ...], correlation: float = 0.5, count: int = TRIALS) -> NDArray:
    """One-sided P values, shape (trials, endpoints, looks), of scores that grow with the information.

    drift: the mean of each endpoint's z at the last look."""
    draw = np.random.default_rng(SEED)
    alike = np.full((len(drift), len(drift)), correlation) + (1 - correlation) * np.eye(len(drift))
    shares = np.array([float(share) for share in SHARES])
    steps = np.diff(shares, prepend=0.0)
    steps = np.sqrt(steps) * draw.standard_normal((count, len(drift), len(shares)))
    scores = np.linalg.cholesky(alike) @ np.cumsum(steps, axis=2)
    return norm.sf((scores + np.array(drift)[:, None] * shares) / np.sqrt(shares))


def wrongly(found: NDArray, drift: tuple[float, ...]) -> float:
    """How often an endpoint is found that does not differ."""
    return float(found[:, [one == 0 for one in drift]].any(axis=1).mean())


@pytest.mark.parametrize("method", ["fixed_sequence", "holm", "graphical", "hochberg"])
@pytest.mark.parametrize(
    "drift", [(0, 0, 0), (3, 0, 0), (9, 0, 0), (9, 9, 0), (0, 9, 0), (3, 3, 0)]
)
@pytest.mark.parametrize("correlation", [0.0, 0.9])
def test_the_family_wise_error_is_kept_under_the_global_and_every_partial_null(
    method: str, drift: tuple[float, ...], correlation: float
) -> None:
    found = rule(method).judged(trials(drift, correlation)).found_at != NEVER

    assert wrongly(found, drift) <= LEVEL + ERROR


@pytest.mark.parametrize(
    ("method", "drift"),
    [("fixed_sequence", (9, 0, 0)), ("holm", (9, 9, 0)), ("graphical", (9, 9, 0))],
)
def test_what_is_left_alone_has_the_whole_level(method: str, drift: tuple[float, ...]) -> None:
    """So that no part of it is lost on the way: a rule that found nothing would keep its level too."""
    found = rule(method).judged(trials(drift)).found_at != NEVER

    assert abs(wrongly(found, drift) - LEVEL) < ERROR


def test_without_a_rule_for_several_it_is_not_kept() -> None:
    drift = (0.0, 0.0, 0.0)

    found = rule("none").judged(trials(drift, 0.0)).found_at != NEVER

    assert wrongly(found, drift) > 0.12


def test_a_second_endpoint_tested_at_the_plain_level_when_the_first_stops_is_found_too_often() -> (
    None
):
    """Hung, Wang & O'Neill 2007 (doi:10.1080/10543400701514080): why the second spends its level look by look."""
    drift, late = (2.8, 0.0), replace(LOOKS, spending="obrien_fleming")
    higher = trials(drift, 0.99)
    two = Several(
        late, Multiplicity(method="fixed_sequence", order=NAMES[:2]), NAMES[:2], ("higher",) * 2
    )
    joint = two.judged(higher)
    at_stop = np.take_along_axis(higher[:, 1], joint.look[:, None], axis=1)[:, 0]

    naive = (joint.found_at[:, 0] != NEVER) & (np.minimum(at_stop, 1 - at_stop) <= LEVEL / 2)

    assert naive.mean() > (joint.found_at[:, 1] != NEVER).mean()
    assert (joint.found_at[:, 1] != NEVER).mean() <= LEVEL + ERROR


@pytest.mark.parametrize("sides", [1, 2])
def test_one_endpoint_alone_is_judged_by_the_rule_of_the_looks_as_ever(sides: int) -> None:
    looks = replace(LOOKS, sides=sides)
    higher = trials((2.0,), count=2000)
    alone = Several(looks, Multiplicity(method="none", order=("a",)), ("a",), ("higher",))

    joint, plain = alone.judged(higher), looks.judged(higher[:, 0])

    assert np.array_equal(joint.look, plain.look)
    assert np.array_equal(joint.reason, plain.reason)


@pytest.mark.parametrize("method", ["none", "fixed_sequence", "holm", "graphical", "hochberg"])
def test_with_one_look_the_procedures_are_those_of_one_moment(method: str) -> None:
    once = replace(LOOKS, shares=(D(1),))
    higher = trials((1.0, 2.0, 0.0), count=4000)[:, :, -1:]
    several = rule(method, once)

    found = several.judged(higher).found_at != NEVER

    p = 2 * np.minimum(higher[:, :, 0], 1 - higher[:, :, 0])
    assert np.array_equal(found, several.multiplicity.found(p, LEVEL))


def test_an_endpoint_that_is_found_hands_its_level_on_at_the_same_look() -> None:
    """At look 1 b is beyond the bound of the whole level and not of half of it."""
    half, whole = (LOOKS.at_share(share).boundaries().critical[0] for share in (0.5, 1))
    between = (half + whole) / 2
    two = Several(LOOKS, Multiplicity(method="holm", order=("a", "b")), ("a", "b"), ("higher",) * 2)
    none = np.zeros((1, 2), dtype=bool)
    held = [(0, ()), (0, ())]

    alone = two.at_look(held, norm.sf([[0.0, between]]), none)
    handed = two.at_look(held, norm.sf([[half + 0.1, between]]), none)

    assert alone.tolist() == [[GOES_ON, GOES_ON]]
    assert handed.tolist() == [[Reason.HIGHER, Reason.HIGHER]]


def test_in_a_fixed_sequence_the_next_waits_and_each_has_its_own_information() -> None:
    order = rule("fixed_sequence")
    none = np.zeros((1, 3), dtype=bool)
    planned = LOOKS.boundaries().critical[0]
    early = LOOKS.boundaries((0.2,)).critical[0]
    higher = norm.sf([[planned + 0.01, (planned + early) / 2, 9.0]])

    told = order.at_look([(0, ()), (0, (0.2,)), (0, ())], higher, none)
    without = order.at_look([None, (0, ()), (0, ())], norm.sf([[9.0, 9.0, 9.0]]), none)

    assert told.tolist() == [[Reason.HIGHER, GOES_ON, WAITS]]
    assert without.tolist() == [[WAITS, WAITS, WAITS]]


@pytest.mark.parametrize(
    ("stops_with", "look", "reason"),
    [("first", 1, Reason.HIGHER), ("any", 0, Reason.OTHER), ("all", 2, Reason.HIGHER)],
)
def test_a_trial_ends_with_the_first_any_or_all_of_them(
    stops_with: str, look: int, reason: Reason
) -> None:
    """b is found at look 1, a at look 2, c never."""
    z = [[[0.0, 4.0, 4.0], [4.0, 4.0, 4.0], [0.0, 0.0, 0.0]]]

    joint = rule("holm", stops_with=stops_with).judged(norm.sf(z))

    assert (joint.look[0], joint.reason[0]) == (look, reason)


def test_hochberg_finds_nothing_before_the_last_look_and_there_by_its_steps() -> None:
    z = [[[9.0, 9.0, 2.0], [9.0, 9.0, 2.1], [9.0, 9.0, -1.97]]]

    joint = rule("hochberg").judged(norm.sf(z))

    assert joint.found_at.tolist() == [[2, 2, 2]]
    assert joint.side.tolist() == [[Reason.HIGHER, Reason.HIGHER, Reason.LOWER]]


def test_an_endpoint_that_no_weight_reaches_is_refused() -> None:
    nothing = ((D(0), D(1), D(0)), (D(1), D(0), D(0)), (D(0), D(0), D(0)))

    with pytest.raises(CannotBe, match="“c” can never be tested"):
        Multiplicity(method="graphical", order=NAMES, weights=GRAPH["weights"], passes_on=nothing)


def test_a_test_of_one_side_looks_to_each_endpoint_s_own() -> None:
    looks = replace(LOOKS, sides=1)
    two = Several(
        looks, Multiplicity(method="holm", order=("a", "b")), ("a", "b"), ("higher", "lower")
    )

    joint = two.judged(norm.sf([[[4.0, 4.0, 4.0], [-4.0, -4.0, -4.0]]]))

    assert joint.side.tolist() == [[Reason.HIGHER, Reason.LOWER]]
    assert joint.look.tolist() == [0]


def test_futility_ends_a_trial_only_where_nothing_is_left_that_it_waits_for() -> None:
    from cordula.trial.rules.futility import FutilityRule

    looks = replace(LOOKS, sides=1, futility=FutilityRule(bounds=(D(0), D(0)), binding=True))
    some = norm.sf([[[-1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]])
    none = norm.sf([[[-1.0, 1.0, 1.0]] * 3])

    goes_on = rule("holm", looks).judged(some)
    hopeless = rule("holm", looks).judged(none)

    assert (goes_on.look[0], goes_on.reason[0]) == (2, Reason.END)
    assert (hopeless.look[0], hopeless.reason[0]) == (0, Reason.FUTILITY)
    assert rule("holm", looks).rule(1.0).boundaries().binding is False
