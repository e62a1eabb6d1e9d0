from math import inf

import numpy as np
import pytest

from cordula.stats.refusals import CannotBe
from cordula.stats.streams import stream
from cordula.stats.survival import KaplanMeier, kaplan_meier
from tests.unit.stats.reference import case, dataset


def of_aml(kind: str) -> KaplanMeier:
    found = dataset("aml")
    kept = np.array(found["x"]) == kind
    return kaplan_meier(np.array(found["time"])[kept], np.array(found["status"])[kept])


def test_aml_as_r_has_it() -> None:
    reference = case("sv01")
    curves = [of_aml("Maintained"), of_aml("Nonmaintained")]
    at = [curve.at([12, 24]) for curve in curves]
    reference.near("n_risk", np.concatenate([a.at_risk for a in at]))
    reference.near("surv", np.concatenate([a.survival for a in at]))
    reference.near("se", np.concatenate([a.se for a in at]))
    reference.near("lower", np.concatenate([a.lower for a in at]))
    reference.near("upper", np.concatenate([a.upper for a in at]))
    reference.near("median", [curve.median.time for curve in curves])


@pytest.mark.parametrize(
    ("name", "interval"), [("plain", "plain"), ("log", "log"), ("loglog", "log-log")]
)
def test_lung_with_every_interval_as_r_has_it(name: str, interval: str) -> None:
    found = dataset("lung")
    curve = kaplan_meier(found["time"], np.array(found["status"]) == 2, interval=interval)  # type: ignore[arg-type]
    year, half = curve.at([365]), curve.median
    numbers = [
        year.survival[0],
        year.se[0],
        year.lower[0],
        year.upper[0],
        half.time,
        half.lower,
        half.upper,
    ]
    case("sv07").near(name, numbers)


def test_without_censoring_it_is_the_fraction_left() -> None:
    curve = kaplan_meier([3.0, 1.0, 2.0, 2.0], [1, 1, 1, 1])
    assert curve.survival == pytest.approx([0.75, 0.25, 0.0])
    assert curve.at([0.5, 1.0, 2.5]).survival == pytest.approx([1.0, 0.75, 0.25])
    assert curve.se[0] == pytest.approx((0.75 * 0.25 / 4) ** 0.5)


def test_a_step_just_at_one_half_gives_the_middle() -> None:
    assert kaplan_meier([1.0, 2.0, 4.0, 5.0], [1, 1, 1, 1]).median.time == 3.0


def test_a_median_not_reached_is_infinite_and_nobody_left_has_no_interval() -> None:
    assert kaplan_meier([1.0, 2.0, 3.0], [1, 0, 0]).median.time == inf
    last = kaplan_meier([1.0, 2.0], [1, 1])
    assert np.isnan(last.lower[-1])
    assert last.survival[-1] == 0.0


def test_intervals_cover_the_truth() -> None:
    """2,000 samples of 40, a third censored: log −log limits of S(0.7) cover 95 % within 1.5 points."""
    truth, held = np.exp(-0.7), 0
    for number in range(2000):
        draws = stream(20261122, "km cover", number)
        until, lost = draws.exponential(1.0, 40), draws.exponential(2.0, 40)
        at = kaplan_meier(np.minimum(until, lost), until <= lost).at([0.7])
        held += at.lower[0] <= truth <= at.upper[0]
    assert abs(held / 2000 - 0.95) < 0.015


def test_negative_times_are_refused() -> None:
    with pytest.raises(CannotBe, match="times count from nought"):
        kaplan_meier([-1.0, 2.0], [1, 1])
