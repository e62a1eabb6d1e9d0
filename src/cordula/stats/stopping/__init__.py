"""When does a trial stop because too many infants come to harm, and how soon, and how often wrongly?

Inputs, the same everywhere here unless a function says otherwise:

    looks: infants observed at each look, whole numbers, rising, from 1
    prior: beta (a, b) of the event rate
    threshold, certainty: stop when the rate is above `threshold` with more than this probability
    rule: a `StoppingRule`
    event: the events' name in the printed table

Source where neither a function nor its module names one: exact enumeration: Schultz et al. 1973,
doi:10.2307/2529087."""

from cordula.stats.stopping.boundaries import (
    beta_binomial_boundary,
    pocock_boundary,
    predictive_boundary,
)
from cordula.stats.stopping.characteristics import (
    Detection,
    SafetyCharacteristics,
    detection,
    operating_characteristics,
    stop_probability,
)
from cordula.stats.stopping.rule import Row, StoppingRule, printed, stopping_table

__all__ = [
    "Detection",
    "Row",
    "SafetyCharacteristics",
    "StoppingRule",
    "beta_binomial_boundary",
    "detection",
    "operating_characteristics",
    "pocock_boundary",
    "predictive_boundary",
    "printed",
    "stop_probability",
    "stopping_table",
]
