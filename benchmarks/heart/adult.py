"""One beat of the published adult, ours against the peers', at the same error.

The error of a solver is the mean, over adults of nearby heart rates, of its worst relative error in five outcomes:
a single adult would let luck decide where the lowest pressure falls between two steps."""

from collections.abc import Mapping, Sequence
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from time import process_time

import numpy as np

from benchmarks.heart.peers import svzerod_outcomes
from benchmarks.ratio import Act, Ratio, interleaved, quotients
from cordula import heart
from cordula.heart.cohort_state import steady_many
from cordula.heart.kernel.compiled import carrier
from cordula.heart.kernel.run import LANES, Lanes
from cordula.heart.rows import evaluate, rows

READ = (
    "end_diastolic_volume",
    "end_systolic_volume",
    "systolic_pressure",
    "diastolic_pressure",
    "mean_arterial_pressure",
)
RATES = 75.0 * np.linspace(0.95, 1.05, 16)
# The fewest steps that are stable for all of them, so that none is given more than are timed.
STEPS, EXACT = 244, 19200
# From coarse to fine.
POINTS = (101, 151, 201, 251, 301, 401, 601, 801)
# Steps of the peer that knows Euler's method only, from coarse to fine.
EULER_S = (0.001, 0.0005, 0.0002, 0.0001)
ROUNDS, BEATS, COHORT = 7, 40, 1024


def measure() -> list[Ratio]:
    return [*_against_svzerod(), *_against_circulation()]


def _against_svzerod() -> list[Ratio]:
    if find_spec("svzerod") is None:
        return [_missing("svzerod")]
    ours = _our_error()
    points, theirs = _peer_no_better_than(ours)
    one, many, peer = interleaved(
        ROUNDS,
        _beats_of(1),
        _beats_of(COHORT),
        partial(svzerod_outcomes, points, BEATS),
        clock=process_time,
    )
    note = (
        f"{STEPS} steps, mean worst error {ours:.3f} %, against {points} points, {theirs:.3f} %;"
        " 64-bit, no start-up counted"
    )
    cohort = [seconds / COHORT for seconds in many]
    return [
        Ratio(
            "adult",
            "a beat of svzerod / a beat of ours, one infant",
            f"{BEATS} beats",
            quotients(peer, one),
            "≥ 150",
            note,
        ),
        Ratio(
            "adult",
            "a beat of svzerod / a beat of ours, each of a cohort",
            f"{BEATS} beats × {COHORT}",
            quotients(peer, cohort),
            "≥ 600",
        ),
        _to_the_periodic_state(points),
    ]


def _to_the_periodic_state(points: int) -> Ratio:
    """What a person waits for: start to answer, with everything around the beats."""
    adult = heart.load("regazzoni-adult").scaled()
    adult.steady(STEPS, 1e-3)
    ours, theirs = interleaved(
        ROUNDS,
        lambda: adult.steady(STEPS, 1e-3),
        lambda: svzerod_outcomes(points, 30),
        clock=process_time,
    )
    compared = "30 beats of svzerod / our periodic state with all outcomes"
    return Ratio("adult", compared, "1 adult", quotients(theirs, ours))


def _beats_of(count: int) -> Act:
    """A function that carries so many adults through the beats."""
    circuit = heart.load("regazzoni-adult")
    told = rows(circuit, evaluate(circuit, {"heart_rate": np.full(count, 75.0)}, count))
    states = np.repeat(circuit.scaled().steady().state.states, count, axis=1)  # type: ignore[union-attr]
    lanes = Lanes(circuit.layout, told)
    lanes.beat(states, STEPS)
    carry = carrier(circuit.layout.shape, LANES if count > 1 else 1)
    empty = np.empty((0, 0, 0, 0))

    def beats() -> None:
        for _ in range(BEATS):
            carry(lanes._bundles, STEPS, False, empty)

    return beats


@cache
def _exact() -> Mapping[str, np.ndarray]:
    adult = heart.load("regazzoni-adult")
    return steady_many(adult, {"heart_rate": RATES}, steps=EXACT, tolerance_ml=1e-8).outcomes


def _our_error() -> float:
    adult = heart.load("regazzoni-adult")
    found = steady_many(adult, {"heart_rate": RATES}, steps=STEPS, tolerance_ml=1e-6)
    return _error([{name: found[name][i] for name in READ} for i in range(len(RATES))])


def _error(found: Sequence[Mapping[str, float] | None]) -> float:
    """In per cent; an adult whom the peer could not solve is left out for it."""
    worst = [
        max(abs(each[name] / _exact()[name][i] - 1) for name in READ)
        for i, each in enumerate(found)
        if each is not None
    ]
    return float(np.mean(worst)) * 100


def _peer_no_better_than(ours: float) -> tuple[int, float]:
    """The peer's finest grid whose error is no smaller than ours: there our error is at least as good.

    Its extremes are read at its points and between them, and the better reading counts."""
    chosen = (POINTS[0], _peer_error(POINTS[0]))
    for points in POINTS[1:]:
        error = _peer_error(points)
        if error < ours:
            break
        chosen = (points, error)
    return chosen


def _peer_error(points: int) -> float:
    return min(
        _error([_told(points, rate, between) for rate in RATES]) for between in (False, True)
    )


def _told(points: int, rate: float, between: bool) -> Mapping[str, float] | None:
    try:
        return svzerod_outcomes(points, BEATS, rate, between)
    except RuntimeError:
        return None


def _against_circulation() -> list[Ratio]:
    if find_spec("circulation") is None:
        return [_missing("circulation")]
    ours, chosen = _our_error(), EULER_S[0]
    errors = {step: _euler_error(step) for step in EULER_S}
    for step, error in errors.items():
        chosen = step if error >= ours else chosen
    one, many, peer = interleaved(
        5, _beats_of(1), _beats_of(COHORT), lambda: _euler_beat(chosen), clock=process_time
    )
    each = [seconds / BEATS / COHORT for seconds in many]
    note = (
        f"circulation takes Euler steps of {chosen * 1000:g} ms, whose error by halving them is"
        f" {errors[chosen]:.3f} %; ours {ours:.3f} %"
    )
    told = "a beat of circulation / a beat of ours"
    alone = quotients(peer, [seconds / BEATS for seconds in one])
    return [
        Ratio("adult", f"{told}, one infant", "1 beat", alone, "≥ 10 000", note),
        Ratio("adult", f"{told}, each of a cohort", "1 beat", quotients(peer, each), "≥ 10 000"),
    ]


def _euler_error(step_s: float) -> float:
    """In per cent, of a method of first order: twice what half the step changes."""
    whole, half = _euler_beat(step_s), _euler_beat(step_s / 2)
    return 200 * float(np.max(np.abs(whole / half - 1)))


def _euler_beat(step_s: float) -> np.ndarray:
    """The peer's five outcomes of its first beat, in the order of `READ`."""
    import logging
    from tempfile import TemporaryDirectory

    from circulation.regazzoni2020 import Regazzoni2020

    logging.disable(logging.INFO)
    with TemporaryDirectory() as empty:
        told = Regazzoni2020(outdir=Path(empty)).solve(num_beats=1, dt=step_s)
    volume, pressure = told["V_LV"], told["p_AR_SYS"]
    extremes = (volume.max(), volume.min(), pressure.max(), pressure.min())
    return np.array([*extremes, pressure.mean()])


def _missing(peer: str) -> Ratio:
    return Ratio("adult", f"{peer} is not installed here: requirements/bench.txt brings it", "", ())
