"""How do arms differ at each visit, when some visits were missed? Mixed model for repeated measures."""

from dataclasses import dataclass
from math import isfinite, log, pi
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import fdtrc

from cordula.stats.asked import asked
from cordula.stats.models.contrasts import combined, kenward_roger_f, satterthwaite_f
from cordula.stats.models.estimate import Estimate, from_variance
from cordula.stats.models.inputs import Floats, array, columns, labels, numbers, plain
from cordula.stats.models.kenward_roger import adjusted
from cordula.stats.models.patterns import products, seen
from cordula.stats.models.search import search
from cordula.stats.refusals import CannotBe, NotConverged

Df = Literal["satterthwaite", "kenward-roger", "kenward-roger-linear"]
MOST_VISITS = 12
LOG_TWO_PI = log(2.0 * pi)


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
        weights = array("contrast", contrast)
        if weights.shape != self.coefficients.shape or not weights.any():
            weights = numbers("contrast", contrast, self.coefficients.size)
            raise CannotBe("contrast is nought throughout; it says which coefficients to combine")
        value, variance, df = combined(
            weights, self.coefficients, self.covariance, self.unadjusted, self.slopes, self.spread
        )
        if not isfinite(value):
            numbers("contrast", contrast)
        return from_variance(value, variance, df, level)

    def estimates(self, level: float = 0.95) -> tuple[Estimate, ...]:
        """Every coefficient."""
        return tuple(self.estimate(row, level) for row in np.eye(self.coefficients.size))

    def test(self, contrasts: ArrayLike) -> FTest:
        """The combinations in the rows of `contrasts` (r, p), all nought at once."""
        rows = np.atleast_2d(array("contrasts", contrasts))
        if rows.shape != (len(rows), self.coefficients.size) or not np.isfinite(rows).all():
            raise CannotBe(
                f"contrasts has shape {rows.shape}; rows of {self.coefficients.size} numbers needed"
            )
        known = rows, self.coefficients, self.unadjusted
        slopes = np.moveaxis(self.slopes, 2, 0)[:, :-1, :-1]
        if self.df_method == "satterthwaite":
            f, df = satterthwaite_f(*known, slopes, self.spread)
        else:
            f, df = kenward_roger_f(*known, self.covariance, slopes, self.spread)
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
    y, x = array("outcome", outcome), array("design", design)
    _matched(y, x)
    if not isinstance(restricted, bool):
        raise CannotBe(f"restricted is {restricted!r}; it is True (REML) or False (likelihood)")
    if not isinstance(df, str) or df not in (
        "satterthwaite",
        "kenward-roger",
        "kenward-roger-linear",
    ):
        raise CannotBe(f"df is {df!r}; it is satterthwaite, kenward-roger or kenward-roger-linear")
    return _fitted(y, x, df, restricted)


@asked
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
    y, x = array("outcome", outcome), array("design", design)
    who, when = plain("infant", infant), plain("visit", visit)
    if y.ndim != 1 or any(one.shape[:1] != y.shape for one in (who, when, x)):
        raise CannotBe(f"{y.size} outcomes; infant, visit and design need a row for each")
    kept = ~np.isnan(y)
    x = columns("design", x[kept], int(kept.sum()))
    row, infants = labels("infant", who[kept], len(x))
    column, visits = labels("visit", when[kept], len(x))
    if np.unique(row * visits.size + column).size < row.size:
        raise CannotBe("an infant has two outcomes at one visit; keep one")
    wide = np.full((infants.size, visits.size), np.nan)
    rows = np.zeros((infants.size, visits.size, x.shape[1]))
    wide[row, column], rows[row, column] = y[kept], x
    return mmrm(wide, rows, df=df, restricted=restricted)


def _matched(y: Floats, x: Floats) -> None:
    if y.ndim != 2 or not 1 <= y.shape[1] <= MOST_VISITS:
        raise CannotBe(
            f"outcome has shape {y.shape}; infants by 1 to {MOST_VISITS} visits is needed"
        )
    if x.ndim != 3 or x.shape[:2] != y.shape or not x.shape[2]:
        raise CannotBe(f"design has shape {x.shape}; {(*y.shape, 'p')} is needed, p from 1 on")


def _fitted(y: Floats, x: Floats, df: Df, restricted: bool) -> Mmrm | NotConverged:
    p = x.shape[2]
    readable, infants, n, u, v = seen(y, x)
    if not readable:
        raise CannotBe("outcome is infinite, or design is no number in the row of a visit seen")
    if u >= 0:
        return NotConverged("mmrm", f"no infant was seen at both visit {u} and visit {v}")
    if n <= p:
        raise CannotBe(f"{n} outcomes for {p} coefficients; more outcomes than coefficients needed")
    kept = products(y, x)
    top = search(kept, float(restricted))
    if isinstance(top, NotConverged):
        return top
    _, least, _, _, b, phi, slopes, a = top.there
    covariance = phi
    if df != "satterthwaite":
        linear = df == "kenward-roger-linear"
        covariance = adjusted(top.sigma, phi, slopes, top.spread, a, kept[2], kept[3], linear)
    return Mmrm(
        coefficients=-b[:-1],
        covariance=covariance,
        unadjusted=phi,
        sigma=top.sigma,
        log_likelihood=-0.5 * (least + (n - p * restricted) * LOG_TWO_PI),
        df_method=df,
        infants=infants,
        observations=n,
        steps=top.steps,
        slopes=slopes,
        spread=top.spread,
    )
