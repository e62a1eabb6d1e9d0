"""Which mean and SD has a further study's proportion or rate? A density on a grid tells too few digits of its tails.

A proportion: the sum over all nodes of μ, τ and a standard normal. A rate: E e^(mθ) is a ratio of two evidences: that with μ moved by m·sd², and with the prior of τ times e^(m²τ²/2), over that of
the data. So the tail of τ's prior decides: a half-normal of scale s leaves a mean only while s < 1, an SD while s < ½;
a heavier tail leaves neither, and a quadrature would tell how far its grid goes."""

import math

import numpy as np
from scipy.special import expit

from cordula.stats.refusals import NotConverged
from cordula.stats.synthesis.checks import Vector
from cordula.stats.synthesis.counts import Counts
from cordula.stats.synthesis.priors import TauPrior
from cordula.stats.synthesis.tensor import Integrated, integrated, told_apart

# Below this share of the mean the difference of two moments keeps fewer digits than a sum over the density does.
SHARP = 0.1
# Of a standard normal: its reach, and a step that errs by 2e−11 (Trefethen & Weideman 2014, doi:10.1137/130932132).
REACH, STEP = 6.4, 0.9


def proportion_moments(found: Integrated) -> tuple[float, float]:
    """Mean and SD of expit(μ + τz). The poles of expit lie π/τ off the line, so a wide τ asks for a finer step."""
    mu = found.starts[:, None] + found.strides[:, None] * np.arange(found.weights.shape[1])
    row, column = np.nonzero(found.weights > 1e-12)
    weight, mu, tau = found.weights[row, column], mu[row, column], found.tau[row]
    first = second = whole = 0.0
    for near in (tau <= 1.0, tau > 1.0):
        if not near.any():
            continue
        half = math.ceil(REACH / STEP * max(1.0, float(tau[near].max())))
        z = np.linspace(-REACH, REACH, 2 * half + 1)
        p = expit(mu[near, None] + tau[near, None] * z)
        share = np.exp(-0.5 * z * z) / np.exp(-0.5 * z * z).sum()
        whole += float(weight[near].sum())
        first += float(weight[near] @ (p @ share))
        second += float(weight[near] @ ((p * p) @ share))
    return first / whole, math.sqrt(second / whole - (first / whole) ** 2)


def rate_moments(
    counts: Counts, prior: TauPrior, mu_mean: float, mu_sd: float, log_evidence: float
) -> tuple[float | None, float | None, str]:
    """Mean and SD, each None where the integral has no finite value or did not settle, and why."""
    first, why = _moment(1, counts, prior, mu_mean, mu_sd, log_evidence)
    if first is None:
        return None, None, f"mean and SD of the rate: {why}"
    second, why = _moment(2, counts, prior, mu_mean, mu_sd, log_evidence)
    if second is None:
        return first, None, f"SD of the rate: {why}"
    return first, math.sqrt(max(second - first**2, 0.0)), ""


def _moment(
    power: int, counts: Counts, prior: TauPrior, mu_mean: float, mu_sd: float, log_evidence: float
) -> tuple[float | None, str]:
    """E e^(power·θ), or None and the reason."""
    tilted = _tilted(prior, power)
    if tilted is None or tilted.tail + told_apart(counts) <= 1:
        return None, (
            f"infinite, as the prior “{prior.name}” of τ on the log scale lets a further study differ "
            "without bound; a lighter tail or an upper end is needed"
        )
    found = integrated(counts, tilted, mu_mean + power * mu_sd**2, mu_sd)
    if isinstance(found, NotConverged):
        return None, f"not resolved under the prior “{prior.name}” of τ: {found.reason}"
    moved = power * mu_mean + 0.5 * power**2 * mu_sd**2
    return math.exp(found.log_evidence - log_evidence + moved), ""


def _tilted(prior: TauPrior, power: int) -> TauPrior | None:
    """The prior times e^(power²·τ²/2), and how that falls; None where it rises."""
    rise = 0.5 * power**2

    def log_density(tau: Vector, se: Vector) -> Vector:
        return np.asarray(prior.log_density(tau, se) + rise * tau**2)

    if math.isfinite(prior.upper) or prior.bell > rise:
        tail = math.inf
    elif prior.bell == rise:
        tail = prior.beside
    else:
        return None
    return TauPrior(prior.name, log_density, tail, prior.upper, proper=False)
