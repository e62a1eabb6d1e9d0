"""What has happened so far to these subjects? Histories out of the ledger, remembered by the leaf they end in."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Lock

from django.db import connection

from cordula.events.envelope import Envelope, open_entry
from cordula.events.history import History
from cordula.infants.infant import Infant
from cordula.units.place import Place
from cordula.units.unit import Unit
from cordula.vocabulary.identifiers import SiteId, Stream
from cordula_web.records.round_trip import Rows, Statement, together

KINDS: Mapping[str, type[History]] = {"unit": Unit, "infant": Infant, "place": Place}
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Told:
    """One history as recorded, with where it stands. An empty one has version 0 and no site."""

    stream: Stream
    history: History
    leaf: bytes = b""
    site: SiteId | None = None
    recorded_at: datetime = NEVER

    @property
    def version(self) -> int:
        return self.history.version

    def after(self, new: Sequence[tuple[Envelope, bytes]]) -> "Told":
        """The history with these entries and their leaves added."""
        if not new:
            return self
        events = (*self.history.events, *(envelope.event for envelope, _ in new))
        newest, leaf = new[-1]
        return replace(
            self,
            history=type(self.history)(events),
            leaf=leaf,
            site=self.site or new[0][0].site,
            recorded_at=newest.recorded_at,
        )


def untold(stream: Stream) -> Told:
    """A history in which nothing has happened."""
    return Told(stream, KINDS.get(stream.kind, History)())


class Remembered:
    """The histories read last. A leaf seals everything before it, so an equal leaf is an equal history."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._told: OrderedDict[Stream, Told] = OrderedDict()
        self._lock = Lock()

    def get(self, stream: Stream) -> Told | None:
        with self._lock:
            if stream in self._told:
                self._told.move_to_end(stream)
            return self._told.get(stream)

    def keep(self, told: Iterable[Told]) -> None:
        with self._lock:
            for one in told:
                self._told[one.stream] = one
                self._told.move_to_end(one.stream)
            while len(self._told) > self._most:
                self._told.popitem(last=False)

    def forget(self) -> None:
        with self._lock:
            self._told.clear()


REMEMBERED = Remembered(4096)

_HEADS = "SELECT stream, version, leaf FROM stream_head WHERE stream = ANY(%s::text[])"
# A unit is judged with its child's history, and a child's news judges her units again.
_RELATED = """
SELECT stream, version, leaf FROM stream_head WHERE stream = ANY(
    %s::text[]
    || ARRAY(SELECT 'unit:' || unit FROM unit_card WHERE infant = ANY(%s))
    || ARRAY(SELECT 'infant:' || infant FROM unit_card WHERE unit = ANY(%s))
)
"""
_ENTRIES = """
SELECT s.stream, e.data, e.leaf
FROM unnest(%s::text[], %s::integer[]) AS known(stream, version)
JOIN entry_subject s ON s.stream = known.stream AND s.version > known.version
JOIN entry e ON e.index = s.index
ORDER BY s.stream, s.version
"""


def load(streams: Iterable[Stream]) -> dict[Stream, Told]:
    """These histories as they stand now. Under the ledger's lock, nothing can come in between."""
    wanted = list(dict.fromkeys(streams))
    if not wanted:
        return {}
    (heads,) = together([heads_of(wanted)])
    return told_at(wanted, heads)


def heads_of(streams: list[Stream], *, related: bool = False) -> Statement:
    """Asks where these histories stand, and those that are judged with them."""
    if not related:
        return _HEADS, [streams]
    owners = {kind: [s.partition(":")[2] for s in streams if s.kind == kind] for kind in KINDS}
    return _RELATED, [streams, owners["infant"], owners["unit"]]


def told_at(streams: Iterable[Stream], heads: Rows) -> dict[Stream, Told]:
    """The histories of these streams, and of all others that `heads` tells of, as they stand there."""
    stands = {Stream(name): (version, bytes(leaf)) for name, version, leaf in heads}
    known = {s: REMEMBERED.get(s) or untold(s) for s in (*streams, *stands)}
    # What was remembered of a history that is shorter now (a restored backup) is worth nothing.
    for stream, told in known.items():
        if told.version > stands.get(stream, (0, b""))[0]:
            known[stream] = untold(stream)
    behind = [s for s in stands if stands[s][1] != known[s].leaf]
    known.update(_caught_up({stream: known[stream] for stream in behind}))
    REMEMBERED.keep(told for told in known.values() if told.version)
    return known


def load_one(stream: Stream) -> Told:
    return load([stream])[stream]


def load_anew(streams: Iterable[Stream]) -> dict[Stream, Told]:
    """The same from the entries alone, with nothing remembered: for those who check."""
    return _caught_up({stream: untold(stream) for stream in streams})


def envelopes(stream: Stream) -> list[tuple[Envelope, bytes]]:
    """Every entry of a history, with its leaf."""
    return [(open_entry(data), leaf) for _, data, leaf in _entries({stream: 0})]


def entries_of(stream: Stream) -> list[tuple[int, bytes]]:
    """Where each entry of a history stands, and its exact bytes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.index, e.data FROM entry_subject s JOIN entry e USING (index)"
            " WHERE s.stream = %s ORDER BY s.version",
            [stream],
        )
        return [(index, bytes(data)) for index, data in cursor.fetchall()]


def _caught_up(known: dict[Stream, Told]) -> dict[Stream, Told]:
    """The same histories with what was recorded since, or read anew where they do not fit."""
    since: dict[str, list[tuple[Envelope, bytes]]] = {}
    if known:
        for name, data, leaf in _entries({stream: one.version for stream, one in known.items()}):
            since.setdefault(name, []).append((open_entry(data), leaf))
    told = {}
    for stream, one in known.items():
        new = since.get(stream, [])
        if one.version and new and not _follows(new[0][0], one):
            one, new = untold(stream), envelopes(stream)
        told[stream] = one.after(new)
    return told


def _follows(envelope: Envelope, told: Told) -> bool:
    previous = next(p.previous for p in envelope.places if p.stream == told.stream)
    return previous == told.leaf.hex()


def _entries(known: Mapping[Stream, int]) -> list[tuple[str, bytes, bytes]]:
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES, [list(known), list(known.values())])
        return [(stream, bytes(data), bytes(leaf)) for stream, data, leaf in cursor.fetchall()]
