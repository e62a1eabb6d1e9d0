"""How does a design perform when this is the truth? Simulated trials, judged by the rules of the design itself."""

from cordula.trial.simulation.characteristics import OperatingCharacteristics, Rate
from cordula.trial.simulation.simulate import simulate

__all__ = ["OperatingCharacteristics", "Rate", "simulate"]
