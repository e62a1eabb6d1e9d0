"""A stopping rule: R's boundaries and chances, theory, simulation, and what is refused."""

from itertools import product

import numpy as np
import pytest

from cordula.stats.bayes import binomial
from cordula.stats.refusals import CannotBe
from cordula.stats.stopping import (
    Row,
    StoppingRule,
    beta_binomial_boundary,
    detection,
    operating_characteristics,
    pocock_boundary,
    predictive_boundary,
    printed,
    stop_probability,
    stopping_table,
)
from cordula.stats.streams import stream
from tests.unit.stats.reference import case

EVERY = tuple(range(1, 31))
RULE = beta_binomial_boundary((5, 10, 15, 20), threshold=0.2, certainty=0.9)


def test_a_boundary_at_every_infant_and_its_chances_are_those_of_r() -> None:
    expected = case("tox02")

    rule = beta_binomial_boundary(EVERY, threshold=0.10, certainty=0.90, prior=(0.5, 4.5))
    found = operating_characteristics(rule, expected.expected["oc_p"])

    expected.near("boundary", [-1 if count is None else count for count in rule.counts])
    expected.near("oc", np.column_stack([found.stop, found.expected_number]))


def test_a_boundary_at_looks_and_its_chances_are_those_of_r() -> None:
    expected = case("tox03")

    rule = beta_binomial_boundary(tuple(range(5, 41, 5)), threshold=0.20, certainty=0.95)
    found = operating_characteristics(rule, expected.expected["oc_p"])

    expected.near("looks", rule.looks)
    expected.near("boundary", rule.counts)
    expected.near("oc", np.column_stack([found.stop, found.expected_number]))


def test_every_path_of_a_short_trial_adds_up_to_the_exact_chances() -> None:
    rule = StoppingRule((3, 5, 8), (2, 3, None))
    stopped, number, events = 0.0, 0.0, 0.0
    for path in product((0, 1), repeat=8):
        chance = 0.3 ** sum(path) * 0.7 ** (8 - sum(path))
        at = next((n for n in rule.looks if rule.stops(sum(path[:n]), n)), None)
        stopped += chance * (at is not None)
        number += chance * (at or 8)
        events += chance * sum(path[: at or 8])

    found = operating_characteristics(rule, [0.3])

    told = found.stop[0], found.expected_number[0], found.expected_events[0]
    assert told == pytest.approx((stopped, number, events), abs=1e-12)


def test_the_exact_chances_are_those_of_simulated_trials() -> None:
    draws = stream(7, "stopping").random((40_000, 20)) < 0.35
    seen = draws.cumsum(axis=1)[:, np.array(RULE.looks) - 1] >= np.array(RULE.counts)
    first = np.where(seen.any(axis=1), seen.argmax(axis=1), -1)

    found = operating_characteristics(RULE, [0.35])

    drawn = [(first == k).mean() for k in range(4)]
    assert found.by_look[0] == pytest.approx(drawn, abs=3 * 0.0025)
    assert found.delay[0] == pytest.approx(np.array(RULE.looks)[first[first >= 0]].mean(), abs=0.1)


def test_a_rate_of_none_never_stops_and_of_all_stops_at_the_first_look_that_can() -> None:
    found = operating_characteristics(RULE, [0.0, 1.0])

    assert found.stop == pytest.approx([0, 1])
    assert found.expected_number == pytest.approx([20, 5])
    assert found.half == (None, 5)
    assert np.isnan(found.delay[0])


def test_the_boundary_is_where_the_posterior_is_certain_enough() -> None:
    for number, count in zip(RULE.looks, RULE.counts):
        assert binomial((1, 1), count, number).above(0.2) > 0.9
        assert binomial((1, 1), count - 1, number).above(0.2) <= 0.9


