"""What do counts say of μ and τ together? A tensor of nodes: τ, then μ given τ, then every study's truth.

Each layer is checked while it runs: nodes of τ are doubled until all moments agree within 1e-8 posterior SDs; the
nodes of μ are compared with every second of them; the lattice of θ with one twice as fine."""

import math
from dataclasses import dataclass
from functools import partial

import numpy as np

from cordula.stats.refusals import CannotBe, NotConverged
from cordula.stats.synthesis.checks import Vector
from cordula.stats.synthesis.counts import Counts, Lattice, hermite, lattice
from cordula.stats.synthesis.hierarchical import Rule, laid
from cordula.stats.synthesis.hierarchical_kernels import conditionals
from cordula.stats.synthesis.marginals import nodes_of
from cordula.stats.synthesis.priors import TauPrior

RULES = (40, 80, 160, 320)
TOLERANCE = 1e-8
DEPTH = 26.0
Slice = tuple[float, Vector, Vector]


@dataclass(frozen=True, slots=True, eq=False)
class Integrated:
    """A slice for each τ: τ, the nodes of μ, evenly spaced, and the weight of each."""

    slices: tuple[Slice, ...]
    tau_mean: float
    tau_sd: float
    mu_mean: float
    mu_sd: float
    log_evidence: float
    nodes: int


@dataclass(frozen=True, slots=True)
class Model:
    lattice: Lattice
    prior: TauPrior
    mu_mean: float
    mu_sd: float


def integrated(
    counts: Counts, prior: TauPrior, mu_mean: float, mu_sd: float
) -> Integrated | NotConverged:
    """The posterior of μ ~ N(mu_mean, mu_sd²) and τ. NotConverged above 256 nodes of τ."""
    if prior.tail + counts.x.size <= 1:
        raise CannotBe(
            f"with {counts.x.size} studies and the prior “{prior.name}” the posterior of τ is not proper"
        )
    roughly = partial(conditionals, counts.centre, counts.width**2, mu_mean, 1 / mu_sd**2)
    rule = laid(lambda tau: roughly(tau)[0], counts.width, prior, DEPTH)
    model = _modelled(counts, prior, mu_mean, mu_sd, rule)
    if isinstance(model, NotConverged):
        return model
    before = _on(model, rule, RULES[0])
    for n in RULES[1:]:
        after = _on(model, rule, n)
        scale = np.array([after.tau_sd, after.tau_sd, after.mu_sd, after.mu_sd, 1.0])
        apart = float(np.abs((_numbers(after) - _numbers(before)) / scale).max())
        if apart <= TOLERANCE:
            return after
        before = after
    return NotConverged("tensor", f"{RULES[-1]} nodes of τ still differ by {apart:.2g}", RULES[-1])


def predictive_at(found: Integrated, theta: Vector) -> Vector:
    """Density of a further study's truth at θ (n,): N(μ, τ²) over all nodes.

    Where τ is narrower than the nodes of μ lie apart, the sum would be a comb; there the density of μ is
    interpolated (sinc, exact for so smooth a bell) and spread by Gauss–Hermite."""
    out = np.zeros(theta.size)
    for tau, mu, weight in found.slices:
        if weight.sum() < 1e-12:
            continue
        step = mu[1] - mu[0]
        if tau >= 1.5 * step:
            z = (theta[:, None] - mu) * (1 / tau)
            bell = np.exp(-0.5 * z * z)
            out += bell @ (weight * (1 / (tau * math.sqrt(2 * math.pi))))
        else:
            out += _spread(theta, tau, mu, weight / step)
    return out


def _spread(theta: Vector, tau: float, mu: Vector, density: Vector) -> Vector:
    z, w = hermite(12)
    step = mu[1] - mu[0]
    reach = 0.5 * (mu[-1] - mu[0]) + step + 5.5 * tau
    near = np.abs(theta - 0.5 * (mu[0] + mu[-1])) < reach
    out = np.zeros(theta.size)
    if near.any():
        place = (theta[near][:, None] - tau * z).ravel()
        there = _sinc((place - mu[0]) / step, density)
        inside = (place > mu[0] - step) & (place < mu[-1] + step)
        out[near] = np.where(inside, there, 0.0).reshape(-1, z.size) @ w
    return out


def _sinc(place: Vector, values: Vector) -> Vector:
    """Σ values_m sinc(place − m): one sine a place, for sin π(p − m) = ±sin πp."""
    shifted = place + 1e-13
    signs = np.where(np.arange(values.size) % 2, -1.0, 1.0) * values
    parts = (1 / (shifted[:, None] - np.arange(values.size))) @ signs
    return np.asarray(np.sin(np.pi * shifted) / np.pi * parts)


