"""Reads `cases.toml`, which stands beside a protocol and says by example how it decides."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cordula.protocols.cases.columns import Column, column
from cordula.protocols.criteria import Criterion, DoseInRange, Happened
from cordula.protocols.file.table import Faults, Table
from cordula.protocols.load import CASES, parse
from cordula.protocols.protocol import Protocol
from cordula.protocols.refusal import ProtocolRefused, not_known
from cordula.vocabulary.lines import lines_of
from cordula.vocabulary.words import _

FINDING = "finding"
# The words of a finding as they stand in a table, and the status of a verdict that each means.
FINDINGS: dict[str, str] = {
    "met": "met",
    "met, with a note": "met_with_note",
    "not met": "not_met",
    "not needed": "not_needed",
    "unknown": "unknown",
    "waiting for a result": "waiting_result",
    "waiting for a signature": "waiting_signature",
    "withdrawn": "withdrawn",
}
_MET = frozenset({"met", "met, with a note", "not needed"})
_NOT_MET = frozenset({"not met", "withdrawn"})


@dataclass(frozen=True, slots=True)
class Row:
    """The facts of one row, in the order of the columns, and what must be found."""

    facts: tuple[str, ...]
    finding: str


@dataclass(frozen=True, slots=True)
class Case:
    """One table: what is looked at, and in each row the facts and the finding."""

    criterion: str
    title: str
    headings: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def read_cases(protocol: Protocol, folder: Path) -> tuple[Case, ...]:
    """The cases in this folder; ProtocolRefused with every fault, each with its line."""
    path = folder / CASES
    text, values = parse(path)
    faults = Faults(str(path), lines_of(text))
    root = Table(values, (), faults)
    criteria = {c.id: c for gate in protocol.gates for c in gate.criteria}
    cases = tuple(_case(table, protocol, criteria) for table in root.tables("case"))
    root.done()
    if faults.found:
        raise ProtocolRefused(faults.found)
    return cases


def _case(table: Table, protocol: Protocol, criteria: Mapping[str, Criterion]) -> Case:
    name = table.word("criterion", lambda: criteria, _("a criterion of the protocol"))
    headings = table.texts("columns")
    if headings[-1:] != (FINDING,):
        table.tell(_("the last column is “finding”"), "columns")
    title = table.text("title", criteria[name].says if name in criteria else "")
    case = Case(
        criterion=name,
        title=title,
        headings=headings[:-1],
        columns=tuple(_columns(table, headings[:-1], protocol)),
        rows=tuple(_rows(table, len(headings))),
    )
    table.done()
    return case


def _columns(table: Table, headings: Sequence[str], protocol: Protocol) -> Iterator[Column]:
    for heading in headings:
        try:
            yield column(heading, protocol)
        except ValueError as fault:
            table.tell_whole(str(fault), "columns")


def _rows(table: Table, width: int) -> Iterator[Row]:
    rows = table.take("rows", list, _("a list of rows"), []) or []
    if not rows:
        table.tell(_("{table} needs “rows”").format(table=table.name))
    for number, cells in enumerate(rows, 1):
        if not isinstance(cells, list) or not all(isinstance(cell, str) for cell in cells):
            table.tell_whole(_("row {number} is not a list of texts").format(number=number), "rows")
        elif len(cells) != width:
            says = _("row {number} has {cells} cells, and there are {width} columns")
            table.tell_whole(says.format(number=number, cells=len(cells), width=width), "rows")
        elif cells[-1] not in FINDINGS:
            says = not_known(cells[-1], _("a finding"), FINDINGS)
            table.tell_whole(_("row {number}: {says}").format(number=number, says=says), "rows")
        else:
            yield Row(tuple(cells[:-1]), cells[-1])


def gaps(protocol: Protocol, cases: Sequence[Case]) -> tuple[str, ...]:
    """What the cases leave unsaid: each criterion is shown met, not met and unknown, unless it is open."""
    found = []
    for criterion in (c for gate in protocol.gates for c in gate.criteria):
        said = {row.finding for c in cases if c.criterion == criterion.id for row in c.rows}
        for word in _wanted(criterion, protocol, said):
            says = _("{criterion} has no row that is {word}")
            found.append(says.format(criterion=criterion.id, word=word))
    return tuple(found)


def _wanted(criterion: Criterion, protocol: Protocol, said: set[str]) -> Iterator[str]:
    if criterion.open:
        return
    open_dose = protocol.dose is None or protocol.dose.open
    if not (isinstance(criterion, DoseInRange) and open_dose):
        if not said & _MET:
            yield "met"
        # That something happened can be known or not known; that it will not happen, never.
        if not said & _NOT_MET and not isinstance(criterion, Happened):
            yield "not met"
    if "unknown" not in said:
        yield "unknown"