def test_pocock_bounds_hold_their_level_and_the_next_nominal_level_would_not() -> None:
    rule = pocock_boundary(EVERY, rate=0.2, level=0.05)

    alarms = stop_probability(rule, 0.2)
    stricter = pocock_boundary(EVERY, rate=0.2, level=alarms * (1 - 1e-9))

    assert 0.03 < alarms <= 0.05
    assert stricter.counts != rule.counts
    assert all(a is None or a >= b for a, b in zip(stricter.counts, rule.counts) if b is not None)
    assert pocock_boundary(EVERY, rate=0.2, level=alarms).counts == rule.counts


def test_pocock_bounds_at_one_look_are_the_exact_binomial_test() -> None:
    assert pocock_boundary((20,), rate=0.2, level=0.05).counts == (8,)


def test_a_level_no_count_can_hold_leaves_no_bound() -> None:
    assert pocock_boundary((2,), rate=0.5, level=0.1).counts == (None,)


def test_a_predictive_boundary_at_the_end_is_the_beta_binomial_one() -> None:
    foreseen = predictive_boundary((10, 20), 20, threshold=0.2, certainty=0.9, predicted=0.8)

    assert foreseen.counts[-1] == RULE.counts[-1]
    assert foreseen.counts[0] is not None


def test_a_rate_that_turns_bad_is_detected_with_a_delay() -> None:
    rule = beta_binomial_boundary(EVERY, threshold=0.1, certainty=0.9)

    turned = detection(rule, before=0.05, after=0.5, turn=10)
    same = detection(rule, before=0.3, after=0.3, turn=0)

    assert turned.false_alarm == pytest.approx(
        operating_characteristics(rule, [0.05]).by_look[0, :10].sum(), abs=1e-14
    )
    assert turned.detected > 0.99
    assert turned.delay is not None
    assert 2 < turned.delay < 8
    found = operating_characteristics(rule, [0.3])
    assert (same.detected, same.delay) == pytest.approx((found.stop[0], found.delay[0]))
    assert detection(rule, 0.0, 0.0, 5).delay is None


def test_the_table_draws_equal_counts_together_and_prints() -> None:
    rule = StoppingRule((1, 2, 3, 4, 6), (None, 2, 2, 3, 3))

    assert stopping_table(rule) == (Row(1, 1, None), Row(2, 3, 2), Row(4, 6, 3))
    assert printed(rule, "deaths").splitlines() == [
        "infants observed   stop with so many deaths, or more",
        "               1   no count stops here",
        "          2 to 3   2",
        "          4 to 6   3",
    ]


def test_the_rule_decides_at_its_looks_only() -> None:
    rule = StoppingRule((5, 10), (2, 3))

    assert rule.stops(2, 5)
    assert not rule.stops(1, 5)
    assert not rule.stops(6, 6)
    assert rule.stops(4, 10)


@pytest.mark.parametrize(
    "impossible",
    [
        lambda: StoppingRule((5, 5), (2, 3)),
        lambda: StoppingRule((0, 5), (2, 3)),
        lambda: StoppingRule((5, 10), (2,)),
        lambda: StoppingRule((5, 10), (6, 3)),
        lambda: StoppingRule((5, 10), (0, 3)),
        lambda: StoppingRule((), ()),
        lambda: RULE.stops(6, 5),
        lambda: beta_binomial_boundary((5,), 1.2, 0.9),
        lambda: beta_binomial_boundary((5,), 0.1, 0.2, prior=(5, 5)),
        lambda: beta_binomial_boundary((5,), 0.1, 0.9, prior=(0, 5)),
        lambda: pocock_boundary((5,), 0.0, 0.05),
        lambda: predictive_boundary((5, 30), 20, 0.2, 0.9, 0.8),
        lambda: predictive_boundary((5,), 20, 0.2, 0.9, 1.8),
        lambda: operating_characteristics(RULE, [1.2]),
        lambda: detection(RULE, 0.1, 0.3, 20),
    ],
)
def test_what_cannot_be_is_refused(impossible) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(CannotBe):
        impossible()
