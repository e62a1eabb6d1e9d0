"""How do the arms of the draws so far balance, list by list? By arm, so for the closed part alone."""

from collections.abc import Mapping
from dataclasses import replace

from cordula.trial.allocation import History, report
from cordula.trial.design import Design
from cordula.trial.report.document import Document, Section, Table
from cordula.vocabulary.identifiers import InfantId


def with_balance(
    document: Document, design: Design, history: History, arms: Mapping[InfantId, str], *more: str
) -> Document:
    """The closed report with its allocation as the second section; as it is where nobody drew.

    history: what was committed and drawn; arms: of each child of whom it is known; more: sentences that belong there too."""
    section = _balance(design, history, arms, more)
    if section is None:
        return document
    first, *others = document.sections
    return replace(document, sections=(first, section, *others))


def _balance(
    design: Design, history: History, arms: Mapping[InfantId, str], more: tuple[str, ...]
) -> Section | None:
    drawn = {
        name: [arms[one.infant] for one in history.draws_of(name) if one.infant in arms]
        for name in history.committed
    }
    if not any(drawn.values()):
        return None
    found = report(design, drawn)
    heads = ("List", *(arm.title for arm in design.arms))
    rows = tuple(
        (name, *(f"{counts[arm.id]}" for arm in design.arms))
        for name, counts in found.by_stratum.items()
    )
    said = (f"“{design.arms[0].title}” is {_ahead(found.ahead)} its share of the draws.", *more)
    table = Table("Draws of each list by arm", heads, rows)
    return Section(heading="Allocation", said=said, tables=(table,))


def _ahead(children: float) -> str:
    if children == 0:
        return "level with"
    told = "1 child" if abs(children) == 1 else f"{abs(children):g} children"
    return f"{told} {'ahead of' if children > 0 else 'behind'}"
