"""Do arms differ in how soon something happens? The log-rank test and its weighted relatives."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc

from cordula.stats.asked import asked
from cordula.stats.compiled import compiled
from cordula.stats.models.estimate import below
from cordula.stats.models.inputs import Flags, Floats, Whole, events, labels, numbers
from cordula.stats.refusals import CannotBe


@dataclass(frozen=True, slots=True, eq=False)
class LogRank:
    """Weighted events seen and expected in each group (k,), and the covariance of their difference (k, k).

    `z` is for two groups: positive where the second has more events than expected; else None."""

    groups: tuple[object, ...]
    observed: Floats
    expected: Floats
    covariance: Floats
    chi_squared: float
    df: int
    p: float
    z: float | None

    @property
    def p_one_sided(self) -> float:
        """P of so few events in the second of two groups, were there no difference."""
        if self.z is None:
            raise CannotBe(f"{len(self.groups)} groups have no one side; give two")
        return below(self.z)


@asked
def log_rank(
    time: ArrayLike,
    event: ArrayLike,
    group: ArrayLike,
    *,
    strata: ArrayLike | None = None,
    rho: float = 0.0,
    gamma: float = 0.0,
) -> LogRank:
    """Log-rank test of `time` (n,) with `event` (n,; 1 seen, 0 censored) among `group` (n,).

    Weights Ŝ(t−)^rho (1 − Ŝ(t−))^gamma, Ŝ of all together within its stratum: rho = gamma = 0 is
    Mantel (1966) and Peto & Peto (1972), rho = 1 the Peto–Prentice form of the Wilcoxon test
    (Harrington & Fleming 1982, Biometrika 69:553–566). Ties by the hypergeometric variance. Raises
    CannotBe where nothing can be compared (one group, no events)."""
    t = numbers("time", time)
    seen = events(event, t.size)
    arm, names = labels("group", group, t.size)
    if names.size < 2:
        raise CannotBe(f"one group only ({names.tolist()}); a comparison needs two")
    layer, layers = labels("strata", np.zeros(t.size) if strata is None else strata, t.size)
    if not (0.0 <= rho < np.inf and 0.0 <= gamma < np.inf):
        raise CannotBe(f"rho {rho} and gamma {gamma}; a weight's powers are 0 or more, and finite")
    parts = [_stratum(t[k], seen[k], arm[k], names.size, rho, gamma)
             for k in (layer == number for number in range(layers.size))]  # fmt: skip
    observed, expected, covariance = (sum(part) for part in zip(*parts, strict=True))
    return _told(tuple(names.tolist()), observed, expected, covariance)


def _stratum(
    time: Floats, seen: Flags, arm: Whole, count: int, rho: float, gamma: float
) -> tuple[Floats, Floats, Floats]:
    """Observed, expected (k,) and covariance (k, k) of one stratum."""
    at = np.unique(time[seen])
    risk, died = at_risk(time, arm, count, at), deaths(time, seen, arm, count, at)
    n, d = risk.sum(axis=0), died.sum(axis=0)
    before = np.concatenate([[1.0], np.cumprod(1.0 - d / n)[:-1]]) if at.size else n
    weight = before**rho * (1.0 - before) ** gamma
    share = risk / n
    spread = weight**2 * d * (n - d) / np.maximum(n - 1.0, 1.0)
    covariance = np.diag((spread * share).sum(axis=1)) - (share * spread) @ share.T
    return (died * weight).sum(axis=1), (share * d * weight).sum(axis=1), covariance


def at_risk(time: Floats, arm: Whole, count: int, at: Floats) -> Floats:
    """How many of each group are still under observation just before each time: shape (count, times)."""
    return np.array([_later(np.sort(time[arm == k]), at) for k in range(count)], dtype=np.float64)


def deaths(time: Floats, seen: Flags, arm: Whole, count: int, at: Floats) -> Floats:
    """Events of each group at each time: shape (count, times)."""
    found = np.zeros((count, at.size))
    np.add.at(found, (arm[seen], np.searchsorted(at, time[seen])), 1.0)
    return found


def _later(ordered: Floats, at: Floats) -> Whole:
    return np.asarray(ordered.size - np.searchsorted(ordered, at, side="left"), dtype=np.int64)


def _told(
    names: tuple[object, ...], observed: Floats, expected: Floats, covariance: Floats
) -> LogRank:
    apart = (observed - expected)[1:]
    inner = covariance[1:, 1:]
    rank = int(np.linalg.matrix_rank(inner, hermitian=True)) if inner.any() else 0
    if rank == 0:
        raise CannotBe("no event while two groups were under observation; nothing to compare")
    chi_squared = float(apart @ np.linalg.pinv(inner, hermitian=True) @ apart)
    z = float(apart[0]) / sqrt(float(inner[0, 0])) if len(names) == 2 else None
    p = float(chdtrc(rank, chi_squared))
    return LogRank(names, observed, expected, covariance, chi_squared, rank, p, z)


def _log_rank_sums(time: Floats, event: Flags, treated: Flags) -> tuple[float, float]:
    """Observed less expected events of the treated, and its variance, by counting without sorting.

    For simulators, below some 200 participants: each event brings its own share of its time's terms."""
    score, variance = 0.0, 0.0
    for i in range(time.size):
        if event[i]:
            risk, risk_treated, tied = 0, 0, 0
            for j in range(time.size):
                later = time[j] >= time[i]
                risk += later
                risk_treated += later and treated[j]
                tied += event[j] and time[j] == time[i]
            share = risk_treated / risk
            score += treated[i] - share
            if risk > 1:
                variance += share * (1.0 - share) * (risk - tied) / (risk - 1.0)
    return score, variance


log_rank_kernel = compiled(_log_rank_sums)


def log_rank_twin(time: Floats, event: Flags, treated: Flags) -> tuple[float, float]:
    """The kernel's answer by whole arrays."""
    at = time[event]
    later = time[None, :] >= at[:, None]
    risk = later.sum(axis=1)
    share = (later & treated).sum(axis=1) / risk
    tied = (at[None, :] == at[:, None]).sum(axis=1)
    variance = share * (1.0 - share) * (risk - tied) / np.maximum(risk - 1.0, 1.0)
    return float((treated[event] - share).sum()), float(variance.sum())
