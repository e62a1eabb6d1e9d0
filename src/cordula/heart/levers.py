"""What changes together when one thing about a child changes: contractility, stiffness, a resistance, a leak.

Each circuit names its own levers, so that the same question can be asked of all of them."""

from collections.abc import Mapping

import numpy as np

from cordula.heart.circuit import Circuit
from cordula.heart.expression import Values
from cordula.heart.refusals import unknown
from cordula.heart.rows import evaluate
from cordula.stats.refusals import CannotBe


def pulled(
    circuit: Circuit, parameters: Mapping[str, Values], levers: Mapping[str, Values]
) -> dict[str, Values]:
    """The parameters with levers pulled: numbers by name as `steady_many` takes them.

    `levers`: by name (`Circuit.levers`), a factor for each infant or for all; for a leak, which is 0 in a sound
    valve, what is added to it in mL/s/mmHg. Raises `CannotBe` for a lever that this circuit does not have."""
    for lever in levers:
        if lever not in circuit.levers:
            raise CannotBe(f"{circuit.id}: {unknown('lever', lever, circuit.levers)}")
    given = {name: np.asarray(v, dtype=np.float64) for name, v in parameters.items()}
    arrays = (*given.values(), *(np.asarray(v) for v in levers.values()))
    count = max((len(values) for values in arrays if values.ndim), default=1)
    numbers = evaluate(circuit, given, count)
    for lever, amount in levers.items():
        for name in circuit.levers[lever]:
            given[name] = _changed(name, given.get(name, numbers[name]), np.asarray(amount))
    return given


def _changed(name: str, value: Values, amount: Values) -> Values:
    return np.asarray(value + amount if name.endswith(".leak") else value * amount)
