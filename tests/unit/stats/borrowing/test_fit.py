"""A mixture fitted to a density on a grid finds the mixture it came from, and says what it loses."""

import numpy as np
import pytest

from cordula.stats.borrowing import (
    Mixture,
    beta_mixture,
    density,
    fit_mixture,
    fits,
    gamma_mixture,
    normal_mixture,
)
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


def _skewed(x: np.ndarray) -> np.ndarray:
    return np.exp(-np.abs(x - 1) / np.where(x > 1, 5, 1.5))


def _logit_normal(x: np.ndarray) -> np.ndarray:
    return np.exp(-0.5 * ((np.log(x / (1 - x)) + 1) / 0.8) ** 2) / (x * (1 - x))


def _log_normal(x: np.ndarray) -> np.ndarray:
    return np.exp(-0.5 * ((np.log(x) - 0.5) / 0.7) ** 2) / x


# What EM with SQUAREM leapt to lost, with 1 to 4 components, after up to 800 cycles.
LOST_BY_EM = [
    ("normal", LINE, lambda x: (1 + x**2 / 4) ** -2.5, [8.19192e-2, 5.78054e-3, 6.22847e-4, 7.85372e-5]),
    ("normal", LINE, _skewed, [0.192948, 2.52093e-2, 4.19667e-3, 8.42082e-4]),
    ("beta", UNIT, _logit_normal, [8.1837e-3, 5.80811e-4, 8.31939e-5, 2.09148e-5]),
    ("gamma", HALF_LINE, _log_normal, [3.87696e-2, 4.62137e-3, 7.55596e-4, 1.51684e-4]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "grid", "height", "lost"), LOST_BY_EM)
def test_no_fit_loses_more_than_the_slower_method_it_replaced(kind, grid, height, lost) -> None:  # type: ignore[no-untyped-def]
    found = fits(grid, height(grid), kind, range(1, 5))

    assert all(fit.converged for fit in found)
    assert all(fit.divergence < 1.0001 * before for fit, before in zip(found, lost, strict=True))


def test_no_component_is_sought_that_could_not_pay() -> None:
    # KL of about 8e-5 with three: all of it weighs less than a fourth's three parameters do in a sample of 10,000.
    three = fit_mixture(UNIT, _logit_normal(UNIT), "beta")

    assert len(three.weights) == 3
    assert len(fit_mixture(UNIT, _logit_normal(UNIT), "beta", sample_size=1_000_000).weights) == 4


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
