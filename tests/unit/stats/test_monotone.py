"""The curve goes through its points as SciPy's does, and turns nowhere else than they do."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator

from cordula.stats.monotone import MonotoneCurve
from cordula.stats.refusals import CannotBe

Floats = NDArray[np.float64]
DRAWN = np.random.default_rng(20261122)


def points(kind: int) -> tuple[Floats, Floats]:
    x = np.cumsum(DRAWN.uniform(0.01, 2.0, 2 + kind % 30))
    y = DRAWN.normal(size=x.shape)
    if kind % 3 == 0:
        y = np.sort(y)
    if kind % 4 == 0:
        y = np.round(y)  # level stretches
    return x, y


@pytest.mark.parametrize("kind", range(60))
def test_it_is_the_curve_that_scipy_draws(kind: int) -> None:
    x, y = points(kind)
    at = np.concatenate([x, np.linspace(x[0] - 0.5, x[-1] + 0.5, 301)])

    found = MonotoneCurve(x, y)(at)

    assert np.array_equal(found, PchipInterpolator(x, y)(at))


def test_where_the_points_rise_the_curve_never_falls() -> None:
    x = np.array([0.0, 1.0, 1.1, 3.0, 7.0])
    y = np.array([0.0, 0.01, 5.0, 5.001, 9.0])

    found = MonotoneCurve(x, y)(np.linspace(0, 7, 5001))

    assert np.all(np.diff(found) >= 0)


def test_it_answers_in_the_shape_it_was_asked_in() -> None:
    curve = MonotoneCurve(np.array([0.0, 1.0]), np.array([1.0, 3.0]))

    assert curve(np.array([[0.25], [0.5]])).tolist() == [[1.5], [2.0]]


@pytest.mark.parametrize("x", [[1.0], [1.0, 1.0], [2.0, 1.0]])
def test_points_that_are_no_curve_are_refused(x: list[float]) -> None:
    with pytest.raises(CannotBe, match="each further along"):
        MonotoneCurve(np.array(x), np.array(x))
