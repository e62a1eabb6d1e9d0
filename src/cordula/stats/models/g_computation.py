"""How would the risks differ, were all infants given each arm? Standardised binary outcomes."""

from dataclasses import dataclass
from math import exp, log
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit

from cordula.stats.asked import asked
from cordula.stats.models.estimate import Estimate, estimated, from_variance
from cordula.stats.models.inputs import Floats, columns, events, level_of, plain, two_arms
from cordula.stats.refusals import CannotBe, NotConverged

Variance = Literal["model", "HC0", "drawn"]
STEPS = 60


@dataclass(frozen=True, slots=True, eq=False)
class Logistic:
    """Coefficients (p,) on the log-odds scale, their covariance (p, p), fitted risks (n,)."""

    coefficients: Floats
    covariance: Floats
    fitted: Floats
    log_likelihood: float
    steps: int


@dataclass(frozen=True, slots=True, eq=False)
class Standardised:
    """Mean risks of arm 0 and arm 1 over all infants, and what they say against each other.

    Limits of the ratios are on the log scale; `model` has the columns 1, arm, covariates."""

    risks: tuple[Estimate, Estimate]
    difference: Estimate
    ratio: Estimate
    odds_ratio: Estimate
    model: Logistic


@asked
def logistic(design: ArrayLike, outcome: ArrayLike) -> Logistic | NotConverged:
    """Maximum likelihood of a binary `outcome` (n,; 0 or 1) on `design` (n, p), by Newton.

    McCullagh & Nelder (1989), section 4.4. Answers NotConverged where the design separates the outcomes
    (Albert & Anderson 1984); raises CannotBe where columns repeat each other."""
    y = events(outcome, plain("outcome", outcome).size).astype(np.float64)
    x = columns("design", design, y.size)
    if np.linalg.matrix_rank(x) < x.shape[1]:
        raise CannotBe(
            "columns of the design repeat each other; drop those that follow from others"
        )
    beta, before = np.zeros(x.shape[1]), -np.inf
    for step in range(1, STEPS + 1):
        risk = expit(x @ beta)
        information = (x.T * (risk * (1 - risk))) @ x
        if np.abs(x @ beta).max() > 30:
            return NotConverged(
                "logistic", "the design separates the outcomes; no finite answer", step
            )
        now = _likelihood(x @ beta, y)
        if now - before < 1e-13 * (1 + abs(now)) and step > 3:
            return Logistic(beta, np.linalg.inv(information), risk, now, step)
        beta, before = beta + np.linalg.solve(information, x.T @ (y - risk)), now
    return NotConverged("logistic", f"still moving after {STEPS} steps", STEPS)


def _likelihood(eta: Floats, y: Floats) -> float:
    return float((y * eta - np.logaddexp(0.0, eta)).sum())


@asked
def standardised_risks(
    outcome: ArrayLike,
    arm: ArrayLike,
    covariates: ArrayLike,
    *,
    variance: Variance = "model",
    level: float = 0.95,
) -> Standardised | NotConverged:
    """G-computation: a logistic model of `outcome` (n,) on `arm` (n,; 0, 1) and `covariates` (n, p), its risks
    averaged over all infants under each arm.

    Delta method with the model's covariance or its sandwich "HC0", for these infants (Ge et al. 2011, Drug
    Inf J 45:481–493), or "drawn" from a wider population and whatever the model (Ye et al. 2023, Stat
    Theory Relat Fields 7:159–163). Answers NotConverged as `logistic` does."""
    group = two_arms(arm, plain("outcome", outcome).size)
    x = columns("covariates", covariates, group.size)
    if variance not in ("model", "HC0", "drawn"):
        raise CannotBe(f"variance is {variance!r}; it is model, HC0 or drawn")
    design = np.column_stack([np.ones(group.size), group, x])
    model = logistic(design, outcome)
    if isinstance(model, NotConverged):
        return model
    under = [np.column_stack([design[:, 0], np.full(group.size, k), x]) for k in (0.0, 1.0)]
    risks = np.array([expit(d @ model.coefficients) for d in under])
    y = np.asarray(outcome, dtype=np.float64)
    if variance == "drawn":
        spread = _drawn(y, group, risks)
    else:
        slopes = np.array([(r * (1 - r)) @ d / r.size for r, d in zip(risks, under, strict=True)])
        inner = model.covariance if variance == "model" else _sandwich(model, design, y)
        spread = slopes @ inner @ slopes.T
    return _told(risks.mean(axis=1), spread, model, level_of(level))


def _sandwich(model: Logistic, design: Floats, y: Floats) -> Floats:
    scores = design * (y - model.fitted)[:, None]
    return np.asarray(model.covariance @ scores.T @ scores @ model.covariance)


def _drawn(y: Floats, group: np.ndarray, risks: Floats) -> Floats:
    """Covariance of both mean risks: residual variance within arms, and of the risks over infants."""
    n, across = y.size, np.cov(risks)
    found = np.empty((2, 2))
    with_y = [np.cov(y[group == k], risks[:, group == k]) for k in (0, 1)]
    for k in (0, 1):
        mine = group == k
        rest = np.var(y[mine] - risks[k, mine], ddof=1)
        found[k, k] = rest / mine.sum() + (2 * with_y[k][0, 1 + k] - across[k, k]) / n
    both = with_y[0][0, 2] + with_y[1][0, 1] - across[0, 1]
    found[0, 1] = found[1, 0] = both / n
    return found


def _told(risks: Floats, spread: Floats, model: Logistic, level: float) -> Standardised:
    p0, p1 = (float(v) for v in risks)
    each = tuple(from_variance(float(risks[k]), float(spread[k, k]), level=level) for k in (0, 1))
    apart = float(spread[0, 0] + spread[1, 1] - 2 * spread[0, 1])
    odds = p1 / (1 - p1) / (p0 / (1 - p0))
    slopes = {
        "ratio": np.array([-1 / p0, 1 / p1]),
        "odds": np.array([-1 / (p0 * (1 - p0)), 1 / (p1 * (1 - p1))]),
    }
    return Standardised(
        (each[0], each[1]),
        from_variance(p1 - p0, apart, level=level),
        _logged(p1 / p0, float(slopes["ratio"] @ spread @ slopes["ratio"]), level),
        _logged(odds, float(slopes["odds"] @ spread @ slopes["odds"]), level),
        model,
    )


def _logged(ratio: float, log_variance: float, level: float) -> Estimate:
    on_log = estimated(log(ratio), log_variance**0.5, level=level)
    limits = exp(on_log.lower), exp(on_log.upper)
    return Estimate(
        ratio, ratio * on_log.se, on_log.statistic, on_log.df, on_log.p, *limits, level, 1.0
    )
