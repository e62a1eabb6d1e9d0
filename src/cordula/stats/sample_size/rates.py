"""How many infants show a difference, or a ratio, of two rates?

Score tests: the variance under H₀ from the rates that satisfy it and fit best (Farrington & Manning 1990,
Stat Med 9, 1447), the variance under H₁ from the true rates."""

from dataclasses import dataclass
from math import acos, copysign, cos, pi, sqrt

from cordula.stats.asked import asked
from cordula.stats.refusals import CannotBe, from_0_to_1
from cordula.stats.sample_size.size import Size, check, divided, positive, quantiles
from cordula.stats.sequential.normal import lower_tail, upper_quantile


@dataclass(frozen=True, slots=True)
class RatesUnder:
    """The distance from H₀ and its standard deviations √(per infant, both arms together) under H₀ and H₁."""

    distance: float
    sd_null: float
    sd_true: float


@asked
def two_rates(
    p_1: float,
    p_2: float,
    alpha: float = 0.025,
    sides: int = 1,
    power: float = 0.8,
    ratio: float = 1.0,
    null: float | None = None,
    null_ratio: float | None = None,
) -> Size:
    """Size to show p₁ − p₂ apart from `null` (0), or p₁/p₂ apart from `null_ratio`, with n₁ : n₂ = ratio : 1."""
    check(alpha, sides, power, ratio)
    under = rates_under(p_1, p_2, ratio, null, null_ratio)
    if abs(under.distance) < 1e-12:
        raise CannotBe(
            f"rates of {p_1} and {p_2} are what H₀ says; no number of infants shows a difference"
        )
    z_alpha, z_beta = quantiles(alpha, sides, power)
    total = ((z_alpha * under.sd_null + z_beta * under.sd_true) / under.distance) ** 2
    return divided(total, ratio)


@asked
def power_two_rates(
    n_1: float,
    n_2: float,
    p_1: float,
    p_2: float,
    alpha: float = 0.025,
    sides: int = 1,
    null: float | None = None,
    null_ratio: float | None = None,
) -> float:
    """Power of the score test with these numbers in the arms, in the direction of the true rates."""
    check(alpha, sides)
    positive(n_1=n_1, n_2=n_2)
    under = rates_under(p_1, p_2, n_1 / n_2, null, null_ratio)
    return lower_tail(rates_drift(under, n_1 + n_2, alpha, sides) - upper_quantile(alpha / sides))


def rates_drift(under: RatesUnder, total: float, alpha: float, sides: int) -> float:
    """The mean of the normal z that has the same power as the score test whose variances differ."""
    z = upper_quantile(alpha / sides)
    return z + (abs(under.distance) * sqrt(total) - z * under.sd_null) / under.sd_true


@asked
def one_rate(
    null: float, p: float, alpha: float = 0.025, sides: int = 1, power: float = 0.8
) -> float:
    """Number to show a single rate apart from that of H₀, by the normal score test."""
    check(alpha, sides, power)
    check_rates(null, p)
    if p == null:
        raise CannotBe(f"the rate is {p}, as H₀ says; no number of infants shows a difference")
    z_alpha, z_beta = quantiles(alpha, sides, power)
    return ((z_alpha * sqrt(null * (1 - null)) + z_beta * sqrt(p * (1 - p))) / (p - null)) ** 2


@asked
def power_one_rate(n: float, null: float, p: float, alpha: float = 0.025, sides: int = 1) -> float:
    """Power of the normal score test of a single rate; `exact.one_stage_test` has the exact one."""
    check(alpha, sides)
    positive(n=n)
    check_rates(null, p)
    z = upper_quantile(alpha / sides)
    return lower_tail((abs(p - null) * sqrt(n) - z * sqrt(null * (1 - null))) / sqrt(p * (1 - p)))


def rates_under(
    p_1: float,
    p_2: float,
    ratio: float,
    null: float | None = None,
    null_ratio: float | None = None,
) -> RatesUnder:
    """What the score test of these true rates rests on."""
    check_rates(p_1, p_2)
    share = ratio / (1 + ratio)
    if null_ratio is None:
        apart, weight = p_1 - p_2 - (null or 0.0), 1.0
        fit_1, fit_2 = fitted_difference(p_1, p_2, ratio, null or 0.0)
    elif null:
        raise CannotBe("H₀ names a difference and a ratio; name one of them")
    else:
        positive(null_ratio=null_ratio)
        apart, weight = p_1 - null_ratio * p_2, null_ratio
        fit_1, fit_2 = fitted_ratio(p_1, p_2, ratio, null_ratio)

    def sd(a: float, b: float) -> float:
        return sqrt(a * (1 - a) / share + weight**2 * b * (1 - b) / (1 - share))

    return RatesUnder(apart, sd(fit_1, fit_2), sd(p_1, p_2))


@asked
def fitted_difference(
    p_1: float, p_2: float, ratio: float, difference: float
) -> tuple[float, float]:
    """Rates with p̃₁ − p̃₂ = difference of greatest likelihood (Farrington & Manning 1990, appendix 1)."""
    from_0_to_1(p_1=p_1, p_2=p_2)
    positive(ratio=ratio)
    if difference == 0:
        pooled = (ratio * p_1 + p_2) / (1 + ratio)
        return pooled, pooled
    if not -1 < difference < 1:
        raise CannotBe(f"the difference under H₀ is {difference}; it must lie between −1 and 1")
    theta, d = 1 / ratio, difference
    a = 1 + theta
    b = -(1 + theta + p_1 + theta * p_2 + d * (theta + 2))
    c = d * d + d * (2 * p_1 + theta + 1) + p_1 + theta * p_2
    e = -p_1 * d * (1 + d)
    v = b**3 / (3 * a) ** 3 - b * c / (6 * a * a) + e / (2 * a)
    u = copysign(sqrt(max(0.0, b * b / (3 * a) ** 2 - c / (3 * a))), v)
    w = (pi + acos(min(1.0, max(-1.0, v / u**3)) if u else 0.0)) / 3
    first = min(1.0, max(0.0, 2 * u * cos(w) - b / (3 * a)))
    return first, min(1.0, max(0.0, first - d))


@asked
def fitted_ratio(p_1: float, p_2: float, ratio: float, null_ratio: float) -> tuple[float, float]:
    """Rates with p̃₁/p̃₂ = null_ratio of greatest likelihood (Farrington & Manning 1990, appendix 1)."""
    from_0_to_1(p_1=p_1, p_2=p_2)
    positive(ratio=ratio, null_ratio=null_ratio)
    theta = 1 / ratio
    a = 1 + theta
    b = -(null_ratio * (1 + theta * p_2) + theta + p_1)
    c = null_ratio * (p_1 + theta * p_2)
    # The smaller root, written so that a great ratio does not subtract two equal numbers.
    first = 2 * c / (-b + sqrt(max(0.0, b * b - 4 * a * c)))
    return first, first / null_ratio


def check_rates(*rates: float) -> None:
    for p in rates:
        if not 0 < p < 1:
            raise CannotBe(f"a rate is {p}; it must lie between 0 and 1")
