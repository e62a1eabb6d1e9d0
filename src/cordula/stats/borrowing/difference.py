"""How far apart are two arms, each known by a mixture: P(θ₁ − θ₂ ≤ x), its quantiles?

Normal mixtures in closed form; the others by double-exponential quadrature (Takahasi & Mori 1974), which
bears what a beta does at its edges, doubled until two levels agree."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from cordula.stats.borrowing import families
from cordula.stats.borrowing.checks import places
from cordula.stats.borrowing.families import Array, Kind
from cordula.stats.borrowing.mixture import Mixture, mean, sd
from cordula.stats.borrowing.update import Table
from cordula.stats.refusals import CannotBe, NotConverged

Scale = Literal["identity", "logit", "log"]
SCALES: tuple[Scale, ...] = ("identity", "logit", "log")
_AGREED, _LEVELS = 1e-10, range(4, 12)


def difference_cdf(
    one: Mixture, other: Mixture, x: ArrayLike, scale: Scale = "identity"
) -> Array | NotConverged:
    """P(g(θ₁) − g(θ₂) ≤ x) for independent mixtures of the same kind; x of any shape.

    scale g: identity; logit (beta: log odds ratio); log (beta, gamma: log ratio). Raises CannotBe."""
    spots = places(x, finite=True)
    table_one, table_two = _row(one), _row(other)
    found = [
        lattice_cdf(_same(one, other, scale), table_one, table_two, float(spot), scale)
        for spot in spots.ravel()
    ]
    for each in found:
        if isinstance(each, NotConverged):
            return each
    return np.array([each[0, 0] for each in found]).reshape(spots.shape)  # type: ignore[index]


def difference_quantile(
    one: Mixture, other: Mixture, p: ArrayLike, scale: Scale = "identity"
) -> Array | NotConverged:
    """The x with P(g(θ₁) − g(θ₂) ≤ x) = p, for p in (0, 1) of any shape. Raises CannotBe."""
    wanted = np.asarray(p, float)
    if not np.all((wanted > 0) & (wanted < 1)):
        raise CannotBe(f"a quantile at {wanted}: probabilities lie between 0 and 1")
    try:
        found = [_root(one, other, float(each), scale) for each in wanted.ravel()]
    except _Unsettled as unsettled:
        return unsettled.answer
    return np.array(found).reshape(wanted.shape)


class _Unsettled(Exception):
    def __init__(self, answer: NotConverged) -> None:
        self.answer = answer


def _root(one: Mixture, other: Mixture, p: float, scale: Scale) -> float:
    from scipy.optimize import brentq

    def off(x: float) -> float:
        found = difference_cdf(one, other, x, scale)
        if isinstance(found, NotConverged):
            raise _Unsettled(found)
        return float(found) - p

    reach = 1.0 if scale != "identity" else sd(one) + sd(other) + abs(mean(one) - mean(other))
    while off(-reach) > 0 or off(reach) < 0:
        reach *= 2
    return float(brentq(off, -reach, reach, xtol=1e-13 * reach, rtol=1e-14))


def _row(prior: Mixture) -> Table:
    weights, first, second = prior.arrays
    return weights[None], first[None], second[None]


def _same(one: Mixture, other: Mixture, scale: Scale) -> Kind:
    if one.kind != other.kind:
        raise CannotBe(f"a {one.kind} and a {other.kind} mixture: both must be of one kind")
    check_scale(one.kind, scale)
    return one.kind


def check_scale(kind: Kind, scale: Scale) -> None:
    """Refuse a scale on which this kind cannot be compared."""
    allowed = {"normal": ("identity",), "beta": ("identity", "logit", "log")}
    if scale not in allowed.get(kind, ("identity", "log")):
        raise CannotBe(f"a difference on the {scale} scale of {kind} mixtures")


def lattice_cdf(
    kind: Kind, one: Table, two: Table, x: float, scale: Scale = "identity"
) -> Array | NotConverged:
    """P(g(θ₁) − g(θ₂) ≤ x) for every pair: `one` of shapes (m₁, K₁), `two` (m₂, K₂); answer (m₁, m₂)."""
    if kind == "normal":
        return _normal(one, two, x)
    before: Array | None = None
    for level in _LEVELS:
        found, mass = _summed(kind, one, two, x, scale, 2.0**-level)
        if before is not None and np.abs(found - before).max() < _AGREED and mass < 1e-9:
            return np.clip(found, 0.0, 1.0)
        before = found
    return NotConverged("difference of mixtures", f"quadrature at {x} had not settled", level)


def _normal(one: Table, two: Table, x: float) -> Array:
    w1, m1, s1 = (of[:, None, :, None] for of in one)
    w2, m2, s2 = (of[None, :, None, :] for of in two)
    return np.asarray((w1 * w2 * special.ndtr((x - m1 + m2) / np.hypot(s1, s2))).sum((2, 3)))


def _summed(
    kind: Kind, one: Table, two: Table, x: float, scale: Scale, step: float
) -> tuple[Array, float]:
    """∫ p₂(t) F₁(g⁻¹(g(t) + x)) dt and how much of p₂ the nodes miss at most.

    The interval ends where F₁ is 0 or 1 for good, so that no kink lies inside."""
    low, high = _interval(kind, x, scale)
    t, rest, width = _nodes(kind, low, high, step, float(min(two[1].min(), two[2].min())), two)
    held = np.exp(_log_density(kind, t, rest, two)) * width
    reached = _shifted(kind, t, rest, x, scale)
    weights, first, second = (of[:, None, :] for of in one)
    below = (weights * families.distribution(kind, reached[None, :, None], first, second)).sum(2)
    edges = np.array([low, high])[:, None, None]
    outer = (two[0] * families.distribution(kind, edges, two[1], two[2])).sum(2)
    certain = 1.0 - outer[1]
    missed = float(np.abs(held.sum(1) - (outer[1] - outer[0])).max())
    # einsum keeps one order of summation whatever the number of threads.
    return np.asarray(np.einsum("it,jt->ij", below, held) + certain), missed


def _interval(kind: Kind, x: float, scale: Scale) -> tuple[float, float]:
    upper = families.support(kind)[1]
    if scale == "identity":
        return (max(0.0, -x), min(upper, max(upper - x, 0.0)) if kind == "beta" else upper)
    if scale == "log" and kind == "beta":
        return 0.0, min(1.0, float(np.exp(-x)))
    return 0.0, upper


def _nodes(
    kind: Kind, low: float, high: float, step: float, least: float, two: Table
) -> tuple[Array, Array, Array]:
    """Nodes t, 1 − t (exact near 1), and dt; t = low + (high − low)·logistic(π sinh s), or low + c·exp(…)."""
    reach = 4.0 if least >= 0.5 else 6.0
    s = np.arange(-reach, reach + step / 2, step)
    bent, slope = np.pi * np.sinh(s), np.pi * np.cosh(s) * step
    if kind == "beta":
        span = max(high - low, 0.0)
        left, right = special.expit(bent), special.expit(-bent)
        return low + span * left, (1 - high) + span * right, span * left * right * slope
    middle = float(np.median(two[1] / two[2]))
    far = middle * np.exp(np.clip(bent / 2, -300, 300))
    return low + far, np.ones_like(far), far * slope / 2


def _log_density(kind: Kind, t: Array, rest: Array, table: Table) -> Array:
    """log p of each mixture at the nodes, shape (m, nodes)."""
    weights, first, second = (of[:, None, :] for of in table)
    each = families.log_density(kind, t[None, :, None], first, second, rest[:, None])
    with np.errstate(divide="ignore"):
        return np.asarray(np.logaddexp.reduce(each + np.log(weights), axis=2))


def _shifted(kind: Kind, t: Array, rest: Array, x: float, scale: Scale) -> Array:
    if scale == "identity":
        return t + x
    if scale == "log":
        return np.asarray(t * np.exp(x))
    odds = np.exp(x)
    return np.asarray(t * odds / (rest + t * odds))
