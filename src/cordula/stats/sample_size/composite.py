"""How many infants show a win ratio, or a difference at the last of several visits?"""

from collections.abc import Sequence
from math import log, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cordula.stats.asked import asked
from cordula.stats.refusals import CannotBe, finite
from cordula.stats.sample_size.size import Size, check, divided, positive, quantiles
from cordula.stats.sequential.normal import lower_tail, upper_quantile


@asked
def win_ratio_size(
    win_ratio: float,
    ties: float,
    alpha: float = 0.025,
    sides: int = 1,
    power: float = 0.8,
    ratio: float = 1.0,
) -> Size:
    """Size to show a win ratio apart from 1: N = σ²(z_α + z_β)²/ln² WR, σ² = 4(1 + t)/(3k(1 − k)(1 − t)).

    ties: the share t of tied pairs; k: the share of infants in arm 1 (Yu & Ganju 2022, Stat Med 41, 950, eq. 6).
    The variance is that under H₀, with ties spread evenly; simulate where the effect is great or ties are many."""
    check(alpha, sides, power, ratio)
    positive(win_ratio=win_ratio)
    if win_ratio == 1:
        raise CannotBe("the win ratio is 1; no number of infants shows that")
    spread = _spread(ties, ratio)
    return divided((spread * sum(quantiles(alpha, sides, power)) / log(win_ratio)) ** 2, ratio)


@asked
def power_win_ratio(
    n_1: float, n_2: float, win_ratio: float, ties: float, alpha: float = 0.025, sides: int = 1
) -> float:
    """Power to show a win ratio with these numbers in the arms, by the same formula."""
    check(alpha, sides)
    positive(n_1=n_1, n_2=n_2, win_ratio=win_ratio)
    drift = abs(log(win_ratio)) * sqrt(n_1 + n_2) / _spread(ties, n_1 / n_2)
    return lower_tail(drift - upper_quantile(alpha / sides))


@asked
def mmrm_size(
    difference: float,
    sd: float | tuple[float, float],
    correlation: ArrayLike,
    retention: Sequence[float] | tuple[Sequence[float], Sequence[float]],
    alpha: float = 0.05,
    sides: int = 2,
    power: float = 0.8,
    ratio: float = 1.0,
) -> Size:
    """Size to show a difference at the last visit by a mixed model with unstructured covariance.

    sd: at the last visit, of both arms or each. correlation: of the visits, shape (J, J). retention: the share
    still seen at each visit, shape (J,), of both arms or each; whoever leaves stays away.
    Source: Lu, Luo & Chen 2008 (Int J Biostat 4(1), 9), eq. 3."""
    check(alpha, sides, power, ratio)
    finite(difference=difference)
    if difference == 0:
        raise CannotBe("the difference is 0; no number of infants shows that")
    per_infant = _mmrm_variance(sd, correlation, retention, ratio)
    n_1 = per_infant * (sum(quantiles(alpha, sides, power)) / difference) ** 2
    return Size(n_1, n_1 / ratio)


@asked
def power_mmrm(
    n_1: float,
    n_2: float,
    difference: float,
    sd: float | tuple[float, float],
    correlation: ArrayLike,
    retention: Sequence[float] | tuple[Sequence[float], Sequence[float]],
    alpha: float = 0.05,
    sides: int = 2,
) -> float:
    """Power of the same test with these numbers in the arms."""
    check(alpha, sides)
    positive(n_1=n_1, n_2=n_2)
    finite(difference=difference)
    variance = _mmrm_variance(sd, correlation, retention, n_1 / n_2) / n_1
    return lower_tail(abs(difference) / sqrt(variance) - upper_quantile(alpha / sides))


def _spread(ties: float, ratio: float) -> float:
    if not 0 <= ties < 1:
        raise CannotBe(f"the share of ties is {ties}; it must lie from 0 to below 1")
    k = ratio / (1 + ratio)
    return sqrt(4 * (1 + ties) / (3 * k * (1 - k) * (1 - ties)))


def _mmrm_variance(
    sd: float | tuple[float, float],
    correlation: ArrayLike,
    retention: Sequence[float] | tuple[Sequence[float], Sequence[float]],
    ratio: float,
) -> float:
    """n₁ times the variance of the estimated difference at the last visit."""
    matrix = _correlation(correlation)
    sd_1, sd_2 = sd if isinstance(sd, tuple) else (sd, sd)
    positive(sd_1=sd_1, sd_2=sd_2)
    both = [part for part in retention if isinstance(part, Sequence)]
    first, second = both if both else (retention, retention)
    return sd_1**2 * _last(matrix, first) + ratio * sd_2**2 * _last(matrix, second)


def _last(matrix: NDArray[np.float64], retention: Sequence[object]) -> float:
    """The last entry of the inverse of Σ_j (r_j − r_{j+1}) R_j⁻¹, R_j the first j visits."""
    kept = np.array([*retention, 0.0], dtype=float)
    visits = len(matrix)
    if len(kept) != visits + 1 or np.any(np.diff(kept) > 0) or kept[0] > 1 or kept[-2] <= 0:
        raise CannotBe(
            f"the retention is {tuple(retention)}; {visits} shares are needed that do not rise, from at most 1"
        )
    information = np.zeros((visits, visits))
    for j in range(1, visits + 1):
        information[:j, :j] += (kept[j - 1] - kept[j]) * np.linalg.inv(matrix[:j, :j])
    return float(np.linalg.inv(information)[-1, -1])


def _correlation(given: ArrayLike) -> NDArray[np.float64]:
    matrix = np.asarray(given, dtype=float)
    square = matrix.ndim == 2 and matrix.shape[0] == matrix.shape[1]
    if not square or not np.allclose(matrix, matrix.T) or np.linalg.eigvalsh(matrix)[0] <= 0:
        raise CannotBe(
            "the correlation of the visits must be a symmetric, positive definite matrix"
        )
    return matrix
