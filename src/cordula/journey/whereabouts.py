"""Is there a unit, and what became of it: not collected, rejected, destroyed, given; and what is left of it?"""

from collections import Counter
from datetime import tzinfo

from cordula.display import counted
from cordula.events.collection import CollectionStopped, IdentityChecked
from cordula.events.event import Event
from cordula.events.release import Discarded, Rejected
from cordula.events.theatre import Administered, AdministrationStopped
from cordula.journey.answer import Answer
from cordula.journey.verdict import Status
from cordula.journey.wording import (
    discard_reason,
    giving_stop_reason,
    listed,
    moment_in_words,
    refusal_reason,
    stop_reason,
)
from cordula.units.life import State
from cordula.units.products import ProductState
from cordula.units.unit import Unit
from cordula.vocabulary.words import _

_BEFORE_COLLECTION = (State.UNKNOWN, State.EXPECTED, State.CONSENTED)


def is_there_a_unit(unit: Unit | None, zone: tzinfo | None = None) -> Answer:
    """Moments are told in this zone, or as they were written down."""
    if unit is None:
        return _no(_("There is no unit for this child."))
    if unit.state in _BEFORE_COLLECTION:
        says = _("A kit is set aside. Nothing is collected yet.")
        return Answer(word=_("Not yet"), status=Status.NOT_STARTED, says=says)
    if (given := unit.latest(Administered)) is not None and unit.state is not State.REJECTED:
        return _given(unit, given, zone)
    return _ended(unit, zone) or _yes(f"{_whose(unit)} {_identity(unit)}")


def _given(unit: Unit, given: Administered, zone: tzinfo | None) -> Answer:
    """What is left counts: there may be a second use later."""
    told = _("The cells were given {time}.").format(time=_time(given, zone))
    status = Status.MET if _stored(unit) else Status.NOT_NEEDED
    return Answer(word=_("Given"), status=status, says=f"{told} {_left(unit)}")


def _ended(unit: Unit, zone: tzinfo | None) -> Answer | None:
    """Not collected, rejected, destroyed, or stopped at the table: with the reason that was recorded."""
    match unit.state:
        case State.NOT_COLLECTED:
            stopped = unit.latest(CollectionStopped)
            reason = stop_reason(stopped.reason) if stopped else _("not recorded")
            return _no(_("Nothing was collected. Reason: {reason}.").format(reason=reason))
        case State.DISCARDED:
            gone = unit.latest(Discarded)
            reason = discard_reason(gone.reason) if gone else _("not recorded")
            return _no(_("The unit was destroyed. Reason: {reason}.").format(reason=reason))
        case State.REJECTED:
            refused = unit.latest(Rejected)
            reason = refusal_reason(refused.reason) if refused else _("not recorded")
            told = _("The unit was rejected. Reason: {reason}.").format(reason=reason)
            return _no(f"{told} {_left(unit)}")
    if (ended := unit.latest(AdministrationStopped)) and unit.state is State.STOPPED:
        told = _("Giving was stopped {time}. Reason: {reason}.").format(
            time=_time(ended, zone), reason=giving_stop_reason(ended.reason)
        )
        return Answer(word=_("Stopped"), status=Status.NOT_MET, says=f"{told} {_left(unit)}")
    return None


def _yes(says: str) -> Answer:
    return Answer(word=_("Yes"), status=Status.MET, says=says)


def _no(says: str) -> Answer:
    return Answer(word=_("No"), status=Status.NOT_MET, says=says)


def _whose(unit: Unit) -> str:
    return _("The child's own cells.") if unit.autologous else _("Cells from a donor.")


def _identity(unit: Unit) -> str:
    checked = unit.latest(IdentityChecked)
    if checked is None:
        return _("Identity is not checked yet.")
    return _("Identity matches.") if checked.matched else _("Identity does not match.")


def _stored(unit: Unit) -> Counter[str]:
    """What could be given and lies in storage, by its kind."""
    return Counter(
        product.kind.value
        for product in unit.products.values()
        if product.for_a_child and product.state is ProductState.STORED
    )


def _left(unit: Unit) -> str:
    stored = _stored(unit)
    if not stored:
        return _("Nothing is left in storage.")
    told = listed(counted(kind, number) for kind, number in stored.items())
    return _("Left in storage: {what}.").format(what=told)


def _time(event: Event, zone: tzinfo | None) -> str:
    zone = zone or event.at.tzinfo
    return moment_in_words(event.at, zone) if zone is not None else ""
