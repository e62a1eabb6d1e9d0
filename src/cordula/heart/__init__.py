"""What does a change in the heart mean? A closed circulation of the newborn, whole or with its defects, as a model.

`load("norwood-bts").scaled(weight=…, age=…).steady()` answers with pressures, volumes, flows and saturations;
`what_if`, `explain_ef`, `fit` and `cohort` ask it questions. It explains; it never says what will become of a child."""

from cordula.heart.ask.cohort import cohort, cohort_blocks
from cordula.heart.ask.explain import explain_ef
from cordula.heart.ask.fitting.fit import fit
from cordula.heart.ask.what_if import what_if
from cordula.heart.circuit import Circuit
from cordula.heart.library import load, names
from cordula.heart.refusals import CircuitRefused

__all__ = [
    "Circuit",
    "CircuitRefused",
    "cohort",
    "cohort_blocks",
    "explain_ef",
    "fit",
    "load",
    "names",
    "what_if",
]
