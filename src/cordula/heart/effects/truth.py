"""What is true of many infants under assumed effects? Plain arrays, as a trial simulation takes them."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from cordula.heart.circuit import Circuit
from cordula.heart.cohort_state import steady_many
from cordula.heart.effects.effect import Effect, amounts
from cordula.heart.expression import Values
from cordula.heart.levers import pulled


def truth(
    circuit: Circuit,
    parameters: Mapping[str, Values],
    effects: Sequence[Effect],
    days: float,
    outcomes: Sequence[str],
) -> Values:
    """The outcomes at a time under the effects, shape (infants, outcomes), in the units of `OUTCOMES`; nothing is read.

    `parameters`: as `steady_many` takes them, such as `cohort(…).parameters`. NaN where there is no steady state."""
    given = pulled(circuit, parameters, amounts(effects, days)) if effects else dict(parameters)
    found = steady_many(circuit, given)
    return np.stack([found[name] for name in outcomes], axis=1)


def pool(
    circuit: Circuit,
    parameters: Mapping[str, Values],
    outcome: str,
    days: float,
    first: Sequence[Effect],
    last: Sequence[Effect] = (),
) -> tuple[Values, NDArray[np.bool_]]:
    """Virtual infants for the simulation of a trial: baseline, outcome in the first arm, outcome in the last.

    Returns shape (infants, 3), only of those that have a steady state in all three; and which those are, shape
    (infants given,). What is left out is not random: a trial would be told of it. `cordula.trial` adds the error of
    reading from its scenario; do not add it twice."""
    columns = [
        truth(circuit, parameters, effects, at, (outcome,))[:, 0]
        for effects, at in (((), 0.0), (first, days), (last, days))
    ]
    infants = np.stack(columns, axis=1)
    sound = np.asarray(np.isfinite(infants).all(axis=1))
    return infants[sound], sound
