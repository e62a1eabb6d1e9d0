"""What do counts say of μ and τ together? A tensor of nodes: τ, then μ given τ, then every study's truth.

Each layer is checked while it runs. τ: the polynomial through its nodes must have ended; μ and θ: every second node must
tell what all of them tell. Where a layer is too coarse it is made finer, and where that does not help, nothing is told."""

import math
from dataclasses import dataclass
from functools import cache, partial

import numpy as np

from cordula.stats.compiled import kernel_or_twin
from cordula.stats.refusals import CannotBe, NotConverged
from cordula.stats.synthesis.checks import Vector
from cordula.stats.synthesis.counts import Counts, hermite, lattice
from cordula.stats.synthesis.hierarchical import Rule, laid
from cordula.stats.synthesis.hierarchical_kernels import conditionals
from cordula.stats.synthesis.marginals import nodes_of
from cordula.stats.synthesis.priors import TauPrior
from cordula.stats.synthesis.quadrature import legendre_transform, unit_nodes
from cordula.stats.synthesis.tensor_kernels import predictive_kernel, slices_kernel
from cordula.stats.synthesis.tensor_twins import plain_predictive, plain_slices

RULES = (48, 96, 192, 384)
TOLERANCE = 1e-8
# Every second point of θ may be this far off: on smooth bells halving the step squares it twice.
UNEVEN = 1e-3
DEPTH = 22.0

_slices = kernel_or_twin(slices_kernel, plain_slices)
_predictive = kernel_or_twin(predictive_kernel, plain_predictive)


@dataclass(frozen=True, slots=True, eq=False)
class Integrated:
    """For each τ: first node of μ, step, number of nodes (n,), and the weight of each (n, widest)."""

    tau: Vector
    starts: Vector
    strides: Vector
    counts: Vector
    weights: Vector
    tau_mean: float
    tau_sd: float
    mu_mean: float
    mu_sd: float
    log_evidence: float


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """`study`: events, size and highest log-likelihood; `rough`: centre and squared width; then the lattice of θ."""

    counts: Counts
    study: Vector
    rough: Vector
    table: Vector
    lattice: tuple[float, float, float]
    prior: TauPrior
    mu_prior: tuple[float, float]


def integrated(
    counts: Counts, prior: TauPrior, mu_mean: float, mu_sd: float
) -> Integrated | NotConverged:
    """The posterior of μ ~ N(mu_mean, mu_sd²) and τ. NotConverged above 384 nodes of τ."""
    if prior.tail + told_apart(counts) <= 1:
        raise CannotBe(
            f"with {told_apart(counts)} studies whose events are neither none nor all, and the prior "
            f"“{prior.name}”, the posterior of τ is not proper; more such studies or a proper prior are needed"
        )
    roughly = partial(conditionals, counts.centre, counts.width**2, mu_mean, 1 / mu_sd**2)
    rule = laid(lambda tau: roughly(tau)[0], counts.width, prior, DEPTH)
    finer, nodes = 1, RULES[0]
    while nodes <= RULES[-1] and finer <= 8:
        found, uneven, left = _on(
            _modelled(counts, prior, mu_mean, mu_sd, rule, finer), rule, nodes
        )
        if uneven < UNEVEN and left < TOLERANCE:
            return found
        finer, nodes = (2 * finer, nodes) if uneven >= UNEVEN else (finer, 2 * nodes)
    if finer > 8:
        return NotConverged("tensor", "the likelihoods are sharper than the finest lattice of θ")
    return NotConverged("tensor", f"{RULES[-1]} nodes of τ leave about {left:.2g}", RULES[-1])


def told_apart(counts: Counts) -> int:
    """The studies that say something against a large τ: where events are none or all, θ may lie any distance away."""
    inside = counts.x > 0
    return int(np.count_nonzero(inside & (counts.x < counts.size) if counts.binomial else inside))


def predictive_at(found: Integrated, theta: Vector) -> Vector:
    """Density of a further study's truth at θ (n,): N(μ, τ²) over all nodes.

    Where τ is narrower than the nodes of μ lie apart, the sum would be a comb; there the density of μ is
    interpolated and spread by Gauss–Hermite."""
    return _predictive(
        theta, found.tau, found.starts, found.strides, found.counts, found.weights, _normal(12)
    )


def _modelled(
    counts: Counts, prior: TauPrior, mu_mean: float, mu_sd: float, rule: Rule, finer: int
) -> Model:
    """A lattice as fine as the likelihoods ask for, as far as μ and τ may reach."""
    widest = rule.b if rule.kind < 2 else 50 * rule.b
    reach = 9 * widest + 10 * mu_sd
    low = min(float(counts.centre.min()), mu_mean) - reach
    high = max(float(counts.centre.max()), mu_mean) + reach
    points = lattice(counts, low, high, finer)
    study = np.array([counts.x, counts.size, counts.top])
    rough = np.array([counts.centre, counts.width**2])
    place = (points.first, points.step, float(counts.width.min()) / finer)
    return Model(
        counts,
        study,
        rough,
        np.ascontiguousarray(points.likelihood.T),
        place,
        prior,
        (mu_mean, mu_sd),
    )


def _on(model: Model, rule: Rule, n: int) -> tuple[Integrated, float, float]:
    """The posterior on n nodes of τ, how uneven θ was, and what the nodes of τ may have left out."""
    tau, share = nodes_of(rule.kind, rule.a, rule.b, n)
    log_prior = model.prior.log_density(tau, model.counts.width) + np.log(share)
    starts, strides, counts, logs, apart = _slices(
        model.counts.binomial, model.study, model.rough, tau, model.table, model.lattice,
        _normal(6), model.mu_prior,
    )  # fmt: skip
    index = np.arange(int(counts.max()))
    held = index < counts[:, None]
    told = np.where(held, logs[:, : index.size], -np.inf) + log_prior[:, None]
    top = float(told.max())
    weights = np.exp(told - top)
    total = float(weights.sum())
    weights /= total
    by_tau = weights.sum(1)
    mu = starts[:, None] + strides[:, None] * index
    tau_mean, mu_mean = float(by_tau @ tau), float((weights * mu).sum())
    tau_sd = math.sqrt(float(by_tau @ (tau - tau_mean) ** 2))
    mu_sd = math.sqrt(float((weights * (mu - mu_mean) ** 2).sum()))
    evidence = math.log(total) + top + model.counts.log_constant
    moments = (tau_mean, tau_sd, mu_mean, mu_sd, evidence)
    found = Integrated(tau, starts, strides, counts, weights, *moments)
    left = _left_out(by_tau, (tau - tau_mean) / tau_sd) if counts.min() > 0 else math.inf
    return found, float(by_tau @ apart), left


def _left_out(by_tau: Vector, z: Vector) -> float:
    """What n nodes of τ leave out, judged by the Legendre series through them, of the mass and of its second moment.

    The rule is exact to degree 2n, and the series falls geometrically: from n/4 to 7n/8 it tells how fast."""
    n = by_tau.size
    values = by_tau / unit_nodes(n)[1]
    series = np.abs(legendre_transform(n) @ np.array([values, values * z * z]).T)
    middle, end = series[n // 4 : n // 2].max(0), series[-n // 8 :].max(0)
    fall = np.minimum(end / np.maximum(middle, 1e-300), 1.0)
    return float((end * fall**1.8 / series.max(0)).max())


@cache
def _normal(n: int) -> Vector:
    """Gauss–Hermite nodes and weights, (2, n)."""
    return np.array(hermite(n))
