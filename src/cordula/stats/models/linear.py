"""What does least squares say, with variances that do or do not trust the model?"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from cordula.stats.asked import asked
from cordula.stats.models.estimate import Estimate, from_variance
from cordula.stats.models.inputs import Floats, columns, numbers
from cordula.stats.refusals import CannotBe

Covariance = Literal["model", "HC0", "HC1", "HC2", "HC3"]


@dataclass(frozen=True, slots=True, eq=False)
class LinearModel:
    """Coefficients (p,), their covariance (p, p), residuals (n,) and leverages (n,)."""

    coefficients: Floats
    covariance: Floats
    residuals: Floats
    leverages: Floats
    residual_sd: float
    df: int

    @property
    def standard_errors(self) -> Floats:
        return np.sqrt(np.diag(self.covariance))

    def estimate(self, contrast: ArrayLike, level: float = 0.95) -> Estimate:
        """The combination `contrast` (p,) of the coefficients, judged by t with `df`."""
        weights = numbers("contrast", contrast, self.coefficients.size)
        variance = float(weights @ self.covariance @ weights)
        return from_variance(float(weights @ self.coefficients), variance, self.df, level)


@asked
def least_squares(
    design: ArrayLike, outcome: ArrayLike, covariance: Covariance = "model"
) -> LinearModel:
    """Ordinary least squares of `outcome` (n,) on the columns of `design` (n, p).

    `covariance` is "model", or a sandwich that allows any variances: HC0 (White 1980), HC1, HC2 and
    HC3 of MacKinnon & White (1985), J Econometrics 29:305–325. Raises CannotBe where columns repeat
    each other or n ≤ p, and for HC2 and HC3 where a row alone decides a coefficient."""
    y = numbers("outcome", outcome)
    x = columns("design", design, y.size)
    q, r = _decomposed(x)
    inverse = np.linalg.inv(r)
    coefficients = inverse @ (q.T @ y)
    residuals = y - x @ coefficients
    leverages = np.square(q).sum(axis=1)
    df = y.size - x.shape[1]
    variance = float(residuals @ residuals) / df
    if covariance == "model":
        spread = variance * inverse @ inverse.T
    else:
        bread = inverse @ q.T
        spread = (bread * _squares(residuals, leverages, covariance, df)) @ bread.T
    return LinearModel(coefficients, spread, residuals, leverages, variance**0.5, df)


def _decomposed(x: Floats) -> tuple[Floats, Floats]:
    n, p = x.shape
    if n <= p:
        raise CannotBe(f"{n} outcomes for {p} coefficients; more outcomes than coefficients needed")
    q, r = np.linalg.qr(x)
    own = np.abs(np.diag(r))
    size = np.sqrt(np.square(x).sum(axis=0))
    repeated = np.flatnonzero(own <= 1e-10 * np.where(size > 0.0, size, 1.0))
    if repeated.size:
        raise CannotBe(f"column {repeated[0]} of the design repeats the columns before it; drop it")
    return q, r


def _squares(residuals: Floats, leverages: Floats, kind: Covariance, df: int) -> Floats:
    """The squared residuals as the estimator inflates them."""
    squares = np.square(residuals)
    if kind == "HC0":
        return squares
    if kind == "HC1":
        return squares * (residuals.size / df)
    if kind not in ("HC2", "HC3"):
        raise CannotBe(f"covariance is {kind!r}; it is model, HC0, HC1, HC2 or HC3")
    left = 1.0 - leverages
    if left.min() <= 1e-12:
        raise CannotBe(
            f"row {int(left.argmin())} alone decides a coefficient; {kind} has no answer"
        )
    return squares / (left if kind == "HC2" else left * left)
