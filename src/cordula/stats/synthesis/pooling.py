"""What do several studies say together, when each may have a truth of its own?

Fixed effect and random effects with the usual estimators of τ², Wald or Hartung–Knapp intervals, Q, I², H²,
the Q-profile interval of τ² and the prediction interval. Viechtbauer 2010, doi:10.18637/jss.v036.i03;
2005, doi:10.3102/10769986030003261; Veroniki et al. 2016, doi:10.1002/jrsm.1164."""

import math
from dataclasses import dataclass
from functools import lru_cache

from numpy.typing import ArrayLike
from scipy.special import chdtrc, chdtri, ndtr, ndtri, stdtr, stdtrit

from cordula.stats.refusals import CannotBe, NotConverged
from cordula.stats.synthesis.checks import Vector, one_of, probability, studies
from cordula.stats.synthesis.pooling_kernels import CODES, fitted, sums

METHODS = tuple(CODES)
TESTS = ("z", "knha", "adhoc")


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
                "prediction", f"{self.k} studies leave no degrees of freedom ({why})"
            )
        reach = quantile(0.5 + self.level / 2, freedom) * math.sqrt(self.tau2 + self.se**2)
        return Interval(self.estimate - reach, self.estimate + reach, self.level, freedom, why)


def fixed_effect(y: ArrayLike, se: ArrayLike, *, level: float = 0.95) -> Pooled:
    """One common effect: the inverse-variance mean. `y` and `se` of shape (k,), on one scale."""
    estimates, errors = studies(y, se)
    v = errors**2
    sw, _, _, mu, q, _ = sums(estimates, v, 0.0)
    found = (0.0, mu, sw, q, q)
    return _told("FE", "z", probability("the level", level), v, found, (None, None), 1.0)


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
    estimates, errors = studies(y, se)
    one_of("the method", method, METHODS)
    one_of("the test", test, TESTS)
    probability("the level", level)
    if estimates.size == 1:
        return fixed_effect(estimates, errors, level=level)
    v = errors * errors
    below, above = _profile_targets(estimates.size - 1, level)
    tau2, turns, low, high, mu, sw, q, q0 = fitted(estimates, v, CODES[method], below, above)
    if not turns:
        return NotConverged(method, "Fisher scoring did not settle on a τ²", 1000)
    if not all(map(math.isfinite, (tau2, low, high, mu, sw, q))):
        return NotConverged(method, "no finite τ² solves the equation; are the scales one?")
    scale = q / (estimates.size - 1) if test != "z" else 1.0
    scale = max(1.0, scale) if test == "adhoc" else scale
    return _told(method, test, level, v, (tau2, mu, sw, q, q0), (low, high), scale)


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


def _told(
    method: str,
    test: str,
    level: float,
    v: Vector,
    found: tuple[float, float, float, float, float],
    limits: tuple[float | None, float | None],
    scale: float,
) -> Pooled:
    tau2, mu, sw, _, q0 = found
    df = math.inf if test == "z" else float(v.size - 1)
    se = math.sqrt(scale / sw)
    reach = quantile(0.5 + level / 2, df) * se
    statistic = mu / se if se > 0 else math.copysign(math.inf, mu)
    typical, tau2_se = _typical(v, tau2, method)
    return Pooled(
        method=method,
        test=test,
        level=level,
        k=v.size,
        estimate=mu,
        se=se,
        lower=mu - reach,
        upper=mu + reach,
        statistic=statistic,
        df=df,
        p_value=two_sided(statistic, df),
        tau2=tau2,
        tau2_se=tau2_se,
        tau2_lower=limits[0],
        tau2_upper=limits[1],
        Q=q0,
        Q_df=v.size - 1,
        Q_p=float(chdtrc(v.size - 1, q0)) if v.size > 1 else 1.0,
        I2=_I2(method, tau2, typical, q0, v.size),
        H2=_H2(method, tau2, typical, q0, v.size),
        typical_v=typical,
        weights=tuple((1 / (v + tau2) / sw).tolist()),
    )


def _typical(v: Vector, tau2: float, method: str) -> tuple[float, float | None]:
    """The typical sampling variance (Higgins & Thompson 2002, eq. 9), and the SE of τ² where likely."""
    w = 1 / v
    sw = float(w.sum())
    trace = sw - float(w @ w) / sw
    typical = (v.size - 1) / trace if v.size > 1 and trace > 0 else float(v[0])
    if method not in ("ML", "REML"):
        return typical, None
    w = 1 / (v + tau2)
    w2 = w * w
    sw, s2, s3 = float(w.sum()), float(w2.sum()), float(w2 @ w)
    information = s2 if method == "ML" else s2 - 2 * s3 / sw + (s2 / sw) ** 2
    return typical, math.sqrt(2 / information) if information > 0 else None


def _I2(method: str, tau2: float, typical: float, q0: float, k: int) -> float:
    if method != "FE":
        return 100 * tau2 / (tau2 + typical)
    return 100 * max(0.0, (q0 - (k - 1)) / q0) if q0 > 0 else 0.0


def _H2(method: str, tau2: float, typical: float, q0: float, k: int) -> float:
    if method != "FE":
        return tau2 / typical + 1
    return q0 / (k - 1) if k > 1 else 1.0


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
