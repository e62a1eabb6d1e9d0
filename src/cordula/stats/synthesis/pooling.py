"""What do several studies say together, when each may have a truth of its own?

Fixed effect and random effects with the usual estimators of τ², Wald or Hartung–Knapp intervals, Q, I², H²,
the Q-profile interval of τ² and the prediction interval. Viechtbauer 2010, doi:10.18637/jss.v036.i03;
2005, doi:10.3102/10769986030003261; Veroniki et al. 2016, doi:10.1002/jrsm.1164."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc, chdtri, ndtr, ndtri, stdtr, stdtrit

from cordula.stats.refusals import CannotBe, NotConverged
from cordula.stats.synthesis.checks import Vector, one_of, probability, studies
from cordula.stats.synthesis.pooling_kernels import CODES, fitted, possible

METHODS = tuple(CODES)
TESTS = ("z", "knha", "adhoc")
Fitted = tuple[float, int, float, float, float, float, float, float, float, float, Vector]


@dataclass(frozen=True, slots=True)
class Interval:
    """Limits at a level; `df` is of Student's t, infinite for the normal; `why` says which."""

    lower: float
    upper: float
    level: float
    df: float
    why: str


@dataclass(frozen=True, slots=True)
class Pooled:
    """A pooled estimate on the scale of the inputs, with its heterogeneity.

    `test` is `z` (Wald), `knha` (Hartung–Knapp–Sidik–Jonkman, t) or `adhoc` (the same, never narrower
    than Wald's variance allows). `df` is infinite for z. I² is in per cent; the limits of τ², I² and H²
    are by Q-profile, None for a single study or a fixed effect."""

    method: str
    test: str
    level: float
    k: int
    estimate: float
    se: float
    lower: float
    upper: float
    statistic: float
    df: float
    p_value: float
    tau2: float
    tau2_se: float | None
    tau2_lower: float | None
    tau2_upper: float | None
    Q: float
    Q_df: int
    Q_p: float
    I2: float
    H2: float
    typical_v: float
    weights: tuple[float, ...]

    @property
    def tau(self) -> float:
        return math.sqrt(self.tau2)

    @property
    def I2_limits(self) -> tuple[float, float] | None:
        """Per cent, from the limits of τ². None where τ² has none."""
        if self.tau2_lower is None or self.tau2_upper is None:
            return None
        low, high = (100 * t / (t + self.typical_v) for t in (self.tau2_lower, self.tau2_upper))
        return low, high

    def prediction(self, df: str | float = "k-2") -> Interval | NotConverged:
        """Where the effect of one further study may lie: μ ± t·√(τ² + se²).

        `df` is "k-2" (Higgins, Thompson & Spiegelhalter 2009, eq. 12), "k-1" (with Hartung–Knapp),
        "normal", or a number. Two studies have no interval with k − 2."""
        freedom, why = _freedom(df, self.k)
        if freedom < 1:
            return NotConverged(
                "prediction",
                f"{self.k} {'study leaves' if self.k == 1 else 'studies leave'} no degrees of freedom ({why})",
            )
        reach = quantile(0.5 + self.level / 2, freedom) * math.sqrt(self.tau2 + self.se**2)
        return Interval(self.estimate - reach, self.estimate + reach, self.level, freedom, why)


def fixed_effect(y: ArrayLike, se: ArrayLike, *, level: float = 0.95) -> Pooled:
    """One common effect: the inverse-variance mean. `y` and `se` of shape (k,), on one scale."""
    estimates, errors = studies(y, se)
    probability("the level", level)
    return _told("FE", "z", level, fitted(estimates, errors, -1, 0.0, 0.0))


def random_effects(
    y: ArrayLike,
    se: ArrayLike,
    *,
    method: str = "REML",
    test: str = "knha",
    level: float = 0.95,
) -> Pooled | NotConverged:
    """The mean of studies whose truths vary with variance τ². `y` and `se` of shape (k,), on one scale.

    `method`: REML, ML (Fisher scoring with halving), DL, HE, PM, EB, SJ, HS; `test` as in Pooled. One
    study is returned as it is. Raises CannotBe for impossible input; NotConverged where scoring or the
    Q-profile does not settle. Hartung & Knapp 2001, doi:10.1002/sim.791; Sidik & Jonkman 2002,
    doi:10.1002/sim.1262; Viechtbauer 2007, doi:10.1002/sim.2514 (Q-profile)."""
    estimates, errors = _quickly(y, se)
    one_of("the method", method, METHODS)
    one_of("the test", test, TESTS)
    probability("the level", level)
    if estimates.size == 1:
        return fixed_effect(estimates, errors, level=level)
    below, above = _profile_targets(estimates.size - 1, level)
    found = fitted(estimates, errors, CODES[method], below, above)
    if not found[1]:
        return NotConverged(method, "Fisher scoring did not settle on a τ²", 1000)
    if not math.isfinite(found[0] + found[2] + found[3] + found[4] + found[6]):
        return NotConverged(method, "no finite τ² solves the equation; are the scales one?")
    return _told(method, test, level, found)


