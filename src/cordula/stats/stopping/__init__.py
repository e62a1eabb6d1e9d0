"""When does a trial stop because too many infants come to harm, and how soon, and how often wrongly?"""

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
