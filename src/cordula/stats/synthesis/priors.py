"""What is believed of the heterogeneity τ before the studies are seen?

Proper priors, and the improper and data-dependent ones of Röver 2020, doi:10.18637/jss.v093.i06, section
2.3 (uniform, √, Jeffreys, Berger–Deely, conventional, DuMouchel, uniform shrinkage, uniform in I²)."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import betaln, ndtr, stdtr

from cordula.stats.refusals import CannotBe, finite
from cordula.stats.synthesis.checks import Vector, one_of

LogDensity = Callable[[Vector, Vector], Vector]


@dataclass(frozen=True, slots=True, eq=False)
class TauPrior:
    """A prior density of τ ≥ 0, in the unit of the estimates.

    `log_density(tau, se)` takes nodes (n,) and the studies' standard errors (k,). `tail` is the power
    with which the density falls, τ^−tail, infinite where it falls faster; `upper` is the end of its
    support. `proper` says whether it integrates to one. `bell` is b where it falls as τ^−beside·e^(−bτ²)."""

    name: str
    log_density: LogDensity
    tail: float
    upper: float = math.inf
    proper: bool = True
    bell: float = 0.0
    beside: float = 0.0


def half_normal(scale: float) -> TauPrior:
    """|N(0, scale²)|."""
    s = _scale(scale)
    c = 0.5 * math.log(2 / math.pi) - math.log(s)
    return TauPrior(
        f"half-normal({s:g})", lambda t, se: c - 0.5 * (t / s) ** 2, math.inf, bell=0.5 / s**2
    )


def half_cauchy(scale: float) -> TauPrior:
    """|Cauchy(0, scale)|."""
    s = _scale(scale)
    c = math.log(2 / (math.pi * s))
    return TauPrior(f"half-Cauchy({s:g})", lambda t, se: c - np.log1p((t / s) ** 2), 2.0)


def half_t(scale: float, df: float) -> TauPrior:
    """|t(df)|·scale; df = 1 is the half-Cauchy."""
    s, nu = _scale(scale), _scale(df, "the degrees of freedom")
    c = math.log(2 / s) - 0.5 * math.log(nu) - float(betaln(0.5, nu / 2))
    power = (nu + 1) / 2
    return TauPrior(
        f"half-t({s:g}, df {nu:g})", lambda t, se: c - power * np.log1p((t / s) ** 2 / nu), nu + 1
    )


def uniform(upper: float) -> TauPrior:
    """Even from 0 to `upper`."""
    end = _scale(upper, "the upper end")
    return TauPrior(
        f"uniform(0, {end:g})", lambda t, se: np.full(t.shape, -math.log(end)), math.inf, end
    )


def exponential(scale: float) -> TauPrior:
    """Mean `scale`."""
    s = _scale(scale)
    return TauPrior(f"exponential({s:g})", lambda t, se: -math.log(s) - t / s, math.inf)


def half_logistic(scale: float) -> TauPrior:
    """|Logistic(0, scale)|."""
    s = _scale(scale)
    c = math.log(2 / s)
    return TauPrior(
        f"half-logistic({s:g})", lambda t, se: c - t / s - 2 * np.log1p(np.exp(-t / s)), math.inf
    )


def lomax(scale: float, shape: float = 1.0) -> TauPrior:
    """shape/scale · (1 + τ/scale)^−(shape+1)."""
    s, a = _scale(scale), _scale(shape, "the shape")
    c = math.log(a / s)
    return TauPrior(f"Lomax({s:g}, {a:g})", lambda t, se: c - (a + 1) * np.log1p(t / s), a + 1)


def rayleigh(scale: float) -> TauPrior:
    """τ/scale² · exp(−τ²/(2 scale²))."""
    s = _scale(scale)
    c = -2 * math.log(s)
    return TauPrior(
        f"Rayleigh({s:g})",
        lambda t, se: c + np.log(t) - 0.5 * (t / s) ** 2,
        math.inf,
        bell=0.5 / s**2,
        beside=-1.0,
    )


def log_normal(mean_log: float, sd_log: float) -> TauPrior:
    """log τ ~ N(mean_log, sd_log²), as the published priors for τ of log odds ratios."""
    finite(mean_log=mean_log)
    s = _scale(sd_log, "the SD of log τ")
    c = -math.log(s) - 0.5 * math.log(2 * math.pi)
    return TauPrior(
        f"log-normal({mean_log:g}, {s:g})",
        lambda t, se: c - np.log(t) - 0.5 * ((np.log(t) - mean_log) / s) ** 2,
        math.inf,
    )


def truncated_half_normal(scale: float, upper: float) -> TauPrior:
    """Half-normal, cut at `upper` and made whole again."""
    whole, end = half_normal(scale), _end(upper)
    return _cut(whole, end, 2 * float(ndtr(end / scale)) - 1)


def truncated_half_cauchy(scale: float, upper: float) -> TauPrior:
    """Half-Cauchy, cut at `upper` and made whole again."""
    whole, end = half_cauchy(scale), _end(upper)
    return _cut(whole, end, 2 * math.atan(end / scale) / math.pi)


def truncated_half_t(scale: float, df: float, upper: float) -> TauPrior:
    """Half-t, cut at `upper` and made whole again."""
    whole, end = half_t(scale, df), _end(upper)
    return _cut(whole, end, 2 * float(stdtr(df, end / scale)) - 1)


def custom(
    name: str,
    log_density: Callable[[Vector], Vector],
    *,
    tail: float = math.inf,
    upper: float = math.inf,
    proper: bool = True,
    bell: float = 0.0,
) -> TauPrior:
    """Any density of one's own; `tail` must be told where it falls only as a power of τ.

    `bell` is b where it falls as e^(−bτ²): a rate has a mean only with b above ½ or an `upper` end, an SD above 2."""
    if math.isnan(tail) or not upper > 0 or not 0 <= bell < math.inf:
        raise CannotBe(
            f"a prior with tail {tail}, upper end {upper} and bell {bell}: a power of τ, an end above 0, "
            "and from 0 on"
        )
    return TauPrior(name, lambda t, se: np.asarray(log_density(t)), tail, upper, proper, bell=bell)


def improper(kind: str = "uniform") -> TauPrior:
    """The improper and the data-dependent priors, by name; densities are up to a constant where improper.

    uniform 1 · sqrt τ^−½ · jeffreys √Σ(τ/(s²+τ²))² · overall_jeffreys √(Σ1/(s²+τ²) · Σ(τ/(s²+τ²))²) ·
    berger_deely Π(τ/(s²+τ²))^(1/k) · conventional (not scaled to one) Π(τ/(s²+τ²)^(3/2))^(1/k) · dumouchel s0/(s0+τ)² ·
    shrinkage 2 s0² τ/(s0²+τ²)², with s0² the harmonic mean of s² · i2 2 ŝ² τ/(ŝ²+τ²)², ŝ² the typical v."""
    density, tail, proper = _KINDS[one_of("the prior", kind, tuple(_KINDS))]
    return TauPrior(kind, density, tail, math.inf, proper)


def _scale(value: float, name: str = "the scale") -> float:
    if not (0 < value < math.inf):
        raise CannotBe(f"{name} of a prior is {value}; it must be above 0 and finite")
    return float(value)


def _end(upper: float) -> float:
    return _scale(upper, "the upper end")


def _cut(whole: TauPrior, end: float, mass: float) -> TauPrior:
    return TauPrior(
        f"{whole.name} below {end:g}",
        lambda t, se: whole.log_density(t, se) - math.log(mass),
        math.inf,
        end,
    )


def _ratio(t: Vector, se: Vector) -> Vector:
    """τ/(s²+τ²): shape (n, k)."""
    return np.asarray(t[:, None] / (se**2 + t[:, None] ** 2))


def _jeffreys(t: Vector, se: Vector) -> Vector:
    return np.asarray(0.5 * np.log((_ratio(t, se) ** 2).sum(1)))


def _overall(t: Vector, se: Vector) -> Vector:
    return np.asarray(_jeffreys(t, se) + 0.5 * np.log((1 / (se**2 + t[:, None] ** 2)).sum(1)))


def _berger_deely(t: Vector, se: Vector) -> Vector:
    return np.asarray(np.log(_ratio(t, se)).mean(1))


def _conventional(t: Vector, se: Vector) -> Vector:
    return np.asarray((np.log(t)[:, None] - 1.5 * np.log(se**2 + t[:, None] ** 2)).mean(1))


def _harmonic(se: Vector) -> float:
    return 1 / float((1 / se**2).mean())


def _dumouchel(t: Vector, se: Vector) -> Vector:
    s0 = math.sqrt(_harmonic(se))
    return np.asarray(math.log(s0) - 2 * np.log(s0 + t))


def _even_shrinkage(t: Vector, v: float) -> Vector:
    return np.asarray(math.log(2 * v) + np.log(t) - 2 * np.log(v + t**2))


def _typical(se: Vector) -> float:
    w = 1 / se**2
    if se.size < 2:
        return float(se[0] ** 2)
    return float((se.size - 1) * w.sum() / (w.sum() ** 2 - (w**2).sum()))


_KINDS: dict[str, tuple[LogDensity, float, bool]] = {
    "uniform": (lambda t, se: np.zeros(t.shape), 0.0, False),
    "sqrt": (lambda t, se: -0.5 * np.log(t), 0.5, False),
    "jeffreys": (_jeffreys, 1.0, False),
    "overall_jeffreys": (_overall, 2.0, False),
    "berger_deely": (_berger_deely, 1.0, False),
    "conventional": (_conventional, 2.0, False),
    "dumouchel": (_dumouchel, 2.0, True),
    "shrinkage": (lambda t, se: _even_shrinkage(t, _harmonic(se)), 3.0, True),
    "i2": (lambda t, se: _even_shrinkage(t, _typical(se)), 3.0, True),
}
