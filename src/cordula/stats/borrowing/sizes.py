"""How many infants is a prior worth? Effective sample sizes: ELIR, moment, Morita.

They answer different questions and may differ tenfold for a robust mixture: report which one is meant."""

from typing import Literal

import numpy as np
from scipy import special

from cordula.stats.borrowing import families
from cordula.stats.borrowing.families import Array
from cordula.stats.borrowing.mixture import Mixture, log_density, mean, quantile, sd
from cordula.stats.refusals import CannotBe, NotConverged

Likelihood = Literal["normal", "binomial", "poisson", "exponential"]
# Beyond exp(±340) the square of 1/x is no longer a number.
_FARTHEST = 340.0
_USUAL: dict[str, Likelihood] = {"normal": "normal", "beta": "binomial", "gamma": "poisson"}


def ess_elir(
    prior: Mixture, sigma: float | None = None, likelihood: Likelihood | None = None
) -> float | NotConverged:
    """Expected local information ratio E[i(θ)/i₁(θ)], i = −d² log p/dθ², i₁ the Fisher information of one.

    sigma: one infant's standard deviation (normal only). likelihood: "exponential" for a gamma prior of a
    rate in times to event; else poisson. A beta or gamma component with a parameter below 1 has infinite
    information at the edge: CannotBe. Source: Neuenschwander et al. 2020, doi:10.1111/biom.13252, eq. 5."""
    kind = _checked(prior, sigma, likelihood)
    _, first, second = prior.arrays
    edges = {"normal": np.ones(1), "beta": np.r_[first, second], "gamma": first}[prior.kind]
    if edges.min() < 1:
        raise CannotBe(f"a component parameter of {edges.min()}: ELIR needs at least 1")
    before = np.inf
    for level in range(3, 11):
        found, beyond = _elir(prior, kind, sigma, 2.0**-level)
        if beyond < 1e-9 and abs(found - before) < 1e-9 * max(1.0, abs(found)):
            return found
        before = found
    reason = "the information so near the edge of the support, or the quadrature, had not settled"
    return NotConverged("ess_elir", reason, level)


def _elir(
    prior: Mixture, kind: Likelihood, sigma: float | None, step: float
) -> tuple[float, float]:
    """The expectation over each component by the trapezoid rule on a line; and the share at its ends."""
    total, beyond = 0.0, 0.0
    for weight, first, second in prior.components:
        x, rest, mass = _nodes(prior, first, second, step)
        each = mass * information(prior, x, rest) / _unit_information(kind, x, rest, sigma)
        if weight > 0:
            total += weight * float(each.sum())
            beyond = max(beyond, weight * abs(each[0]) / step, weight * abs(each[-1]) / step)
    return total, beyond / max(1.0, abs(total))


def _nodes(prior: Mixture, first: float, second: float, step: float) -> tuple[Array, Array, Array]:
    """x = m + s·sinh t, its logistic or its exponential; 1 − x; and the component's mass at each."""
    t = np.arange(-8.0, 8.0 + step / 2, step)
    a, b = np.array(first), np.array(second)
    if prior.kind == "normal":
        x, rest, slope = a + b * np.sinh(t), np.ones_like(t), b * np.cosh(t)
    else:
        spread = np.sqrt(1 / a + 1 / b) if prior.kind == "beta" else np.sqrt(1 / a)
        line, slope = np.log(a / b) + spread * np.sinh(t), spread * np.cosh(t)
        held = np.abs(line) < _FARTHEST
        line, slope = line[held], slope[held]
        beta = prior.kind == "beta"
        x, rest = (special.expit(line), special.expit(-line)) if beta else (np.exp(line), line)
        slope = slope * x * (rest if beta else 1.0)
    mass = np.exp(families.log_density(prior.kind, x, a, b, rest)) * slope * step
    held = mass > 1e-290
    return x[held], rest[held], mass[held]


def information(prior: Mixture, x: Array, rest: Array | None = None) -> Array:
    """i(θ) = −d² log p/dθ² of the mixture at x, shape of x; `rest` is 1 − x where it is known exactly."""
    weights, first, second = prior.arrays
    beyond = None if rest is None else rest[..., None]
    each = families.log_density(prior.kind, x[..., None], first, second, beyond)
    with np.errstate(divide="ignore"):
        each = each + np.log(weights)
    shares = np.exp(each - np.logaddexp.reduce(each, axis=-1)[..., None])
    slope, bend = families.slopes(prior.kind, x[..., None], first, second, beyond)
    return np.asarray((shares * slope).sum(-1) ** 2 - (shares * (bend + slope**2)).sum(-1))


