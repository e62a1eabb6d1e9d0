"""How does a beat become machine code? The shape of the circuit is unrolled, once for each shape, and kept on disk.

Classical Runge–Kutta of fourth order (Hairer, Nørsett & Wanner 1993, section II.1) on volumes and inertial flows.
The plain twin of every function here is in `twin`."""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from cordula.heart.kernel.layout import EDGE_SEEN, NODE_SEEN, Layout
from cordula.heart.kernel.words import Value, Words
from cordula.stats.compiled import compiled

# Numba keeps compiled code by the file that asked for it; this makes it notice a change in the words, too.
EDITION = sha256(
    b"".join(
        Path(__file__).with_name(n).read_bytes() for n in ("compiled.py", "words.py", "layout.py")
    )
).hexdigest()[:16]

# A function of the shape of a circuit that becomes instructions when the shape is known.
_unrolled: Callable[[Callable[..., Any]], Any] = intrinsic(prefer_literal=True)


class _Moment:
    """A circuit at one moment of one stage: its pressures, its flows, and how fast its states change."""

    def __init__(self, lay: Layout, words: Words, states: list[Value], active: list[Value]) -> None:
        self.w = words
        self.pressures = [
            self._pressure(node.kind, lay.node_row[i], states[i], active[node.activation])
            if node.activation >= 0
            else self._pressure(node.kind, lay.node_row[i], states[i], None)
            for i, node in enumerate(lay.nodes)
        ]
        inertial = iter(states[len(lay.nodes) :])
        self.flows: list[Value] = []
        driven: list[Value] = []
        for edge, row in zip(lay.edges, lay.edge_row, strict=True):
            fall = words.sub(self.pressures[edge.start], self.pressures[edge.end])
            if edge.kind == "L":
                flow = next(inertial)
                left = words.fused(words.read(row), words.negated(flow), fall)
                driven.append(words.mul(left, words.read(row + 1)))
            else:
                flow = self._flow(edge.kind, row, fall)
            self.flows.append(flow)
        self.slopes = [self._gained(lay, number) for number in range(len(lay.nodes))] + driven

    def _gained(self, lay: Layout, node: int) -> Value:
        """What flows in less what flows out."""
        pairs = list(zip(lay.edges, self.flows, strict=True))
        inflow = self.w.add(*(flow for edge, flow in pairs if edge.end == node))
        return self.w.sub(inflow, self.w.add(*(f for edge, f in pairs if edge.start == node)))

    def _pressure(self, kind: str, row: int, volume: Value, active: Value) -> Value:
        w = self.w
        if kind == "C":
            return w.fused(w.read(row), volume, w.read(row + 1))
        if kind == "E":
            elastance = w.fused(w.read(row + 1), active, w.read(row))
            unfilled = w.fused(w.negated(elastance), w.read(row + 2), w.read(row + 3))
            return w.fused(elastance, volume, unfilled)
        filled = w.sub(volume, w.read(row + 1))
        stretched = w.exponential(w.mul(w.read(row + 2), filled))
        passive = w.mul(w.read(row + 3), w.sub(stretched, w.number(1.0)))
        gained = w.fused(w.read(row), filled, w.negated(passive))
        return w.fused(active, gained, w.add(passive, w.read(row + 4)))

    def _flow(self, kind: str, row: int, fall: Value) -> Value:
        w = self.w
        if kind == "R":
            return w.mul(fall, w.read(row))
        if kind == "V":
            zero = w.number(0.0)
            return w.mul(fall, w.choose(fall, ">", zero, w.read(row), w.read(row + 1)))
        k1, k2 = w.read(row), w.read(row + 1)
        steep = w.mul(w.number(4.0), k2, w.magnitude(fall))
        root = w.root(w.fused(k1, k1, steep))
        return w.div(w.mul(w.number(2.0), fall), w.add(k1, root))


