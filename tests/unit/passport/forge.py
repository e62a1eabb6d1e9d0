"""A small ledger with two units in it, the passport of one, and the tools of somebody who wants it otherwise."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from cordula.events.before_birth import Expected
from cordula.events.collection import Collected
from cordula.events.envelope import Envelope, Place, seal
from cordula.events.event import Event
from cordula.events.quality import Quarantined, QuarantineLifted
from cordula.events.record_keeping import PassportIssued
from cordula.events.sealed import Disclosure, Sealing
from cordula.ledger import batch, checkpoint, merkle
from cordula.ledger.checkpoint import Checkpoint
from cordula.ledger.note import Signer
from cordula.passport.format import Line, Sheet, format, parse
from cordula.passport.passport import issue
from cordula.vocabulary.identifiers import SiteId, Stream, UnitId, stream_of
from tests import cast

ORIGIN = "ledger.example.org/cordula"
SIGNER = Signer(ORIGIN, bytes(range(32)))
STRANGER = Signer(ORIGIN, bytes(range(100, 132)))
KEYS = [SIGNER.key]


@dataclass
class Book:
    """A ledger in memory, as the site keeps one in its database."""

    origin: str = ORIGIN
    signer: Signer = SIGNER
    entries: list[bytes] = field(default_factory=list)
    last_at: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    _heads: dict[Stream, tuple[int, str]] = field(default_factory=dict)
    _of: dict[Stream, list[int]] = field(default_factory=dict)

    def add(self, event: Event) -> None:
        places = tuple(self._next_place(stream) for stream in event.concerns())
        index = len(self.entries)
        self.last_at = max(self.last_at, event.at + timedelta(seconds=5))
        envelope = Envelope(
            origin=self.origin,
            index=index,
            recorded_at=self.last_at,
            key=f"0192f0c1-7a55-7c11-8e0d-{index:012d}",
            site=SiteId("ward-3"),
            places=places,
            event=event,
        )
        self.append(seal(envelope), places)

    def append(self, entry: bytes, places: Iterable[Place]) -> None:
        leaf = merkle.leaf_hash(entry).hex()
        for place in places:
            self._heads[place.stream] = place.version, leaf
            self._of.setdefault(place.stream, []).append(len(self.entries))
        self.entries.append(entry)

    def add_all(self, events: Iterable[Event]) -> "Book":
        for event in events:
            self.add(event)
        return self

    @property
    def leaves(self) -> list[bytes]:
        return [merkle.leaf_hash(entry) for entry in self.entries]

    @property
    def node(self) -> merkle.Node:
        return merkle.in_memory(self.leaves)

    def signed(self, by: Signer | None = None) -> str:
        head = Checkpoint(self.origin, len(self.entries), merkle.root(self.leaves))
        return (by or self.signer).sign(checkpoint.format(head))

    def indexes(self, unit: UnitId) -> list[int]:
        return self._of[stream_of(unit)]

    def passport(self, unit: UnitId, disclosures: Sequence[Disclosure] = ()) -> bytes:
        indexes = self.indexes(unit)
        entries = [self.entries[index] for index in indexes]
        return issue(entries, indexes, self.node, self.signed(), disclosures)

    def forged(self, unit: UnitId, lines: Sequence[Line]) -> bytes:
        """What somebody with the whole ledger at hand can make of these lines: every mark and hash is right."""
        placed = {line.index for line in lines}
        hashes = batch.prove_together(self.node, placed, len(self.entries))
        return format(Sheet(stream_of(unit), tuple(lines), tuple(hashes), (), self.signed()))

    def _next_place(self, stream: Stream) -> Place:
        version, leaf = self._heads.get(stream, (0, ""))
        return Place(stream, version + 1, leaf)


SEALING = Sealing(random_bytes=lambda size: bytes(range(size)))


def issued(unit: UnitId = cast.UNIT) -> PassportIssued:
    return PassportIssued(
        unit=unit,
        recipient="St. Nicholas Hospital, cell laboratory",
        by=cast.QUALITY,
        at=cast.after_birth(days=173),
    )


def held() -> list[Event]:
    """A hold and its end, whose reasons are sealed words."""
    sealing = Sealing(random_bytes=lambda size: bytes(range(size)))
    when = cast.after_birth(days=151)
    reason = sealing("reason", "the seal of the bag was torn — “Möbius” tape")
    lifted = sealing("reason", "photographed; the bag is whole")
    DISCLOSURES[:] = sealing.disclosures
    return [
        Quarantined(unit=cast.UNIT, reason=reason, by=cast.QUALITY, at=when),
        QuarantineLifted(
            unit=cast.UNIT, reason=lifted, by=cast.QUALITY, at=when + timedelta(hours=3)
        ),
    ]


DISCLOSURES: list[Disclosure] = []


def of_noor(event: Event) -> Event:
    """The same, as it happened to the other unit."""
    changes = {"unit": cast.OTHER_UNIT, "infant": cast.NOOR, "units": (cast.OTHER_UNIT,)}
    return replace(event, **{k: v for k, v in changes.items() if hasattr(event, k)})


def lives_of_two(events: Sequence[Event]) -> Book:
    """Both units' events by turns, and the passports of both."""
    book = Book()
    for event in events:
        book.add(event)
        book.add(of_noor(event))
    return book.add_all([issued(), issued(cast.OTHER_UNIT)])


def whole() -> Book:
    """A whole life, with a hold in it."""
    before = cast.whole_life()[: -len(cast.theatre())]
    return lives_of_two([*before, *held(), *cast.theatre()])


def short() -> Book:
    """Five entries of one unit: enough for every forgery, small enough to try every bit."""
    first = [event for event in cast.whole_life() if isinstance(event, Expected | Collected)]
    return lives_of_two([*first, *held()])


def lines(data: bytes) -> list[Line]:
    return list(parse(data).lines)


def with_lines(data: bytes, changed: Sequence[Line]) -> bytes:
    """The file with other entries, and nothing else done about it."""
    return format(replace(parse(data), lines=tuple(changed)))


def edited(line: Line, old: bytes, new: bytes) -> Line:
    """The entry changed, and its mark with it."""
    assert old in line.entry
    return Line.of(line.index, line.entry.replace(old, new))
