"""The truths a design is tried under, read from a protocol: what is so in each arm, and what surrounds it."""

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