def _activation(kind: str, row: int, words: Words, phase: Value) -> Value:
    """How strongly a chamber contracts at this phase of the beat, from 0 to 1."""
    w = words
    if kind == "cos":
        onset, rise, per_rise, per_fall = (w.read(row + k) for k in range(4))
        since = w.sub(phase, onset)
        since = w.choose(since, "<", w.number(0.0), w.add(since, w.number(1.0)), since)
        falling = w.mul(w.sub(since, rise), per_fall)
        rising = w.sub(w.number(1.0), w.mul(since, per_rise))
        away = w.choose(since, "<", rise, rising, falling)
        return w.half_turn(w.lesser(away, w.number(1.0)))
    tau1, tau2, m1, m2, scale, tail = (w.read(row + k) for k in range(6))
    one = w.number(1.0)
    phase = w.choose(phase, "<", one, phase, w.number(0.0))
    up = w.power(w.div(phase, tau1), m1)
    down = w.div(one, w.add(one, w.power(w.div(phase, tau2), m2)))
    return w.mul(w.div(up, w.add(one, up)), w.sub(down, tail), scale)


def _told(shape: str, lanes: int) -> str:
    """What the instructions are made from, as one text, since compiled code is found again by it."""
    return f"{lanes}*{shape}"


def _read(told: str) -> tuple[Layout, int]:
    lanes, _, shape = told.partition("*")
    return Layout.of(shape), int(lanes)


def _address(context: Any, builder: Any, kind: Any, value: Any) -> Any:
    proxy: Any = cgutils.create_struct_proxy
    return proxy(kind)(context, builder, value=value).data


@_unrolled
def _begin(typing: Any, shape: Any, bundle: Any) -> Any:
    """At phase 0: the activations are worked out, and nothing has been observed."""
    lay, lanes = _read(shape.literal_value)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        w = Words(builder, _address(context, builder, bundle, arguments[1]), lanes)
        for i, kind in enumerate(lay.activations):
            w.write(lay.active_row + i, _activation(kind, lay.activation_row[i], w, w.number(0.0)))
        row = lay.seen_row
        for _ in lay.nodes:
            for name in NODE_SEEN:
                w.write(row, w.number({"max": -1e300, "min": 1e300}.get(name[-3:], 0.0)))
                row += 1
        for sums in range(row, lay.rows):
            w.write(sums, w.number(0.0))
        return context.get_dummy_value()

    return types.void(shape, bundle), generate


@_unrolled
def _advance(typing: Any, shape: Any, bundle: Any, phase: Any, width: Any) -> Any:
    """One step of Runge–Kutta of all lanes, from this phase of the beat over this part of it."""
    lay, lanes = _read(shape.literal_value)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        w = Words(builder, _address(context, builder, bundle, arguments[1]), lanes)
        start, part = w.spread(arguments[2]), w.spread(arguments[3])
        half = w.mul(part, w.number(0.5))
        step = w.mul(part, w.read(0))
        actives = [[w.read(lay.active_row + i) for i in range(len(lay.activations))]]
        for phase_then in (w.add(start, half), w.add(start, part)):
            actives.append(
                [
                    _activation(kind, row, w, phase_then)
                    for kind, row in zip(lay.activations, lay.activation_row, strict=False)
                ]
            )
        first = [w.read(lay.state_row + i) for i in range(lay.states)]
        for i, state in enumerate(_stepped(lay, w, first, actives, step)):
            w.write(lay.state_row + i, state)
        for i, active in enumerate(actives[2]):
            w.write(lay.active_row + i, active)
        return context.get_dummy_value()

    return types.void(shape, bundle, phase, width), generate


def _stepped(
    lay: Layout, w: Words, first: list[Value], actives: list[list[Value]], step: Value
) -> list[Value]:
    total: list[Value] = []
    states = first
    half = w.mul(step, w.number(0.5))
    for stage, (active, weight) in enumerate(((0, 1.0), (1, 2.0), (1, 2.0), (2, 1.0))):
        slopes = _Moment(lay, w, states, actives[active]).slopes
        times = w.number(weight)
        total = [w.fused(times, s, t) for t, s in zip(total, slopes, strict=False)] or slopes
        ahead = step if stage == 2 else half
        if stage < 3:
            states = [w.fused(ahead, s, y) for y, s in zip(first, slopes, strict=True)]
    sixth = w.div(step, w.number(6.0))
    return [w.fused(sixth, s, y) for y, s in zip(first, total, strict=True)]


