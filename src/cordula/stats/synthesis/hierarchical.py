"""What may be believed of studies whose truths differ, given a prior belief of how much they differ?

y_i ~ N(θ_i, se_i²), θ_i ~ N(μ, τ²), μ normal or flat, τ by a prior of `priors`. Everything follows from
the posterior of τ by quadrature: no sampling, no seed, the same answer always. Röver 2020,
doi:10.18637/jss.v093.i06, section 2; Spiegelhalter, Abrams & Myles 2004, ch. 5."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from cordula.stats.refusals import CannotBe, NotConverged, finite
from cordula.stats.synthesis.checks import Vector, counted, probability, studies
from cordula.stats.synthesis.hierarchical_kernels import at, conditionals, posterior
from cordula.stats.synthesis.marginals import (
    NormalMixture,
    Summary,
    TauMarginal,
    nodes_of,
    tau_marginal,
)
from cordula.stats.synthesis.priors import TauPrior

AGREEMENT = 1e-9
EQUAL = 1e-12
RULES = (64, 128, 256, 512, 1024)
DEPTH = 41.0


@dataclass(frozen=True, slots=True, eq=False)
class Hierarchical:
    """A posterior of the normal–normal hierarchical model, on the scale of the estimates.

    `mu` is the mean of the truths, `prediction` the truth of one further study, `tau` their SD;
    `shrinkage_mean` and `shrinkage_sd` (k,) are of each study's own truth. `log_marginal` is log p(y),
    with density 1 for a flat μ and an improper τ. `nodes` is the rule used, `agreement` how far, in
    posterior SDs, it still moved from the rule of half its size."""

    y: Vector
    se: Vector
    prior: TauPrior
    mu_prior: tuple[float, float]
    tau: Summary
    mu: Summary
    prediction: Summary
    shrinkage_mean: Vector
    shrinkage_sd: Vector
    log_marginal: float
    nodes: int
    agreement: float
    tau_posterior: TauMarginal
    mu_posterior: NormalMixture
    prediction_posterior: NormalMixture
    node_tau: Vector

    def shrinkage(self, study: int, level: float = 0.95) -> Summary:
        """One study's own truth; `study` counts from 0."""
        return self.study_posterior(study).summary(level)

    def study_posterior(self, study: int) -> NormalMixture:
        """One study's own truth, as a mixture over τ."""
        if study not in range(self.y.size):
            raise CannotBe(f"study {study}; the first is 0 and there {counted(self.y.size)}")
        v, t2 = self.se[study] ** 2, self.node_tau**2
        b = v / (v + t2)
        mean = (1 - b) * self.y[study] + b * self.mu_posterior.mean
        sd = np.sqrt((1 - b) * v + b**2 * self.mu_posterior.sd**2)
        return NormalMixture(self.mu_posterior.weight, mean, sd)


@dataclass(frozen=True, slots=True)
class Rule:
    """How τ is laid over (0, 1): see `marginals.TauMarginal`."""

    kind: int
    a: float
    b: float


@dataclass(frozen=True, slots=True, eq=False)
class Nodes:
    """The posterior on one rule."""

    tau: Vector
    weight: Vector
    mean: Vector
    variance: Vector
    log_marginal: float
    moments: Vector


def hierarchical(
    y: ArrayLike,
    se: ArrayLike,
    prior: TauPrior,
    *,
    mu_mean: float = 0.0,
    mu_sd: float = math.inf,
    level: float = 0.95,
) -> Hierarchical | NotConverged:
    """The posterior for `y` and `se` (k,), with μ ~ N(mu_mean, mu_sd²), flat where `mu_sd` is infinite.

    The rule is doubled from 64 nodes until every moment agrees within 1e-9 posterior SDs. Raises CannotBe
    for impossible input and where the posterior would not be proper; NotConverged above 1,024 nodes."""
    estimates, errors = studies(y, se)
    probability("the level", level)
    check_mu(mu_mean, mu_sd)
    power = _tail(estimates.size, prior, math.isinf(mu_sd))
    v = errors * errors
    told = partial(conditionals, estimates, v, mu_mean, 1 / mu_sd**2)
    rule = laid(lambda tau: told(tau)[0], errors, prior)
    before = _on(rule, RULES[0], estimates, errors, prior, mu_mean, mu_sd)
    for n in RULES[1:]:
        after = _on(rule, n, estimates, errors, prior, mu_mean, mu_sd)
        apart = _apart(before, after, power, math.isinf(mu_sd))
        if apart <= AGREEMENT:
            few = before if apart <= EQUAL and _same_tail(before, after) else after
            given = (estimates, errors, prior, (mu_mean, mu_sd))
            return _told(*given, rule, after, few, apart, power, level)
        before = after
    return NotConverged(
        "hierarchical",
        f"{RULES[-1]} nodes still differ from {RULES[-2]} by {apart:.2g} posterior SDs",
        RULES[-1],
    )


