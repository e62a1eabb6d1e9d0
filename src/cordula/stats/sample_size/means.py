"""How many infants show a difference of means?

With n₁ : n₂ = ratio : 1 and the noncentral t distribution, or the normal one where asked for."""

from math import sqrt

from cordula.stats.asked import asked
from cordula.stats.refusals import CannotBe, finite
from cordula.stats.sample_size.size import Size, check, divided, positive, quantiles, smallest
from cordula.stats.sequential.normal import upper_quantile, upper_tail


@asked
def two_means(
    difference: float,
    sd: float,
    alpha: float = 0.025,
    sides: int = 1,
    power: float = 0.8,
    ratio: float = 1.0,
    normal: bool = False,
    both_tails: bool = False,
) -> Size:
    """Size of a two-sample t test (normal: of the z test).

    difference: of the means, less the difference under H₀, in the unit of sd. both_tails: count a rejection in
    the wrong direction as power too (two sides only). Source: Julious 2004 (Stat Med 23, 1921), eq. 11."""
    effect = _effect(difference, sd, alpha, sides, power, ratio)
    if normal:
        drift = sum(quantiles(alpha, sides, power))
        return divided((drift / effect) ** 2 * (1 + ratio) ** 2 / ratio, ratio)

    def power_of(total: float) -> float:
        return t_power(
            effect * sqrt(total * ratio) / (1 + ratio), total - 2, alpha, sides, both_tails
        )

    return divided(smallest(power_of, power, 3.0), ratio)


@asked
def power_two_means(
    n_1: float,
    n_2: float,
    difference: float,
    sd: float,
    alpha: float = 0.025,
    sides: int = 1,
    normal: bool = False,
    both_tails: bool = False,
) -> float:
    """Power of a two-sample t test (normal: of the z test) with these numbers in the arms."""
    positive(n_1=n_1, n_2=n_2)
    effect = _effect(difference, sd, alpha, sides)
    drift = effect / sqrt(1 / n_1 + 1 / n_2)
    if normal:
        return z_power(drift, alpha, sides, both_tails)
    return t_power(drift, n_1 + n_2 - 2, alpha, sides, both_tails)


@asked
def one_mean(
    difference: float,
    sd: float,
    alpha: float = 0.025,
    sides: int = 1,
    power: float = 0.8,
    normal: bool = False,
    both_tails: bool = False,
) -> float:
    """Number for a one-sample t test; for a paired one, sd is that of the differences."""
    effect = _effect(difference, sd, alpha, sides, power)
    if normal:
        return (sum(quantiles(alpha, sides, power)) / effect) ** 2

    def power_of(n: float) -> float:
        return t_power(effect * sqrt(n), n - 1, alpha, sides, both_tails)

    return smallest(power_of, power, 2.0)


@asked
def power_one_mean(
    n: float,
    difference: float,
    sd: float,
    alpha: float = 0.025,
    sides: int = 1,
    normal: bool = False,
    both_tails: bool = False,
) -> float:
    """Power of a one-sample or paired t test with n infants or pairs."""
    positive(n=n)
    drift = _effect(difference, sd, alpha, sides) * sqrt(n)
    if normal:
        return z_power(drift, alpha, sides, both_tails)
    return t_power(drift, n - 1, alpha, sides, both_tails)


@asked
def two_means_ratio(
    mean_ratio: float,
    null_ratio: float,
    variation: float,
    alpha: float = 0.025,
    sides: int = 1,
    power: float = 0.8,
    ratio: float = 1.0,
    normal: bool = False,
) -> Size:
    """Size to show a ratio of means μ₁/μ₂ apart from null_ratio θ₀; variation: σ/μ₂, one σ in both arms.

    Tests μ₁ − θ₀μ₂ with variance σ²(1/n₁ + θ₀²/n₂) (Sasabuchi's test; Kieser & Hauschke 1999, J Biopharm Stat 9, 641)."""
    effect = _effect(mean_ratio - null_ratio, variation, alpha, sides, power, ratio)
    positive(mean_ratio=mean_ratio, null_ratio=null_ratio)
    per_root_n = effect / sqrt((1 + ratio) * (1 / ratio + null_ratio**2))
    if normal:
        return divided((sum(quantiles(alpha, sides, power)) / per_root_n) ** 2, ratio)

    def power_of(total: float) -> float:
        return t_power(per_root_n * sqrt(total), total - 2, alpha, sides)

    return divided(smallest(power_of, power, 3.0), ratio)


