"""What do counts of events say together, when the studies' truths vary and cells may be empty?

The counts are modelled as counts (binomial, conditional on the margins, or Poisson), the truths as normal, and
the likelihood is integrated by adaptive Gauss–Hermite quadrature. Stijnen, Hamza & Özdemir 2010,
doi:10.1002/sim.4040; Jackson et al. 2018, doi:10.1002/sim.7588."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.polynomial.hermite_e import hermegauss
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize
from scipy.special import chdtrc, expit, gammaln, logsumexp

from cordula.stats.refusals import CannotBe, NotConverged
from cordula.stats.synthesis.binary import Tables, tables
from cordula.stats.synthesis.checks import Vector, positive, probability, same_length, whole
from cordula.stats.synthesis.conditional import hypergeometric
from cordula.stats.synthesis.pooling import quantile, two_sided

Matrix = NDArray[np.float64]
# Of linear predictors (rows, nodes): log likelihood, its first derivative, and less its second.
Told = tuple[Matrix, Matrix, Matrix]
Family = Callable[[Matrix], Told]
NODES = 31


@dataclass(frozen=True, slots=True)
class CountModel:
    """`estimate` on the log or logit scale; `tau2` of the truths; `lr_p` of τ² = 0 (a half χ²)."""

    model: str
    measure: str
    k: int
    level: float
    estimate: float
    se: float
    lower: float
    upper: float
    statistic: float
    p_value: float
    tau2: float
    log_likelihood: float
    lr_p: float
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Likelihood:
    """Rows of counts, `rows` a study: linear predictor Xβ + τ·c·z with c in `coding`."""

    family: Family
    X: Matrix
    coding: Vector
    rows: int

    def at(self, beta: Vector, tau: float) -> tuple[float, Vector]:
        """Log likelihood, and its slope in (β, τ)."""
        if tau == 0:
            value, slope, _ = self.family((self.X @ beta)[:, None])
            return float(value.sum()), np.append(self.X.T @ slope[:, 0], 0.0)
        return self._integrated(beta, tau)

    def _integrated(self, beta: Vector, tau: float) -> tuple[float, Vector]:
        fixed, reach = (self.X @ beta)[:, None], (tau * self.coding)[:, None]
        mode, spread = self._peaks(fixed, reach)
        x, w = _hermite(NODES)
        z = mode + spread * x
        value, slope, _ = self.family(fixed + reach * np.repeat(z, self.rows, 0))
        logs = self._sum(value) - 0.5 * z**2 + 0.5 * x**2 + np.log(w) + np.log(spread)
        each = logsumexp(logs, axis=1)
        share = np.exp(logs - each[:, None])
        by_row = np.repeat(share, self.rows, 0) * slope
        in_tau = float((by_row * np.repeat(z, self.rows, 0)).sum(1) @ self.coding)
        return float(each.sum()), np.append(self.X.T @ by_row.sum(1), in_tau)

    def _peaks(self, fixed: Matrix, reach: Matrix) -> tuple[Matrix, Matrix]:
        """Where each study's integrand is highest, and its width there: both (k, 1)."""
        z = np.zeros((fixed.shape[0] // self.rows, 1))
        for _ in range(100):
            _, slope, curve = self.family(fixed + reach * np.repeat(z, self.rows, 0))
            bend = self._sum(reach**2 * curve) + 1
            step = (self._sum(reach * slope) - z) / bend
            z = z + np.clip(step, -3, 3)
            if np.abs(step).max() < 1e-8:
                break
        return z, 1 / np.sqrt(bend)

    def _sum(self, by_row: Matrix) -> Matrix:
        summed: Matrix = by_row.reshape(-1, self.rows, by_row.shape[1]).sum(1)
        return summed


def conditional_glmm(
    events1: ArrayLike,
    n1: ArrayLike,
    events2: ArrayLike,
    n2: ArrayLike,
    *,
    exact: bool = True,
    level: float = 0.95,
) -> CountModel | NotConverged:
    """Random-effects log OR, conditional on all margins: noncentral hypergeometric, or with
    `exact=False` its binomial approximation for rare events; arguments (k,).

    Stijnen et al. 2010, eqs. 7 (exact) and 9 (approximate)."""
    t = _speaking(tables(events1, n1, events2, n2))
    family = _hypergeometric(t) if exact else _binomial(t.a, t.events)
    offset = np.zeros(t.a.size) if exact else np.log(t.n1 / t.n2)
    design = np.ones((t.a.size, 1))
    name = "conditional, exact" if exact else "conditional, approximate"
    model = Likelihood(_shifted(family, offset), design, np.ones(t.a.size), 1)
    return _fitted(name, "OR", model, 0, level)


def unconditional_glmm(
    events1: ArrayLike,
    n1: ArrayLike,
    events2: ArrayLike,
    n2: ArrayLike,
    *,
    coding: float = 0.5,
    level: float = 0.95,
) -> CountModel | NotConverged:
    """Random-effects log OR with one fixed intercept a study; arguments (k,).

    The random effect enters as ±½ (`coding=0.5`) or in arm 1 alone (`coding=1`): Jackson et al. 2018,
    models 4 and 2. Many studies with few patients bias it (Neyman–Scott); prefer `conditional_glmm`."""
    t = _speaking(tables(events1, n1, events2, n2))
    k = t.a.size
    if coding not in (0.5, 1.0):
        raise CannotBe(f"the coding is {coding}; it is 0.5 (±½) or 1 (arm 1 alone)")
    x, n = (np.column_stack(pair).ravel() for pair in ((t.a, t.c), (t.n1, t.n2)))
    arm = np.tile([1.0, 0.0], k)
    X = np.column_stack([arm, np.repeat(np.eye(k), 2, 0)])
    random = arm if coding == 1 else arm - 0.5
    return _fitted("unconditional", "OR", Likelihood(_binomial(x, n), X, random, 2), 0, level)


def one_arm_glmm(
    events: ArrayLike, n: ArrayLike, *, level: float = 0.95
) -> CountModel | NotConverged:
    """The mean logit of a proportion over single arms, binomial–normal; arguments (k,). Stijnen et al.
    2010, eq. 3. Arms of 0 or n events count as they are."""
    x, size = whole("the events", events), whole("the size", n, 1)
    same_length(events=x, sizes=size)
    if (x > size).any():
        raise CannotBe("there are more events than patients")
    if x.sum() in (0, size.sum()):
        raise CannotBe("no arm, or every patient, has the event; the logit is infinite")
    return _of_arms("binomial–normal", "PLO", _binomial(x, size), x.size, level)


def one_arm_rate_glmm(
    events: ArrayLike, person_time: ArrayLike, *, level: float = 0.95
) -> CountModel | NotConverged:
    """The mean log rate over single arms, Poisson–normal; arguments (k,). Stijnen et al. 2010, eq. 12."""
    x, t = whole("the events", events), positive("the person-time", person_time)
    same_length(events=x, person_time=t)
    if x.sum() == 0:
        raise CannotBe("no arm has an event; the log rate is infinite")
    return _of_arms("Poisson–normal", "IRLN", _shifted(_poisson(x), np.log(t)), x.size, level)


def _of_arms(
    name: str, measure: str, family: Family, k: int, level: float
) -> CountModel | NotConverged:
    return _fitted(name, measure, Likelihood(family, np.ones((k, 1)), np.ones(k), 1), 0, level)


def _speaking(t: Tables) -> Tables:
    kept = t.only(~t.without_contrast)
    if not kept.a.size:
        raise CannotBe("no study has both patients with and without the event; nothing to compare")
    if kept.a.sum() == 0 or kept.c.sum() == 0:
        raise CannotBe(
            "one arm has no event in any study, so the odds ratio is 0 or infinite; "
            "exact_odds_ratio gives its one-sided limit"
        )
    return kept


def _fitted(
    name: str, measure: str, model: Likelihood, which: int, level: float
) -> CountModel | NotConverged:
    probability("the level", level)
    common = _climb(model, np.zeros(model.X.shape[1]), 0.0)
    best, tau, value = common[0], 0.0, common[1]
    for start in (0.3, 1.0):
        found = _climb(model, common[0], start)
        if found[1] > value + 1e-9:
            best, tau, value = found[0][:-1], abs(float(found[0][-1])), found[1]
    if not math.isfinite(value):
        return NotConverged(name, "the likelihood has no finite highest point")
    covariance = _covariance(model, best, tau)
    if covariance is None:
        return NotConverged(name, "the likelihood is flat at its highest point")
    estimate, se = float(best[which]), math.sqrt(covariance[which, which])
    reach = quantile(0.5 + level / 2, math.inf) * se
    ratio = max(0.0, 2 * (value - common[1]))
    return CountModel(
        model=name,
        measure=measure,
        k=model.X.shape[0] // model.rows,
        level=level,
        estimate=estimate,
        se=se,
        lower=estimate - reach,
        upper=estimate + reach,
        statistic=estimate / se,
        p_value=two_sided(estimate / se, math.inf),
        tau2=tau**2,
        log_likelihood=value,
        lr_p=0.5 * float(chdtrc(1, ratio)) if ratio > 0 else 1.0,
    )


def _climb(model: Likelihood, start: Vector, tau: float) -> tuple[Vector, float]:
    """The highest point from `start`: (β, value) with τ held at 0, or (β and τ, value)."""

    def down(at: Vector) -> tuple[float, Vector]:
        beta, spread = (at, 0.0) if tau == 0 else (at[:-1], float(at[-1]))
        value, slope = model.at(beta, spread)
        return -value, -(slope[:-1] if tau == 0 else slope)

    first = start if tau == 0 else np.append(start, tau)
    bounds = [(None, None)] * start.size + ([] if tau == 0 else [(1e-6, 30.0)])
    options = {"maxiter": 2000, "ftol": 1e-15, "gtol": 1e-10, "maxls": 60}
    found = minimize(down, first, jac=True, method="L-BFGS-B", bounds=bounds, options=options)
    return np.asarray(found.x), -float(found.fun)


def _covariance(model: Likelihood, beta: Vector, tau: float) -> Matrix | None:
    """Less the inverse of the second derivatives, by central differences of the slope; with τ² = 0 the
    coefficients alone."""
    at = beta if tau == 0 else np.append(beta, tau)
    bend = np.empty((at.size, at.size))
    for i in range(at.size):
        step = np.zeros(at.size)
        step[i] = 1e-5 * max(1.0, abs(at[i]))
        there, back = (_slope(model, at + sign * step, tau) for sign in (1, -1))
        bend[i] = (there - back) / (2 * step[i])
    try:
        inverse: Matrix = np.asarray(np.linalg.inv(-(bend + bend.T) / 2), dtype=np.float64)
    except np.linalg.LinAlgError:
        return None
    return inverse if np.isfinite(inverse).all() and (np.diag(inverse) > 0).all() else None


def _slope(model: Likelihood, at: Vector, tau: float) -> Vector:
    if tau == 0:
        return model.at(at, 0.0)[1][:-1]
    return model.at(at[:-1], float(at[-1]))[1]


def _hermite(n: int) -> tuple[Vector, Vector]:
    """For the standard normal: Σ w f(x) = E f(Z)."""
    x, w = hermegauss(n)
    return x, w / math.sqrt(2 * math.pi)


def _shifted(family: Family, offset: Vector) -> Family:
    return lambda eta: family(eta + offset[:, None])


def _binomial(x: Vector, n: Vector) -> Family:
    ways = (gammaln(n + 1) - gammaln(x + 1) - gammaln(n - x + 1))[:, None]
    events, size = x[:, None], n[:, None]

    def told(eta: Matrix) -> Told:
        p = expit(eta)
        value = events * eta - size * np.logaddexp(0, eta) + ways
        return value, events - size * p, size * p * (1 - p)

    return told


def _poisson(x: Vector) -> Family:
    ways, events = gammaln(x + 1)[:, None], x[:, None]

    def told(eta: Matrix) -> Told:
        mean = np.exp(eta)
        return events * eta - mean - ways, events - mean, mean

    return told


def _hypergeometric(t: Tables) -> Family:
    listed = [hypergeometric(t, study) for study in range(t.a.size)]

    def told(eta: Matrix) -> Told:
        each = [
            _of_one(eta[i], float(t.a[i]), first, ways) for i, (first, ways) in enumerate(listed)
        ]
        value, slope, bend = (np.array(column) for column in zip(*each, strict=True))
        return value, slope, bend

    return told


def _of_one(eta: Vector, a: float, first: int, ways: Vector) -> tuple[Vector, Vector, Vector]:
    steps = first + np.arange(ways.size)
    tilted = ways[:, None] + steps[:, None] * eta
    total = logsumexp(tilted, axis=0)
    p = np.exp(tilted - total)
    mean = steps @ p
    at = ways[round(a) - first]
    return at + a * eta - total, a - mean, steps**2 @ p - mean**2