def check_mu(mu_mean: float, mu_sd: float) -> None:
    """Refuse a prior of μ without a finite mean or an SD above 0, which may be infinite."""
    if not (mu_sd > 0 and math.isfinite(mu_mean)):
        raise CannotBe(
            f"the prior of μ has mean {mu_mean} and SD {mu_sd}; a finite mean and an SD above 0 are needed"
        )


def bayes_factor(one: Hierarchical, other: Hierarchical) -> float:
    """p(y | one) / p(y | other). Raises CannotBe unless the data are one and every prior that differs is proper."""
    if not (np.array_equal(one.y, other.y) and np.array_equal(one.se, other.se)):
        raise CannotBe("a Bayes factor compares two priors on the same studies; these differ")
    if one.prior is not other.prior and not (one.prior.proper and other.prior.proper):
        raise CannotBe("an improper prior of τ has no height, so it has no Bayes factor")
    if one.mu_prior != other.mu_prior and math.isinf(max(one.mu_prior[1], other.mu_prior[1])):
        raise CannotBe("a flat prior of μ has no height, so it has no Bayes factor")
    return math.exp(one.log_marginal - other.log_marginal)


def log_marginal_without_spread(
    y: ArrayLike,
    se: ArrayLike,
    *,
    mu: float | None = None,
    mu_mean: float = 0.0,
    mu_sd: float = math.inf,
) -> float:
    """log p(y | τ = 0), and with `mu` log p(y | τ = 0, μ): what the hypotheses “no heterogeneity” and
    “no effect, no heterogeneity” say of the data."""
    estimates, errors = studies(y, se)
    check_mu(mu_mean, mu_sd)
    if mu is not None:
        finite(mu=mu)
        z = (estimates - mu) / errors
        return float(np.sum(-0.5 * z**2 - np.log(errors)) - 0.5 * z.size * math.log(2 * math.pi))
    found = conditionals(estimates, errors**2, mu_mean, 1 / mu_sd**2, np.zeros(1))
    return float(found[0, 0])


def log_marginal_at_mu(
    y: ArrayLike, se: ArrayLike, prior: TauPrior, mu: float
) -> float | NotConverged:
    """log p(y | μ) with τ integrated out: against `Hierarchical.log_marginal` it makes the Bayes factor
    of “the mean effect is `mu`”."""
    _, errors = studies(y, se)
    finite(mu=mu)
    found = hierarchical(y, se, prior, mu_mean=mu, mu_sd=1e-7 * float(errors.min()))
    return found if isinstance(found, NotConverged) else found.log_marginal


def _tail(k: int, prior: TauPrior, flat: bool) -> float:
    """The power with which the posterior of τ falls; at most 1 is no distribution."""
    power = prior.tail + k - (1 if flat else 0)
    if power <= 1:
        needed = max(k + 1, math.floor(2 - prior.tail + (1 if flat else 0)))
        raise CannotBe(
            f"with {k} {'study' if k == 1 else 'studies'} and the prior “{prior.name}” the posterior of τ is not proper; at least "
            f"{needed} studies or a proper prior are needed"
        )
    return power


