"""Is this the whole history of one unit, in order, with nothing left out and nothing put in?"""

from collections.abc import Sequence
from typing import Any

from cordula.ledger.merkle import leaf_hash
from cordula.passport import rows
from cordula.passport.format import Sheet
from cordula.passport.refusal import Reason, Refused
from cordula.passport.rows import Row
from cordula.vocabulary.words import _

LAST = "PassportIssued"


def check(sheet: Sheet, origin: str) -> list[Row]:
    """The entries' rows, once they are seen to be this unit's history from its first entry to the issue."""
    found = [_row(number, line.entry) for number, line in enumerate(sheet.lines, 1)]
    places = [
        _place(number, row, line.index, sheet.stream, origin)
        for number, (row, line) in enumerate(zip(found, sheet.lines, strict=True), 1)
    ]
    _check_versions([version for version, before in places])
    _check_links(sheet, [before for version, before in places])
    _check_times(sheet, found)
    _check_issued(found, sheet.stream)
    return found


def _row(number: int, entry: bytes) -> Row:
    try:
        return rows.read(entry)
    except rows.NotAnEntry as wrong:
        says = _("entry {number} is not an entry of a ledger of Cordula: {why}")
        raise Refused(Reason.NOT_AN_ENTRY, says.format(number=number, why=wrong)) from None


def _place(number: int, row: Row, index: int, stream: str, origin: str) -> tuple[int, str]:
    if row.value["origin"] != origin:
        says = _("entry {number} is of another ledger, {other}")
        other = row.value["origin"][:80]
        raise Refused(Reason.OTHER_LEDGER, says.format(number=number, other=other))
    place = row.place_in(stream)
    if place is None:
        says = _("entry {number} belongs to another unit: it concerns {others}, not {stream}")
        others = ", ".join(row.streams)
        raise Refused(Reason.OTHER_UNIT, says.format(number=number, others=others, stream=stream))
    if row.value["seq"] != index:
        says = _("entry {number} says it is number {seq} of the ledger, and is sealed as {index}")
        seq = row.value["seq"]
        raise Refused(Reason.MISPLACED, says.format(number=number, seq=seq, index=index))
    return place


def _check_versions(versions: Sequence[int]) -> None:
    for number, version in enumerate(versions, 1):
        if version == number:
            continue
        if version in versions[: number - 1]:
            says = _("entry {version} of this unit is in the file twice")
            raise Refused(Reason.REPEATED, says.format(version=version))
        if number in versions:
            says = _("entries {number} and {version} are in the wrong order")
            raise Refused(Reason.OUT_OF_ORDER, says.format(number=number, version=version))
        says = _("entry {number} of this unit is missing")
        raise Refused(Reason.MISSING, says.format(number=number))


def _check_links(sheet: Sheet, named: Sequence[str]) -> None:
    """Each entry names the leaf of the one before, so that neither can be exchanged."""
    previous = ""
    for number, (name, line) in enumerate(zip(named, sheet.lines, strict=True), 1):
        if name != previous:
            says = _("entry {number} does not follow on what stands before it: one was changed")
            raise Refused(Reason.UNLINKED, says.format(number=number))
        previous = leaf_hash(line.entry).hex()


def _check_times(sheet: Sheet, found: Sequence[Row]) -> None:
    """The ledger's numbers and its clock only go forward. Times of this one form sort as text."""
    last = (-1, "")
    for number, (row, line) in enumerate(zip(found, sheet.lines, strict=True), 1):
        place = line.index, row.value["at"]
        if place[0] <= last[0] or place[1] < last[1]:
            says = _("entry {number} is sealed before the entry it follows")
            raise Refused(Reason.OUT_OF_ORDER, says.format(number=number))
        last = place


def _check_issued(found: Sequence[Row], stream: str) -> None:
    """A history that stops early looks whole; only its issue, sealed as its last entry, says it is."""
    last: dict[str, Any] = found[-1].value if found else {"type": "", "body": {}}
    if last["type"] != LAST or f"unit:{last['body'].get('unit')}" != stream:
        says = _(
            "the last entry is not the issue of a passport of this unit: later entries are missing"
        )
        raise Refused(Reason.NOT_ISSUED, says)
