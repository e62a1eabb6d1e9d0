"""What a simulation found, as text for people and as values for programs."""

from cordula.trial.printing.characteristics import characteristics
from cordula.trial.printing.comparison import comparison
from cordula.trial.printing.curve import curve
from cordula.trial.printing.examples import examples
from cordula.trial.printing.values import values_of

__all__ = ["characteristics", "comparison", "curve", "examples", "values_of"]
