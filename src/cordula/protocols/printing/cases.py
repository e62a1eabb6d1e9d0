"""The cases of a protocol as tables, each row with a mark: does the protocol decide as it says?"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cordula.protocols.printing.layout import WIDTH, grid, hanging, heading
from cordula.protocols.protocol import Protocol
from cordula.vocabulary.words import _

if TYPE_CHECKING:
    from cordula.protocols.cases.checking import CaseReport, Checked
    from cordula.protocols.cases.table import Case

PASSED, FAILED = "✓", "✗"


def case_tables(report: "CaseReport") -> str:
    """Every table, then what failed and what no row shows, then one line that sums up."""
    protocol = report.protocol
    lines = [protocol.title, f"{protocol.id}, {_('version')} {protocol.version}"]
    for case, rows in report.tables:
        lines += _table(case, rows, protocol)
    lines += _gaps(report)
    lines += ["", _sum(report)]
    return "\n".join(lines) + "\n"


def _table(case: "Case", rows: "Sequence[Checked]", protocol: Protocol) -> Iterator[str]:
    yield ""
    criterion = next(c for g in protocol.gates for c in g.criteria if c.id == case.criterion)
    yield from hanging(case.title, 7, case.criterion)
    yield from hanging(f"{criterion.says} [{criterion.source}]", 7)
    cells = [("", *(h.replace("_", " ") for h in case.headings), _("finding"))]
    cells += [
        (
            PASSED if row.passed else FAILED,
            *(_cell(fact) for fact in row.row.facts),
            row.row.finding,
        )
        for row in rows
    ]
    yield from grid(cells, 2, _widest(cells))
    for row in rows:
        if not row.passed:
            says = _("Found “{found}” where “{wanted}” was expected: {says}")
            told = says.format(found=row.found, wanted=row.row.finding, says=row.says)
            yield from hanging(told, 5, f"  {FAILED}")


def _widest(cells: Sequence[Sequence[str]]) -> int:
    """How wide a cell may be, so that all columns of facts fit beside the mark and the finding."""
    findings = max(len(row[-1]) for row in cells)
    facts = max(len(cells[0]) - 2, 1)
    return (WIDTH - 5 - findings) // facts - 2


def _cell(fact: str) -> str:
    return fact.replace("_", " ") or "–"


def _gaps(report: "CaseReport") -> Iterator[str]:
    if report.gaps:
        yield from heading(_("Not shown by any row"))
        for gap in report.gaps:
            yield from hanging(gap, 5, f"  {FAILED}")


def _sum(report: "CaseReport") -> str:
    told = _("{rows} rows, {failed} failed; {gaps} not shown.").format(
        rows=report.rows, failed=len(report.failed), gaps=len(report.gaps)
    )
    return f"{PASSED if report.passed else FAILED} {told}"
