"""Which question is answered? An estimand with its five attributes, ICH E9(R1) A.3.3."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from cordula.vocabulary.quantity import Quantity


class Intercurrent(StrEnum):
    """What may happen after entry and change what a later value means, or whether there is one."""

    DEATH = "death"
    TRANSPLANT = "transplant"
    UNPLANNED_OPERATION = "unplanned_operation"


class Strategy(StrEnum):
    """What is done with such an event. The question changes with it, not only the analysis."""

    TREATMENT_POLICY = "treatment_policy"  # the value counts as it was measured
    HYPOTHETICAL = "hypothetical"  # as if the event had not happened: later values are left out
    COMPOSITE = "composite"  # the event is itself an outcome
    WHILE_ALIVE = "while_alive"  # what was measured before the event counts
    PRINCIPAL_STRATUM = "principal_stratum"  # children who would not have had it, in either arm


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimand:
    """Treatment, population, variable, intercurrent events with their strategies, and the summary.

    `set_to` is the value that stands for an event under a composite strategy of a continuous outcome."""

    treatment: str
    population: str
    variable: str
    intercurrent: Mapping[Intercurrent, Strategy]
    summary: str
    set_to: Quantity | None = None

    def strategy(self, event: Intercurrent) -> Strategy:
        return self.intercurrent[event]
