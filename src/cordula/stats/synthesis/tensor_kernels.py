"""The inner sums over μ and over every study's truth, compiled; `tensor_twins` has them in NumPy.

L(μ, τ) = ∫ p(x|θ) N(θ|μ, τ²) dθ for every study: the trapezoid rule on a lattice of θ, one kept table where τ is as wide
as two of its steps, one as fine as τ asks for where it is narrower; Gauss–Hermite where τ is nothing to a likelihood."""

import math

import numpy as np

from cordula.stats.compiled import compiled
from cordula.stats.synthesis.checks import Vector

# SDs to either side of μ; nats below the peak of μ; nodes of μ at most; steps of μ in SDs, and how many to either side.
REACH, DEPTH, MOST, STRIDE, HALF = 7.5, 21.0, 2049, 0.5, 14
# The sum over every second node of μ may be this far off; halving the step squares it or better. Where τ is narrower
# than the nodes lie apart, their density is interpolated, and errs by as much as that sum does: so it must be less.
EVEN, INTERPOLATED = 1e-6, 1e-8
# Six nodes of Gauss–Hermite err by less than 1e−9 where τ is this part of a likelihood's width.
PINCHED = 0.125
Slices = tuple[Vector, Vector, Vector, Vector, Vector]


@compiled
def tabled(binomial: bool, study: Vector, low: float, step: float, number: int) -> Vector:
    """Likelihoods, (k, number), from θ = `low` in steps; `study` is events, size, and log of the highest, (3, k)."""
    out = np.empty((study.shape[1], number))
    for j in range(number):
        theta = low + j * step
        small = math.exp(-abs(theta)) if binomial else 0.0
        cost = max(theta, 0.0) + math.log1p(small) if binomial else math.exp(theta)
        for i in range(study.shape[1]):
            told = study[0, i] * theta - study[1, i] * cost - study[2, i]
            out[i, j] = math.exp(told) if told > -700.0 else 0.0
    return out


@compiled
def _pinched(binomial: bool, study: Vector, mu: float, tau: float, hermite: Vector) -> float:
    """log L of all studies together, by Gauss–Hermite."""
    sums = np.zeros(study.shape[1])
    for q in range(hermite.shape[1]):
        here = tabled(binomial, study, mu + tau * hermite[0, q], 0.0, 1)
        for i in range(study.shape[1]):
            sums[i] += hermite[1, q] * here[i, 0]
    told = 0.0
    for i in range(study.shape[1]):
        told += math.log(max(sums[i], 1e-300))
    return told


@compiled
def _wide(
    mu: float, tau: float, table: Vector, first: float, step: float, bell: Vector
) -> tuple[float, float]:
    """log L of all studies together, and how far sums over every second point lie apart; `table` is (k, points), `bell`
    room for as many. The bell is a product of products, as the points lie evenly."""
    low = max(math.ceil((mu - REACH * tau - first) / step), 0)
    high = min(math.floor((mu + REACH * tau - first) / step) + 1, table.shape[1])
    z, h = (first + low * step - mu) / tau, step / tau
    here, ratio, bend = math.exp(-0.5 * z * z), math.exp(-h * (z + 0.5 * h)), math.exp(-h * h)
    for j in range(low, high):
        bell[j - low] = here
        here *= ratio
        ratio *= bend
    # A likelihood without events, or with nothing else, stays level beyond the table's end.
    under = (
        0.5 * math.erfc((mu - first + 0.5 * step) / tau * 0.7071067811865476) if low == 0 else 0.0
    )
    end = first + (table.shape[1] - 0.5) * step
    over = 0.5 * math.erfc((end - mu) / tau * 0.7071067811865476) if high == table.shape[1] else 0.0
    scale = h * 0.3989422804014327
    pairs = max(high - low, 0) // 2
    told = apart = 0.0
    for i in range(table.shape[0]):
        even = odd = 0.0
        for j in range(pairs):
            even += bell[2 * j] * table[i, low + 2 * j]
            odd += bell[2 * j + 1] * table[i, low + 2 * j + 1]
        if low + 2 * pairs < high:
            even += bell[2 * pairs] * table[i, low + 2 * pairs]
        beyond = under * table[i, 0] + over * table[i, table.shape[1] - 1]
        whole = max(scale * (even + odd) + beyond, 1e-300)
        told += math.log(whole)
        apart += scale * abs(even - odd) / whole
    return told, apart


@compiled
def likelihoods_kernel(
    binomial: bool,
    study: Vector,
    nodes: tuple[float, float, int],
    tau: float,
    table: Vector,
    lattice: tuple[float, float, float],
    hermite: Vector,
) -> Vector:
    """log L(μ, τ) of all studies at `nodes` of μ (first, step, number), and how far every second point of θ is from the
    rest: (2, number). `lattice`: first θ and step of `table`, and the narrowest likelihood's width."""
    start, stride, number = nodes
    first, step, narrowest = lattice
    out = np.zeros((2, number))
    if tau < PINCHED * narrowest:
        for m in range(number):
            out[0, m] = _pinched(binomial, study, start + m * stride, tau, hermite)
        return out
    if tau < 2.0 * step:
        step, first = 0.5 * tau, start - REACH * tau
        length = math.ceil(((number - 1) * stride + 2.0 * REACH * tau) / step) + 1
        table = tabled(binomial, study, first, step, length)
    bell = np.empty(table.shape[1])
    for m in range(number):
        out[0, m], out[1, m] = _wide(start + m * stride, tau, table, first, step, bell)
    return out


