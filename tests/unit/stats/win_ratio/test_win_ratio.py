from math import nan

import numpy as np
import pytest

from cordula.stats.models import Estimate
from cordula.stats.refusals import CannotBe, NotConverged
from cordula.stats.streams import stream
from cordula.stats.win_ratio import Endpoint, Score, Time, win_ratio
from cordula.stats.win_ratio.win_ratio import Scoring
from tests.unit.stats.reference import case

ARM = np.repeat([0, 1], 8)
MONTHS = [2, 3, 5, 5, 8, 9, 12, 12, 1, 2, 4, 6, 7, 10, 12, 12]
SEEN = [1, 0, 1, 1, 0, 1, 0, 0, 1, 1, 1, 0, 1, 1, 0, 0]
RVEF = [1.2, -0.5, 2.2, 0.3, 1.8, -1.1, 0.4, 2.0, 3.5, 4.1, 5.9, 2.8, 6.2, 3.3, 1.1, 4.4]
ENDPOINTS: list[Endpoint] = [Time(MONTHS, SEEN), Score(RVEF, threshold=1.0)]


def four(found: object) -> list[float]:
    assert isinstance(found, Estimate)
    return [found.value, found.se, found.lower, found.upper]


@pytest.mark.parametrize(("id", "scoring"), [("wr01", "gehan"), ("wr02", "peron")])
def test_death_then_function_as_buysetest_has_it(id: str, scoring: Scoring) -> None:
    reference = case(id)
    plain = win_ratio(ARM, ENDPOINTS, scoring=scoring, transformed=False)
    logged = win_ratio(ARM, ENDPOINTS, scoring=scoring)
    reference.near("netBenefit", four(plain.net_benefit))
    reference.near("winRatio", four(plain.win_ratio))
    reference.near("winRatio_logCI", four(logged.win_ratio))


@pytest.mark.parametrize("scoring", ["gehan", "peron"])
def test_relabelling_the_arms_turns_wins_into_losses(scoring: Scoring) -> None:
    there, back = (win_ratio(arm, ENDPOINTS, scoring=scoring) for arm in (ARM, 1 - ARM))
    assert (there.wins, there.losses) == pytest.approx((back.losses, back.wins), abs=1e-14)
    ratios = four(there.win_ratio)[0], four(back.win_ratio)[0]
    assert ratios[0] == pytest.approx(1 / ratios[1])
    assert four(there.net_benefit)[2] == pytest.approx(-four(back.net_benefit)[3])


@pytest.mark.parametrize("scoring", ["gehan", "peron"])
def test_a_good_event_is_a_bad_one_turned_round(scoring: Scoring) -> None:
    there = win_ratio(ARM, [Time(MONTHS, SEEN), Score(RVEF)], scoring=scoring)
    turned: list[Endpoint] = [Time(MONTHS, SEEN, longer=False), Score(RVEF, higher=False)]
    back = win_ratio(ARM, turned, scoring=scoring)
    assert (there.wins, there.losses) == pytest.approx((back.losses, back.wins), abs=1e-14)
    assert back.covariance[0, 0] == pytest.approx(there.covariance[1, 1], rel=1e-10)


def test_both_scorings_agree_where_nothing_is_censored() -> None:
    found = [win_ratio(ARM, [Time(MONTHS, np.ones(16), 2.0), Score(RVEF, 1.0)], scoring=s)
             for s in ("gehan", "peron")]  # type: ignore[arg-type]  # fmt: skip
    assert found[0].wins == pytest.approx(found[1].wins)
    assert found[0].covariance == pytest.approx(found[1].covariance)


def test_a_difference_that_reaches_the_threshold_but_for_rounding_counts_if_told() -> None:
    assert 2.3 - 1.3 < 1.0
    assert win_ratio([1, 0], [Score([2.3, 1.3], threshold=1.0)]).wins == 0.0
    assert win_ratio([1, 0], [Score([2.3, 1.3], threshold=1.0, rounding=1e-9)]).wins == 1.0


def test_what_is_missing_leaves_the_pair_open() -> None:
    found = win_ratio([1, 1, 0], [Score([nan, 2.0, 1.0]), Score([0.0, 5.0, 3.0])])
    assert (found.wins, found.losses) == (0.5, 0.5)
    assert [(s.wins, s.losses) for s in found.by_endpoint] == [(0.5, 0.0), (0.0, 0.5)]


def test_strata_compare_within_and_weigh_by_their_size() -> None:
    """Two copies of one trial in two strata: the same answer, half the variance."""
    one = win_ratio(ARM, ENDPOINTS)
    twice: list[Endpoint] = [Time(MONTHS * 2, SEEN * 2), Score(RVEF * 2, threshold=1.0)]
    both = win_ratio(np.tile(ARM, 2), twice, strata=np.repeat(["a", "b"], 16))
    assert both.wins == pytest.approx(one.wins)
    assert both.covariance == pytest.approx(one.covariance / 2)
    assert both.pairs == 2 * one.pairs


def test_where_nobody_loses_there_is_a_reason_and_no_number() -> None:
    found = win_ratio([1, 1, 0], [Score([3.0, 4.0, 1.0])])
    assert isinstance(found.win_ratio, NotConverged)
    assert "no pair was lost" in found.win_ratio.reason
    assert isinstance(found.win_odds, NotConverged)
    assert isinstance(found.net_benefit, NotConverged)


@pytest.mark.parametrize(("scoring", "trials"), [("gehan", 1500), ("peron", 600)])
def test_intervals_of_the_null_cover_it(scoring: Scoring, trials: int) -> None:
    """Trials of 40 against 40 with equal arms: the artanh interval covers 0 in 95 %, within three errors
    and half a point for the first-order variance."""
    held, arm = 0, np.repeat([0, 1], 40)
    for number in range(trials):
        draws = stream(20261122, f"win ratio {scoring}", number)
        until, lost = draws.exponential(20, 80), draws.uniform(6, 12, 80)
        time = Time(np.minimum(until, lost), until <= lost)
        net = win_ratio(arm, [time, Score(draws.normal(size=80), 0.5)], scoring=scoring).net_benefit
        held += four(net)[2] < 0 < four(net)[3]
    assert abs(held / trials - 0.95) < 3 * (0.05 * 0.95 / trials) ** 0.5 + 0.005


def test_misfits_are_refused_with_their_reason() -> None:
    with pytest.raises(CannotBe, match="no endpoint"):
        win_ratio(ARM, [])
    with pytest.raises(CannotBe, match="stratum b has one arm only"):
        win_ratio([0, 1, 1], [Score([1.0, 2.0, 3.0])], strata=["a", "a", "b"])
    with pytest.raises(CannotBe, match="a threshold of -1"):
        win_ratio([0, 1], [Score([1.0, 2.0], threshold=-1.0)])
    with pytest.raises(CannotBe, match="scoring is 'last'"):
        win_ratio([0, 1], [Score([1.0, 2.0])], scoring="last")  # type: ignore[arg-type]
