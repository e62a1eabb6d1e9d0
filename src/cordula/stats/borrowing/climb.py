"""How does a mixture climb towards a density on a grid? One pass of EM, compiled and plain, and its leaps.

Every family here is exponential: log f = c + e₁T₁ + e₂T₂ + h, so one kernel serves all. h is the same for all
components and is left to the caller."""

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from cordula.stats.borrowing.families import Array, Kind
from cordula.stats.borrowing.matching import parameters
from cordula.stats.compiled import compiled, kernel_or_twin

State = tuple[Array, Array, Array]


@dataclass(frozen=True)
class Climb:
    """Where a climb stands: the state, E[log f − h] there, and the cycles so far."""

    state: State
    score: float
    cycles: int
    converged: bool


@dataclass(frozen=True)
class Target:
    """The family, its two statistics at the grid points (2, n), and the mass of each point (n,)."""

    kind: Kind
    seen: Array
    mass: Array


@compiled
def _pass_kernel(seen: Array, mass: Array, natural: Array) -> Array:
    """Row 0 column 0: E[log f − h]; rows 1–3: mass held by each component and its two statistics' sums."""
    number, count = len(mass), natural.shape[1]
    found = np.zeros((4, count))
    joint = np.empty(count)
    for i in range(number):
        most = -np.inf
        for k in range(count):
            joint[k] = natural[0, k] + natural[1, k] * seen[0, i] + natural[2, k] * seen[1, i]
            most = max(most, joint[k])
        whole = 0.0
        for k in range(count):
            joint[k] = math.exp(joint[k] - most)
            whole += joint[k]
        found[0, 0] += mass[i] * (most + math.log(whole))
        for k in range(count):
            share = mass[i] * joint[k] / whole
            found[1, k] += share
            found[2, k] += share * seen[0, i]
            found[3, k] += share * seen[1, i]
    return found


def _pass_twin(seen: Array, mass: Array, natural: Array) -> Array:
    joint = natural[0] + seen.T @ natural[1:]
    told = np.logaddexp.reduce(joint, axis=1)
    share = np.exp(joint - told[:, None]) * mass[:, None]
    score = np.zeros(natural.shape[1])
    score[0] = mass @ told
    return np.vstack([score, share.sum(axis=0), seen @ share])


_pass = kernel_or_twin(_pass_kernel, _pass_twin)


def natural(kind: Kind, state: State) -> Array:
    """(log weight + c, e₁, e₂) of each component, shape (3, K)."""
    weights, first, second = state
    told = np.log(weights)
    if kind == "normal":
        precision = second**-2
        told = told - np.log(second) - 0.5 * first**2 * precision - 0.5 * np.log(2 * np.pi)
        return np.array([told, first * precision, -0.5 * precision])
    if kind == "beta":
        return np.array([told - special.betaln(first, second), first - 1, second - 1])
    told = told + first * np.log(second) - special.gammaln(first)
    return np.array([told, -second, first - 1])


def step(target: Target, state: State) -> tuple[State, float]:
    """The state after one pass of EM, and the score before it."""
    found = _pass(target.seen, target.mass, natural(target.kind, state))
    return maximised(target.kind, found[1:], state), float(found[0, 0])


def maximised(kind: Kind, sums: Array, before: State | None) -> State:
    """The components whose expected statistics are those of the mass each of them holds."""
    weights = np.maximum(sums[0], 1e-12)
    first, second = parameters(kind, sums[1] / weights, sums[2] / weights, before and before[1:])
    return weights / weights.sum(), first, second


def climbed(target: Target, climb: Climb, gain: float, most_cycles: int) -> Climb:
    """Cycles of two passes and a leap, until one gains less than `gain`."""
    state, score = climb.state, climb.score
    for cycle in range(climb.cycles + 1, climb.cycles + most_cycles + 1):
        state, better = _cycle(target, state)
        if better - score < gain:
            return Climb(state, better, cycle, True)
        score = better
    return Climb(state, score, climb.cycles + most_cycles, False)


def _cycle(target: Target, state: State) -> tuple[State, float]:
    """The leap counts only where it lands higher than the passes did."""
    one, _ = step(target, state)
    two, plain = step(target, one)
    leapt = _leap(*(_free(target.kind, each) for each in (state, one, two)))
    if leapt is not None:
        after, score = step(target, _bound(target.kind, leapt))
        if score > plain:
            return after, score
    return two, plain


def _leap(start: Array, one: Array, two: Array) -> Array | None:
    rise = one - start
    bend = two - one - rise
    size = math.sqrt(float((bend * bend).sum()))
    if size < 1e-14:
        return None
    length = min(-math.sqrt(float((rise * rise).sum())) / size, -1.0)
    leapt = start - 2 * length * rise + length**2 * bend
    # A leap of many orders of magnitude leaves the numbers; a nan is never smaller.
    return leapt if float(np.abs(leapt - two).max()) < 5 else None


def _free(kind: Kind, state: State) -> Array:
    weights, first, second = state
    return np.array([np.log(weights), first if kind == "normal" else np.log(first), np.log(second)])


def _bound(kind: Kind, free: Array) -> State:
    weights = np.exp(free[0] - free[0].max())
    first = free[1] if kind == "normal" else np.exp(free[1])
    return weights / weights.sum(), first, np.exp(free[2])