def laid(
    likelihood: Callable[[Vector], Vector], se: Vector, prior: TauPrior, depth: float = DEPTH
) -> Rule:
    """Where the posterior of τ has its mass, found on a wide and coarse grid; `likelihood` tells
    log p(y|τ). What is left out counts for less than e^−depth of the second moment."""
    scale = math.sqrt(float(se.min()) * float(se.max()))
    tau, log_tau = scale * _WIDE, math.log(scale) + _LOG_WIDE
    if math.isfinite(prior.upper):
        tau = np.append(tau[tau < prior.upper], prior.upper)
        log_tau = np.log(tau)
    mass = likelihood(tau) + prior.log_density(tau, se) + log_tau
    top = int(np.argmax(mass))
    far = np.flatnonzero(mass + 2 * (log_tau - log_tau[top]) > mass[top] - depth)[-1]
    near = np.flatnonzero(mass > mass[top] - depth)[0]
    end = float(tau[min(far + 1, tau.size - 1)])
    if end > 200 * tau[top] and not math.isfinite(prior.upper):
        return Rule(2, 0.0, float(tau[top]))
    if near > 0 and tau[near - 1] > 1e-3 * tau[top]:
        return Rule(0, float(tau[near - 1]), end)
    return Rule(1, 0.0, end)


_WIDE = np.concatenate(
    [np.geomspace(1e-6, 1e-2, 14)[:-1], np.geomspace(1e-2, 1e2, 57), np.geomspace(1e2, 1e6, 14)[1:]]
)
_LOG_WIDE = np.log(_WIDE)


def _on(
    rule: Rule, n: int, y: Vector, se: Vector, prior: TauPrior, mean0: float, sd0: float
) -> Nodes:
    tau, share = nodes_of(rule.kind, rule.a, rule.b, n)
    log_prior = prior.log_density(tau, se)
    told, found, log_marginal = posterior(y, se * se, mean0, 1 / sd0**2, tau, share, log_prior)
    if not math.isfinite(log_marginal):
        raise CannotBe(f"the prior “{prior.name}” gives no finite density near the data")
    return Nodes(tau, told[0], told[1], told[2], log_marginal, found)


def _apart(one: Nodes, other: Nodes, power: float, flat: bool) -> float:
    """The largest change of a moment that exists, in posterior SDs, and of the log marginal."""
    a, b = one.moments, other.moments
    k = (b.size - 5) // 2
    own = b[5 + k :]
    scale = np.concatenate([b[[2, 4, 2, 3, 4]], own, own])
    off = np.abs(a - b) / scale
    if power <= 3:
        off[[1, 3, 4]] = 0.0
        off[[0, 2]] = 0.0 if flat else off[[0, 2]]
    return max(float(off.max()), abs(one.log_marginal - other.log_marginal))


def _same_tail(one: Nodes, other: Nodes) -> bool:
    """Whether both rules give the tail of μ the same mass, which is sharper in τ than its moments."""
    x = float(other.moments[0] - 2 * other.moments[2])
    tails = [at(rule.weight, rule.mean, np.sqrt(rule.variance), x)[0] for rule in (one, other)]
    return abs(tails[0] - tails[1]) <= EQUAL


def _told(
    y: Vector,
    se: Vector,
    prior: TauPrior,
    mu_prior: tuple[float, float],
    rule: Rule,
    on: Nodes,
    few: Nodes,
    apart: float,
    power: float,
    level: float,
) -> Hierarchical:
    """`on` is the rule that was agreed on; `few` the one half its size where that is as good."""
    k, flat = y.size, math.isinf(mu_prior[1])
    keep = few.weight > 1e-17
    weight, mean, variance = few.weight[keep], few.mean[keep], few.variance[keep]
    node_tau = few.tau[keep]
    mu = NormalMixture(weight, mean, np.sqrt(variance))
    further = NormalMixture(weight, mean, np.sqrt(variance + node_tau**2))
    tau = tau_marginal(rule.kind, rule.a, rule.b, on.weight)
    first, second = power > 2, power > 3
    return Hierarchical(
        y=y,
        se=se,
        prior=prior,
        mu_prior=mu_prior,
        tau=tau.summary(
            level, float(on.moments[1]) if first else None, float(on.moments[4]) if second else None
        ),
        mu=mu.summary(level, mean=first or not flat, sd=second or not flat),
        prediction=further.summary(level, mean=first, sd=second),
        shrinkage_mean=on.moments[5 : 5 + k],
        shrinkage_sd=on.moments[5 + k :],
        log_marginal=on.log_marginal,
        nodes=on.weight.size,
        agreement=apart,
        tau_posterior=tau,
        mu_posterior=mu,
        prediction_posterior=further,
        node_tau=node_tau,
    )
