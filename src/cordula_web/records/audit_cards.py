"""Do the cards say what the ledger says, and the sealed words what was sealed?"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from itertools import islice
from typing import Any

from cryptography.exceptions import InvalidTag
from django.db import connection, models

from cordula.ledger.refusal import Refused
from cordula.vocabulary.identifiers import Stream
from cordula_web.people import disclosures
from cordula_web.people.sealed_rows import SealedDisclosure
from cordula_web.people.site_key import NotOpened
from cordula_web.records import card_store
from cordula_web.records.card_store import CARDS, Rows, columns, values_of
from cordula_web.records.findings import Findings, Progress
from cordula_web.records.models import InfantCard, PlaceCard, StayCard, TaskCard, UnitCard

AT_A_TIME = 200
Key = tuple[Any, ...]
Values = dict[str, Any]
# Which streams a table's cards are of, and how many columns name a row.
OWNERS: Mapping[type[models.Model], tuple[str, int]] = {
    UnitCard: ("unit", 1),
    InfantCard: ("infant", 1),
    PlaceCard: ("place", 1),
    StayCard: ("unit", 2),
    TaskCard: ("unit", 2),
}
Differ = Callable[[type[models.Model], Key, str], None]


def check_cards(found: Findings, progress: Progress) -> None:
    def differ(kind: type[models.Model], key: Key, says: str) -> None:
        found.add(kind._meta.db_table, " ".join(map(str, key)), says)

    for done, total, streams in chunks():
        for some, should in _readable(streams, found):
            for kind in CARDS:
                found.count(kind._meta.db_table, compare(kind, some, should.of(kind), differ))
        progress("cards", done, total)
    for kind in CARDS:
        for key in orphans(kind):
            differ(kind, (key,), "has no entry in the ledger")


def _readable(streams: list[Stream], found: Findings) -> Iterator[tuple[list[Stream], Rows]]:
    """These histories with their cards; one that cannot be read is named, and set aside."""
    try:
        yield streams, card_store.anew(streams)
    except (Refused, LookupError, TypeError, ValueError) as fault:
        if len(streams) == 1:
            says = f"cannot be read, so its cards cannot be compared ({type(fault).__name__})"
            found.add("history", streams[0], says)
            return
        for stream in streams:
            yield from _readable([stream], found)


def chunks() -> Iterator[tuple[int, int, list[Stream]]]:
    """All histories, some at a time, with how many are done."""
    streams = list(card_store.all_streams())
    left = iter(streams)
    done = 0
    while some := list(islice(left, AT_A_TIME)):
        done += len(some)
        yield done, len(streams), some


def compare(
    kind: type[models.Model], streams: list[Stream], should: list[Any], differ: Differ
) -> int:
    """Tell every difference between the cards of these histories and those that should stand there."""
    owner, width = OWNERS[kind]
    names = [stream.partition(":")[2] for stream in streams if stream.kind == owner]
    expected = {values_of(card)[:width]: values_of(card) for card in should}
    stored = _stored(kind, width, names)
    for key in sorted(expected.keys() | stored.keys()):
        if key not in stored:
            differ(kind, key, "is missing")
        elif key not in expected:
            differ(kind, key, "should not be there")
        else:
            for name, stands, told in zip(columns(kind), stored[key], expected[key], strict=True):
                if not _same(stands, told):
                    differ(kind, key, f"{name} is not what the ledger gives")
    return len(stored)


def _stored(kind: type[models.Model], width: int, names: list[str]) -> dict[Key, tuple[Any, ...]]:
    if not names:
        return {}
    listed = ", ".join(columns(kind))
    table, first = kind._meta.db_table, columns(kind)[0]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {listed} FROM {table} WHERE {first} = ANY(%s)", [names])  # noqa: S608
        return {row[:width]: row for row in cursor.fetchall()}


def orphans(kind: type[models.Model]) -> list[str]:
    """Owners of cards that have no history."""
    owner, _ = OWNERS[kind]
    table, first = kind._meta.db_table, columns(kind)[0]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT c.{first} FROM {table} c LEFT JOIN stream_head h"  # noqa: S608
            f" ON h.stream = %s || c.{first} WHERE h.stream IS NULL ORDER BY 1",
            [f"{owner}:"],
        )
        return [name for (name,) in cursor.fetchall()]


def _same(stands: Any, told: Any) -> bool:
    """Equal, and a decimal written with the same digits."""
    return bool(stands == told) and (not isinstance(stands, Decimal) or str(stands) == str(told))


# --- Sealed words -----------------------------------------------------------------------------


def check_words(sealed: Mapping[str, int], found: Findings) -> None:
    """Every disclosure opens, gives its digest, and belongs to an entry.

    Words that are gone are no problem: they were erased, and only the digest was promised to stay."""
    digests = list(SealedDisclosure.objects.order_by("digest").values_list("digest", flat=True))
    for digest in digests:
        if digest not in sealed:
            found.add("people_sealeddisclosure", digest[:16], "belongs to no entry")
        try:
            disclosures.read([digest])
        except (NotOpened, InvalidTag, ValueError):
            says = (
                f"the words of entry {sealed.get(digest, '?')} were changed, or are of another key"
            )
            found.add("people_sealeddisclosure", digest[:16], says)
    found.count("people_sealeddisclosure", len(digests))
