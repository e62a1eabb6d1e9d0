"""What `cordula monitor` answers: the open part of a trial, as words for people and as values for programs."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils import timezone

from cordula.cli.failures import BadInput
from cordula.stats.refusals import CannotBe
from cordula.trial.monitoring import open_part
from cordula.trial.report import Document, Section, Table, open_report, write
from cordula_web.people.models import Site
from cordula_web.records import queries
from cordula_web.records.refusals import NotRecorded
from cordula_web.trial_office.facts import Trial, approved, trial_of


class ToldTrial:
    """The open report; the same that the trial office shows."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def in_words(self) -> str:
        return "\n".join(_lines(self.document))

    def as_json(self) -> dict[str, Any]:
        """Without the pictures, whose rows stand in the tables."""
        told = asdict(self.document)
        for section in told["sections"]:
            section.pop("figure")
        return told

    def write(self, folder: Path) -> Path:
        try:
            return write(self.document, folder, timezone.now())[0]
        except OSError as closed:
            raise BadInput(f"--report {folder}: nothing can be written there: {closed}") from closed


def monitored(name: str, site_id: str | None, version: str | None, size: int | None) -> ToldTrial:
    """Raises BadInput where there is no such trial, or the ledger never had that size."""
    found = _trial(name, _site(site_id), version)
    newest = queries.as_of().index + 1
    if size is not None and size > newest:
        raise BadInput(
            f"--size {size}: the ledger has {newest} entries, so 1 to {newest} are right."
        )
    try:
        facts = found.at(size or newest)
    except NotRecorded as refused:
        raise BadInput(str(refused)) from refused
    return ToldTrial(open_report(found.plan, open_part(found.plan, facts)))


def _site(site_id: str | None) -> Site:
    known = {site.id: site for site in Site.objects.order_by("id")}
    if site_id is None and len(known) == 1:
        return next(iter(known.values()))
    if site_id not in known:
        raise BadInput(f"--site: one of {', '.join(known)} is needed.")
    return known[site_id]


def _trial(name: str, site: Site, version: str | None) -> Trial:
    there = approved(site.site_id)
    wanted = [one for one in there if one.protocol_file == name and version in (None, one.version)]
    if not wanted:
        told = ", ".join(f"{one.protocol_file} {one.version}" for one in there) or "none"
        raise BadInput(
            f"{name} {version or ''}".strip() + f" is not in force here. In force: {told}."
        )
    try:
        found = trial_of(name, wanted[0].version, site.site_id)
    except CannotBe as impossible:
        raise BadInput(f"{name}: {impossible}") from impossible
    if found is None:
        raise BadInput(f"{name} {wanted[0].version} is in force, and its files are not installed.")
    return found


def _lines(document: Document) -> Iterator[str]:
    from cordula.protocols.printing.layout import columns, hanging

    yield document.title
    yield from hanging(document.mark, 2, "  ")
    yield from hanging(document.lead, 2, "  ")
    yield from columns([(f"  {label}", value) for label, value in document.facts])
    for section in document.sections:
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    from cordula.protocols.printing.layout import hanging, heading

    yield from heading(section.heading)
    for text in (*section.warnings, *section.said):
        yield from hanging(text, 2, "  ")
    for table in section.tables:
        yield from _table(table)


def _table(table: Table) -> Iterator[str]:
    from cordula.protocols.printing.layout import columns

    yield f"  {table.caption}"
    yield from columns([table.heads, *table.rows], 4)
