import numpy as np
import pytest

from cordula.stats.refusals import CannotBe
from cordula.stats.streams import stream
from cordula.stats.survival import restricted_mean, rmst_difference


def test_without_censoring_it_is_the_mean_of_times_cut_at_the_horizon() -> None:
    times = np.array([1.0, 2.0, 2.0, 5.0, 9.0])
    found = restricted_mean(times, np.ones(5), 6.0)
    cut = np.minimum(times, 6.0)
    assert found.value == pytest.approx(cut.mean())
    assert found.se == pytest.approx(cut.std() / 5**0.5)


def test_relabelled_arms_turn_the_difference() -> None:
    draws = stream(20261122, "rmst")
    time, seen, arm = draws.exponential(size=40), draws.random(40) < 0.7, np.arange(40) % 2
    there, back = (rmst_difference(time, seen, a) for a in (arm, 1 - arm))
    assert there.difference.value == pytest.approx(-back.difference.value)
    assert there.ratio.value == pytest.approx(1 / back.ratio.value)
    assert there.lost_ratio is not None
    assert there.horizon == min(time[arm == 0].max(), time[arm == 1].max())


def test_the_interval_covers_the_true_difference() -> None:
    """1,500 trials of 80 with hazards 1 and 0.6 to horizon 1: three errors and half a point."""
    truth, held, arm = (1 - np.exp(-0.6)) / 0.6 - (1 - np.exp(-1.0)), 0, np.arange(80) % 2
    for number in range(1500):
        draws = stream(20261122, "rmst cover", number)
        until, lost = draws.exponential(np.where(arm, 1 / 0.6, 1.0)), draws.uniform(1.0, 4.0, 80)
        found = rmst_difference(np.minimum(until, lost), until <= lost, arm, 1.0).difference
        held += found.lower < truth < found.upper
    assert abs(held / 1500 - 0.95) < 3 * (0.05 * 0.95 / 1500) ** 0.5 + 0.005


def test_a_horizon_beyond_what_was_seen_is_refused() -> None:
    with pytest.raises(CannotBe, match=r"3\.0 or less is needed"):
        restricted_mean([1.0, 3.0], [1, 0], 4.0)
    assert restricted_mean([1.0, 3.0], [1, 1], 4.0).value == pytest.approx(2.0)
    with pytest.raises(CannotBe, match="lies after nought"):
        restricted_mean([1.0, 3.0], [1, 0], 0.0)
