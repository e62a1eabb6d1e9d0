"""Which mixture of few components stands for a density known on a grid?

Weighted EM: the grid points carry the density's mass as weights, so what is maximised is
E[log f(θ)] and what is lost is the Kullback–Leibler divergence KL(p‖f). The families are exponential, so
the M-step matches the means of two sufficient statistics (Dempster, Laird & Rubin 1977, section 3).
SQUAREM extrapolation (Varadhan & Roland 2008, doi:10.1111/j.1467-9469.2007.00585.x, step S3) makes it quick."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from cordula.stats.borrowing import families
from cordula.stats.borrowing.families import Array, Kind
from cordula.stats.borrowing.matching import parameters, statistics
from cordula.stats.borrowing.mixture import Mixture, of_arrays
from cordula.stats.refusals import CannotBe

State = tuple[Array, Array, Array]


@dataclass(frozen=True, slots=True)
class Fit:
    """A mixture, KL(p‖f) in nats, AIC for the nominal sample, and the cycles of EM; `converged` or not."""

    mixture: Mixture
    divergence: float
    aic: float
    cycles: int
    converged: bool


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
    if components is not None:
        return fits(grid, density, kind, [components], sample_size)[0].mixture
    best = fits(grid, density, kind, [1], sample_size)[0]
    for number in range(2, most_components + 1):
        richer = fits(grid, density, kind, [number], sample_size)[0]
        if richer.aic >= best.aic:
            break
        best = richer
    return best.mixture


def fits(
    grid: ArrayLike,
    density: ArrayLike,
    kind: Kind,
    counts: Iterable[int],
    sample_size: int = 10_000,
) -> tuple[Fit, ...]:
    """One fit for each number of components, with what each loses (see `fit_mixture`)."""
    x, mass = _masses(grid, density, kind)
    target = _Target(kind, x, mass, statistics(kind, x), float(sample_size))
    return tuple(_best(target, number) for number in counts)


@dataclass(frozen=True)
class _Target:
    kind: Kind
    x: Array
    mass: Array
    seen: tuple[Array, Array]
    sample_size: float


def _masses(grid: ArrayLike, density: ArrayLike, kind: Kind) -> tuple[Array, Array]:
    """The grid points with mass, and the mass of each by the trapezoid rule, summing to one."""
    x, p = np.asarray(grid, float), np.asarray(density, float)
    if x.ndim != 1 or x.shape != p.shape or x.size < 30 or not np.all(np.diff(x) > 0):
        raise CannotBe(f"a grid of shape {x.shape}: rising, one-dimensional, at least 30 points")
    if not np.all(np.isfinite(p)) or p.min() < 0 or p.max() <= 0:
        raise CannotBe("a density must be finite, never negative and somewhere positive")
    widths = np.gradient(x)
    widths[0], widths[-1] = (x[1] - x[0]) / 2, (x[-1] - x[-2]) / 2
    widths[1:-1] = (x[2:] - x[:-2]) / 2
    lower, upper = families.support(kind)
    held = (p * widths > 0) & (x > lower) & (x < upper)
    if np.any((p > 0) & ((x < lower) | (x > upper))):
        raise CannotBe(f"density outside ({lower}, {upper}), where a {kind} mixture has none")
    mass = (p * widths)[held]
    return x[held], mass / mass.sum()


def _best(target: _Target, number: int) -> Fit:
    """From two starts: slices of mass side by side, and shells around the median."""
    if number < 1:
        raise CannotBe(f"{number} components: at least 1")
    cumulative = np.cumsum(target.mass) - target.mass / 2
    places = [cumulative] if number == 1 else [cumulative, np.abs(2 * cumulative - 1)]
    return min((_climbed(target, _start(target, at, number)) for at in places), key=_loss)


def _loss(fit: Fit) -> float:
    return fit.divergence


def _start(target: _Target, place: Array, number: int) -> State:
    slices = np.minimum((place * number).astype(int), number - 1)
    held = (slices[:, None] == np.arange(number)) * 0.8 + 0.2 / number
    return _maximised(target, held / held.sum(axis=1, keepdims=True), None)


def _climbed(target: _Target, state: State, most_cycles: int = 400) -> Fit:
    score, converged = _score(target, state), False
    for cycle in range(1, most_cycles + 1):  # noqa: B007
        state, better = _cycle(target, state)
        converged = abs(better - score) < 1e-10
        score = better
        if converged:
            break
    return _fit(target, state, cycle, converged)


def _cycle(target: _Target, state: State) -> tuple[State, float]:
    """Two EM steps, a leap along them, one step more; the leap counts only where it is an improvement."""
    one = _step(target, state)
    two = _step(target, one)
    plain = _score(target, two)
    leapt = _leap(*(_free(target.kind, s) for s in (state, one, two)))
    if leapt is not None:
        far = _step(target, _bound(target.kind, leapt))
        score = _score(target, far)
        if score > plain:
            return far, score
    return two, plain


def _leap(start: Array, one: Array, two: Array) -> Array | None:
    rise = one - start
    bend = two - one - rise
    size = float(np.sqrt((bend**2).sum()))
    if size < 1e-14:
        return None
    length = min(-float(np.sqrt((rise**2).sum())) / size, -1.0)
    leapt = start - 2 * length * rise + length**2 * bend
    return leapt if np.all(np.isfinite(leapt)) and np.abs(leapt - two).max() < 5 else None


def _free(kind: Kind, state: State) -> Array:
    weights, first, second = state
    return np.array([np.log(weights), first if kind == "normal" else np.log(first), np.log(second)])


def _bound(kind: Kind, free: Array) -> State:
    weights = np.exp(free[0] - free[0].max())
    return (
        weights / weights.sum(),
        free[1] if kind == "normal" else np.exp(free[1]),
        np.exp(free[2]),
    )


def _joint(target: _Target, state: State) -> Array:
    weights, first, second = state
    each = families.log_density(target.kind, target.x[:, None], first, second)
    return np.asarray(each + np.log(weights))


def _step(target: _Target, state: State) -> State:
    joint = _joint(target, state)
    held = np.exp(joint - joint.max(axis=1, keepdims=True))
    return _maximised(target, held / held.sum(axis=1, keepdims=True), state)


def _maximised(target: _Target, held: Array, before: State | None) -> State:
    """The components whose expected statistics are those of the mass each of them holds."""
    share = held * target.mass[:, None]
    weights = np.maximum(share.sum(axis=0), 1e-12)
    means = tuple((seen @ share) / weights for seen in target.seen)
    first, second = parameters(target.kind, means[0], means[1], before and before[1:])
    return weights / weights.sum(), first, second


def _score(target: _Target, state: State) -> float:
    return float(target.mass @ np.logaddexp.reduce(_joint(target, state), axis=1))


def _fit(target: _Target, state: State, cycles: int, converged: bool) -> Fit:
    order = np.argsort(-state[0], kind="stable")
    weights, first, second = (of[order] for of in state)
    widths = np.gradient(target.x)
    entropy = float(target.mass @ np.log(target.mass / widths))
    divergence = entropy - _score(target, state)
    aic = 2 * target.sample_size * divergence + 2 * (3 * len(weights) - 1)
    return Fit(of_arrays(target.kind, weights, first, second), divergence, aic, cycles, converged)
