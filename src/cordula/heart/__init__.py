"""What does a change in the heart mean? A closed circulation of the newborn, whole or with its defects, as a model.

`load("norwood-bts").scaled(weight=…, age=…).steady()` answers with pressures, volumes, flows and saturations.
It explains; it never says what will become of a child."""

from cordula.heart.circuit import Circuit
from cordula.heart.library import load, names
from cordula.heart.refusals import CircuitRefused

__all__ = ["Circuit", "CircuitRefused", "load", "names"]
