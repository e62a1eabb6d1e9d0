"""A crossing is found where SciPy finds it, to the last bit and by the same questions."""

from collections.abc import Callable
from math import atan, erfc, exp, log, sin

import pytest
from scipy.optimize import brentq

from cordula.stats.refusals import CannotBe
from cordula.stats.roots import root

Function = Callable[[float], float]
CASES: dict[str, tuple[Function, float, float]] = {
    "straight": (lambda x: 2 * x - 3, -10.0, 20.0),
    "at the lower end": (lambda x: x + 1, -1.0, 5.0),
    "at the upper end": (lambda x: x - 5, -1.0, 5.0),
    "a step": (lambda x: -1.0 if x < 0.3 else 1.0, 0.0, 1.0),
    "an odd power": (lambda x: (x - 1) ** 9, -3.0, 4.7),
    "falling": (lambda x: exp(-x) - 1e-3, 0.0, 60.0),
    "a tail": (lambda x: log(0.5 * erfc(x)) - log(1e-9), 0.0, 9.0),
    "a pole": (lambda x: 1 / (x - 3) - 6, 3.0001, 3.9),
    "waves": (lambda x: sin(5 * x) + 0.1 * x, 0.5, 6.0),
    "flat": (lambda x: atan(1e4 * (x - 0.123)), -40.0, 77.0),
    "the other way round": (lambda x: x**3 - 2, 5.0, -5.0),
    "no more than rounding": (lambda x: (x - 0.1) * 1e-300, 0.0, 1.0),
}
TOLERANCES = ((1e-11, 1e-13), (1e-12, 8.9e-16), (0.01, 1e-4))


def answered(finder: Callable[[Function], float], function: Function) -> list[float | None]:
    """Every place that was asked for, and the answer: none where a hundred steps were not enough."""
    seen: list[float | None] = []

    def noted(x: float) -> float:
        seen.append(x)
        return function(x)

    try:
        found: float | None = finder(noted)
    except (CannotBe, RuntimeError):
        found = None
    return [*seen, found]


@pytest.mark.parametrize(("near", "close"), TOLERANCES)
@pytest.mark.parametrize("name", CASES)
def test_it_asks_and_answers_as_scipy_does(name: str, near: float, close: float) -> None:
    function, low, high = CASES[name]

    ours = answered(lambda f: root(f, low, high, near=near, close=close), function)

    assert ours == answered(lambda f: brentq(f, low, high, xtol=near, rtol=close), function)


def test_without_a_crossing_it_says_between_what_it_was_sought() -> None:
    with pytest.raises(CannotBe, match=r"between 1\.0 and 2\.0, and there is none"):
        root(exp, 1.0, 2.0, near=1e-9, close=1e-9)


def test_what_never_comes_near_is_refused() -> None:
    with pytest.raises(CannotBe, match="in 100 steps"):
        root(lambda x: -1.0 if x < 0.3 else 1.0, -1e300, 1e300, near=0.0, close=0.0)