@_unrolled
def _observe(typing: Any, shape: Any, bundle: Any, width: Any) -> Any:
    """Note the extremes and add to the sums, of this moment and of what lies between it and the one before."""
    lay, lanes = _read(shape.literal_value)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        w = Words(builder, _address(context, builder, bundle, arguments[1]), lanes)
        states = [w.read(lay.state_row + i) for i in range(lay.states)]
        active = [w.read(lay.active_row + i) for i in range(len(lay.activations))]
        now = _Moment(lay, w, states, active)
        passed = _passed(lay, w, now, w.mul(w.spread(arguments[2]), w.read(0)))
        row = lay.seen_row
        for i, (volume, pressure) in enumerate(zip(states, now.pressures, strict=False)):
            most = least = pressure
            if i in passed:
                most, least = w.greater(passed[i], pressure), w.lesser(passed[i], pressure)
            w.write(row, w.greater(w.read(row), volume))
            w.write(row + 1, w.lesser(w.read(row + 1), volume))
            w.write(row + 2, w.greater(w.read(row + 2), most))
            w.write(row + 3, w.lesser(w.read(row + 3), least))
            w.write(row + 4, w.add(w.read(row + 4), pressure))
            row += len(NODE_SEEN)
        for flow in now.flows:
            forward = w.greater(flow, w.number(0.0))
            w.write(row, w.add(w.read(row), forward))
            w.write(row + 1, w.add(w.read(row + 1), w.sub(forward, flow)))
            row += len(EDGE_SEEN)
        return context.get_dummy_value()

    return types.void(shape, bundle, width), generate


def _passed(lay: Layout, w: Words, now: _Moment, span: Value) -> dict[int, Value]:
    """Where the pressure of a vessel turned between two moments: Hermite's cubic through both, where its slope is
    nought. A beat of few steps would else miss the lowest pressure by a twentieth of a per cent."""
    found = {}
    for row, i in enumerate(lay.vessels):
        row = lay.last_row + 2 * row
        pressure = now.pressures[i]
        slope = w.mul(w.mul(now.slopes[i], w.read(lay.node_row[i])), span)
        before, left = w.read(row), w.read(row + 1)
        rise = w.sub(pressure, before)
        cubic = w.sub(w.add(left, slope), w.add(rise, rise))
        square = w.sub(w.sub(rise, left), cubic)
        root = w.root(w.fused(w.mul(cubic, w.number(-3.0)), left, w.mul(square, square)))
        root = w.choose(left, "<", w.number(0.0), root, w.negated(root))
        at = w.div(w.negated(left), w.add(square, root))
        turn = w.fused(w.fused(w.fused(cubic, at, square), at, left), at, before)
        turned = w.mul(left, slope)
        found[i] = w.choose(turned, "<", w.number(0.0), turn, pressure)
        w.write(row, pressure)
        w.write(row + 1, slope)
    return found


@cache
def carrier(shape: str, lanes: int) -> Callable[..., None]:
    """``carry(bundles, steps, observed, trace)``: each bundle of lanes through one beat, in place.

    `bundles` has the shape (bundles, rows, lanes). If `observed`, what is seen before each step is noted in the
    rows for it, and a `trace` of shape (bundles, steps, states, lanes), if it is not empty, keeps the states."""
    edition, told = EDITION, _told(shape, lanes)
    states, row = Layout.of(shape).states, Layout.of(shape).state_row

    def carry(bundles: Any, steps: int, observed: bool, trace: Any) -> None:
        edition  # noqa: B018
        for b in range(bundles.shape[0]):
            bundle = bundles[b]
            _begin(told, bundle)
            for i in range(steps):
                if observed:
                    if trace.shape[0]:
                        trace[b, i] = bundle[row : row + states]
                    _observe(told, bundle, 1.0 / steps)
                _advance(told, bundle, i / steps, 1.0 / steps)

    return compiled(carry)
