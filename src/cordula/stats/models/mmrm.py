"""How do arms differ at each visit, when some visits were missed? Mixed model for repeated measures."""

from dataclasses import dataclass
from math import log, pi
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import fdtrc

from cordula.stats.models.contrasts import kenward_roger_f, satterthwaite, satterthwaite_f
from cordula.stats.models.estimate import Estimate, from_variance
from cordula.stats.models.inputs import Flags, Floats, columns, labels, numbers
from cordula.stats.models.kenward_roger import adjusted
from cordula.stats.models.patterns import products
from cordula.stats.models.search import FOUND, REASONS, search
from cordula.stats.refusals import CannotBe, NotConverged

Df = Literal["satterthwaite", "kenward-roger", "kenward-roger-linear"]
MOST_VISITS = 12


@dataclass(frozen=True, slots=True)
class FTest:
    """Several combinations of coefficients against nought."""

    statistic: float
    df1: int
    df2: float
    p: float


@dataclass(frozen=True, slots=True, eq=False)
class Mmrm:
    """Coefficients (p,), their covariance (p, p; adjusted under Kenward–Roger) and as the model has it,
    the covariance `sigma` of the visits, and what later questions need."""

    coefficients: Floats
    covariance: Floats
    unadjusted: Floats
    sigma: Floats
    log_likelihood: float
    df_method: Df
    infants: int
    observations: int
    steps: int
    slopes: Floats
    spread: Floats

    @property
    def standard_errors(self) -> Floats:
        return np.sqrt(np.diag(self.covariance))

    def estimate(self, contrast: ArrayLike, level: float = 0.95) -> Estimate:
        """The combination `contrast` (p,) of the coefficients, by t with its own degrees of freedom."""
        weights = numbers("contrast", contrast, self.coefficients.size)
        df = satterthwaite(weights, self.unadjusted, self.slopes, self.spread)[1]
        variance = float(weights @ self.covariance @ weights)
        return from_variance(float(weights @ self.coefficients), variance, df, level)

    def estimates(self, level: float = 0.95) -> tuple[Estimate, ...]:
        """Every coefficient."""
        return tuple(self.estimate(row, level) for row in np.eye(self.coefficients.size))

    def test(self, contrasts: ArrayLike) -> FTest:
        """The combinations in the rows of `contrasts` (r, p), all nought at once."""
        rows = np.atleast_2d(np.asarray(contrasts, dtype=np.float64))
        if rows.shape[1] != self.coefficients.size:
            raise CannotBe(
                f"contrasts has shape {rows.shape}; {self.coefficients.size} columns needed"
            )
        known = rows, self.coefficients, self.unadjusted
        if self.df_method == "satterthwaite":
            f, df = satterthwaite_f(*known, self.slopes, self.spread)
        else:
            f, df = kenward_roger_f(*known, self.covariance, self.slopes, self.spread)
        return FTest(f, len(rows), df, float(fdtrc(len(rows), df, f)))


def mmrm(
    outcome: ArrayLike, design: ArrayLike, *, df: Df = "satterthwaite", restricted: bool = True
) -> Mmrm | NotConverged:
    """Repeated measures with unstructured covariance: `outcome` (n, visits), not a number where missed,
    on `design` (n, visits, p); rows of missed visits are not looked at.

    REML (`restricted`) or maximum likelihood, valid where what is missing depends on what was seen
    (MAR). Standard errors and degrees of freedom by Satterthwaite, Kenward & Roger (1997), or their
    linear form (2009). Mallinckrodt et al. (2008), Drug Inf J 42:303–319. Answers NotConverged with
    the reason where there is none; raises CannotBe for misfits."""
    y = np.asarray(outcome, dtype=np.float64)
    x = np.asarray(design, dtype=np.float64)
    seen = _seen(y, x)
    if df not in ("satterthwaite", "kenward-roger", "kenward-roger-linear"):
        raise CannotBe(f"df is {df!r}; it is satterthwaite, kenward-roger or kenward-roger-linear")
    z = np.empty((*y.shape, x.shape[2] + 1))
    z[..., :-1], z[..., -1] = x, y
    z[~seen] = 0.0
    if not np.isfinite(z).all():
        raise CannotBe("design is not a number in the row of a visit that was seen")
    return _fitted(z, seen, df, restricted)


def mmrm_long(
    outcome: ArrayLike,
    infant: ArrayLike,
    visit: ArrayLike,
    design: ArrayLike,
    *,
    df: Df = "satterthwaite",
    restricted: bool = True,
) -> Mmrm | NotConverged:
    """As `mmrm`, from one row for each measurement: `outcome` (N,), not a number where it is missing,
    `infant` and `visit` (N,) labels, `design` (N, p)."""
    y = np.asarray(outcome, dtype=np.float64)
    if y.ndim != 1 or any(len(np.asarray(one)) != y.size for one in (infant, visit, design)):
        raise CannotBe(f"{y.size} outcomes; infant, visit and design need a row for each")
    kept = np.isfinite(y)
    x = columns("design", np.asarray(design, dtype=np.float64)[kept], int(kept.sum()))
    row, infants = labels("infant", np.asarray(infant)[kept], len(x))
    column, visits = labels("visit", np.asarray(visit)[kept], len(x))
    if np.unique(row * visits.size + column).size < row.size:
        raise CannotBe("an infant has two outcomes at one visit; keep one")
    wide = np.full((infants.size, visits.size), np.nan)
    rows = np.zeros((infants.size, visits.size, x.shape[1]))
    wide[row, column], rows[row, column] = y[kept], x
    return mmrm(wide, rows, df=df, restricted=restricted)


def _seen(y: Floats, x: Floats) -> Flags:
    if y.ndim != 2 or not 1 <= y.shape[1] <= MOST_VISITS:
        raise CannotBe(
            f"outcome has shape {y.shape}; infants by 1 to {MOST_VISITS} visits is needed"
        )
    if x.ndim != 3 or x.shape[:2] != y.shape:
        raise CannotBe(f"design has shape {x.shape}; {(*y.shape, 'p')} is needed")
    return np.isfinite(y)


def _fitted(z: Floats, seen: Flags, df: Df, restricted: bool) -> Mmrm | NotConverged:
    n, p = int(np.count_nonzero(seen)), z.shape[2] - 1
    flags = seen.astype(np.float64)
    pairs = flags.T @ flags
    if not pairs.all():
        u, v = np.argwhere(pairs < 1.0)[0].tolist()
        return NotConverged("mmrm", f"no infant was seen at both visit {u} and visit {v}")
    if n <= p:
        raise CannotBe(f"{n} outcomes for {p} coefficients; more outcomes than coefficients needed")
    patterns, counts, sums, active = products(z, seen)
    found = search(patterns, counts, sums, active, pairs, 1.0 if restricted else 0.0)
    ended, steps, sigma, spread, fit, b, phi, slopes, a = found
    if ended != FOUND:
        return NotConverged("mmrm", REASONS[ended], steps)
    coefficients, slopes, spread = -b[:-1], slopes[:, :-1, :-1], 2.0 * spread
    covariance = phi
    if df != "satterthwaite":
        linear = df == "kenward-roger-linear"
        covariance = adjusted(sigma, phi, slopes, spread, a, sums, linear)
    likelihood = -0.5 * (fit + (n - p * restricted) * log(2.0 * pi))
    infants = int(counts.sum())
    return Mmrm(
        coefficients, covariance, phi, sigma, likelihood, df, infants, n, steps, slopes, spread
    )
