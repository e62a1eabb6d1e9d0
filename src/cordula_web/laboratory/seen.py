"""Which unit is in hand, and what does the record say of it and its child? Read once for a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.http import Http404
from django.utils.translation import gettext as _

from cordula import display
from cordula.infants.infant import Infant
from cordula.journey.verdict import Verdict
from cordula.protocols.protocol import Protocol
from cordula.units.life import State
from cordula.units.unit import Unit
from cordula.vocabulary.identifiers import (
    DinNumber,
    InfantId,
    NotAnIdentifier,
    Stream,
    UnitId,
    stream_of,
)
from cordula_web.people.acting import Acting
from cordula_web.people.areas import Area
from cordula_web.people.identities import Identity, Unnamed, identity_of
from cordula_web.records import histories, lists, queries
from cordula_web.records.refusals import NotHere
from cordula_web.records.shelf import protocol_of
from cordula_web.records.verdicts import verdict_of

# A bench with more units in work than these has another problem than a long list.
AT_MOST = 200


@dataclass(frozen=True)
class Seen:
    """A unit at this site and its child, if one is known; `now` carries the zone of the site."""

    acting: Acting
    now: datetime
    unit: Unit
    infant: Infant | None

    @property
    def unit_id(self) -> UnitId:
        assert self.unit.id is not None  # noqa: S101  a unit that was found has begun
        return self.unit.id

    @property
    def din(self) -> str:
        return str(self.unit.din or self.unit.id)

    @property
    def number(self) -> str:
        """The donation number in its groups, for titles and sentences."""
        return " ".join(display.din(DinNumber(self.din)).groups)

    @cached_property
    def protocol(self) -> Protocol | None:
        return protocol_of(self.infant)

    @cached_property
    def verdict(self) -> Verdict | None:
        return verdict_of(self.unit, self.infant, self.now)

    @property
    def versions(self) -> dict[Stream, int]:
        """Where the histories stand that this page shows."""
        known = {stream_of(self.unit_id): self.unit.version}
        if self.infant is not None and self.infant.id is not None:
            known[stream_of(self.infant.id)] = self.infant.version
        return known

    @cached_property
    def identity(self) -> Identity | Unnamed | None:
        """The child's name, for those who may know it. For others it is not even read."""
        if not self.acting.may_see(Area.INFANT_IDENTITY) or self.infant is None:
            return None
        return identity_of(self.infant.id) if self.infant.id else None


def unit_or_404(acting: Acting, din: str, now: datetime) -> Seen:
    """The unit of this donation number at the reader's own site."""
    site = acting.site.site_id
    try:
        unit = queries.unit_by_din(DinNumber(din.upper()), site=site)
        infant = queries.infant(unit.infant, site=site) if unit.infant else None
    except (NotAnIdentifier, NotHere) as fault:
        raise Http404 from fault
    return Seen(acting, now.astimezone(acting.site.zone), unit, infant)


def units_in(acting: Acting, states: Iterable[State], now: datetime) -> list[Seen]:
    """The units of this site in these states, with what their histories say: for short lists only."""
    site = acting.site.site_id
    cards = list(lists.units(site, [state.value for state in states])[:AT_MOST])
    units = [stream_of(UnitId(card.unit)) for card in cards]
    children = [stream_of(InfantId(card.infant)) for card in cards if card.infant]
    told = histories.load([*units, *children])
    local = now.astimezone(acting.site.zone)
    found = []
    for card in cards:
        unit = told[stream_of(UnitId(card.unit))].history
        child = told[stream_of(InfantId(card.infant))].history if card.infant else None
        if isinstance(unit, Unit):
            found.append(Seen(acting, local, unit, child if isinstance(child, Infant) else None))
    return found


def why_no_verdict(infant: Infant | None) -> str:
    """Why nothing says what may be done with the unit."""
    if infant is None:
        return _("No child is known for this unit, so nothing says whether it may be used.")
    enrolment = infant.enrolment
    if enrolment is None:
        return _("The child is enrolled in no protocol, so nothing says whether it may be used.")
    return _(
        "The child is enrolled under version {version} of “{protocol}”, which is not installed here."
        " Without it nothing says whether the unit may be used."
    ).format(version=enrolment.version, protocol=enrolment.protocol)