@asked
def detectable_difference(
    n_1: float, n_2: float, sd: float, alpha: float = 0.025, sides: int = 1, power: float = 0.8
) -> float:
    """The difference that a two-sample t test with these arms finds with this power."""
    from scipy.optimize import brentq

    check(alpha, sides, power)
    positive(n_1=n_1, n_2=n_2, sd=sd)
    scale = sd * sqrt(1 / n_1 + 1 / n_2)
    drift = brentq(lambda d: t_power(d, n_1 + n_2 - 2, alpha, sides) - power, 0, 1e4, xtol=1e-12)
    return float(drift) * scale


@asked
def two_means_ancova(
    difference: float,
    sd: float,
    correlation: float,
    alpha: float = 0.025,
    sides: int = 1,
    power: float = 0.8,
    ratio: float = 1.0,
    covariates: int = 1,
) -> Size:
    """Size of an analysis of covariance whose covariates explain correlation² of the variance.

    The variance of the adjusted difference is σ²(1 − ρ²)(1/n₁ + 1/n₂) times (N − 3)/(N − q − 3), what chance
    imbalance of q normal covariates costs on average; N − 2 − q degrees of freedom (Shieh 2017, Psychometrika 82)."""
    effect = _effect(difference, sd, alpha, sides, power, ratio)

    def power_of(total: float) -> float:
        return _ancova_power(effect, total, ratio, correlation, covariates, alpha, sides)

    _check_ancova(correlation, covariates)
    return divided(smallest(power_of, power, covariates + 3.5), ratio)


@asked
def power_two_means_ancova(
    n_1: float,
    n_2: float,
    difference: float,
    sd: float,
    correlation: float,
    alpha: float = 0.025,
    sides: int = 1,
    covariates: int = 1,
) -> float:
    """Power of an analysis of covariance with these numbers in the arms."""
    positive(n_1=n_1, n_2=n_2)
    _check_ancova(correlation, covariates)
    if n_1 + n_2 <= covariates + 3:
        raise CannotBe(f"{n_1 + n_2} infants; more than {covariates + 3} are needed")
    effect = _effect(difference, sd, alpha, sides)
    return _ancova_power(effect, n_1 + n_2, n_1 / n_2, correlation, covariates, alpha, sides)


def _ancova_power(
    effect: float,
    total: float,
    ratio: float,
    correlation: float,
    covariates: int,
    alpha: float,
    sides: int,
) -> float:
    chance = (total - 3) / (total - covariates - 3)
    drift = effect * sqrt(total * ratio) / (1 + ratio) / sqrt((1 - correlation**2) * chance)
    return t_power(drift, total - 2 - covariates, alpha, sides)


def _check_ancova(correlation: float, covariates: int) -> None:
    if not -1 < correlation < 1:
        raise CannotBe(f"the correlation is {correlation}; it must lie between −1 and 1")
    if covariates < 0:
        raise CannotBe(f"{covariates} covariates; there can be none, but not fewer")


def z_power(drift: float, alpha: float, sides: int, both_tails: bool = False) -> float:
    """P(Z ≥ z_{α/s}) under this mean; with both tails, P(|Z| ≥ z)."""
    z = upper_quantile(alpha / sides)
    return upper_tail(z - drift) + (upper_tail(z + drift) if both_tails and sides == 2 else 0.0)


def t_power(drift: float, df: float, alpha: float, sides: int, both_tails: bool = False) -> float:
    """P(T ≥ t_{df, α/s}) where T is noncentral t with this noncentrality."""
    from scipy.special import nctdtr, stdtrit

    bound = float(stdtrit(df, 1 - alpha / sides))
    power = 1.0 - float(nctdtr(df, drift, bound))
    if both_tails and sides == 2:
        power += float(nctdtr(df, drift, -bound))
    return power


def _effect(
    difference: float,
    sd: float,
    alpha: float,
    sides: int,
    power: float | None = None,
    ratio: float = 1.0,
) -> float:
    check(alpha, sides, power, ratio)
    positive(sd=sd)
    finite(difference=difference)
    if difference == 0 and power is not None:
        raise CannotBe("the difference is 0; no number of infants shows that")
    return abs(difference) / sd
