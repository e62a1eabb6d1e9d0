"""What the site's commands answer: each as words for people and as values for programs."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from django.utils import timezone

from cordula.cli.failures import BadInput
from cordula.display import clin_datetime, plain
from cordula.events.record_keeping import PassportIssued
from cordula.events.sealed import Disclosure
from cordula.journey.verdict import Status, Verdict
from cordula.ledger import canonical
from cordula.passport.passport import CannotBeIssued, issue
from cordula.vocabulary.identifiers import DinNumber, NotAnIdentifier, SiteId, UnitId
from cordula_web.people.disclosures import disclosures_of
from cordula_web.people.models import Membership, Site
from cordula_web.records import commands, queries
from cordula_web.records.actions import record
from cordula_web.records.audit import audit
from cordula_web.records.command import sealed_digests
from cordula_web.records.findings import Problem, Progress, Report
from cordula_web.records.models import UnitCard
from cordula_web.records.proofs import Material, passport_material
from cordula_web.records.refusals import NotRecorded

MARKS = {
    Status.MET: "met",
    Status.MET_WITH_NOTE: "met, with a note",
    Status.EXCEPTION: "met by exception",
    Status.NOT_NEEDED: "not needed",
    Status.NOT_MET: "NOT MET",
    Status.UNKNOWN: "UNKNOWN",
    Status.WAITING_RESULT: "waiting for a result",
    Status.WAITING_SIGNATURE: "waiting for a signature",
    Status.LOCKED: "locked",
    Status.NOT_STARTED: "not started",
    Status.WITHDRAWN: "withdrawn",
}


@contextmanager
def refusals_in_one_line() -> Iterator[None]:
    """A refusal of the record, said as the command line says things."""
    try:
        yield
    except NotRecorded as refused:
        raise BadInput(str(refused)) from refused


# --- journey ----------------------------------------------------------------------------------


class ToldJourney:
    """Where a unit stands, gate by gate."""

    def __init__(self, din: str, state: str, site: Site, verdict: Verdict | None) -> None:
        self.din, self.state, self.site, self.verdict = din, state, site, verdict

    def in_words(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        practice = "  (practice data)" if self.site.practice else ""
        yield f"Unit {self.din}: {self.state.replace('_', ' ')}{practice}"
        if self.verdict is None:
            yield "The child is in no protocol, so nothing says what may be done."
            return
        verdict = self.verdict
        yield f"Protocol {verdict.protocol} {verdict.version}, {verdict.met} of {len(verdict.gates)} gates met"
        if verdict.stopped:
            yield verdict.stopped
        rows = [(gate.number, gate.title, gate.status, gate.found) for gate in verdict.gates]
        rows += [(step.number, step.title, step.status, step.because) for step in verdict.steps]
        yield from (_row(*row) for row in sorted(rows, key=lambda row: row[0]))
        if verdict.dose is not None and verdict.dose.volume is not None:
            kind = "Planned dose" if verdict.dose.planned else "Dose"
            yield plain(f"{kind}: {verdict.dose.volume}")
        for rung in verdict.ladder:
            late = "  LATE" if rung.late else ""
            yield plain(f"  {clin_datetime(rung.at, self.site.zone)}  {rung.says}{late}")

    def as_json(self) -> dict[str, Any]:
        return {"din": self.din, "state": self.state, "verdict": _plain(self.verdict)}


def _row(number: int, title: str, status: Status, says: str) -> str:
    return plain(f"  {number:>2} {title:<32} {MARKS[status]:<24} {says}")


def _plain(value: Any) -> Any:
    """Dataclasses, tuples and enums as JSON values; quantities and times as their text."""
    if hasattr(value, "__dataclass_fields__") and not hasattr(value, "unit"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def journey_of(text: str) -> ToldJourney:
    card, site = _card(text)
    with refusals_in_one_line():
        verdict = queries.verdict(
            UnitId(card.unit), site=site.site_id, now=timezone.now().astimezone(site.zone)
        )
    return ToldJourney(text, card.state, site, verdict)


def _card(text: str) -> tuple[UnitCard, Site]:
    try:
        din = DinNumber(text.replace(" ", "").upper())
    except NotAnIdentifier as wrong:
        raise BadInput(str(wrong)) from wrong
    card = UnitCard.objects.filter(din=str(din)).first()
    if card is None:
        raise BadInput(f"No unit here has the donation number {din}.")
    return card, Site.objects.get(id=card.site)


# --- audit and cards --------------------------------------------------------------------------


class ToldAudit:
    """What the audit looked at and found."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.in_order = report.sound

    def in_words(self) -> str:
        looked = ", ".join(f"{rows:,} {table}" for table, rows in self.report.looked_at.items())
        found = [f"  {problem}" for problem in self.report.problems]
        return "\n".join([f"Looked at: {looked}", *found, self._conclusion()])

    def _conclusion(self) -> str:
        problems = self.report.problems
        if not problems:
            return "Everything holds."
        if all(problem.table.endswith("_card") for problem in problems):
            return (
                f"The ledger holds. {len(problems)} cards are not what this version of Cordula makes of it: "
                "after an update run 'cordula rebuild-cards'; otherwise find out who changed them."
            )
        return f"{len(problems)} problems. Stop using this record, and keep the files as they are."

    def as_json(self) -> dict[str, Any]:
        return {
            "in_order": self.in_order,
            "looked_at": self.report.looked_at,
            "problems": [_problem(problem) for problem in self.report.problems],
        }


