"""Does a protocol decide as its cases say? Every row is judged, and printed with what was found."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol as Shape

from cordula.infants.infant import Infant
from cordula.protocols.cases.scene import Scene
from cordula.protocols.cases.table import FINDINGS, Case, Row, gaps, read_cases
from cordula.protocols.load import folder_named
from cordula.protocols.protocol import Protocol
from cordula.units.unit import Unit
from cordula.vocabulary.words import _

_WORDS = {status: words for words, status in FINDINGS.items()}


class Status(Shape):
    @property
    def value(self) -> str: ...


class Finding(Shape):
    """As much of a verdict's finding as is looked at here; the verdict itself is made above."""

    @property
    def criterion(self) -> str: ...
    @property
    def status(self) -> Status: ...
    @property
    def found(self) -> str: ...


class Gate(Shape):
    @property
    def findings(self) -> Sequence[Finding]: ...


class Verdict(Shape):
    @property
    def gates(self) -> Sequence[Gate]: ...


Judge = Callable[[Protocol, Unit | None, Infant | None, datetime], Verdict]


@dataclass(frozen=True, slots=True)
class Checked:
    """A row, what was found, and the sentence it was told in."""

    row: Row
    found: str
    says: str

    @property
    def passed(self) -> bool:
        return self.found == self.row.finding


@dataclass(frozen=True, slots=True)
class CaseReport:
    """Every case of a protocol with its rows judged; `gaps` tells what no row shows."""

    protocol: Protocol
    tables: tuple[tuple[Case, tuple[Checked, ...]], ...]
    gaps: tuple[str, ...]

    @property
    def rows(self) -> int:
        return sum(len(rows) for _case, rows in self.tables)

    @property
    def failed(self) -> tuple[tuple[Case, Checked], ...]:
        return tuple((c, row) for c, rows in self.tables for row in rows if not row.passed)

    @property
    def passed(self) -> bool:
        return not self.failed and not self.gaps


def check(protocol: Protocol, judge: Judge, folder: Path | None = None) -> CaseReport:
    """Runs the cases beside the protocol: those in the folder, else those of the library.

    Raises ProtocolRefused where the cases themselves are wrong."""
    cases = read_cases(protocol, folder or folder_named(protocol.id))
    tables = tuple((case, tuple(_checked(case, protocol, judge))) for case in cases)
    return CaseReport(protocol, tables, gaps(protocol, cases))


def _checked(case: Case, protocol: Protocol, judge: Judge) -> Iterator[Checked]:
    for row in case.rows:
        try:
            verdict = judge(protocol, *_scene(case, row, protocol).told())
        except ValueError as fault:
            yield Checked(row, _("cannot be read"), str(fault))
            continue
        finding = next(
            f for gate in verdict.gates for f in gate.findings if f.criterion == case.criterion
        )
        status = finding.status.value
        yield Checked(row, _WORDS.get(status, status), finding.found)


def _scene(case: Case, row: Row, protocol: Protocol) -> Scene:
    scene = Scene(protocol)
    for put, cell in zip(case.columns, row.facts, strict=True):
        put(scene, cell)
    return scene