def _modelled(
    counts: Counts, prior: TauPrior, mu_mean: float, mu_sd: float, rule: Rule
) -> Model | NotConverged:
    """A lattice as fine as the likelihoods ask for, tried on the widest bell of μ."""
    tau = float(nodes_of(rule.kind, rule.a, rule.b, 9)[0][4])
    widest = rule.b if rule.kind < 2 else 50 * rule.b
    reach = 9 * widest + 10 * mu_sd
    low = min(float(counts.centre.min()), mu_mean) - reach
    high = max(float(counts.centre.max()), mu_mean) + reach
    mu, _ = _window(counts, mu_mean, mu_sd, tau)
    for finer in (1, 2, 4, 8):
        coarse, fine = (lattice(counts, low, high, f) for f in (finer, 2 * finer))
        tau_here = max(tau, 1.5 * coarse.step)
        apart = coarse.likelihoods(mu, tau_here) - fine.likelihoods(mu, tau_here)
        if float(np.abs(apart).max()) < TOLERANCE:
            return Model(coarse, prior, mu_mean, mu_sd)
    return NotConverged("lattice", "the likelihoods are sharper than the finest lattice of θ")


def _on(model: Model, rule: Rule, n: int) -> Integrated:
    tau, share = nodes_of(rule.kind, rule.a, rule.b, n)
    counts = model.lattice.counts
    log_prior = model.prior.log_density(tau, counts.width) + np.log(share)
    each = [_over_mu(model, float(t)) for t in tau]
    logs = [told + lp for (_, told), lp in zip(each, log_prior, strict=True)]
    top = max(float(told.max()) for told in logs)
    weights = [np.exp(told - top) for told in logs]
    total = float(sum(float(w.sum()) for w in weights))
    weights = [w / total for w in weights]
    slices = tuple((float(t), mu, w) for t, (mu, _), w in zip(tau, each, weights, strict=True))
    by_tau = np.array([float(w.sum()) for w in weights])
    tau_mean = float(by_tau @ tau)
    mu_mean = sum(float(w @ mu) for _, mu, w in slices)
    mu_var = sum(float(w @ (mu - mu_mean) ** 2) for _, mu, w in slices)
    return Integrated(
        slices,
        tau_mean,
        math.sqrt(float(by_tau @ (tau - tau_mean) ** 2)),
        mu_mean,
        math.sqrt(mu_var),
        math.log(total) + top + counts.log_constant,
        n,
    )


def _over_mu(model: Model, tau: float) -> tuple[Vector, Vector]:
    """Nodes of μ and log of prior × likelihood × step there; widened or made denser where needed."""
    counts = model.lattice.counts
    mu, step = _window(counts, model.mu_mean, model.mu_sd, tau)
    for _ in range(20):
        z = (mu - model.mu_mean) / model.mu_sd
        told = model.lattice.likelihoods(mu, tau) - 0.5 * z * z
        told += math.log(step / (model.mu_sd * math.sqrt(2 * math.pi)))
        top = told.max()
        reach = 0.5 * (mu[-1] - mu[0])
        left, right = told[0] > top - 24, told[-1] > top - 24
        if left or right:
            low, high = mu[0] - reach * left, mu[-1] + reach * right
            mu = np.linspace(low, high, round((high - low) / step) + 1)
            continue
        mass = np.exp(told - top)
        if abs(2 * float(mass[::2].sum()) / float(mass.sum()) - 1) < 1e-5:
            break
        mu = np.linspace(mu[0], mu[-1], 2 * mu.size - 1)
        step = mu[1] - mu[0]
    return np.asarray(mu, dtype=np.float64), told


def _window(counts: Counts, mu_mean: float, mu_sd: float, tau: float) -> tuple[Vector, float]:
    """Evenly spaced nodes, 0.45 conditional SDs apart, 7 SDs to either side; roughly, as for normals."""
    w = 1 / (counts.width**2 + tau**2)
    total = float(w.sum()) + 1 / mu_sd**2
    centre = (float(w @ counts.centre) + mu_mean / mu_sd**2) / total
    step = 0.45 / math.sqrt(total)
    return centre + step * np.arange(-16, 17, dtype=np.float64), step


def _numbers(found: Integrated) -> Vector:
    return np.array([found.tau_mean, found.tau_sd, found.mu_mean, found.mu_sd, found.log_evidence])