def _unit_information(kind: Likelihood, x: Array, rest: Array, sigma: float | None) -> Array:
    """Fisher information of one infant, or of one unit of time, at x."""
    if kind == "normal":
        return np.full_like(x, 1 / float(sigma or np.nan) ** 2)
    if kind == "binomial":
        return 1 / (x * rest)
    return 1 / x if kind == "poisson" else 1 / x**2


def ess_moment(
    prior: Mixture, sigma: float | None = None, likelihood: Likelihood | None = None
) -> float:
    """The size of the one conjugate component with the mixture's mean and standard deviation.

    normal: sigma²/sd²; beta: a + b; gamma: rate (poisson) or shape (exponential). Raises CannotBe."""
    kind = _checked(prior, sigma, likelihood)
    centre, variance = mean(prior), sd(prior) ** 2
    if kind == "normal":
        return float(sigma or np.nan) ** 2 / variance
    if kind == "binomial":
        return centre * (1 - centre) / variance - 1
    return centre / variance if kind == "poisson" else centre**2 / variance


def ess_morita(
    prior: Mixture,
    sigma: float | None = None,
    likelihood: Likelihood | None = None,
    vagueness: float = 100.0,
) -> float:
    """The number m of infants whose expected information, on a prior worth 1/vagueness, is the mixture's.

    Both are taken at the mixture's mode; data are expected at its mean. After Morita, Thall & Müller 2008,
    doi:10.1111/j.1541-0420.2007.00888.x, section 3, with the mode in the place of the mean. Raises CannotBe."""
    kind = _checked(prior, sigma, likelihood)
    if not 0 < vagueness < np.inf:
        raise CannotBe(f"vagueness {vagueness}: a finite number above 0")
    at, centre = mode(prior), mean(prior)
    held = float(information(prior, np.array(at)))
    if kind == "normal":
        return held * float(sigma or np.nan) ** 2 - 1 / vagueness
    if kind == "binomial":
        left, right = 1 / at**2, 1 / (1 - at) ** 2
        empty = (at / vagueness - 1) * left + ((1 - at) / vagueness - 1) * right
        return (held - empty) / (centre * left + (1 - centre) * right)
    if kind == "poisson":
        return (held * at**2 + 1 - at / vagueness) / centre
    return held * at**2 + 1 - 1 / vagueness


def mode(prior: Mixture) -> float:
    """Where the density is highest: the best of a fine grid of quantiles, narrowed by eighths.

    A density that rises to the edge of its support, or is flat, has no mode inside: CannotBe."""
    spots = np.unique(quantile(prior, np.linspace(1e-4, 1 - 1e-4, 2001)))
    best = int(np.argmax(log_density(prior, spots)))
    if best in (0, len(spots) - 1):
        raise CannotBe(
            f"a {prior.kind} prior highest at {spots[best]:.3g}: no mode inside its support"
        )
    below, above = spots[max(best - 1, 0)], spots[min(best + 1, len(spots) - 1)]
    while above - below > 1e-11 * max(1.0, abs(below)):
        inner = below + (above - below) * np.linspace(0, 1, 9)
        peak = int(np.argmax(log_density(prior, inner)))
        below, above = inner[max(peak - 1, 0)], inner[min(peak + 1, 8)]
    return float(0.5 * (below + above))


def _checked(prior: Mixture, sigma: float | None, likelihood: Likelihood | None) -> Likelihood:
    kind = likelihood or _USUAL[prior.kind]
    allowed = {"normal": ["normal"], "beta": ["binomial"], "gamma": ["poisson", "exponential"]}
    if kind not in allowed[prior.kind]:
        raise CannotBe(f"a {kind} likelihood with a {prior.kind} prior: {allowed[prior.kind]}")
    if kind == "normal" and (sigma is None or not 0 < sigma < np.inf):
        raise CannotBe(f"sigma {sigma}: a normal prior is counted in infants by one infant's sd")
    return kind
