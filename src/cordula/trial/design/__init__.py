"""What was planned: arms, endpoints with their estimands, looks, rules. Frozen objects, read from a protocol."""

from cordula.trial.design.arms import Allocation, Arm
from cordula.trial.design.design import Design
from cordula.trial.design.endpoints import (
    Binary,
    Continuous,
    Endpoint,
    Hierarchical,
    Longitudinal,
    TimeToEvent,
)
from cordula.trial.design.estimand import Estimand, Intercurrent, Strategy
from cordula.trial.design.reading import design_of

__all__ = [
    "Allocation",
    "Arm",
    "Binary",
    "Continuous",
    "Design",
    "Endpoint",
    "Estimand",
    "Hierarchical",
    "Intercurrent",
    "Longitudinal",
    "Strategy",
    "TimeToEvent",
    "design_of",
]
