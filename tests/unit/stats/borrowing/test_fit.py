"""A mixture fitted to a density on a grid finds the mixture it came from, and says what it loses."""

import numpy as np
import pytest
from scipy import special

from cordula.stats.borrowing import (
    Mixture,
    beta_mixture,
    density,
    fit_mixture,
    fits,
    gamma_mixture,
    normal_mixture,
)
from cordula.stats.borrowing.climb import _pass_kernel, _pass_twin, natural
from cordula.stats.borrowing.matching import parameters, statistics
from cordula.stats.refusals import CannotBe

LINE = np.linspace(-40, 40, 801)
UNIT = np.linspace(0, 1, 402)[1:-1]
HALF_LINE = np.linspace(0.001, 30, 3000)


@pytest.mark.parametrize(
    ("true", "grid"),
    [
        (normal_mixture((0.7, 2, 1.5), (0.2, 1, 4), (0.1, 0, 8)), LINE),
        (beta_mixture((0.6, 20, 60), (0.4, 4, 10)), UNIT),
        (gamma_mixture((0.7, 9, 3), (0.3, 2, 1)), HALF_LINE),
    ],
)
def test_the_mixture_a_density_came_from_is_found_with_its_number_of_components(
    true: Mixture, grid: np.ndarray
) -> None:
    found = fit_mixture(grid, density(true, grid) * 17, true.kind)

    assert found.weights == pytest.approx(true.weights, abs=2e-3)
    assert found.first == pytest.approx(true.first, rel=3e-3, abs=2e-3)
    assert found.second == pytest.approx(true.second, rel=3e-3)


def test_one_component_matches_the_moments_of_a_normal_and_is_found_at_once() -> None:
    fit = fits(LINE, density(normal_mixture((1, 3, 2)), LINE), "normal", [1])[0]

    assert fit.mixture.components[0] == pytest.approx((1, 3, 2), rel=1e-9)
    assert abs(fit.divergence) < 1e-12
    assert fit.converged


def test_more_components_never_lose_more_and_aic_pays_for_them() -> None:
    student = (1 + LINE**2 / 4) ** -2.5

    found = fits(LINE, student, "normal", range(1, 5))

    losses = [fit.divergence for fit in found]
    assert losses == sorted(losses, reverse=True)
    assert losses[-1] < 5e-4 < losses[0]
    assert len(fit_mixture(LINE, student, "normal", sample_size=30).weights) == 1
    assert len(fit_mixture(LINE, student, "normal", sample_size=10_000).weights) >= 3


def test_the_compiled_pass_is_its_plain_twin() -> None:
    state = np.array([0.3, 0.5, 0.2]), np.array([2.0, 9.0, 4.0]), np.array([3.0, 2.0, 5.0])
    seen, mass = np.array(statistics("beta", UNIT)), density(beta_mixture((1, 3, 4)), UNIT)
    ready = natural("beta", state)

    assert _pass_kernel(seen, mass, ready) == pytest.approx(
        _pass_twin(seen, mass, ready), rel=1e-11
    )


@pytest.mark.parametrize("kind", ["beta", "gamma"])
def test_parameters_are_found_again_from_their_expected_statistics(kind: str) -> None:
    first, second = np.array([0.3, 2.0, 80.0]), np.array([5.0, 1.1, 300.0])
    whole = special.psi(first + second)
    expected = {
        "beta": (special.psi(first) - whole, special.psi(second) - whole),
        "gamma": (first / second, special.psi(first) - np.log(second)),
    }[kind]

    found = parameters(kind, *expected, None)  # type: ignore[arg-type]

    assert found[0] == pytest.approx(first, rel=1e-9)
    assert found[1] == pytest.approx(second, rel=1e-9)


def test_a_narrow_density_far_from_zero_is_fitted_as_well() -> None:
    x = 1e4 + np.linspace(-1, 1, 301)
    true = normal_mixture((0.6, 1e4, 0.05), (0.4, 1e4 + 0.1, 0.15))

    found = fit_mixture(x, density(true, x), "normal")

    assert density(found, x) == pytest.approx(density(true, x), abs=0.01)


@pytest.mark.parametrize(
    ("grid", "height", "kind"),
    [
        (LINE[::-1], np.ones(801), "normal"),
        (LINE, -np.ones(801), "normal"),
        (LINE, np.zeros(801), "normal"),
        (LINE, np.full(801, np.nan), "normal"),
        (LINE, np.ones(801), "beta"),
        (LINE[:5], np.ones(5), "normal"),
    ],
)
def test_a_density_that_cannot_be_is_refused(
    grid: np.ndarray, height: np.ndarray, kind: str
) -> None:
    with pytest.raises(CannotBe):
        fit_mixture(grid, height, kind)  # type: ignore[arg-type]
