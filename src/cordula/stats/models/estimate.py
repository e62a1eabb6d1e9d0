"""What was estimated, how surely, and what speaks against the null: one shape for every method."""

from dataclasses import dataclass
from math import inf, isinf, sqrt

from scipy.special import ndtr, ndtri, stdtr, stdtrit

from cordula.stats.asked import asked
from cordula.stats.models.inputs import level_of
from cordula.stats.refusals import CannotBe, finite


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its standard error, two-sided P against `null` and confidence limits at `level`.

    `df` is infinite where the reference distribution is the normal one."""

    value: float
    se: float
    statistic: float
    df: float
    p: float
    lower: float
    upper: float
    level: float = 0.95
    null: float = 0.0


@asked
def estimated(
    value: float, se: float, df: float = inf, level: float = 0.95, null: float = 0.0
) -> Estimate:
    """The estimate whose (value − null)/se follows Student's t with `df` degrees of freedom."""
    return _told(value, se, df, level, null)


def _told(value: float, se: float, df: float, level: float, null: float) -> Estimate:
    finite(value=value, null=null)
    if not (0 <= se < inf and df > 0):
        raise CannotBe(f"standard error {se} with {df} degrees of freedom; 0 or more, and above 0")
    statistic = (value - null) / se if se > 0.0 else _without_error(value - null)
    reach = quantile(0.5 + level_of(level) / 2, df) * se
    return Estimate(
        value=float(value),
        se=float(se),
        statistic=float(statistic),
        df=float(df),
        p=two_sided(statistic, df),
        lower=float(value - reach),
        upper=float(value + reach),
        level=level,
        null=null,
    )


def from_variance(value: float, variance: float, df: float = inf, level: float = 0.95) -> Estimate:
    """As `estimated`, from the variance of the value."""
    return _told(value, sqrt(max(variance, 0.0)), df, level, 0.0)


def two_sided(statistic: float, df: float = inf) -> float:
    """P(|T| ≥ |statistic|)."""
    return min(1.0, 2.0 * below(-abs(statistic), df))


def below(statistic: float, df: float = inf) -> float:
    """P(T ≤ statistic)."""
    return float(ndtr(statistic) if isinf(df) else stdtr(df, statistic))


def quantile(probability: float, df: float = inf) -> float:
    """The statistic below which T lies with this probability."""
    return float(ndtri(probability) if isinf(df) else stdtrit(df, probability))


def _without_error(distance: float) -> float:
    """Nothing varied: any distance from the null is infinitely far, none is none."""
    return 0.0 if distance == 0.0 else inf if distance > 0.0 else -inf
