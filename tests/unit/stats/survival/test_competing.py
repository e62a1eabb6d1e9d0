import numpy as np
import pytest

from cordula.stats.refusals import CannotBe
from cordula.stats.streams import stream
from cordula.stats.survival import cumulative_incidence, gray_test, kaplan_meier, log_rank
from tests.unit.stats.reference import dataset


def mgus() -> tuple[np.ndarray, np.ndarray]:
    """Months to progression (1) or death without it (2)."""
    found = dataset("mgus2")
    progressed, died = np.array(found["pstat"]), np.array(found["death"])
    time = np.where(progressed == 1, found["ptime"], found["futime"]).astype(float)
    return time, np.where(progressed == 1, 1, 2 * died)


def test_incidences_and_survival_add_up_to_one() -> None:
    found = cumulative_incidence(*mgus())
    assert found.incidence.sum(axis=0) + found.survival == pytest.approx(np.ones(found.time.size))


def test_one_cause_alone_is_one_less_kaplan_meier() -> None:
    time, cause = mgus()
    seen = (cause > 0).astype(int)
    curve = kaplan_meier(time, seen).at([60.0, 120.0])
    for variance in ("jackknife", "delta"):
        found = cumulative_incidence(time, seen, variance=variance).at([60.0, 120.0])  # type: ignore[arg-type]
        assert found.incidence[0] == pytest.approx(1 - curve.survival)
        assert found.se[0] == pytest.approx(curve.se, rel=0.02)
        assert found.lower[0] == pytest.approx(1 - curve.upper, rel=0.02)


def test_without_censoring_the_variance_is_the_binomial_one() -> None:
    draws = stream(20261122, "incidence")
    time, cause = draws.exponential(size=50), draws.integers(1, 4, 50)
    share = np.mean((time <= 0.7) & (cause == 2))
    for variance in ("jackknife", "delta"):
        found = cumulative_incidence(time, cause, variance=variance).at([0.7])  # type: ignore[arg-type]
        assert found.incidence[1, 0] == pytest.approx(share)
        tolerance = 1e-9 if variance == "jackknife" else 0.03
        assert found.se[1, 0] == pytest.approx((share * (1 - share) / 50) ** 0.5, rel=tolerance)


def test_grays_score_without_other_causes_is_that_of_the_log_rank_test() -> None:
    """The variance is near that of the log-rank test: one holds under F⁰ of all, one under those at risk."""
    draws = stream(20261122, "gray")
    time, cause, arm = (
        draws.exponential(size=60),
        (draws.random(60) < 0.7).astype(int),
        np.arange(60) % 2,
    )
    gray, plain = gray_test(time, cause, arm), log_rank(time, cause, arm)
    assert gray.scores == pytest.approx(plain.observed - plain.expected, rel=1e-9)
    assert gray.chi_squared == pytest.approx(plain.chi_squared, rel=0.02)
    assert gray.chi_squared != pytest.approx(plain.chi_squared, rel=0.005)


def test_grays_score_without_censoring_keeps_whom_another_cause_took() -> None:
    """At risk then: all of the group but those whom the cause itself has taken, while one of each is followed."""
    draws = stream(20261122, "gray whole")
    time, cause, arm = draws.exponential(size=40), draws.integers(1, 3, 40), np.arange(40) % 2
    time[:2], cause[:2] = (20.0, 21.0), 2
    stays = np.where(cause == 1, time, time.max() + 1.0)
    plain = log_rank(stays, cause == 1, arm)
    found = gray_test(time, cause, arm)
    assert found.scores == pytest.approx(plain.observed - plain.expected, rel=1e-9)


def test_events_tied_beyond_those_at_risk_add_nothing_to_the_variance_and_take_nothing() -> None:
    """Of the first group one of ten is left free; nine of the other have the event at one moment."""
    time = [*range(1, 10), 30, *[20] * 9, 40]
    cause, arm = [2] * 9 + [1] + [1] * 9 + [0], [0] * 10 + [1] * 10
    found = gray_test(time, cause, arm)
    alone = gray_test([*time[:9], 20, *time[10:]], cause, arm)
    for one in (found, alone):
        assert np.linalg.eigvalsh(one.covariance).min() > -1e-12
        assert one.covariance[0, 0] > 0.3


def test_grays_test_keeps_its_error_rate_and_sees_what_matters() -> None:
    """1,500 null trials of 100 with two causes and censoring; then one in which only cause 1 differs."""
    arm, false = np.arange(100) % 2, 0
    for number in range(1500):
        draws = stream(20261122, "gray null", number)
        one, other, lost = draws.exponential([[1.0], [0.8], [1.5]], (3, 100))
        first = np.minimum(one, other)
        cause = np.where(lost < first, 0, np.where(one < other, 1, 2))
        false += gray_test(np.minimum(first, lost), cause, arm).p < 0.05
    assert abs(false / 1500 - 0.05) < 3 * (0.05 * 0.95 / 1500) ** 0.5 + 0.005
    faster = np.where(arm, one / 4, one)
    first = np.minimum(faster, other)
    assert gray_test(first, np.where(faster < other, 1, 2), arm).p < 0.01


def test_three_groups_are_compared_at_once() -> None:
    draws = stream(20261122, "gray three")
    found = gray_test(
        draws.exponential(size=60), draws.integers(3, size=60), np.arange(60) % 3, rho=1.0
    )
    assert found.df == 2
    assert found.scores.sum() == pytest.approx(0.0, abs=1e-10)


def test_what_cannot_be_estimated_is_refused() -> None:
    with pytest.raises(CannotBe, match="no event of any kind"):
        cumulative_incidence([1.0, 2.0], [0, 0])
    with pytest.raises(CannotBe, match="whole numbers"):
        cumulative_incidence([1.0, 2.0], [0.5, 1])
    with pytest.raises(CannotBe, match="two and one needed"):
        gray_test([1.0, 2.0], [1, 2], ["a", "a"])
