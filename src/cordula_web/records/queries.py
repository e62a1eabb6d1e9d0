"""All questions to the ledger. Whatever belongs to a site is asked for with the site; another's is not there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection

from cordula.events.envelope import Envelope, open_entry
from cordula.events.record_keeping import ProtocolApproved
from cordula.infants.infant import Infant
from cordula.journey.verdict import Verdict
from cordula.units.place import Place
from cordula.units.unit import Unit
from cordula.vocabulary.identifiers import (
    DinNumber,
    InfantId,
    PlaceId,
    ProtocolId,
    SiteId,
    Stream,
    UnitId,
    stream_of,
)
from cordula_web.records import histories
from cordula_web.records.histories import Told
from cordula_web.records.models import Entry, InfantCard, UnitCard
from cordula_web.records.refusals import NotHere
from cordula_web.records.verdicts import verdict_of, zones_of


@dataclass(frozen=True, slots=True)
class AsOf:
    """The newest entry a page can have seen. Before the first, the index is -1."""

    index: int
    recorded_at: datetime | None


def unit(unit_id: UnitId, *, site: SiteId) -> Unit:
    """The unit as recorded so far; raises NotHere."""
    told = _told(stream_of(unit_id), site)
    assert isinstance(told.history, Unit)  # noqa: S101
    return told.history


def infant(infant_id: InfantId, *, site: SiteId) -> Infant:
    told = _told(stream_of(infant_id), site)
    assert isinstance(told.history, Infant)  # noqa: S101
    return told.history


def place(place_id: PlaceId, *, site: SiteId) -> Place:
    told = _told(stream_of(place_id), site)
    assert isinstance(told.history, Place)  # noqa: S101
    return told.history


def verdict(unit_id: UnitId, *, site: SiteId, now: datetime) -> Verdict | None:
    """The verdict on the unit now, in the zone of its site; None while its child is in no protocol."""
    found = unit(unit_id, site=site)
    child = infant(found.infant, site=site) if found.infant else None
    return verdict_of(found, child, now.astimezone(zones_of([site]).get(site, UTC)))


def unit_by_din(din: DinNumber, *, site: SiteId) -> Unit:
    found = UnitCard.objects.filter(site=str(site), din=str(din)).values_list("unit", flat=True)
    name = found.first()
    if name is None:
        raise NotHere("There is no unit with this donation number at this site.")
    return unit(UnitId(name), site=site)


def history(stream: Stream, *, site: SiteId) -> list[Envelope]:
    """Every entry of a history, oldest first: who, when it happened, when it was recorded."""
    _told(stream, site)
    return [envelope for envelope, _ in histories.envelopes(stream)]


def happened_under(key: str, *, site: SiteId) -> datetime | None:
    """When the event recorded under this key happened: a form sent twice speaks of one moment."""
    found = Entry.objects.filter(key=key, site=str(site)).values_list("occurred_at", flat=True)
    return found.first()


def entries_of(kinds: Iterable[str], *, site: SiteId) -> list[Envelope]:
    """Every entry of these kinds at this site, oldest first: for kinds that are rare, such as deviations."""
    rows = Entry.objects.filter(type__in=list(kinds), site=str(site)).order_by("index")
    return [open_entry(bytes(data)) for data in rows.values_list("data", flat=True)]


def protocols_in_force(*, site: SiteId) -> list[ProtocolApproved]:
    """The versions approved at this site, the newest first; of each protocol every version that ever was."""
    found = Entry.objects.filter(type=ProtocolApproved.__name__, site=str(site)).order_by("-index")
    events = (open_entry(bytes(data)).event for data in found.values_list("data", flat=True))
    return [event for event in events if isinstance(event, ProtocolApproved)]


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry as far as an analysis must know it: where it stands, and the histories it belongs to."""

    index: int
    envelope: Envelope


def of_trial(protocol: str, digest: str, *, site: SiteId) -> list[Recorded]:
    """Every entry about a child enrolled under this version at this site, and about the protocol; in their order."""
    enrolled = InfantCard.objects.filter(
        site=str(site), protocol=protocol, protocol_digest=digest
    ).values_list("infant", flat=True)
    streams = [str(stream_of(InfantId(name))) for name in enrolled]
    streams.append(str(stream_of(ProtocolId(protocol))))
    with connection.cursor() as cursor:
        cursor.execute(_OF_STREAMS, [streams])
        return [Recorded(index, open_entry(bytes(data))) for index, data in cursor.fetchall()]


# An entry that belongs to several of these histories is there once.
_OF_STREAMS = """
SELECT e.index, e.data FROM entry e
WHERE e.index IN (SELECT index FROM entry_subject WHERE stream = ANY(%s::text[]))
ORDER BY e.index
"""


def standing_at(size: int) -> AsOf:
    """The newest entry of the ledger at this size. Raises NotHere where it never had that size."""
    found = Entry.objects.filter(index=size - 1).values_list("recorded_at", flat=True).first()
    if found is None:
        raise NotHere(f"The ledger never had {size} entries.")
    return AsOf(size - 1, found)


def as_of() -> AsOf:
    """The newest entry, for the words “as of event N, hh:mm”."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT size - 1, CASE WHEN size > 0 THEN last_at END FROM head")
        index, recorded_at = cursor.fetchone()
    return AsOf(index, recorded_at)


def _told(stream: Stream, site: SiteId) -> Told:
    told = histories.load_one(stream)
    if told.version == 0 or told.site != site:
        raise NotHere(f"There is no such {stream.kind} at this site.")
    return told