def q_profile(
    y: ArrayLike, se: ArrayLike, *, level: float = 0.95
) -> tuple[float, float] | NotConverged:
    """The limits of τ² at which Q(τ²) meets the χ² quantiles. Viechtbauer 2007, doi:10.1002/sim.2514."""
    found = random_effects(y, se, method="DL", level=level)
    if isinstance(found, NotConverged):
        return found
    if found.tau2_lower is None or found.tau2_upper is None:
        raise CannotBe("one study tells nothing of heterogeneity; at least two are needed")
    return found.tau2_lower, found.tau2_upper


def leave_one_out(
    y: ArrayLike, se: ArrayLike, *, method: str = "REML", test: str = "knha", level: float = 0.95
) -> tuple[Pooled | NotConverged, ...]:
    """The pooled estimate without each study in turn, in the order given. At least two studies."""
    estimates, errors = studies(y, se, least=2)
    without = [[j for j in range(estimates.size) if j != i] for i in range(estimates.size)]
    return tuple(
        random_effects(estimates[rest], errors[rest], method=method, test=test, level=level)
        for rest in without
    )


def _quickly(y: ArrayLike, se: ArrayLike) -> tuple[Vector, Vector]:
    """As `studies`, which is asked only where something is wrong and a reason is needed."""
    estimates, errors = np.asarray(y, dtype=np.float64), np.asarray(se, dtype=np.float64)
    fine = estimates.ndim == 1 and estimates.shape == errors.shape and estimates.size > 0
    if fine and possible(estimates, errors):
        return estimates, errors
    return studies(y, se)


def _told(method: str, test: str, level: float, found: Fitted) -> Pooled:
    tau2, _, low, high, mu, sw, q, q0, typical, information, weights = found
    k, common = weights.size, method == "FE"
    scale = q / (k - 1) if test != "z" else 1.0
    scale = max(1.0, scale) if test == "adhoc" else scale
    df = math.inf if test == "z" else k - 1.0
    se = math.sqrt(scale / sw)
    reach = quantile(0.5 + level / 2, df) * se
    statistic = mu / se if se > 0 else math.copysign(math.inf, mu)
    likely = method in ("ML", "REML") and information > 0
    excess = max(0.0, (q0 - (k - 1)) / q0) if q0 > 0 else 0.0
    return Pooled(
        method=method,
        test=test,
        level=level,
        k=k,
        estimate=mu,
        se=se,
        lower=mu - reach,
        upper=mu + reach,
        statistic=statistic,
        df=df,
        p_value=two_sided(statistic, df),
        tau2=tau2,
        tau2_se=math.sqrt(2 / information) if likely else None,
        tau2_lower=None if common else low,
        tau2_upper=None if common else high,
        Q=q0,
        Q_df=k - 1,
        Q_p=float(chdtrc(k - 1, q0)) if k > 1 else 1.0,
        I2=100 * (excess if common else tau2 / (tau2 + typical)),
        H2=(q0 / (k - 1) if k > 1 else 1.0) if common else tau2 / typical + 1,
        typical_v=typical,
        weights=tuple(weights.tolist()),
    )


def _freedom(df: str | float, k: int) -> tuple[float, str]:
    named = {"k-2": (k - 2.0, "t with k − 2"), "k-1": (k - 1.0, "t with k − 1")}
    if df == "normal":
        return math.inf, "normal"
    if isinstance(df, str):
        return named[one_of("df", df, tuple(named))]
    return float(df), f"t with {df:g}"


@lru_cache(maxsize=512)
def quantile(p: float, df: float) -> float:
    """Of Student's t with `df`, or of the normal where `df` is infinite."""
    return float(ndtri(p) if math.isinf(df) else stdtrit(df, p))


def two_sided(statistic: float, df: float) -> float:
    """P of a z or t statistic."""
    away = -abs(statistic)
    return float(2 * (ndtr(away) if math.isinf(df) else stdtr(df, away)))


@lru_cache(maxsize=512)
def _profile_targets(df: int, level: float) -> tuple[float, float]:
    """The χ² quantiles that give the lower and the upper limit of τ²."""
    return float(chdtri(df, (1 - level) / 2)), float(chdtri(df, (1 + level) / 2))
