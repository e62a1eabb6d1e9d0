"""What may be believed of moderators of the effect, given a prior belief of how much the truths differ?

As `hierarchical`, with θ_i ~ N(x_i'β, τ²) and β flat or normal. Röver & Friede 2023, doi:10.1016/j.cmpb.2022.
107303, section 2."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from cordula.stats.refusals import CannotBe, NotConverged
from cordula.stats.synthesis.checks import Vector, positive, probability, studies, vector
from cordula.stats.synthesis.hierarchical import AGREEMENT, RULES, Rule, laid
from cordula.stats.synthesis.marginals import (
    NormalMixture,
    Summary,
    TauMarginal,
    nodes_of,
    tau_marginal,
)
from cordula.stats.synthesis.priors import TauPrior
from cordula.stats.synthesis.regression import Matrix, design

LOG_2PI = math.log(2 * math.pi)


@dataclass(frozen=True, slots=True, eq=False)
class HierarchicalRegression:
    """`coefficients` by name. `node_mean` (n, p) and `node_covariance` (n, p, p) are of β given each τ."""

    names: tuple[str, ...]
    coefficients: dict[str, Summary]
    tau: Summary
    log_marginal: float
    nodes: int
    tau_posterior: TauMarginal
    node_tau: Vector
    node_weight: Vector
    node_mean: Matrix
    node_covariance: Matrix

    def linear(self, x: ArrayLike, *, further: bool = False) -> NormalMixture:
        """The posterior of x'β, x (p,) with the intercept's 1 first; `further` for one more study there."""
        row = np.asarray(x, dtype=np.float64)
        if row.shape != (len(self.names),):
            raise CannotBe(
                f"x has shape {row.shape}; one number for each of {self.names} is needed"
            )
        variance = np.einsum("p,npq,q->n", row, self.node_covariance, row)
        spread = variance + (self.node_tau**2 if further else 0.0)
        return NormalMixture(self.node_weight, self.node_mean @ row, np.sqrt(spread))


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    y: Vector
    se: Vector
    X: Matrix
    mean0: Vector
    precision0: Matrix
    prior: TauPrior

    def at(self, tau: Vector) -> tuple[Vector, Matrix, Matrix]:
        """For each τ: log p(y|τ), mean (n, p) and covariance (n, p, p) of β."""
        w = 1 / (self.se**2 + tau[:, None] ** 2)
        precision = np.einsum("nk,kp,kq->npq", w, self.X, self.X) + self.precision0
        covariance = np.linalg.inv(precision)
        first = np.einsum("nk,kp->np", w * self.y, self.X) + self.precision0 @ self.mean0
        mean = np.einsum("npq,nq->np", covariance, first)
        rest = (w * (self.y - mean @ self.X.T) ** 2).sum(1)
        off = mean - self.mean0
        rest = rest + np.einsum("np,pq,nq->n", off, self.precision0, off)
        logs = -0.5 * (rest - np.log(w).sum(1) + np.linalg.slogdet(precision)[1])
        return logs + self._constant(), mean, covariance

    def _constant(self) -> float:
        sign, size = np.linalg.slogdet(self.precision0)
        p = self.X.shape[1]
        told = 0.5 * float(size) if sign > 0 else 0.5 * p * LOG_2PI
        return told - 0.5 * self.y.size * LOG_2PI


def hierarchical_regression(
    y: ArrayLike,
    se: ArrayLike,
    moderators: ArrayLike | None,
    prior: TauPrior,
    *,
    names: Sequence[str] = (),
    intercept: bool = True,
    beta_mean: ArrayLike | None = None,
    beta_sd: ArrayLike | None = None,
    level: float = 0.95,
) -> HierarchicalRegression | NotConverged:
    """`y`, `se` (k,), `moderators` (k, p) or (k,); β flat, or normal with `beta_mean` and `beta_sd`, each
    one number or one a column (the intercept's first). Raises CannotBe as `hierarchical`."""
    estimates, errors = studies(y, se, least=2)
    probability("the level", level)
    X, told = design(estimates.size, moderators, names, intercept)
    p = X.shape[1]
    precision0 = np.zeros((p, p))
    if beta_sd is not None:
        sd0 = _for_each("the prior SD of β", positive("the prior SD of β", beta_sd), p)
        precision0 = np.diag(1 / sd0**2)
    mean0 = _for_each(
        "the prior mean of β",
        vector("the prior mean of β", 0.0 if beta_mean is None else beta_mean),
        p,
    )
    model = Model(estimates, errors, X, mean0, precision0, prior)
    power = prior.tail + estimates.size - (p if beta_sd is None else 0)
    if power <= 3:
        raise CannotBe(
            f"with {estimates.size} studies, {p} coefficients and the prior “{prior.name}” the posterior "
            "has no SD; more studies or a prior with lighter tails are needed"
        )
    return _doubled(model, told, level)


def _for_each(name: str, values: Vector, p: int) -> Vector:
    """One number, or one for each column."""
    if values.size not in (1, p):
        raise CannotBe(
            f"{name} has {values.size} numbers for {p} coefficients; one, or one for each"
        )
    return np.broadcast_to(values, p)


def _doubled(
    model: Model, names: tuple[str, ...], level: float
) -> HierarchicalRegression | NotConverged:
    rule = laid(lambda tau: model.at(tau)[0], model.se, model.prior)
    before = _on(model, rule, RULES[0], names, level)
    for n in RULES[1:]:
        after = _on(model, rule, n, names, level)
        apart = max(
            abs(a - b) / (s or 1.0)
            for (a, s), (b, _) in zip(_numbers(after), _numbers(before), strict=True)
        )
        if apart <= AGREEMENT:
            return after
        before = after
    return NotConverged("hierarchical regression", f"{n} nodes still differ by {apart:.2g}", n)


def _numbers(fit: HierarchicalRegression) -> list[tuple[float, float]]:
    """What must agree, and in which unit."""
    out = [(fit.log_marginal, 1.0)]
    for summary in (fit.tau, *fit.coefficients.values()):
        sd = summary.sd or 1.0
        out += [(summary.mean or 0.0, sd), (sd, sd)]
    return out


def _on(
    model: Model, rule: Rule, n: int, names: tuple[str, ...], level: float
) -> HierarchicalRegression:
    tau, share = nodes_of(rule.kind, rule.a, rule.b, n)
    logs, mean, covariance = model.at(tau)
    logs = logs + model.prior.log_density(tau, model.se)
    top = float(logs.max())
    mass = np.exp(logs - top) * share
    weight = mass / mass.sum()
    marginal = tau_marginal(rule.kind, rule.a, rule.b, weight)
    centre = float(weight @ tau)
    spread = math.sqrt(float(weight @ (tau - centre) ** 2))
    told = {
        name: NormalMixture(
            weight, np.ascontiguousarray(mean[:, j]), np.sqrt(covariance[:, j, j])
        ).summary(level)
        for j, name in enumerate(names)
    }
    return HierarchicalRegression(
        names=names,
        coefficients=told,
        tau=marginal.summary(level, centre, spread),
        log_marginal=math.log(float(mass.sum())) + top,
        nodes=n,
        tau_posterior=marginal,
        node_tau=tau,
        node_weight=weight,
        node_mean=mean,
        node_covariance=covariance,
    )