@compiled
def _shares(told: Vector) -> tuple[float, float]:
    """The sum of e^(told − top), and how far twice that over every second is from it."""
    top = told.max()
    whole = second = 0.0
    for m in range(told.size):
        mass = math.exp(told[m] - top)
        whole += mass
        second += mass if m % 2 == 0 else 0.0
    return whole, abs(2.0 * second / whole - 1.0)


@compiled
def _between(got: Vector, more: Vector) -> Vector:
    """Every new node between two old ones."""
    both = np.empty((2, got.shape[1] + more.shape[1]))
    both[:, ::2], both[:, 1::2] = got, more
    return both


@compiled
def slices_kernel(
    binomial: bool,
    study: Vector,
    rough: Vector,
    tau: Vector,
    table: Vector,
    lattice: tuple[float, float, float],
    hermite: Vector,
    mu_prior: tuple[float, float],
) -> Slices:
    """For each τ: first node of μ, step, number of nodes (0 where they do not settle), log of prior × likelihood × step
    at each, (n, MOST), and how far every second point of θ is from the rest, by mass. `rough` (2, k): centre and squared
    width of each likelihood."""
    n = tau.size
    starts, strides, counts = np.zeros(n), np.zeros(n), np.zeros(n)
    logs, apart = np.empty((n, MOST)), np.zeros(n)
    mean, sd = mu_prior
    for t in range(n):
        total, centre = 1.0 / sd**2, mean / sd**2
        for i in range(rough.shape[1]):
            w = 1.0 / (rough[1, i] + tau[t] ** 2)
            total += w
            centre += w * rough[0, i]
        stride, number = STRIDE / math.sqrt(total), 2 * HALF + 1
        start = centre / total - HALF * stride
        got = likelihoods_kernel(
            binomial, study, (start, stride, number), tau[t], table, lattice, hermite
        )
        for _ in range(20):
            told = got[0].copy()
            for m in range(number):
                z = (start + m * stride - mean) / sd
                told[m] += math.log(stride * 0.3989422804014327 / sd) - 0.5 * z * z
            top = told.max()
            whole, uneven = _shares(told)
            low, high = told[0] > top - DEPTH, told[number - 1] > top - DEPTH
            coarse = uneven >= (EVEN if tau[t] >= stride else INTERPOLATED)
            if low or high or coarse:
                side = start - HALF * stride if low else start + number * stride
                nodes = (side, stride, HALF)
                if not (low or high):
                    nodes = (start + 0.5 * stride, stride, number - 1)
                more = likelihoods_kernel(binomial, study, nodes, tau[t], table, lattice, hermite)
                if low:
                    got, start = np.concatenate((more, got), axis=1), start - HALF * stride
                elif high:
                    got = np.concatenate((got, more), axis=1)
                else:
                    got, stride = _between(got, more), 0.5 * stride
                number = got.shape[1]
                if number > MOST:
                    break
                continue
            starts[t], strides[t], counts[t] = start, stride, number
            for m in range(number):
                logs[t, m] = told[m]
                apart[t] += got[1, m] * math.exp(told[m] - top) / whole
            break
    return starts, strides, counts, logs, apart


@compiled
def _combed(theta: float, tau: float, start: float, stride: float, weight: Vector) -> float:
    """Σ weight N(θ | μ, τ²) over evenly spaced μ, from the node nearest to θ outwards; nothing beyond nine SDs."""
    near = min(max(round((theta - start) / stride), 0), weight.size - 1)
    z, h = (theta - start - near * stride) / tau, stride / tau
    if abs(z) > 9.0:
        return 0.0
    peak, bend, up = math.exp(-0.5 * z * z), math.exp(-h * h), math.exp(h * (z - 0.5 * h))
    total = peak * weight[near]
    bell, ratio = peak, up
    for m in range(near + 1, weight.size):
        bell *= ratio
        ratio *= bend
        total += bell * weight[m]
    bell, ratio = peak, bend / up
    for m in range(near - 1, -1, -1):
        bell *= ratio
        ratio *= bend
        total += bell * weight[m]
    return float(total * 0.3989422804014327 / tau)


@compiled
def _spread(
    theta: float, tau: float, start: float, stride: float, weight: Vector, hermite: Vector
) -> float:
    """The density of μ interpolated (sinc, exact for so smooth a bell) and spread by Gauss–Hermite."""
    total = 0.0
    if not -1.0 < (theta - start) / stride < weight.size:
        reach = abs(tau * hermite[0, 0])
        if not start - stride - reach < theta < start + weight.size * stride + reach:
            return 0.0
    for q in range(hermite.shape[1]):
        place = (theta - tau * hermite[0, q] - start) / stride
        if -1.0 < place < weight.size:
            place += 1e-13
            inner, sign = 0.0, 1.0
            for m in range(weight.size):
                inner += sign * weight[m] / (place - m)
                sign = -sign
            total += hermite[1, q] * inner * math.sin(math.pi * place)
    return total / (math.pi * stride)


@compiled
def predictive_kernel(
    theta: Vector,
    tau: Vector,
    starts: Vector,
    strides: Vector,
    counts: Vector,
    weights: Vector,
    hermite: Vector,
) -> Vector:
    """Density of a further study's truth at θ: N(μ, τ²) over all nodes, `weights` (n, widest)."""
    out = np.zeros(theta.size)
    for t in range(tau.size):
        weight = weights[t, : int(counts[t])]
        if weight.sum() < 1e-12:
            continue
        for j in range(theta.size):
            if tau[t] >= strides[t]:
                out[j] += _combed(theta[j], tau[t], starts[t], strides[t], weight)
            else:
                out[j] += _spread(theta[j], tau[t], starts[t], strides[t], weight, hermite)
    return out
