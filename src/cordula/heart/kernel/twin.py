"""The beat of `compiled` in plain NumPy: the same rules, read from the same layout, for all lanes at once.

It answers where there is no Numba, and every kernel is tested against it."""

import numpy as np
from numpy.typing import NDArray

from cordula.heart.kernel.layout import Layout

Array = NDArray[np.float64]


def activation(kind: str, told: Array, phase: float) -> Array:
    """How strongly a chamber contracts at this phase of the beat, from 0 to 1; `told` its rows."""
    if kind == "cos":
        onset, rise, per_rise, per_fall = told
        since = phase - onset
        since = np.where(since < 0.0, since + 1.0, since)
        away = np.where(since < rise, 1.0 - since * per_rise, (since - rise) * per_fall)
        return np.asarray(np.cos(np.pi / 2 * np.minimum(away, 1.0)) ** 2)
    tau1, tau2, m1, m2, scale, tail = told
    phase = phase if phase < 1.0 else 0.0
    up = (phase / tau1) ** m1
    down = 1.0 / (1.0 + (phase / tau2) ** m2)
    return np.asarray(up / (1.0 + up) * (down - tail) * scale)


def activations(lay: Layout, rows: Array, phase: float) -> list[Array]:
    ends = lay.activation_row
    return [
        activation(kind, rows[a:b], phase)
        for kind, a, b in zip(lay.activations, ends, ends[1:], strict=False)
    ]


def pressures(lay: Layout, rows: Array, states: Array, active: list[Array]) -> list[Array]:
    return [
        _pressure(node.kind, rows[row:], states[i], active[node.activation] if active else 0.0)
        for i, (node, row) in enumerate(zip(lay.nodes, lay.node_row, strict=True))
    ]


def _pressure(kind: str, told: Array, volume: Array, active: Array | float) -> Array:
    if kind == "C":
        return np.asarray(told[0] * volume + told[1])
    if kind == "E":
        return np.asarray((told[0] + told[1] * active) * (volume - told[2]) + told[3])
    ees, v0, a, b, outside = told[:5]
    passive = b * np.expm1(a * (volume - v0))
    return np.asarray(passive + active * (ees * (volume - v0) - passive) + outside)


def flows(lay: Layout, rows: Array, states: Array, pressure: list[Array]) -> list[Array]:
    inertial = iter(states[len(lay.nodes) :])
    found = []
    for edge, row in zip(lay.edges, lay.edge_row, strict=True):
        fall = pressure[edge.start] - pressure[edge.end]
        found.append(next(inertial) if edge.kind == "L" else _flow(edge.kind, rows[row:], fall))
    return found


def _flow(kind: str, told: Array, fall: Array) -> Array:
    if kind == "R":
        return np.asarray(fall * told[0])
    if kind == "V":
        return np.asarray(fall * np.where(fall > 0.0, told[0], told[1]))
    root = np.sqrt(told[0] * told[0] + 4.0 * told[1] * np.abs(fall))
    return np.asarray(2.0 * fall / (told[0] + root))


def slopes(lay: Layout, rows: Array, states: Array, active: list[Array]) -> Array:
    pressure = pressures(lay, rows, states, active)
    found = np.zeros_like(states)
    extra = len(lay.nodes)
    for edge, row, flow in zip(
        lay.edges, lay.edge_row, flows(lay, rows, states, pressure), strict=True
    ):
        found[edge.start] -= flow
        found[edge.end] += flow
        if edge.kind == "L":
            fall = pressure[edge.start] - pressure[edge.end]
            found[extra] = (fall - rows[row] * flow) * rows[row + 1]
            extra += 1
    return found


def step(lay: Layout, rows: Array, states: Array, phase: float, width: float) -> Array:
    """One step of classical Runge–Kutta."""
    now, half, then = (activations(lay, rows, phase + width * part) for part in (0.0, 0.5, 1.0))
    span = rows[0] * width
    k1 = slopes(lay, rows, states, now)
    k2 = slopes(lay, rows, states + span / 2 * k1, half)
    k3 = slopes(lay, rows, states + span / 2 * k2, half)
    k4 = slopes(lay, rows, states + span * k3, then)
    return np.asarray(states + span / 6 * (k1 + 2 * k2 + 2 * k3 + k4))


def beat(lay: Layout, rows: Array, states: Array, steps: int) -> Array:
    """One beat of all lanes: `rows` of shape (parameters, lanes), `states` of shape (states, lanes)."""
    for i in range(steps):
        states = step(lay, rows, states, i / steps, 1.0 / steps)
    return states


def observed_beat(
    lay: Layout, rows: Array, states: Array, steps: int
) -> tuple[Array, Array, Array]:
    """The states after a beat, what was seen of it in the order of the layout, and the states before each step."""
    trace = np.empty((steps, *states.shape))
    for i in range(steps):
        trace[i] = states
        states = step(lay, rows, states, i / steps, 1.0 / steps)
    return states, seen(lay, rows, trace), trace


def seen(lay: Layout, rows: Array, trace: Array) -> Array:
    """Extremes and sums over a trace of shape (steps, states, lanes)."""
    found: list[Array] = []
    pressure, flow = curves(lay, rows, trace)
    for i in range(len(lay.nodes)):
        v, p = trace[:, i], pressure[:, i]
        all_p = np.concatenate([p, _turns(lay, rows, i, p, flow)]) if i in lay.vessels else p
        found += [v.max(axis=0), v.min(axis=0)]
        found += [all_p.max(axis=0), all_p.min(axis=0), p.sum(axis=0)]
    for i in range(len(lay.edges)):
        forward = np.maximum(flow[:, i], 0.0)
        found += [forward.sum(axis=0), (forward - flow[:, i]).sum(axis=0)]
    return np.stack(found)


def _turns(lay: Layout, rows: Array, node: int, pressure: Array, flow: Array) -> Array:
    """The pressure of a vessel between each two moments, where it turned there; else at the second of them."""
    gained = sum(
        flow[:, k] * (float(edge.end == node) - float(edge.start == node))
        for k, edge in enumerate(lay.edges)
    )
    slope = gained * rows[lay.node_row[node]] * rows[0] / len(pressure)
    before, after, left, right = pressure[:-1], pressure[1:], slope[:-1], slope[1:]
    rise = after - before
    cubic = left + right - 2 * rise
    square = rise - left - cubic
    with np.errstate(all="ignore"):
        root = np.sqrt(square * square - 3 * cubic * left)
        at = -left / (square + np.where(left < 0.0, root, -root))
        turn = ((cubic * at + square) * at + left) * at + before
    return np.asarray(np.where(left * right < 0.0, turn, after))


def curves(lay: Layout, rows: Array, trace: Array) -> tuple[Array, Array]:
    """Pressures, shape (steps, nodes, lanes), and flows, shape (steps, edges, lanes), of a trace."""
    pressure, flow = [], []
    for i, states in enumerate(trace):
        now = pressures(lay, rows, states, activations(lay, rows, i / len(trace)))
        pressure.append(np.stack(now))
        flow.append(np.stack(flows(lay, rows, states, now)))
    return np.stack(pressure), np.stack(flow)
