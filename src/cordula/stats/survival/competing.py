"""How likely is each kind of event by a given time, where one kind forestalls the others? Cumulative incidence."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from cordula.stats.asked import asked
from cordula.stats.models.estimate import quantile
from cordula.stats.models.inputs import Floats, Whole, array, level_of, numbers
from cordula.stats.refusals import CannotBe
from cordula.stats.survival.log_rank import at_risk, deaths

Variance = Literal["jackknife", "delta"]


@dataclass(frozen=True, slots=True, eq=False)
class IncidenceAt:
    """At each asked time (k,), by cause (causes, k): the estimate, its standard error and limits."""

    time: Floats
    incidence: Floats
    se: Floats
    lower: Floats
    upper: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Incidence:
    """Steps at each event `time` (m,): at risk, free of all events, and by cause (causes, m)."""

    time: Floats
    at_risk: Floats
    survival: Floats
    incidence: Floats
    se: Floats
    level: float

    def at(self, times: ArrayLike) -> IncidenceAt:
        """The estimates at `times` (k,), limits on the log −log scale of 1 − F."""
        asked = numbers("times", times)
        step = np.searchsorted(self.time, asked, side="right")
        nought = np.zeros((len(self.incidence), 1))
        f = np.hstack([nought, self.incidence])[:, step]
        se = np.hstack([nought, self.se])[:, step]
        inside = (f > 0.0) & (f < 1.0)
        left = np.where(inside, 1.0 - f, 0.5)
        reach = quantile(0.5 + self.level / 2) * se / (left * np.log(left))
        lower, upper = (np.where(inside, 1.0 - left ** np.exp(s * reach), f) for s in (1.0, -1.0))
        return IncidenceAt(asked, f, se, lower, upper)


@asked
def cumulative_incidence(
    time: ArrayLike, cause: ArrayLike, *, variance: Variance = "jackknife", level: float = 0.95
) -> Incidence:
    """Aalen–Johansen estimate from `time` (n,) and `cause` (n,; 0 censored, 1, 2, … the kind of event).

    Aalen & Johansen (1978), Scand J Stat 5:141–150. Variance by the infinitesimal jackknife, or by the
    delta method (Marubini & Valsecchi 1995, equation 10.12). Raises CannotBe where no event was seen."""
    t = numbers("time", time)
    kind = causes(cause, t.size)
    at = np.unique(t[kind > 0])
    risk = at_risk(t, np.zeros(t.size, dtype=np.int64), 1, at)[0]
    died = deaths(t, kind > 0, np.maximum(kind - 1, 0), int(kind.max()), at)
    survival = np.cumprod(1.0 - died.sum(axis=0) / risk)
    before = np.concatenate([[1.0], survival[:-1]])
    incidence = np.cumsum(before * died / risk, axis=1)
    if variance not in ("jackknife", "delta"):
        raise CannotBe(f"variance is {variance!r}; it is jackknife or delta")
    if variance == "jackknife":
        se = _jackknifed(t, kind, at, risk, died, before)
    else:
        se = _delta(risk, died, before, incidence)
    return Incidence(at, risk, survival, incidence, se, level_of(level))


def causes(cause: ArrayLike, size: int) -> Whole:
    """The kind of event of each infant, 0 where censored."""
    found = array("cause", cause)
    if (
        found.shape != (size,)
        or not np.isfinite(found).all()
        or (found != np.floor(found)).any()
        or found.min() < 0
    ):
        raise CannotBe(f"cause needs {size} whole numbers: 0 censored, 1, 2, … the kind of event")
    if not (found > 0).any():
        raise CannotBe("no event of any kind was seen; there is no incidence to estimate")
    return found.astype(np.int64)


def _jackknifed(
    t: Floats, kind: Whole, at: Floats, risk: Floats, died: Floats, before: Floats
) -> Floats:
    """√Σ (∂F/∂w_i)²: how the estimate moves with each infant's weight."""
    here = (t[:, None] >= at).astype(np.float64)
    fell = (t[:, None] == at) & (kind > 0)[:, None]
    left = risk - died.sum(axis=0)
    pull = -(fell * risk - here * died.sum(axis=0)) / (risk * np.where(left > 0.0, left, 1.0))
    moved = np.cumsum(pull, axis=1)
    earlier = np.hstack([np.zeros((t.size, 1)), moved[:, :-1]])
    found = []
    for k, hazard in enumerate(died / risk):
        own = ((t[:, None] == at) & (kind == k + 1)[:, None]) / risk - here * hazard / risk
        total = np.cumsum(before * (own + earlier * hazard), axis=1)
        found.append(np.sqrt(np.square(total).sum(axis=0)))
    return np.array(found)


def _delta(risk: Floats, died: Floats, before: Floats, incidence: Floats) -> Floats:
    d = died.sum(axis=0)
    left = np.where(risk > d, risk - d, 1.0)
    greenwood = np.where(risk > d, d / (risk * left), 0.0)
    found = np.empty_like(incidence)
    for k, f in enumerate(incidence):
        own = before**2 * (risk - died[k]) * died[k] / risk**3
        shared = before * died[k] / risk**2
        for m in range(f.size):
            apart = f[m] - f[: m + 1]
            parts = apart**2 * greenwood[: m + 1] + own[: m + 1] - 2 * apart * shared[: m + 1]
            found[k, m] = max(parts.sum(), 0.0) ** 0.5
    return found
