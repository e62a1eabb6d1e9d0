"""What do several completed data sets say together? Rubin's rules."""

from dataclasses import dataclass
from math import inf

from numpy.typing import ArrayLike

from cordula.stats.asked import asked
from cordula.stats.models.estimate import Estimate, from_variance
from cordula.stats.models.inputs import numbers
from cordula.stats.refusals import CannotBe


@dataclass(frozen=True, slots=True)
class Pooled:
    """`within` and `between` are the variances U̅ and B, `total` T; `increase` is r, the relative increase
    of variance, and `missing` the fraction of missing information."""

    estimate: Estimate
    within: float
    between: float
    total: float
    df: float
    increase: float
    missing: float


@asked
def pooled(
    values: ArrayLike, variances: ArrayLike, df_complete: float = inf, level: float = 0.95
) -> Pooled:
    """Pool `values` (m,) with `variances` (m,) of m imputed data sets.

    Rubin (1987), equations 3.1.2–3.1.10; degrees of freedom of Barnard & Rubin (1999), Biometrika
    86:948–955, from `df_complete`, those of the complete data (n less coefficients). Raises CannotBe
    below two data sets or for a variance that is not above nought."""
    q = numbers("values", values)
    u = numbers("variances", variances, q.size)
    m = q.size
    if not df_complete > 0:
        raise CannotBe(f"{df_complete} degrees of freedom of the complete data; above nought")
    if m < 2:
        raise CannotBe("one imputed data set; two or more are needed to see between them")
    if u.min() <= 0.0:
        raise CannotBe(f"a variance of {u.min()}; each is above nought")
    within, between = float(u.mean()), float(q.var(ddof=1))
    total = within + (1 + 1 / m) * between
    share = (1 + 1 / m) * between / total
    df = _barnard_rubin(m, share, df_complete)
    increase = (1 + 1 / m) * between / within
    missing = (increase + 2 / (df + 3)) / (increase + 1)
    estimate = from_variance(float(q.mean()), total, df, level)
    return Pooled(estimate, within, between, total, df, increase, missing)


def _barnard_rubin(m: int, share: float, complete: float) -> float:
    old = (m - 1) / share**2 if share > 0.0 else inf
    if complete == inf:
        return old
    seen = (complete + 1) / (complete + 3) * complete * (1 - share)
    return seen if old == inf else old * seen / (old + seen)
