"""Every compiled step of a mixture's climb beside its plain twin, and beside differences."""

import numpy as np
import pytest
from scipy import special

from cordula.stats.borrowing import beta_mixture, density, fit
from cordula.stats.borrowing.ascent import (
    ascended_kernel,
    ascended_twin,
    damped,
    stepped_kernel,
    stepped_twin,
)
from cordula.stats.borrowing.ground import bent_kernel, bent_twin, sums_kernel, sums_twin
from cordula.stats.borrowing.polygamma import digamma, trigamma
from cordula.stats.borrowing.shapes import bound, shapes_kernel, shapes_twin, statistics
from cordula.stats.borrowing.start import begun_kernel, begun_twin

KINDS = [("normal", 0), ("beta", 1), ("gamma", 2)]
X = np.linspace(0.001, 0.999, 301)
PLACE = np.array([[-1.0, -0.6, -2.2], [0.3, -0.7, 0.9], [1.1, 0.4, 2.0]])


def _target(kind: str) -> tuple[np.ndarray, np.ndarray]:
    mass = density(beta_mixture((0.6, 3, 4), (0.4, 20, 9)), X)
    return np.array(statistics(kind, X)), mass / mass.sum()  # type: ignore[arg-type]


def _height(seen: np.ndarray, mass: np.ndarray, code: int, place: np.ndarray) -> float:
    return sums_twin(seen, mass, place, shapes_twin(code, place[1:]))[0] - np.exp(place[0]).sum()


def test_polygammas_agree_with_scipy_s() -> None:
    x = np.geomspace(1e-3, 1e6, 60)

    assert [digamma(each) for each in x] == pytest.approx(special.psi(x), rel=1e-12, abs=1e-13)
    assert [trigamma(each) for each in x] == pytest.approx(special.polygamma(1, x), rel=1e-12)


@pytest.mark.parametrize(("kind", "code"), KINDS)
def test_shapes_and_sums_agree_with_their_twins(kind: str, code: int) -> None:
    seen, mass = _target(kind)
    table = shapes_kernel(code, PLACE[1:])
    assert table == pytest.approx(shapes_twin(code, PLACE[1:]), rel=1e-10, abs=1e-12)

    kernel, twin = (of(seen, mass, PLACE, table) for of in (sums_kernel, sums_twin))
    bends = (of(PLACE, table, *kernel[1:]) for of in (bent_kernel, bent_twin))

    for one, other in [*zip(kernel, twin, strict=True), *zip(*bends, strict=True)]:
        assert one == pytest.approx(other, rel=1e-10, abs=1e-10)


@pytest.mark.parametrize(("kind", "code"), KINDS)
def test_slope_and_bend_are_those_of_the_height(kind: str, code: int) -> None:
    seen, mass = _target(kind)
    table = shapes_kernel(code, PLACE[1:])
    rise, bend, complete = bent_kernel(PLACE, table, *sums_kernel(seen, mass, PLACE, table)[1:])
    step = 1e-4

    def height(*moved: int) -> float:
        there = PLACE.T.ravel().copy()
        for at in moved:
            there[abs(at) - 1] += step * np.sign(at)
        return _height(seen, mass, code, there.reshape(-1, 3).T)

    for a in range(1, 10):
        assert rise[a - 1] == pytest.approx((height(a) - height(-a)) / (2 * step), abs=2e-6)
        for b in range(1, a + 1):
            corners = height(a, b) - height(a, -b) - height(-a, b) + height(-a, -b)
            assert bend[a - 1, b - 1] == pytest.approx(-corners / (4 * step**2), abs=2e-5, rel=1e-4)
    assert np.linalg.eigvalsh(complete).min() > 0


def test_a_step_agrees_with_its_twin_and_is_refused_where_there_is_no_hill() -> None:
    half = np.random.default_rng(1).normal(size=(6, 6))
    hill, rise = half @ half.T, np.arange(6.0) / 10
    assert stepped_kernel(rise, hill, np.eye(6), 0.1)[1] == pytest.approx(
        stepped_twin(rise, hill, np.eye(6), 0.1)[1], rel=1e-9
    )
    for stepped in (stepped_kernel, stepped_twin):
        assert not stepped(rise, hill - 9 * np.eye(6), np.eye(6), 0.0)[0]
        assert np.abs(stepped(rise * 1e9, hill, np.eye(6), 0.0)[1]).max() == pytest.approx(2)


def test_damping_follows_what_a_step_kept_of_its_promise() -> None:
    assert damped(0.1, 0.9, 1.0) < 0.1 == damped(0.1, 0.5, 1.0) < damped(0.1, 0.1, 1.0)
    assert damped(0.1, 0.1, 1.0) < damped(0.1, -1.0, 1.0)
    assert damped(1e-8, 1.0, 1.0) == 0.0 < damped(0.0, -1.0, 1.0)


@pytest.mark.parametrize(("kind", "code"), KINDS)
def test_starts_and_climbs_agree_with_their_twins(kind: str, code: int) -> None:
    seen, mass = _target(kind)
    place = np.log(X) if kind == "gamma" else X
    for shells in (False, True):
        start = begun_kernel(code, place, mass, 3, shells)
        assert start == pytest.approx(begun_twin(code, place, mass, 3, shells), rel=1e-10)
        reached = [of(code, seen, mass, start, 1e-9, 8) for of in (ascended_kernel, ascended_twin)]
        assert reached[0][1] == pytest.approx(reached[1][1], abs=1e-9)
        assert np.exp(reached[0][0][0]).sum() == pytest.approx(1, abs=1e-12)
        first, second = bound(kind, reached[0][0][1:])  # type: ignore[arg-type]
        assert bound(kind, reached[1][0][1:]) == (  # type: ignore[arg-type]
            pytest.approx(first, rel=1e-5),
            pytest.approx(second, rel=1e-5),
        )


def test_what_is_lost_is_the_divergence_of_the_mixture_that_is_told() -> None:
    height = density(beta_mixture((0.6, 3, 4), (0.4, 20, 9)), X)
    width = np.full(X.size, X[1] - X[0])
    width[[0, -1]] /= 2
    mass = height * width / (height @ width)
    for number in (1, 2, 3):
        found = fit.fits(X, height, "beta", [number])[0]
        lost = mass @ np.log(mass / width / density(found.mixture, X))
        assert found.divergence == pytest.approx(lost, abs=1e-12)
