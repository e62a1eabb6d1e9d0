"""What do the sums of two arms say: how far apart are they, how surely, with how many degrees of freedom?

Analysis of covariance from sums alone, without a matrix: with one covariate x and a common slope,
estimate = ΔȲ − b ΔX̄, variance = s² (1/n₀ + 1/n₁ + ΔX̄²/Sxx), df = n − 3 (Cochran 1957, Biometrics 13:261,
doi:10.2307/2527916). Without the covariate it is the t test with one variance, df = n − 2."""

from math import nan, sqrt

import numpy as np
from numpy.typing import NDArray

from cordula.stats.compiled import compiled
from cordula.stats.simulation.philox import Floats

# The sums of an arm, in this order.
NUMBER, X, Y, XX, XY, YY = 0, 1, 2, 3, 4, 5
SUMS = 6


@compiled
def add(sums: Floats, arm: int, x: float, y: float) -> None:
    """One patient more; sums has shape (2, 6)."""
    sums[arm, NUMBER] += 1.0
    sums[arm, X] += x
    sums[arm, Y] += y
    sums[arm, XX] += x * x
    sums[arm, XY] += x * y
    sums[arm, YY] += y * y


@compiled
def add_many(sums: Floats, arms: NDArray[np.int64], x: Floats, y: Floats) -> None:
    """One patient more in each of many trials; NaN in y: without a value. sums has shape (2, 6, trials)."""
    for arm in range(2):
        for trial in range(len(x)):
            counts = arms[trial] == arm and y[trial] == y[trial]
            one, other = x[trial] if counts else 0.0, y[trial] if counts else 0.0
            sums[arm, NUMBER, trial] += 1.0 if counts else 0.0
            sums[arm, X, trial] += one
            sums[arm, Y, trial] += other
            sums[arm, XX, trial] += one * one
            sums[arm, XY, trial] += one * other
            sums[arm, YY, trial] += other * other


@compiled
def compared(sums: Floats, adjusted: bool) -> tuple[float, float, float]:
    """Arm 0 − arm 1: estimate, its standard error, degrees of freedom; NaN where the sums tell nothing."""
    n0, n1 = sums[0, NUMBER], sums[1, NUMBER]
    degrees = n0 + n1 - (3.0 if adjusted else 2.0)
    if n0 < 1.0 or n1 < 1.0 or degrees < 1.0:
        return nan, nan, 0.0
    dx = sums[0, X] / n0 - sums[1, X] / n1
    dy = sums[0, Y] / n0 - sums[1, Y] / n1
    within = 1.0 / n0 + 1.0 / n1
    syy = _within(sums, Y, Y, YY)
    if not adjusted:
        return dy, sqrt(max(syy, 0.0) / degrees * within), degrees
    sxx, sxy = _within(sums, X, X, XX), _within(sums, X, Y, XY)
    if sxx <= 0.0:
        return nan, nan, 0.0
    slope = sxy / sxx
    left = max(syy - slope * sxy, 0.0) / degrees
    return dy - slope * dx, sqrt(left * (within + dx * dx / sxx)), degrees


@compiled
def _within(sums: Floats, one: int, other: int, both: int) -> float:
    found = 0.0
    for arm in range(2):
        found += sums[arm, both] - sums[arm, one] * sums[arm, other] / sums[arm, NUMBER]
    return found


def compared_plain(
    x: Floats, y: Floats, arms: NDArray[np.int8], adjusted: bool
) -> tuple[float, float, float]:
    """The twin: ordinary least squares with the design matrix, for values that are all there."""
    treated = (arms == 0).astype(float)
    columns = [np.ones_like(x), treated, x] if adjusted else [np.ones_like(x), treated]
    matrix = np.column_stack(columns)
    degrees = len(y) - matrix.shape[1]
    if degrees < 1 or np.linalg.matrix_rank(matrix) < matrix.shape[1]:
        return nan, nan, 0.0
    fitted, *_ = np.linalg.lstsq(matrix, y, rcond=None)
    left = float(np.sum((y - matrix @ fitted) ** 2)) / degrees
    spread = left * np.linalg.inv(matrix.T @ matrix)[1, 1]
    return float(fitted[1]), sqrt(spread), float(degrees)
