"""How many virtual infants in a second of the processor, and how right are they?"""

from time import process_time

import numpy as np

from benchmarks.ratio import Ratio, interleaved
from cordula import heart
from cordula.heart.cohort_state import CohortState, steady_many
from cordula.stats.streams import stream

INFANTS, ROUNDS, CHECKED = 4096, 7, 512
PROMISED, STRETCH = 5_000, 20_000
SPREAD = {
    "RV.Ees": 0.2,
    "RV.A": 0.15,
    "RV.V0": 0.1,
    "sysL.R": 0.2,
    "sysU.R": 0.2,
    "pul.R": 0.25,
    "AO.C": 0.2,
    "volume": 0.08,
    "shunt_diameter": 0.04,
    "heart_rate": 0.08,
}


def measure() -> list[Ratio]:
    circuit, parameters = heart.load("norwood-bts"), _infants()
    steady_many(circuit, {name: values[:64] for name, values in parameters.items()})
    found: list[CohortState] = []
    (seconds,) = interleaved(
        ROUNDS, lambda: found.append(steady_many(circuit, parameters)), clock=process_time
    )
    note = (
        f"{found[-1].found.mean():.1%} found; against 2400 steps {_errors(found[-1], parameters)}"
    )
    rates = [INFANTS / each for each in seconds]
    told = "Norwood infants to the periodic state in a CPU-second"
    return [
        Ratio(
            "cohort",
            f"{told} / the promised 5 000",
            f"{INFANTS}",
            _over(rates, PROMISED),
            "≥ 1",
            note,
        ),
        Ratio("cohort", f"{told} / 20 000", f"{INFANTS}", _over(rates, STRETCH), "stretch: ≥ 1"),
    ]


def _over(rates: list[float], promised: int) -> tuple[float, ...]:
    return tuple(rate / promised for rate in rates)


def _infants() -> dict[str, np.ndarray]:
    """Ten numbers of each infant, lognormal about those of the circuit."""
    own = heart.load("norwood-bts").scaled().numbers()
    draw = stream(20261122, "benchmark of the cohort")
    return {
        name: own[name] * np.exp(draw.normal(0, spread, INFANTS)) for name, spread in SPREAD.items()
    }


def _errors(found: CohortState, parameters: dict[str, np.ndarray]) -> str:
    part = {name: values[:CHECKED] for name, values in parameters.items()}
    exact = steady_many(heart.load("norwood-bts"), part, steps=2400, tolerance_ml=1e-7)
    told = []
    for outcome, words in (
        ("ejection_fraction", "EF"),
        ("mean_arterial_pressure", "mean pressure"),
    ):
        off = np.nanmax(np.abs(found[outcome][:CHECKED] / exact[outcome] - 1))
        told.append(f"{words} is off by {off:.3%} at most")
    return ", ".join(told)
