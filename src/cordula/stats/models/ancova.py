"""How do arms differ in an outcome once its baseline is allowed for? Analysis of covariance."""

from dataclasses import dataclass
from typing import Literal, TypeVar

import numpy as np
from numpy.typing import ArrayLike

from cordula.stats.asked import asked
from cordula.stats.compiled import compiled
from cordula.stats.models.estimate import Estimate, from_variance
from cordula.stats.models.inputs import Floats, arms, columns, numbers
from cordula.stats.models.linear import Covariance, LinearModel, least_squares
from cordula.stats.refusals import CannotBe

Number = TypeVar("Number", float, Floats)


@dataclass(frozen=True, slots=True, eq=False)
class Ancova:
    """`effects[k − 1]` is arm k less arm 0 and `means[k]` the adjusted mean of arm k, at mean covariates.

    The model's columns are: 1, arm 1, arm 2, …, the covariates less their mean, then (slopes by arm)
    arm 1 × covariates, arm 2 × covariates, …"""

    effects: tuple[Estimate, ...]
    means: tuple[Estimate, ...]
    model: LinearModel

    @property
    def effect(self) -> Estimate:
        """Arm 1 less arm 0."""
        return self.effects[0]


@asked
def ancova(
    outcome: ArrayLike,
    arm: ArrayLike,
    covariates: ArrayLike,
    *,
    slopes: Literal["common", "by_arm"] = "common",
    covariance: Covariance = "model",
    drawn: bool = False,
    level: float = 0.95,
) -> Ancova:
    """Analysis of covariance of `outcome` (n,) by `arm` (n,; 0 control, 1, 2, …) given `covariates` (n, p).

    `slopes="by_arm"` gives each arm its own slopes (ANHECOVA: Lin 2013, Ann Appl Stat 7:295–318; Ye et
    al. 2023, JASA 118:2370–2382). `covariance` as in `least_squares`. With slopes by arm, `drawn=True`
    adds the variance of the covariate means, for infants drawn from a wider population (Ye et al. 2023,
    Theorem 1). Raises CannotBe for empty arms, repeated columns or too few outcomes."""
    y = numbers("outcome", outcome)
    group, count = arms(arm, y.size)
    x = columns("covariates", covariates, y.size)
    centred = x - x.mean(axis=0)
    model = least_squares(_design(group, count, centred, slopes), y, covariance)
    wanted = _contrasts(count, model.coefficients.size)
    spread = _drawn(model, count, centred) if drawn and slopes == "by_arm" else np.zeros((count, 2))
    effects = tuple(
        _told(model, wanted[k] - wanted[0], spread[k, 0], level) for k in range(1, count)
    )
    means = tuple(_told(model, wanted[k], spread[k, 1], level) for k in range(count))
    return Ancova(effects, means, model)


def _design(group: np.ndarray, count: int, centred: Floats, slopes: str) -> Floats:
    ones = np.ones((group.size, 1))
    in_arm = (group[:, None] == np.arange(1, count)).astype(np.float64)
    parts = [ones, in_arm, centred]
    if slopes == "by_arm":
        parts += [in_arm[:, k : k + 1] * centred for k in range(count - 1)]
    elif slopes != "common":
        raise CannotBe(f"slopes is {slopes!r}; it is common or by_arm")
    return np.hstack(parts)


def _contrasts(count: int, size: int) -> Floats:
    """The mean of arm k is the intercept and, but for the control, its own coefficient."""
    wanted = np.zeros((count, size))
    wanted[:, 0] = 1.0
    wanted[np.arange(1, count), np.arange(1, count)] = 1.0
    return wanted


def _drawn(model: LinearModel, count: int, centred: Floats) -> Floats:
    """Variance of b′x̄ over samples: for the effects in column 0, for the means in column 1."""
    n, p = centred.shape
    moved = centred.T @ centred / (n - 1) / n
    control = model.coefficients[count : count + p]
    extra = np.zeros((count, 2))
    extra[0, 1] = control @ moved @ control
    for k in range(1, count):
        more = model.coefficients[count + k * p : count + (k + 1) * p]
        extra[k] = more @ moved @ more, (control + more) @ moved @ (control + more)
    return extra


def _told(model: LinearModel, weights: Floats, extra: float, level: float) -> Estimate:
    variance = float(weights @ model.covariance @ weights) + float(extra)
    return from_variance(float(weights @ model.coefficients), variance, model.df, level)


def ancova_from_sums(
    n1: Number, x1: Number, y1: Number, xx1: Number, xy1: Number, yy1: Number,
    n0: Number, x0: Number, y0: Number, xx0: Number, xy0: Number, yy0: Number,
) -> tuple[Number, Number, Number]:  # fmt: skip
    """Effect (arm 1 less arm 0), its variance and degrees of freedom from sums alone, one covariate.

    Of each arm: how many, Σx, Σy, Σx², Σxy, Σy², about any one origin; numbers, or arrays with one
    entry for each simulated trial. No matrix is formed: effect = Δȳ − b Δx̄, variance =
    s²(1/n₁ + 1/n₀ + Δx̄²/Sxx), df = n − 3 (Cochran 1957, Biometrics 13:261–281)."""
    sxx = xx1 - x1 * x1 / n1 + xx0 - x0 * x0 / n0
    sxy = xy1 - x1 * y1 / n1 + xy0 - x0 * y0 / n0
    syy = yy1 - y1 * y1 / n1 + yy0 - y0 * y0 / n0
    slope = sxy / sxx
    apart = x1 / n1 - x0 / n0
    df = n1 + n0 - 3.0
    variance = (syy - slope * sxy) / df * (1.0 / n1 + 1.0 / n0 + apart * apart / sxx)
    return y1 / n1 - y0 / n0 - slope * apart, variance, df


ancova_kernel = compiled(ancova_from_sums)
"""`ancova_from_sums` for use inside other kernels, with numbers only."""
