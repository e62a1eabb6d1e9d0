"""Which mixture of few components stands for a density known at points?

The points carry the density's mass as weights, so what is maximised is E[log f(θ)] and what is lost is the
Kullback–Leibler divergence KL(p‖f). The maximum is that of weighted EM (Dempster, Laird & Rubin 1977, section 3), reached
by damped Newton steps (`ascent`), which need tens of passes where EM needs hundreds."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from cordula.stats.borrowing import families
from cordula.stats.borrowing.ascent import Reached, ascended
from cordula.stats.borrowing.checks import one_kind, places
from cordula.stats.borrowing.families import Array, Kind
from cordula.stats.borrowing.mixture import Mixture, of_arrays
from cordula.stats.borrowing.shapes import CODES, bound, statistics
from cordula.stats.borrowing.start import begun
from cordula.stats.refusals import CannotBe, whole

# The steps in which the starts compete, and what a step must gain, in nats, and the most steps, after that.
_RACE, _GAIN, _STEPS = 12, 1e-10, 300


@dataclass(frozen=True, slots=True)
class Fit:
    """A mixture, KL(p‖f) in nats, AIC for the nominal sample, and the steps of the climb; `converged` or not."""

    mixture: Mixture
    divergence: float
    aic: float
    steps: int
    converged: bool


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """A density as points: where a climb starts from, its statistics (2, n), the mass of each (n,), summing to one.

    `entropy` is E[log p]. A normal's x is measured from `centre` in units of `spread`, and so is its density."""

    kind: Kind
    start: Array
    seen: Array
    mass: Array
    entropy: float
    centre: float
    spread: float


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
    return fit_points(_on_grid(grid, density, kind), components, most_components, sample_size)


def fits(
    grid: ArrayLike,
    density: ArrayLike,
    kind: Kind,
    counts: Iterable[int],
    sample_size: int = 10_000,
) -> tuple[Fit, ...]:
    """One fit for each number of components, with what each loses (see `fit_mixture`)."""
    whole(1, sample_size=sample_size)
    points = _on_grid(grid, density, kind)
    return tuple(_told(points, _climbed(points, number), sample_size) for number in counts)


def fit_points(
    points: Points,
    components: int | None = None,
    most_components: int = 4,
    sample_size: int = 10_000,
) -> Mixture:
    """As `fit_mixture`, to a density that is known at points of one's own, with the mass of each."""
    whole(1, most_components=most_components, sample_size=sample_size)
    if components is not None:
        return _told(points, _climbed(points, components), sample_size).mixture
    best = _climbed(points, 1)
    for number in range(2, most_components + 1):
        # A divergence is never negative: where all of it weighs less than three parameters do, no fit can pay.
        if _aic(points, best, sample_size) <= 2 * (3 * number - 1):
            break
        richer = _climbed(points, number)
        if _aic(points, richer, sample_size) >= _aic(points, best, sample_size):
            break
        best = richer
    return _told(points, best, sample_size).mixture


def points_of(
    kind: Kind, x: Array, seen: Array, mass: Array, log_height: Array, centre: float, spread: float
) -> Points:
    """`x` and `seen` from `centre` in units of `spread`; `log_height` is the log density there, in that unit."""
    entropy = float(mass @ log_height)
    start = seen[1] if kind == "gamma" else x
    return Points(kind, start, seen, mass, entropy, centre, spread)


def _on_grid(grid: ArrayLike, density: ArrayLike, kind: Kind) -> Points:
    """The grid points with mass, the mass of each by the trapezoid rule; normal grids are brought to spread 1."""
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
    x = (x - centre) / spread
    seen = np.array(statistics(kind, x))
    return points_of(kind, x, seen, mass, np.log(mass * spread / widths), centre, spread)


def _checked(grid: ArrayLike, density: ArrayLike, kind: Kind) -> tuple[Array, Array]:
    one_kind(kind)
    x, height = places(grid, finite=True), places(density)
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


def _climbed(points: Points, number: int) -> Reached:
    """Two starts race; the higher climbs on to the top."""
    whole(1, components=number)
    number = int(number)
    code, seen, mass = CODES[points.kind], points.seen, points.mass
    starts = [begun(code, points.start, mass, number, shells) for shells in (True, False)]
    race = [ascended(code, seen, mass, start, _GAIN, _RACE) for start in starts[:number]]
    best = max(race, key=lambda reached: reached[1])
    if best[3]:
        return best
    place, score, steps, converged = ascended(code, seen, mass, best[0], _GAIN, _STEPS)
    return place, score, best[2] + steps, converged


def _told(points: Points, reached: Reached, sample_size: int) -> Fit:
    place, score, steps, converged = reached
    place = place[:, np.argsort(-place[0], kind="stable")]
    first, second = bound(points.kind, place[1:])
    if points.kind == "normal":
        first, second = points.centre + points.spread * first, points.spread * second
    found = of_arrays(points.kind, np.exp(place[0]), first, second)
    aic = _aic(points, reached, sample_size)
    return Fit(found, points.entropy - float(score), aic, int(steps), bool(converged))


def _aic(points: Points, reached: Reached, sample_size: int) -> float:
    lost = points.entropy - float(reached[1])
    return 2 * sample_size * lost + 2.0 * (3 * int(reached[0].shape[1]) - 1)
