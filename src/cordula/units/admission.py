"""May this event follow this history? The door refuses with reasons; the archive never does."""

from collections.abc import Iterator

from cordula.events.admission import NotAdmitted, Rules, reasons_against
from cordula.events.event import Event, NotUnderstood
from cordula.events.quality import Voided
from cordula.units.place import Place
from cordula.units.rules import laboratory, quality, release, start, storage, theatre
from cordula.units.unit import Unit

RULES: Rules = {
    **start.RULES,
    **laboratory.RULES,
    **storage.UNIT_RULES,
    **release.RULES,
    **theatre.RULES,
    **quality.RULES,
}
PLACE_RULES: Rules = storage.PLACE_RULES
# These begin a unit; everything else needs one that has begun.
BEGINNINGS = ("Expected", "ReceivedFromMaker")


def admit(unit: Unit, event: Event) -> None:
    """Let the event in, or raise NotAdmitted with every reason against it."""
    if reasons := tuple(_reasons(unit, event)):
        raise NotAdmitted(reasons)


def admit_to_place(place: Place, event: Event) -> None:
    """The same for the place that an event concerns."""
    if reasons := tuple(reasons_against(place, event, PLACE_RULES)):
        raise NotAdmitted(reasons)


def _reasons(unit: Unit, event: Event) -> Iterator[str]:
    if isinstance(event, NotUnderstood):
        yield f"“{event.kind}” is not an event this version of Cordula knows."
    elif not unit.version and type(event).__name__ not in BEGINNINGS:
        yield "This unit is not known. Its kit must be set aside for a child first."
    elif unit.version and not isinstance(event, Voided) and _ended(unit):
        yield from _after_the_end(unit, event)
    yield from reasons_against(unit, event, RULES)


def _ended(unit: Unit) -> bool:
    return unit.state == "discarded"


AFTER_THE_END = frozenset(
    {"Deviated", "DeviationClosed", "PassportIssued", "Tested", "Notified", "ConsentWithdrawn"}
)


def _after_the_end(unit: Unit, event: Event) -> Iterator[str]:
    if type(event).__name__ not in AFTER_THE_END:
        yield "The unit was discarded. Nothing more can be done with it."
