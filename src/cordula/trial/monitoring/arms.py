"""In which arm is each child? By the lot that she drew, or, where nobody draws lots, by what she was given.

Two origins that must never be taken for one another: `drawn` arms make a randomised comparison, `given` ones do not."""

from collections.abc import Mapping
from dataclasses import dataclass

from cordula.events.sealed import Disclosure
from cordula.events.theatre import Administered
from cordula.trial.allocation.commitment import opened
from cordula.trial.design import Design
from cordula.trial.monitoring.frozen import Frozen
from cordula.vocabulary.identifiers import InfantId

DRAWN, GIVEN = "drawn", "given"
# In place of an arm's number, where the arm of a child is not known.
CONCEALED = -1


@dataclass(frozen=True, slots=True)
class Arms:
    """origin: drawn or given. of: the arm of each child of whom it is known; a child without one is not compared."""

    origin: str
    of: Mapping[InfantId, str]


def drawn(facts: Frozen, words: Mapping[str, Disclosure]) -> Arms:
    """The arms as drawn. words: the disclosures by their digest; a draw without its words stays concealed.

    Raises NotTheList where the words are not those that were sealed."""
    draws = facts.allocation.randomised.items()
    told = {
        infant: opened(draw.sealed, words[draw.sealed.digest])
        for infant, draw in draws
        if draw.sealed.digest in words
    }
    return Arms(DRAWN, told)


def given(design: Design, facts: Frozen, operation: str) -> Arms:
    """The first arm for children who were given cells, the last for those who had the operation without them."""
    first, last = design.arms[0].id, design.arms[-1].id
    found = {}
    for name, infant in facts.infants:
        if infant.has(Administered):
            found[name] = first
        elif infant.performed(operation) is not None and len(design.arms) > 1:
            found[name] = last
    return Arms(GIVEN, found)


def arms_of(design: Design, facts: Frozen, operation: str, words: Mapping[str, Disclosure]) -> Arms:
    """As drawn where a list was committed to, else as given."""
    if facts.allocation.committed:
        return drawn(facts, words)
    return given(design, facts, operation)


WARNINGS = {
    DRAWN: "",
    GIVEN: (
        "No list of arms was committed to the ledger. The children are told apart by whether they were given cells, "
        "so this is not a randomised comparison: who was given cells was chosen, and the difference between the arms "
        "may be one between the children. More children would not put that right."
    ),
}
