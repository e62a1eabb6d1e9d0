"""What does a prior say that is a mixture of conjugate components: density, distribution, quantile, moments?

A robust meta-analytic-predictive prior is such a mixture (Schmidli et al. 2014, doi:10.1111/biom.12242)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from cordula.stats.borrowing import families
from cordula.stats.borrowing.checks import one_kind, places
from cordula.stats.borrowing.families import Array, Kind
from cordula.stats.refusals import CannotBe

Component = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Mixture:
    """Weights that sum to one, and two parameters of each component (see `families`)."""

    kind: Kind
    weights: tuple[float, ...]
    first: tuple[float, ...]
    second: tuple[float, ...]

    def __post_init__(self) -> None:
        one_kind(self.kind)
        if not len(self.weights) == len(self.first) == len(self.second) >= 1:
            raise CannotBe("a mixture needs a weight and two parameters for each component")
        if min(self.weights) < 0 or not abs(sum(self.weights) - 1) < 1e-9:
            raise CannotBe(f"weights {self.weights}: they must be ≥ 0 and sum to 1")
        positive = self.second if self.kind == "normal" else self.first + self.second
        finite = np.isfinite(self.first).all() and np.isfinite(self.second).all()
        if not finite or min(positive) <= 0:
            raise CannotBe(f"parameters {self.first}, {self.second} of a {self.kind} mixture")

    @property
    def arrays(self) -> tuple[Array, Array, Array]:
        return np.array(self.weights), np.array(self.first), np.array(self.second)

    @property
    def components(self) -> tuple[Component, ...]:
        return tuple(zip(self.weights, self.first, self.second, strict=True))


def mixture(kind: Kind, *components: Component) -> Mixture:
    """A mixture from (weight, first, second) triples; the weights are brought to sum to one exactly.

    normal: (w, mean, sd); beta: (w, a, b); gamma: (w, shape, rate). Raises CannotBe."""
    if not components:
        raise CannotBe("a mixture without components: give at least one (weight, first, second)")
    if any(np.shape(one) != (3,) for one in components):
        raise CannotBe(f"components {components}: three numbers each, (weight, first, second)")
    weights, first, second = (tuple(map(float, of)) for of in zip(*components, strict=True))
    total = sum(weights)
    if not abs(total - 1) < 1e-6:
        raise CannotBe(f"weights {weights} sum to {total}: they must sum to 1")
    return Mixture(kind, tuple(w / total for w in weights), first, second)


def normal_mixture(*components: Component) -> Mixture:
    """Normal components (weight, mean, sd)."""
    return mixture("normal", *components)


def beta_mixture(*components: Component) -> Mixture:
    """Beta components (weight, a, b)."""
    return mixture("beta", *components)


def gamma_mixture(*components: Component) -> Mixture:
    """Gamma components (weight, shape, rate)."""
    return mixture("gamma", *components)


def of_arrays(kind: Kind, weights: Array, first: Array, second: Array) -> Mixture:
    """The same from arrays of shape (K,); the weights need not be normalised."""
    shares = np.asarray(weights, float) / np.sum(weights)
    return Mixture(kind, tuple(shares.tolist()), tuple(first.tolist()), tuple(second.tolist()))


def log_density(prior: Mixture, x: ArrayLike) -> Array:
    """log p(x) for x of any shape, by log-sum-exp over the components."""
    weights, first, second = prior.arrays
    each = families.log_density(prior.kind, places(x)[..., None], first, second)
    with np.errstate(divide="ignore"):
        found: Array = np.logaddexp.reduce(each + np.log(weights), axis=-1)
    return found


def density(prior: Mixture, x: ArrayLike) -> Array:
    """p(x) for x of any shape."""
    return np.asarray(np.exp(log_density(prior, x)))


def cdf(prior: Mixture, x: ArrayLike) -> Array:
    """P(θ ≤ x) for x of any shape."""
    weights, first, second = prior.arrays
    each = families.distribution(prior.kind, places(x)[..., None], first, second)
    return np.asarray(each @ weights)


def survival(prior: Mixture, x: ArrayLike) -> Array:
    """P(θ > x) for x of any shape, exact in the tail."""
    weights, first, second = prior.arrays
    each = families.survival(prior.kind, places(x)[..., None], first, second)
    return np.asarray(each @ weights)


def quantile(prior: Mixture, p: ArrayLike) -> Array:
    """The x with P(θ ≤ x) = p, for p in [0, 1] of any shape, by bisection to the last bit.

    The components' own quantiles bracket that of the mixture."""
    wanted = np.asarray(p, float)
    if not np.all((wanted >= 0) & (wanted <= 1)):
        raise CannotBe(f"a quantile at {wanted}: probabilities lie between 0 and 1")
    _, first, second = prior.arrays
    each = families.quantile(prior.kind, wanted[..., None], first, second)
    return _bisected(prior, wanted, each.min(axis=-1), each.max(axis=-1))


def _bisected(prior: Mixture, wanted: Array, below: Array, above: Array) -> Array:
    while True:
        with np.errstate(invalid="ignore"):
            middle = np.where(below == above, below, 0.5 * (below + above))
        if np.all((middle == below) | (middle == above)):
            return np.asarray(middle)
        low = cdf(prior, middle) < wanted
        below, above = np.where(low, middle, below), np.where(low, above, middle)


def mean(prior: Mixture) -> float:
    """The mean of the mixture."""
    weights, first, second = prior.arrays
    return float(weights @ families.moments(prior.kind, first, second)[0])


def sd(prior: Mixture) -> float:
    """The standard deviation of the mixture: variance within the components and between them."""
    weights, first, second = prior.arrays
    means, variances = families.moments(prior.kind, first, second)
    return float(np.sqrt(weights @ (variances + (means - weights @ means) ** 2)))
