"""The report that a simulation's process wrote, read back as the page it becomes."""

from typing import Any

from cordula.trial.report import Document, Section, Table
from cordula.trial.report.figure import Figure
from cordula_web.trial_office.document_page import DocumentPage, page_of
from cordula_web.trial_office.jobs import Job


def result_of(job: Job) -> DocumentPage | None:
    """None while there is nothing to read."""
    row = job.result
    return None if row is None else page_of(document_of(row))


def document_of(row: dict[str, Any]) -> Document:
    """The document whose values these are."""
    return Document(
        kind=row["kind"],
        name=row["name"],
        title=row["title"],
        lead=row["lead"],
        facts=tuple((label, value) for label, value in row["facts"]),
        sections=tuple(_section(one) for one in row["sections"]),
    )


def _section(row: dict[str, Any]) -> Section:
    figure = row["figure"]
    return Section(
        heading=row["heading"],
        said=tuple(row["said"]),
        warnings=tuple(row["warnings"]),
        figure=Figure(**{**figure, "rows": _rows(figure["rows"])}) if figure else None,
        tables=tuple(_table(one) for one in row["tables"]),
    )


def _table(row: dict[str, Any]) -> Table:
    return Table(row["caption"], tuple(row["heads"]), _rows(row["rows"]), row["note"])


def _rows(rows: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row) for row in rows)
