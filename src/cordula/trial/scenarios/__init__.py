"""The truths a design is tried under, read from a protocol: what is so in each arm, and what surrounds it.

Inputs, the same everywhere here unless a function says otherwise:

    protocol: a loaded protocol, such as `protocols.load.named(id)`"""

from cordula.trial.scenarios.reading import scenarios_of
from cordula.trial.scenarios.scenario import (
    Baseline,
    Hazard,
    Means,
    Scenario,
    Share,
    Spread,
    Survival,
)

__all__ = [
    "Baseline",
    "Hazard",
    "Means",
    "Scenario",
    "Share",
    "Spread",
    "Survival",
    "scenarios_of",
]
