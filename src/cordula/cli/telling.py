"""A verified passport: as text for people, as values for programs."""

from typing import Any

from cordula.display import din
from cordula.events.record_keeping import PassportIssued
from cordula.passport import words
from cordula.passport.passport import Verified

LATER = (
    "Anything after entry {index} of the ledger, {as_of} UTC. A hold or a recall recorded later is not in "
    "this file: ask the issuer for later events."
)
UNCHANGED = "That what was written is right. It proves who sealed it, and that nothing was changed or left out since."


def as_values(verified: Verified) -> dict[str, Any]:
    """What a program may want of a verified passport."""
    return {
        "verdict": "verified",
        "stream": verified.stream,
        "din": verified.unit.din,
        "state": verified.unit.state.value,
        "understood": verified.unit.understood,
        "issuer": verified.checkpoint.origin,
        "recipient": recipient(verified),
        "as_of": verified.as_of.isoformat(),
        "last_index": verified.envelopes[-1].index,
        "ledger_size": verified.checkpoint.size,
        "history": [_told_values(verified, told) for told in words.tell(verified)],
        "disclosures": [{"name": d.name, "value": d.value} for d in verified.disclosures],
        "not_proved": [later(verified), UNCHANGED],
    }


def _told_values(verified: Verified, told: words.Told) -> dict[str, Any]:
    envelope = verified.envelopes[told.version - 1]
    return {
        "version": told.version,
        "index": envelope.index,
        "at": told.at.isoformat(),
        "recorded_at": told.recorded_at.isoformat(),
        "by": envelope.event.by,
        "site": envelope.site,
        "what": told.what,
        "details": dict(told.details),
        "counts": told.counts,
    }


def in_words(verified: Verified) -> str:
    """The verdict, the history as a table, and what is not proved."""
    return "\n".join([*_head(verified), "", *_table(words.tell(verified)), "", *_limits(verified)])


def _head(verified: Verified) -> list[str]:
    unit, head = verified.unit, verified.checkpoint
    last = verified.envelopes[-1].index
    rows = (
        ("Unit", f"{din(unit.din) if unit.din else 'no donation number'}  ({verified.stream})"),
        ("State", unit.state.words + ("" if unit.understood else ", as far as understood")),
        ("Issued by", head.origin),
        ("Issued to", recipient(verified)),
        ("True as of", f"entry {last} of the ledger, {words.moment(verified.as_of)} UTC"),
    )
    return [
        "VERIFIED. The issuer sealed exactly this history, whole and in this order.",
        "",
        *(f"{label:<11} {text}" for label, text in rows),
        *_doubts(verified),
    ]


def _doubts(verified: Verified) -> list[str]:
    versions = words.not_understood(verified)
    if not versions:
        return []
    listed = ", ".join(map(str, versions))
    return ["", f"NOT UNDERSTOOD by this version of Cordula: entry {listed}. Decide nothing on it."]


def _table(history: list[words.Told]) -> list[str]:
    wide = max(len(told.what) for told in history)
    lines = [f"{'':>3}  {'When (UTC)':<17}  {'What':<{wide}}  Details"]
    for told in history:
        details = told.sentence if told.counts else f"(voided later) {told.sentence}"
        row = f"{told.version:>3}  {words.moment(told.at):<17}  {told.what:<{wide}}  {details}"
        lines.append(row.rstrip())
    return lines


def _limits(verified: Verified) -> list[str]:
    return ["What this does not prove:", f"  {later(verified)}", f"  {UNCHANGED}"]


def later(verified: Verified) -> str:
    last = verified.envelopes[-1].index
    return LATER.format(index=last, as_of=words.moment(verified.as_of))


def recipient(verified: Verified) -> str:
    issue = verified.envelopes[-1].event
    return issue.recipient if isinstance(issue, PassportIssued) else "not understood"
