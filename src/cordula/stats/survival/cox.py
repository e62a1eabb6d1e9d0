"""By what factor do arms and covariates change the hazard? Proportional hazards by partial likelihood."""

from dataclasses import dataclass
from math import exp
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc

from cordula.stats.asked import asked
from cordula.stats.models.estimate import Estimate, estimated
from cordula.stats.models.inputs import Flags, Floats, columns, events, labels, numbers
from cordula.stats.refusals import CannotBe, NotConverged

STEPS, HALVINGS, RUNAWAY = 50, 20, 25.0


@dataclass(frozen=True, slots=True)
class ChiSquared:
    statistic: float
    df: int
    p: float


@dataclass(frozen=True, slots=True, eq=False)
class Cox:
    """Log hazard ratios (p,), their covariance (p, p), log partial likelihood at nought and at the top,
    and the three tests that all are nought."""

    coefficients: Floats
    covariance: Floats
    log_likelihood: tuple[float, float]
    likelihood_ratio: ChiSquared
    wald: ChiSquared
    score: ChiSquared
    infants: int
    events: int
    steps: int

    @property
    def standard_errors(self) -> Floats:
        return np.sqrt(np.diag(self.covariance))

    def log_hazard_ratio(self, covariate: int = 0, level: float = 0.95) -> Estimate:
        """One coefficient with its Wald interval."""
        se = float(self.covariance[covariate, covariate] ** 0.5)
        return estimated(float(self.coefficients[covariate]), se, level=level)

    def hazard_ratio(self, covariate: int = 0, level: float = 0.95) -> Estimate:
        """One hazard ratio, its interval on the log scale."""
        on_log = self.log_hazard_ratio(covariate, level)
        ratio, limits = exp(on_log.value), (exp(on_log.lower), exp(on_log.upper))
        se = ratio * on_log.se
        return Estimate(ratio, se, on_log.statistic, on_log.df, on_log.p, *limits, level, 1.0)


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One stratum, latest time first: covariates (n, p); of each event its row, the last row at risk with it,
    the first row of its time, and the part of its ties already gone (Efron's l/d; nought for Breslow)."""

    covariates: Floats
    rows: np.ndarray
    last: np.ndarray
    tie: np.ndarray
    gone: Floats


@asked
def cox(
    time: ArrayLike,
    event: ArrayLike,
    covariates: ArrayLike,
    *,
    strata: ArrayLike | None = None,
    ties: Literal["efron", "breslow"] = "efron",
) -> Cox | NotConverged:
    """Cox regression of `time` (n,) with `event` (n,; 1 seen, 0 censored) on `covariates` (n, p).

    Cox (1972), JRSS B 34:187–220; ties by Efron (1977), JASA 72:557–565, or Breslow; each of `strata` (n,)
    has a baseline hazard of its own. Newton with halved steps. Answers NotConverged where a coefficient
    runs to infinity; raises CannotBe where covariates repeat each other or nothing happened."""
    t = numbers("time", time)
    seen, x = events(event, t.size), columns("covariates", covariates, t.size)
    centred = x - x.mean(axis=0)
    if not seen.any():
        raise CannotBe("no event was seen; hazards cannot be compared")
    if ties not in ("efron", "breslow"):
        raise CannotBe(f"ties is {ties!r}; it is efron or breslow")
    if np.linalg.matrix_rank(centred) < x.shape[1]:
        raise CannotBe("covariates repeat each other or do not vary; drop those that follow")
    layer, names = labels("strata", np.zeros(t.size) if strata is None else strata, t.size)
    layers = [
        _layer(t[k], seen[k], centred[k], ties)
        for k in (layer == number for number in range(names.size))
        if seen[k].any()
    ]
    return _climbed(layers, t.size, int(seen.sum()))


def _layer(time: Floats, seen: Flags, x: Floats, ties: str) -> Layer:
    order = np.lexsort((~seen, -time))
    t, happened = -time[order], seen[order]
    rows = np.flatnonzero(happened)
    first = np.searchsorted(t, t[rows], side="left")
    last = np.searchsorted(t, t[rows], side="right") - 1
    _, tie, many = np.unique(t[rows], return_inverse=True, return_counts=True)
    gone = (rows - first) / many[tie] if ties == "efron" else np.zeros(rows.size)
    return Layer(x[order], rows, last, tie, gone)


def _evaluated(layers: list[Layer], beta: Floats) -> tuple[float, Floats, Floats]:
    """Log partial likelihood, its gradient and the information."""
    size = beta.size
    total, score, information = 0.0, np.zeros(size), np.zeros((size, size))
    for of in layers:
        x = of.covariates
        eta = x @ beta
        top = eta.max()
        w = np.exp(eta - top)
        parts = np.column_stack(
            [np.ones(len(x)), x, (x[:, :, None] * x[:, None, :]).reshape(len(x), -1)]
        )
        sums = np.cumsum(w[:, None] * parts, axis=0)[of.last] - of.gone[:, None] * _tied(
            of, w, parts
        )
        mean = sums[:, 1 : 1 + size] / sums[:, :1]
        total += float((eta[of.rows] - top - np.log(sums[:, 0])).sum())
        score += (x[of.rows] - mean).sum(axis=0)
        second = (sums[:, 1 + size :] / sums[:, :1]).sum(axis=0).reshape(size, size)
        information += second - mean.T @ mean
    return total, score, information


def _tied(of: Layer, w: Floats, parts: Floats) -> Floats:
    """The sums over the events at each event's own time."""
    found = np.zeros((int(of.tie.max()) + 1, parts.shape[1]))
    np.add.at(found, of.tie, w[of.rows, None] * parts[of.rows])
    return np.asarray(found[of.tie], dtype=np.float64)


def _climbed(layers: list[Layer], infants: int, happened: int) -> Cox | NotConverged:
    beta = np.zeros(layers[0].covariates.shape[1])
    here = null = _evaluated(layers, beta)
    if np.linalg.matrix_rank(null[2], hermitian=True) < beta.size:
        return NotConverged("cox", "a covariate did not vary among those at risk at any event")
    for steps in range(1, STEPS + 1):
        step = np.linalg.solve(here[2], here[1])
        promised = float(step @ here[1]) / 2
        for halved in range(HALVINGS):
            there = _evaluated(layers, beta + step / 2**halved)
            if there[0] >= here[0] - 1e-12 * abs(here[0]):
                break
        beta, here = beta + step / 2**halved, there
        if _runs_away(layers, beta, here[2]):
            break
        if promised < 1e-12:
            return _told(beta, null, here, infants, happened, steps)
    reason = "a coefficient runs to infinity: the covariate orders the events completely"
    return NotConverged("cox", reason, steps)


def _runs_away(layers: list[Layer], beta: Floats, information: Floats) -> bool:
    spread = max(float(np.ptp(of.covariates @ beta)) for of in layers)
    return spread > RUNAWAY and float(np.linalg.eigvalsh(information).min()) < 1e-6


def _told(
    beta: Floats,
    null: tuple[float, Floats, Floats],
    top: tuple[float, Floats, Floats],
    infants: int,
    happened: int,
    steps: int,
) -> Cox:
    df = beta.size
    covariance = np.asarray(np.linalg.inv(top[2]), dtype=np.float64)
    tests = (
        2 * (top[0] - null[0]),
        float(beta @ top[2] @ beta),
        float(null[1] @ np.linalg.solve(null[2], null[1])),
    )
    ratio, wald, score = (ChiSquared(s, df, float(chdtrc(df, max(s, 0.0)))) for s in tests)
    both = null[0], top[0]
    return Cox(beta, covariance, both, ratio, wald, score, infants, happened, steps)
