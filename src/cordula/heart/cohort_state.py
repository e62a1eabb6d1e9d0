"""What was found for many infants at once: arrays in, arrays out, and a reason wherever there is no number."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from cordula.heart import outcomes as measured
from cordula.heart.circuit import Circuit
from cordula.heart.expression import Values
from cordula.heart.kernel.run import Lanes
from cordula.heart.periodic import MOST_BEATS, periodic
from cordula.heart.rows import at_rest, evaluate, rows, steps_needed
from cordula.stats.refusals import CannotBe
from cordula.vocabulary.words import said_later

# For many infants: EF and mean pressure within 0.1 % (`benchmarks.heart` measures it).
STEPS, TOLERANCE_ML = 240, 1e-3
MOST_STEPS = 20_000
BLOCK = 4096


@dataclass(frozen=True, slots=True)
class CohortState:
    """The periodic state of each infant.

    `outcomes`: by name (`cordula.heart.outcomes.OUTCOMES`), each of shape (count,), NaN where none was found.
    `reasons`: why, "" where it was found. `beats`: how many were needed. `states`: at the start of the beat,
    shape (states, count), volumes in mL and inertial flows in mL/s, to start a next search from."""

    circuit: Circuit
    outcomes: Mapping[str, Values]
    reasons: NDArray[np.str_]
    beats: NDArray[np.int64]
    states: Values

    @property
    def found(self) -> NDArray[np.bool_]:
        return np.asarray(self.reasons == "")

    def __len__(self) -> int:
        return len(self.reasons)

    def __getitem__(self, outcome: str) -> Values:
        return self.outcomes[outcome]


def steady_blocks(
    circuit: Circuit,
    parameters: Mapping[str, Values],
    *,
    steps: int = STEPS,
    tolerance_ml: float = TOLERANCE_ML,
    start: Values | None = None,
    block: int = BLOCK,
) -> Iterator[CohortState]:
    """The infants in blocks, so that memory does not grow with their number; see `steady_many`."""
    known = _checked(circuit, parameters)
    count = max((len(v) for v in known.values() if v.ndim), default=1)
    for first in range(0, count, block):
        part = slice(first, min(first + block, count))
        over = {name: values[part] if values.ndim else values for name, values in known.items()}
        begun = None if start is None else start[:, part] if start.shape[1] > 1 else start
        yield _block(circuit, over, part.stop - first, steps, tolerance_ml, begun)


def steady_many(
    circuit: Circuit,
    parameters: Mapping[str, Values],
    *,
    steps: int = STEPS,
    tolerance_ml: float = TOLERANCE_ML,
    start: Values | None = None,
    block: int = BLOCK,
) -> CohortState:
    """The periodic state of as many infants as the arrays are long.

    `parameters`: numbers by name (`Circuit.parameters`) in the units of `kinds.UNITS`, each of shape (count,) or a
    single number; what is not named is as in the file. `steps`: at least so many in a beat; an infant whose
    numbers need more for stability gets more. The answer for an infant depends on her own numbers alone, to the
    last bit, so finite differences are smooth once `tolerance_ml` is small against what is asked.
    Raises `CannotBe` for a name that is not known, or arrays of different lengths."""
    blocks = list(
        steady_blocks(
            circuit, parameters, steps=steps, tolerance_ml=tolerance_ml, start=start, block=block
        )
    )
    names = blocks[0].outcomes
    return CohortState(
        circuit,
        {name: np.concatenate([b.outcomes[name] for b in blocks]) for name in names},
        np.concatenate([b.reasons for b in blocks]),
        np.concatenate([b.beats for b in blocks]),
        np.concatenate([b.states for b in blocks], axis=1),
    )


def _checked(circuit: Circuit, parameters: Mapping[str, Values]) -> dict[str, Values]:
    from cordula.heart.refusals import unknown

    known = {name: np.asarray(values, dtype=np.float64) for name, values in parameters.items()}
    for name in known:
        if name not in circuit.parameters:
            raise CannotBe(f"{circuit.id}: {unknown('number', name, circuit.parameters)}")
    lengths = {len(values) for values in known.values() if values.ndim}
    if len(lengths) > 1:
        raise CannotBe(f"the arrays are {sorted(lengths)} long; expected one length for all")
    return known


def _block(
    circuit: Circuit,
    over: Mapping[str, Values],
    count: int,
    steps: int,
    tolerance_ml: float,
    start: Values | None,
) -> CohortState:
    numbers = evaluate(circuit, over, count)
    told = rows(circuit, numbers)
    reasons, needed = _impossible(circuit, numbers, told, steps)
    states = np.full((circuit.layout.states, count), np.nan)
    seen = np.full((circuit.layout.seen, count), np.nan)
    beats = np.zeros(count, dtype=np.int64)
    begin = _begin(circuit, numbers, start, count)
    for each in np.unique(needed[reasons == ""]):
        lanes = np.flatnonzero((needed == each) & (reasons == ""))
        found = periodic(circuit.layout, told[:, lanes], begin[:, lanes], int(each), tolerance_ml)
        states[:, lanes], beats[lanes], reasons[lanes] = found.states, found.beats, found.reasons
        good = lanes[found.reasons == ""]
        if good.size:
            run = Lanes(circuit.layout, told[:, good])
            seen[:, good] = run.observed_beat(states[:, good], int(each))[1]
    read = measured.outcomes(
        circuit, numbers, measured.Seen(circuit, seen, needed.astype(np.float64))
    )
    return CohortState(circuit, _breathing(read, reasons), reasons, beats, states)


def _impossible(
    circuit: Circuit, numbers: Mapping[str, Values], told: Values, steps: int
) -> tuple[NDArray[np.str_], NDArray[np.int64]]:
    """Why some infants are not even begun, and in how many steps each of the others is carried through a beat."""
    reasons = np.full(told.shape[1], "", dtype="U160")
    needed = steps_needed(circuit, numbers)
    low = (numbers["heart_rate"] <= 0) | (numbers["volume"] <= 0)
    reasons[low & (reasons == "")] = said_later("heart rate and volume must be above 0")
    for name, values in numbers.items():
        unknown = ~np.isfinite(values)
        if unknown.any():
            reasons[unknown & (reasons == "")] = f"{name} is not a number"
    divided = ~np.isfinite(told).all(axis=0) & (reasons == "")
    reasons[divided] = said_later("a number is zero that is divided by")
    with np.errstate(all="ignore"):
        doublings = np.ceil(2 * np.log2(np.maximum(needed / steps, 1.0)))
        each = np.ceil(steps * 2 ** (doublings / 2))
    coarse = ~(each <= MOST_STEPS) & (reasons == "")
    for lane in np.flatnonzero(coarse):
        reasons[lane] = (
            f"a beat would need {needed[lane]:.3g} steps to be stable and {MOST_STEPS} are allowed: "
            "a valve or shunt resists too little"
        )
    return reasons, np.where(reasons == "", np.nan_to_num(each, posinf=1.0), 1.0).astype(np.int64)


def _begin(
    circuit: Circuit, numbers: Mapping[str, Values], start: Values | None, count: int
) -> Values:
    """The states to begin from, each with the volume of its own infant."""
    if start is None:
        start = _reference(circuit)
    if start is None:
        return at_rest(circuit, numbers)
    begun = np.repeat(start, count, axis=1) if start.shape[1] == 1 else start.copy()
    nodes = len(circuit.nodes)
    with np.errstate(all="ignore"):
        begun[:nodes] *= numbers["volume"] / begun[:nodes].sum(axis=0)
    return begun


def _reference(circuit: Circuit) -> Values | None:
    """Where the circuit's own infant arrives; found once, the start of every other search."""
    if circuit not in _REFERENCES:
        numbers = evaluate(circuit, {}, 1)
        told = rows(circuit, numbers)
        _, needed = _impossible(circuit, numbers, told, STEPS)
        found = periodic(
            circuit.layout, told, at_rest(circuit, numbers), int(needed[0]), 1e-6, 3 * MOST_BEATS
        )
        _REFERENCES[circuit] = found.states if found.reasons[0] == "" else None
    return _REFERENCES[circuit]


_REFERENCES: WeakKeyDictionary[Circuit, Values | None] = WeakKeyDictionary()


def _breathing(read: dict[str, Values], reasons: NDArray[np.str_]) -> dict[str, Values]:
    """Where more oxygen is used than is brought there is no saturation, and the reason is said."""
    if "venous_saturation" in read:
        short = read["venous_saturation"] < 0
        reasons[short & (reasons == "")] = said_later(
            "its body would use more oxygen than it is brought"
        )
        for name in ("arterial_saturation", "venous_saturation", "oxygen_delivery"):
            read[name] = np.where(short, np.nan, read[name])
    return read
