"""What was ever recorded of this unit or this child, by whom, and when: every entry, the voided ones too."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cordula.events.codec import to_body
from cordula.events.envelope import Envelope
from cordula.events.event import Event, NotUnderstood
from cordula.events.history import History
from cordula.events.randomisation import Unblinded
from cordula.vocabulary.identifiers import Stream
from cordula_web.clinic.event_words import title_of
from cordula_web.clinic.field_words import Reading
from cordula_web.people import disclosures
from cordula_web.people.acting import Acting
from cordula_web.people.areas import Area
from cordula_web.people.duties import people_at
from cordula_web.records.command import sealed_digests
from cordula_web.records.models import PlaceCard

# What is written down later than this says so.
AT_ONCE = timedelta(minutes=15)
# Words about the child are for those who care for her; words about the cells are for everybody at the unit.
ABOUT_THE_CHILD = frozenset(
    {
        "AdministrationStopped",
        "AdverseEventReported",
        "Assessed",
        "CollectionStopped",
        "ConsentWithdrawn",
        "Declared",
        "Died",
        "Reviewed",
    }
)

# Which arm a child drew is told through `records.arms` alone, to whoever may know it.
CONCEALED = frozenset({"Randomised"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry as a reader sees it."""

    number: int
    version: int
    title: str
    facts: tuple[tuple[str, str], ...]
    by: str
    role: str
    at: datetime
    recorded_at: datetime
    recorded_late: bool
    voided: bool
    understood: bool


def may_read(acting: Acting, event: Event) -> bool:
    name = type(event).__name__
    if name in CONCEALED:
        return False
    if isinstance(event, Unblinded):
        return _was_there(acting, event)
    return name not in ABOUT_THE_CHILD or acting.may_see(Area.INFANT_IDENTITY)


def _was_there(acting: Acting, event: Unblinded) -> bool:
    """Why an arm was told may give the arm away: it is for those who told it or were told, and for the board."""
    there = {event.by, event.second_person, event.told_to}
    return acting.account_id in there or acting.may_see(Area.SAFETY)


def entries(
    envelopes: Sequence[Envelope], history: History, stream: Stream, reading: Reading
) -> tuple[Entry, ...]:
    """The newest first."""
    told = (_entry(envelope, history, stream, reading) for envelope in envelopes)
    return tuple(reversed(tuple(told)))


def _entry(envelope: Envelope, history: History, stream: Stream, reading: Reading) -> Entry:
    event = envelope.event
    version = next(place.version for place in envelope.places if place.stream == stream)
    understood = not isinstance(event, NotUnderstood)
    return Entry(
        number=envelope.index,
        version=version,
        title=title_of(event),
        facts=tuple(reading.facts(event)) if understood else (),
        by=reading.people.name(str(event.by)),
        role=reading.people.title(str(event.by)),
        at=event.at,
        recorded_at=envelope.recorded_at,
        recorded_late=envelope.recorded_at - event.at > AT_ONCE,
        voided=version in history.voided,
        understood=understood,
    )


def reading_for(acting: Acting, events: Iterable[Event]) -> Reading:
    """Everything needed to say these events, in three queries."""
    told = [event for event in events if not isinstance(event, NotUnderstood)]
    readable = [event for event in told if may_read(acting, event)]
    digests = [digest for event in readable for digest in sealed_digests(to_body(event))]
    return Reading(
        zone=acting.site.zone,
        people=people_at(acting.site, _accounts(told)),
        places=_places(told),
        words=disclosures.read(digests) if digests else {},
        may_read=lambda event: may_read(acting, event),
    )


def _accounts(events: Iterable[Event]) -> Iterator[str]:
    for event in events:
        yield str(event.by)
        for name in ("second_person", "witness", "acknowledged_by", "told_to"):
            if other := getattr(event, name, None):
                yield str(other)


def _places(events: Iterable[Event]) -> Mapping[str, str]:
    named = {str(getattr(e, name, "") or "") for e in events for name in ("place", "left")} - {""}
    cards = PlaceCard.objects.filter(place__in=named) if named else ()
    return {card.place: ", ".join(card.path) for card in cards}
