"""What did the issuer seal about this unit? `issue` writes it down; `verify` believes nothing without proof.

Both are pure. Verifying needs no network and no account: only the file, and the issuer's key, which has to
come another way than the file.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from cordula.events.codec import NotReadable
from cordula.events.envelope import Envelope, Place, open_entry
from cordula.events.event import NotUnderstood
from cordula.events.sealed import Disclosure
from cordula.ledger import batch, checkpoint, note
from cordula.ledger.checkpoint import Checkpoint, open_checkpoint
from cordula.ledger.merkle import Node, NotProven, leaf_hash
from cordula.ledger.note import Key
from cordula.ledger.refusal import Refused as LedgerRefused
from cordula.passport import disclosed, history, rows
from cordula.passport.format import SIZE_MAX, Line, Sheet, format, mark, parse
from cordula.passport.refusal import Reason, Refused
from cordula.passport.rows import Row
from cordula.units.unit import Unit
from cordula.vocabulary.identifiers import AccountId, SiteId, Stream
from cordula.vocabulary.words import _


class CannotBeIssued(Exception):
    """These entries make no passport. The text says what is missing."""


@dataclass(frozen=True, slots=True)
class Verified:
    """A unit's history that the issuer sealed, whole up to `as_of`. What came later it cannot say."""

    stream: Stream
    unit: Unit
    envelopes: tuple[Envelope, ...]
    checkpoint: Checkpoint
    disclosures: tuple[Disclosure, ...]
    as_of: datetime


def issue(
    entries: Sequence[bytes],
    indexes: Sequence[int],
    node: Node,
    signed: str,
    disclosures: Iterable[Disclosure] = (),
) -> bytes:
    """The passport of the unit whose whole history these entries are, the last being its issue.

    `node` gives the ledger's hashes (such as `tiles.Tiles`) and `signed` is a checkpoint that covers the
    last entry. Raises CannotBeIssued for what its own verifier would refuse."""
    head = checkpoint.parse(note.parse(signed).text)
    lines = tuple(Line.of(*pair) for pair in zip(indexes, entries, strict=True))
    told = tuple(sorted({disclosed.encode(disclosure) for disclosure in disclosures}))
    try:
        hashes = tuple(batch.prove_together(node, indexes, head.size))
        sheet = Sheet(_stream_of(entries), lines, hashes, told, signed)
        _check_contents(sheet, head)
    except LedgerRefused as wrong:
        raise CannotBeIssued(str(wrong)) from wrong
    data = format(sheet)
    if len(data) > SIZE_MAX:
        says = _("the passport would have {size} bytes; it may have {limit}")
        raise CannotBeIssued(says.format(size=len(data), limit=SIZE_MAX))
    return data


def verify(
    data: bytes, keys: Collection[Key], *, witnesses: Collection[Key] = (), quorum: int = 0
) -> Verified:
    """What this file proves, if it is what the holder of one of `keys` sealed; raises Refused, and nothing else."""
    sheet = parse(data)
    head = _trusted(sheet.signed, keys, witnesses, quorum)
    found, disclosures = _check_contents(sheet, head)
    pairs = zip(sheet.lines, found, strict=True)
    envelopes = tuple(_open(line.entry, row, sheet.stream) for line, row in pairs)
    return Verified(
        stream=Stream(sheet.stream),
        unit=Unit.replay(envelope.event for envelope in envelopes),
        envelopes=envelopes,
        checkpoint=head,
        disclosures=disclosures,
        as_of=envelopes[-1].recorded_at,
    )


def _stream_of(entries: Sequence[bytes]) -> str:
    """What the last entry is mainly about. If that is not the issue to a unit, the check of the history says so."""
    return rows.read(entries[-1]).streams[0] if entries else ""


def _trusted(
    signed: str, keys: Collection[Key], witnesses: Collection[Key], quorum: int
) -> Checkpoint:
    origin = _origin(signed)
    if all(key.name != origin for key in keys):
        says = _("it was issued by {origin}, and no key of that ledger was given")
        raise Refused(Reason.UNKNOWN_ORIGIN, says.format(origin=origin[:80]))
    try:
        head = open_checkpoint(signed, keys)
    except LedgerRefused as wrong:
        raise Refused(Reason.NOT_SIGNED, str(wrong)) from None
    try:
        if quorum or witnesses:
            open_checkpoint(signed, keys, witnesses=witnesses, quorum=quorum)
    except LedgerRefused as wrong:
        raise Refused(Reason.NOT_COSIGNED, str(wrong)) from None
    return head


def _origin(signed: str) -> str:
    try:
        return checkpoint.parse(note.parse(signed).text).origin
    except LedgerRefused as wrong:
        says = _("its checkpoint cannot be read: {why}")
        raise Refused(Reason.MALFORMED, says.format(why=wrong)) from None


def _check_contents(sheet: Sheet, head: Checkpoint) -> tuple[list[Row], tuple[Disclosure, ...]]:
    """Everything that follows once the checkpoint is believed, from the leaves to the disclosures."""
    _check_marks(sheet)
    try:
        _check_sealed(sheet, head)
    except NotProven as wrong:
        # The history can often name what was left out or put in. If it cannot, only this is certain.
        history.check(sheet, head.origin)
        says = _("the entries do not lead to the sealed root, so something was changed: {why}")
        raise Refused(Reason.NOT_SEALED, says.format(why=wrong)) from None
    found = history.check(sheet, head.origin)
    digests = {digest for row in found for digest in row.sealed_digests()}
    return found, disclosed.check(sheet.disclosures, digests)


def _check_marks(sheet: Sheet) -> None:
    for number, line in enumerate(sheet.lines, 1):
        if mark(leaf_hash(line.entry)) != line.mark:
            says = _("entry {number} was edited: its leaf is not the one sealed as {index}")
            raise Refused(Reason.EDITED, says.format(number=number, index=line.index))


def _check_sealed(sheet: Sheet, head: Checkpoint) -> None:
    leaves = {line.index: leaf_hash(line.entry) for line in sheet.lines}
    if len(leaves) != len(sheet.lines):
        raise NotProven(_("two of them stand at one index"))
    if batch.root_of_batch(leaves, head.size, sheet.hashes) != head.root:
        raise NotProven(_("they give another root"))


def _open(entry: bytes, row: Row, stream: str) -> Envelope:
    """The entry, with its event not understood where this version cannot read the body."""
    try:
        return open_entry(entry)
    except (NotReadable, LookupError, TypeError, ValueError):
        return _not_understood(row, Stream(stream))


def _not_understood(row: Row, stream: Stream) -> Envelope:
    value = row.value
    event = NotUnderstood(
        by=AccountId(value["actor"]),
        at=datetime.fromisoformat(value["occ"]),
        kind=value["type"],
        schema=value["schema"],
        streams=(stream,),
    )
    version, previous = row.place_in(stream) or (0, "")
    return Envelope(
        origin=value["origin"],
        index=value["seq"],
        recorded_at=datetime.fromisoformat(value["at"]),
        key=value["idem"],
        site=SiteId(value["site"]),
        places=(Place(stream, version, previous),),
        event=event,
    )
