"""Which mixture of few components stands for a density known on a grid?

Weighted EM: the grid points carry the density's mass as weights, so what is maximised is
E[log f(θ)] and what is lost is the Kullback–Leibler divergence KL(p‖f). The families are exponential, so
the M-step matches the means of two sufficient statistics (Dempster, Laird & Rubin 1977, section 3).
SQUAREM extrapolation (Varadhan & Roland 2008, doi:10.1111/j.1467-9469.2007.00585.x, step S3) makes it quick."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from cordula.stats.borrowing import families
from cordula.stats.borrowing.climb import Climb, Target, climbed, maximised
from cordula.stats.borrowing.families import Array, Kind
from cordula.stats.borrowing.matching import statistics
from cordula.stats.borrowing.mixture import Mixture, log_density, of_arrays
from cordula.stats.refusals import CannotBe

# What a cycle must gain, in nats: while the starts compete, while the numbers of components do, at the end.
_COARSE, _FINE, _LAST = 1e-6, 1e-8, 1e-10


@dataclass(frozen=True, slots=True)
class Fit:
    """A mixture, KL(p‖f) in nats, AIC for the nominal sample, and the cycles of EM; `converged` or not."""

    mixture: Mixture
    divergence: float
    aic: float
    cycles: int
    converged: bool


@dataclass(frozen=True)
class _Grid:
    """The target in the climb's unit; normal grids are centred and scaled to spread 1."""

    target: Target
    x: Array
    log_height: Array
    centre: float
    spread: float
    sample_size: float


def fit_mixture(
    grid: ArrayLike,
    density: ArrayLike,
    kind: Kind,
    components: int | None = None,
    most_components: int = 4,
    sample_size: int = 10_000,
) -> Mixture:
    """The mixture of `kind` nearest to a density on a grid, in Kullback–Leibler divergence.

    grid: shape (n,), rising, n ≥ 30, inside the support, dense where the mass is and wide enough to hold it;
    density: shape (n,), ≥ 0, any constant factor. components: K, or None to raise K up to most_components
    while AIC = 2·sample_size·KL + 2(3K − 1) falls, as for a sample of that size. Raises CannotBe."""
    seen = _grid(grid, density, kind, sample_size)
    if components is not None:
        return _told(seen, _polished(seen, _explored(seen, components))).mixture
    best = _explored(seen, 1)
    for number in range(2, most_components + 1):
        richer = _explored(seen, number)
        if _told(seen, richer).aic >= _told(seen, best).aic:
            break
        best = richer
    return _told(seen, _polished(seen, best)).mixture


def fits(
    grid: ArrayLike,
    density: ArrayLike,
    kind: Kind,
    counts: Iterable[int],
    sample_size: int = 10_000,
) -> tuple[Fit, ...]:
    """One fit for each number of components, with what each loses (see `fit_mixture`)."""
    seen = _grid(grid, density, kind, sample_size)
    return tuple(_told(seen, _polished(seen, _explored(seen, number))) for number in counts)


def _grid(grid: ArrayLike, density: ArrayLike, kind: Kind, sample_size: int) -> _Grid:
    """The grid points with mass, the mass of each by the trapezoid rule, summing to one."""
    x, height = _checked(grid, density, kind)
    widths = np.r_[x[1] - x[0], x[2:] - x[:-2], x[-1] - x[-2]] / 2
    lower, upper = families.support(kind)
    held = (height * widths > 0) & (x > lower) & (x < upper)
    x, mass, widths = x[held], (height * widths)[held], widths[held]
    mass = mass / mass.sum()
    centre, spread = 0.0, 1.0
    if kind == "normal":
        centre = float(mass @ x)
        spread = float(np.sqrt(mass @ (x - centre) ** 2))
    seen = np.array(statistics(kind, (x - centre) / spread))
    return _Grid(
        Target(kind, seen, mass), x, np.log(mass / widths), centre, spread, float(sample_size)
    )


def _checked(grid: ArrayLike, density: ArrayLike, kind: Kind) -> tuple[Array, Array]:
    x, height = np.asarray(grid, float), np.asarray(density, float)
    if x.ndim != 1 or x.shape != height.shape or x.size < 30 or not np.all(np.diff(x) > 0):
        raise CannotBe(f"a grid of shape {x.shape}: rising, one-dimensional, at least 30 points")
    if not np.all(np.isfinite(height)) or height.min() < 0 or np.count_nonzero(height) < 3:
        raise CannotBe(
            "a density must be finite, never negative, and positive at 3 points at least"
        )
    lower, upper = families.support(kind)
    if np.any((height > 0) & ((x < lower) | (x > upper))):
        raise CannotBe(f"density outside ({lower}, {upper}), where a {kind} mixture has none")
    return x, height


def _explored(seen: _Grid, number: int) -> Climb:
    """From two starts, slices of mass side by side and shells around the median; the better climbs on."""
    if number < 1:
        raise CannotBe(f"{number} components: at least 1")
    cumulative = np.cumsum(seen.target.mass) - seen.target.mass / 2
    places = [cumulative] if number == 1 else [cumulative, np.abs(2 * cumulative - 1)]
    begun = [climbed(seen.target, _start(seen.target, at, number), _COARSE, 100) for at in places]
    return climbed(seen.target, max(begun, key=lambda climb: climb.score), _FINE, 300)


def _start(target: Target, place: Array, number: int) -> Climb:
    slices = np.minimum((place * number).astype(int), number - 1)
    held = (slices[:, None] == np.arange(number)) * 0.8 + 0.2 / number
    share = held / held.sum(axis=1, keepdims=True) * target.mass[:, None]
    sums = np.vstack([share.sum(axis=0), target.seen @ share])
    return Climb(maximised(target.kind, sums, None), -np.inf, 0, False)


def _polished(seen: _Grid, climb: Climb) -> Climb:
    return climbed(seen.target, replace(climb, converged=False), _LAST, 400)


def _told(seen: _Grid, climb: Climb) -> Fit:
    order = np.argsort(-climb.state[0], kind="stable")
    weights, first, second = (of[order] for of in climb.state)
    if seen.target.kind == "normal":
        first, second = seen.centre + seen.spread * first, seen.spread * second
    found = of_arrays(seen.target.kind, weights, first, second)
    divergence = float(seen.target.mass @ (seen.log_height - log_density(found, seen.x)))
    aic = 2 * seen.sample_size * divergence + 2 * (3 * len(weights) - 1)
    return Fit(found, divergence, aic, climb.cycles, climb.converged)
