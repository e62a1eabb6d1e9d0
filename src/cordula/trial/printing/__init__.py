"""What a simulation found, as text for people and as values for programs.

Inputs, the same everywhere here unless a function says otherwise:

    design, found: the design, and what `simulate` answered of it (for `curve` a list of (difference, answer))
    pairs: two answers for each scenario, of one design and of another
    shown, unit: example trials (`first_trials`), and the unit of their differences
    thing: any answer of the room `trial`"""

from cordula.trial.printing.characteristics import characteristics
from cordula.trial.printing.comparison import comparison
from cordula.trial.printing.curve import curve
from cordula.trial.printing.examples import examples
from cordula.trial.printing.values import values_of

__all__ = ["characteristics", "comparison", "curve", "examples", "values_of"]
