"""What does a mixture prior become when this trial's results are in?

Each component is updated by conjugacy, and its weight in proportion to how well it foretold the result
(Bernardo & Smith 1994, section 5.2). An exponent a₀ ≤ 1 discounts the likelihood, as a power prior does."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from cordula.stats.borrowing import families
from cordula.stats.borrowing.families import Array, Kind
from cordula.stats.borrowing.mixture import Mixture, of_arrays
from cordula.stats.refusals import CannotBe

Table = tuple[Array, Array, Array]


@dataclass(frozen=True, slots=True)
class NormalSample:
    """An estimate and its standard error, in the unit of the outcome."""

    mean: float
    standard_error: float

    def __post_init__(self) -> None:
        if not (np.isfinite(self.mean) and 0 < self.standard_error < np.inf):
            raise CannotBe(
                f"mean {self.mean}, standard error {self.standard_error}: finite, above 0"
            )


@dataclass(frozen=True, slots=True)
class BinomialSample:
    """Events among so many infants."""

    events: float
    number: float

    def __post_init__(self) -> None:
        if not 0 <= self.events <= self.number < np.inf:
            raise CannotBe(f"{self.events} events of {self.number}: between 0 and the number")


@dataclass(frozen=True, slots=True)
class RateSample:
    """Events in so much time at risk; times that are exponential, or counts that are Poisson."""

    events: float
    exposure: float

    def __post_init__(self) -> None:
        if not (0 <= self.events < np.inf and 0 <= self.exposure < np.inf):
            raise CannotBe(f"{self.events} events in {self.exposure}: neither may be negative")


Sample = NormalSample | BinomialSample | RateSample
_KIND_OF: dict[type, Kind] = {NormalSample: "normal", BinomialSample: "beta", RateSample: "gamma"}


def posterior(prior: Mixture, sample: Sample, exponent: float = 1.0) -> Mixture:
    """The mixture after the sample, whose likelihood counts to the power `exponent` (0 to 1).

    A NormalSample asks for a normal prior, a BinomialSample for a beta, a RateSample for a gamma prior.
    Raises CannotBe."""
    _check_exponent(exponent)
    if exponent == 0:
        return prior
    one, two = _discounted(prior, sample, exponent)
    weights, first, second = updated(prior, np.array(one), np.array(two))
    return of_arrays(prior.kind, weights, first, second)


def log_evidence(prior: Mixture, sample: Sample, exponent: float = 1.0) -> float:
    """log ∫ likelihood^exponent · prior, without the constants that no parameter changes."""
    _check_exponent(exponent)
    if exponent == 0:
        return 0.0
    one, two = _discounted(prior, sample, exponent)
    found = np.logaddexp.reduce(_log_joint(prior, np.array(one), np.array(two)))
    if isinstance(sample, NormalSample):
        # N(y; θ, s²)^a is N(y; θ, s²/a) times a constant that does change with a.
        spread = 2 * np.pi * sample.standard_error**2
        found += 0.5 * (1 - exponent) * np.log(spread) - 0.5 * np.log(exponent)
    return float(found)


def updated(prior: Mixture, one: Array, two: Array) -> Table:
    """Weights and parameters after samples of shape S: three arrays of shape S + (K,).

    `one`, `two`: mean and standard error; events and number; events and exposure."""
    _, first, second = prior.arrays
    joint = _log_joint(prior, one, two)
    weights = np.exp(joint - np.logaddexp.reduce(joint, axis=-1)[..., None])
    seen, size = one[..., None], two[..., None]
    if prior.kind == "normal":
        precision = 1 / second**2 + 1 / size**2
        return weights, (first / second**2 + seen / size**2) / precision, precision**-0.5
    if prior.kind == "beta":
        return weights, first + seen, second + size - seen
    return weights, first + seen, second + size


def _log_joint(prior: Mixture, one: Array, two: Array) -> Array:
    """log (weight × marginal likelihood) of each component, shape S + (K,)."""
    weights, first, second = prior.arrays
    seen, size = one[..., None], two[..., None]
    if prior.kind == "normal":
        told = families.log_density("normal", seen, first, np.hypot(second, size))
    elif prior.kind == "beta":
        told = special.betaln(first + seen, second + size - seen) - special.betaln(first, second)
    else:
        told = special.gammaln(first + seen) - special.gammaln(first) + first * np.log(second)
        told = told - (first + seen) * np.log(second + size)
    with np.errstate(divide="ignore"):
        return np.asarray(told + np.log(weights))


def _discounted(prior: Mixture, sample: Sample, exponent: float) -> tuple[float, float]:
    if _KIND_OF.get(type(sample)) != prior.kind:
        raise CannotBe(f"a {prior.kind} prior cannot be updated by a {type(sample).__name__}")
    if isinstance(sample, NormalSample):
        return sample.mean, sample.standard_error / exponent**0.5
    size = sample.number if isinstance(sample, BinomialSample) else sample.exposure
    return sample.events * exponent, size * exponent


def _check_exponent(exponent: float) -> None:
    if not 0 <= exponent <= 1:
        raise CannotBe(
            f"exponent {exponent}: a likelihood is discounted by a power between 0 and 1"
        )
