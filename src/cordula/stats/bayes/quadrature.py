"""What is known of one parameter when no conjugate family answers: any log density, integrated on panels.

Gauss–Legendre with 16 nodes a panel; the panels are doubled until normaliser, mean and spread agree."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from cordula.stats.bayes.checks import places, probabilities
from cordula.stats.bayes.posteriors import Array
from cordula.stats.refusals import CannotBe, NotConverged

LogDensity = Callable[[Array], Array]
_AT, _SHARE = np.polynomial.legendre.leggauss(16)


@dataclass(frozen=True)
class GridPosterior:
    """Mean, standard deviation, log of the integral, and the panels with the probability before each."""

    mean: float
    sd: float
    log_evidence: float
    edges: Array
    before: Array
    log_density: LogDensity = field(compare=False)

    def cdf(self, x: ArrayLike) -> Array:
        """P(θ ≤ x), the last panel integrated up to x."""
        spots = np.clip(places(x), self.edges[0], self.edges[-1])
        panel = np.clip(np.searchsorted(self.edges, spots, "right") - 1, 0, len(self.edges) - 2)
        start = self.edges[panel]
        half = (spots - start) / 2
        nodes = start[..., None] + half[..., None] * (1 + _AT)
        part = half * (np.exp(self.log_density(nodes) - self.log_evidence) @ _SHARE)
        return np.asarray(np.clip(self.before[panel] + part, 0.0, 1.0))

    def above(self, x: ArrayLike) -> Array:
        return 1.0 - self.cdf(x)

    def quantile(self, p: ArrayLike) -> Array:
        """By bisection to the last bit."""
        wanted = probabilities(p)
        low = np.full(wanted.shape, self.edges[0])
        high = np.full(wanted.shape, self.edges[-1])
        while not np.all((middle := (low + high) / 2) == low) and not np.all(middle == high):
            short = self.cdf(middle) < wanted
            done = (middle == low) | (middle == high)
            if np.all(done):
                break
            low, high = np.where(short, middle, low), np.where(short, high, middle)
        return np.asarray((low + high) / 2)


def by_quadrature(
    log_density: LogDensity, lower: float, upper: float, agreed: float = 1e-10
) -> GridPosterior | NotConverged:
    """The posterior whose log density, up to a constant, is given for arrays, on the finite [lower, upper].

    What lies outside is not seen: choose limits that hold all the mass. Raises CannotBe."""
    if np.ndim(lower) or np.ndim(upper) or not 0 < agreed < 1:
        raise CannotBe(f"limits {lower}, {upper}, agreed {agreed}: single numbers, agreed in 0–1")
    if not (np.isfinite(lower) and np.isfinite(upper) and lower < upper):
        raise CannotBe(f"limits {lower}, {upper}: finite, and the lower below the upper")
    before: GridPosterior | None = None
    for doubling in range(4, 14):
        found = _on_panels(log_density, lower, upper, 2**doubling)
        if found is not None and before is not None and _agree(before, found, agreed):
            return found
        before = found
    return NotConverged("posterior by quadrature", f"not settled on {2**doubling} panels", doubling)


def _agree(one: GridPosterior, two: GridPosterior, agreed: float) -> bool:
    near = agreed * max(two.sd, 1e-300)
    return (
        abs(one.log_evidence - two.log_evidence) < agreed * max(1.0, abs(two.log_evidence))
        and abs(one.mean - two.mean) < near + 1e-15 * abs(two.mean)
        and abs(one.sd - two.sd) < near
    )


def _on_panels(
    log_density: LogDensity, lower: float, upper: float, panels: int
) -> GridPosterior | None:
    edges = np.linspace(lower, upper, panels + 1)
    half = (edges[1:] - edges[:-1]) / 2
    nodes = edges[:-1, None] + half[:, None] * (1 + _AT)
    told = np.asarray(log_density(nodes), float)
    most = float(told.max())
    if not np.isfinite(most):
        return None
    mass = np.exp(told - most) * half[:, None] * _SHARE
    whole = float(mass.sum())
    mean = float((mass * nodes).sum() / whole)
    sd = float(np.sqrt((mass * (nodes - mean) ** 2).sum() / whole))
    before = np.r_[0.0, np.cumsum(mass.sum(axis=1) / whole)]
    return GridPosterior(mean, sd, most + float(np.log(whole)), edges, before, log_density)
