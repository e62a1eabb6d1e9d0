"""Were cells given as the lots were drawn? By arm, so for the closed part alone."""

from collections.abc import Iterator, Mapping

from cordula.events.theatre import Administered
from cordula.trial.design import Design
from cordula.trial.monitoring.frozen import Frozen
from cordula.vocabulary.identifiers import InfantId


def as_drawn(design: Design, facts: Frozen, arms: Mapping[InfantId, str]) -> Iterator[str]:
    """A sentence for each arm, and one more where the entry of a draw says something else of cells than its arm.

    facts: the record as it was frozen; arms: of each child of whom it is known, as drawn."""
    if not facts.allocation.randomised:
        return
    given = {name for name, infant in facts.infants if infant.has(Administered)}
    for arm in design.arms:
        drew = {infant for infant, one in arms.items() if one == arm.id}
        were = "1 was" if len(drew & given) == 1 else f"{len(drew & given)} were"
        yield f"Of {len(drew)} who drew “{arm.title}”, {were} given cells so far."
    if wrong := len(list(_wrong(design, facts, arms))):
        told = "The entry of 1 draw says" if wrong == 1 else f"The entries of {wrong} draws say"
        yield f"{told} that no cells are given, and the arm that was drawn has cells."


def _wrong(design: Design, facts: Frozen, arms: Mapping[InfantId, str]) -> Iterator[InfantId]:
    with_cells = {arm.id for arm in design.arms if arm.cells}
    for infant, draw in facts.allocation.randomised.items():
        if draw.no_cells and arms.get(infant) in with_cells:
            yield infant
