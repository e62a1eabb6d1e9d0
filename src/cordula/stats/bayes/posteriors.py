"""What is known of one parameter after the data: conjugate posteriors, each with its probabilities and quantiles."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from cordula.stats.bayes.checks import finite_above_0, places, probabilities
from cordula.stats.refusals import CannotBe, finite

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class NormalPosterior:
    mean: float
    sd: float

    def __post_init__(self) -> None:
        finite(mean=self.mean)
        finite_above_0(sd=self.sd)

    def cdf(self, x: ArrayLike) -> Array:
        return np.asarray(special.ndtr((places(x) - self.mean) / self.sd))

    def above(self, x: ArrayLike) -> Array:
        return np.asarray(special.ndtr((self.mean - places(x)) / self.sd))

    def quantile(self, p: ArrayLike) -> Array:
        return np.asarray(self.mean + self.sd * special.ndtri(probabilities(p)))


@dataclass(frozen=True, slots=True)
class StudentPosterior:
    """A mean whose variance is unknown: location, scale and degrees of freedom."""

    mean: float
    scale: float
    df: float

    def __post_init__(self) -> None:
        finite(mean=self.mean)
        finite_above_0(scale=self.scale, df=self.df)

    def cdf(self, x: ArrayLike) -> Array:
        return np.asarray(special.stdtr(self.df, (places(x) - self.mean) / self.scale))

    def above(self, x: ArrayLike) -> Array:
        return np.asarray(special.stdtr(self.df, (self.mean - places(x)) / self.scale))

    def quantile(self, p: ArrayLike) -> Array:
        return np.asarray(self.mean + self.scale * special.stdtrit(self.df, probabilities(p)))


@dataclass(frozen=True, slots=True)
class BetaPosterior:
    a: float
    b: float

    def __post_init__(self) -> None:
        finite_above_0(a=self.a, b=self.b)

    @property
    def mean(self) -> float:
        return self.a / (self.a + self.b)

    @property
    def sd(self) -> float:
        return float(np.sqrt(self.mean * (1 - self.mean) / (self.a + self.b + 1)))

    def cdf(self, x: ArrayLike) -> Array:
        return np.asarray(special.betainc(self.a, self.b, np.clip(places(x), 0.0, 1.0)))

    def above(self, x: ArrayLike) -> Array:
        return np.asarray(special.betaincc(self.a, self.b, np.clip(places(x), 0.0, 1.0)))

    def quantile(self, p: ArrayLike) -> Array:
        return np.asarray(special.betaincinv(self.a, self.b, probabilities(p)))


@dataclass(frozen=True, slots=True)
class GammaPosterior:
    shape: float
    rate: float

    def __post_init__(self) -> None:
        finite_above_0(shape=self.shape, rate=self.rate)

    @property
    def mean(self) -> float:
        return self.shape / self.rate

    @property
    def sd(self) -> float:
        return float(np.sqrt(self.shape) / self.rate)

    def cdf(self, x: ArrayLike) -> Array:
        return np.asarray(special.gammainc(self.shape, self.rate * np.maximum(places(x), 0.0)))

    def above(self, x: ArrayLike) -> Array:
        return np.asarray(special.gammaincc(self.shape, self.rate * np.maximum(places(x), 0.0)))

    def quantile(self, p: ArrayLike) -> Array:
        return np.asarray(special.gammaincinv(self.shape, probabilities(p)) / self.rate)


def normal_known_variance(
    prior: tuple[float, float], mean: float, number: float, sigma: float
) -> NormalPosterior:
    """A mean after `number` outcomes of standard deviation `sigma`; prior: mean and sd (inf: flat).

    Gelman et al. 2013, eq. 2.12. Raises CannotBe."""
    centre, spread = _pair(prior)
    finite(mean=mean, number=number, centre=centre)
    if not (spread > 0 and sigma > 0 and number >= 0) or (spread == np.inf and number == 0):
        raise CannotBe(
            f"prior sd {spread}, sigma {sigma}, {number} outcomes: above 0, or no outcome"
        )
    held, told = 1 / spread**2, number / sigma**2
    kept = held * centre if held > 0 else 0.0
    return NormalPosterior((kept + told * mean) / (held + told), (held + told) ** -0.5)


def normal_unknown_variance(
    mean: float,
    variance: float,
    number: int,
    prior: tuple[float, float, float, float] = (0.0, 0.0, -0.5, 0.0),
) -> StudentPosterior:
    """A mean after `number` outcomes with sample variance `variance`; Student's t.

    prior: normal–inverse-gamma (mean, outcomes it is worth, shape, rate); as given, the reference prior
    p(μ, σ) ∝ 1/σ, whose interval is the t interval. Gelman et al. 2013, section 3.3. Raises CannotBe."""
    if np.shape(prior) != (4,):
        raise CannotBe(f"the prior is {prior}; mean, worth, shape and rate are needed")
    centre, worth, shape, rate = prior
    finite(mean=mean, variance=variance, number=number, prior_mean=centre)
    total, half = worth + number, shape + number / 2
    if not (total > 0 and half > 0 and variance >= 0 and worth >= 0 and rate >= 0):
        raise CannotBe(
            f"{number} outcomes, variance {variance}, prior {prior}: too little to know a variance"
        )
    apart = worth * number * (mean - centre) ** 2 / total
    spread = rate + (max(number - 1, 0) * variance + apart) / 2
    if not spread > 0:
        raise CannotBe(
            f"variance {variance} from {number} outcomes: outcomes that differ, or a prior rate"
        )
    at = (worth * centre + number * mean) / total
    return StudentPosterior(at, float(np.sqrt(spread / (half * total))), 2 * half)


def binomial(prior: tuple[float, float], events: float, number: float) -> BetaPosterior:
    """A probability after `events` of `number`; prior beta (a, b). Raises CannotBe."""
    a, b = _pair(prior)
    finite(a=a, b=b, number=number)
    if not (
        0 <= events <= number and a >= 0 and b >= 0 and a + events > 0 and b + number - events > 0
    ):
        raise CannotBe(
            f"{events} events of {number} with beta{prior}: 0 ≤ events ≤ number, a, b above 0"
        )
    return BetaPosterior(a + events, b + number - events)


def rate(prior: tuple[float, float], events: float, exposure: float) -> GammaPosterior:
    """A rate after `events` in `exposure` time at risk (exponential times or Poisson counts); prior gamma
    (shape, rate). Raises CannotBe."""
    shape, per = _pair(prior)
    finite(shape=shape, rate=per, events=events, exposure=exposure)
    if not (events >= 0 and exposure >= 0 and shape + events > 0 and per + exposure > 0):
        raise CannotBe(
            f"{events} events in {exposure} with gamma{prior}: none negative, some knowledge"
        )
    return GammaPosterior(shape + events, per + exposure)


def _pair(prior: tuple[float, float]) -> tuple[float, float]:
    if np.shape(prior) != (2,):
        raise CannotBe(f"the prior is {prior}; its two parameters are needed")
    return prior