def _problem(problem: Problem) -> dict[str, str]:
    return {"table": problem.table, "row": problem.row, "says": problem.says}


def audit_report(*, quiet: bool) -> ToldAudit:
    return ToldAudit(audit(progress(quiet)))


class ToldRebuild:
    """Whether the cards were as the ledger says."""

    def __init__(self, differed: list[Problem]) -> None:
        self.differed = differed

    def in_words(self) -> str:
        if not self.differed:
            return "All cards were made anew. None differed."
        lines = [f"  {problem}" for problem in self.differed]
        return "\n".join([f"{len(self.differed)} cards differed, and were put right:", *lines])

    def as_json(self) -> dict[str, Any]:
        return {"differed": [_problem(problem) for problem in self.differed]}


def rebuilt_cards(*, quiet: bool) -> ToldRebuild:
    with refusals_in_one_line():
        return ToldRebuild(commands.rebuild_cards(progress(quiet)))


def progress(quiet: bool) -> Progress:
    """Say how far a long work is, on one line that is written over, where somebody is watching."""
    watching = not quiet and sys.stderr.isatty()

    def tell(what: str, done: int, total: int) -> None:
        if watching:
            end = "\n" if done >= total else "\r"
            click.echo(f"  {what}: {done:,} of {total:,}    {end}", nl=False, err=True)

    return tell


# --- checkpoint and passport ------------------------------------------------------------------


def signed_checkpoint() -> str:
    with refusals_in_one_line():
        return "\n".join(commands.checkpoint(timezone.now()).lines)


def issued_passport(text: str, target: Path, recipient: str, *, with_words: bool) -> str:
    """Record that the passport is handed out, seal it, and write it."""
    if not recipient.strip():
        raise BadInput("Say whom the passport is for: --recipient. Nothing was recorded.")
    card, site = _card(text)
    unit, now = UnitId(card.unit), timezone.now()
    with refusals_in_one_line():
        event = PassportIssued(unit=unit, recipient=recipient, by=_issuer(site.site_id), at=now)
        issued = record(event, key=f"passport-{unit}-{now.timestamp()}", site=site.site_id, now=now)
        material = passport_material(unit, site=site.site_id, now=now)
    data = _sealed(material, upto=issued.index, with_words=with_words)
    _put(data, target, issued.index)
    return (
        f"Wrote {target}: {len(data):,} bytes, true as of entry {issued.index}.\n"
        f"The recipient verifies it with: cordula verify {target.name} --key KEY\n"
        f"KEY is the ledger's public key: {public_key()}"
    )


def _put(data: bytes, target: Path, index: int) -> None:
    try:
        target.write_bytes(data)
    except OSError as fault:
        raise BadInput(
            f"{target} cannot be written: {fault.strerror}. The issue is recorded as entry {index}; issue it again"
            " to another place, and that is recorded too."
        ) from None


def _sealed(material: Material, *, upto: int, with_words: bool) -> bytes:
    """The passport ends with its own issue: what was recorded in the meantime belongs to the next one."""
    told = [
        pair for pair in zip(material.indexes, material.entries, strict=True) if pair[0] <= upto
    ]
    indexes, entries = [index for index, _ in told], [entry for _, entry in told]
    words: tuple[Disclosure, ...] = ()
    if with_words:
        digests = (d for entry in entries for d in sealed_digests(canonical.decode(entry)["body"]))
        words = disclosures_of(digests)
    try:
        return issue(entries, indexes, material.node, material.note, words)
    except CannotBeIssued as wrong:
        raise BadInput(f"The passport cannot be issued: {wrong}.") from None


def _issuer(site: SiteId) -> Any:
    """The command line acts as the site's quality assurance: whoever holds the record's files."""
    found = Membership.active.filter(site=str(site), role_name="quality").first()
    if found is None:
        raise BadInput("Nobody at this site has the role quality, which issues passports.")
    return found.account.account_id


def public_key() -> str:
    from cordula_web.records.outside import outside

    return outside().trusted_key().format()
