"""Which unit or child is asked for, and what may this reader know of it? Read once for a page."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.http import Http404
from django.utils.translation import gettext as _

from cordula.infants.infant import Infant
from cordula.journey.verdict import Verdict
from cordula.protocols.protocol import DoseRule, Protocol
from cordula.units.unit import Unit
from cordula.vocabulary.identifiers import DinNumber, InfantId, NotAnIdentifier
from cordula_web.people.acting import Acting
from cordula_web.people.areas import Area
from cordula_web.people.identities import Identity, Unnamed, identity_of
from cordula_web.records import queries
from cordula_web.records.refusals import NotHere
from cordula_web.records.shelf import protocol_of
from cordula_web.records.verdicts import verdict_of


@dataclass(frozen=True)
class UnitSeen:
    """A unit, its child and the verdict on both; `now` carries the zone of the site."""

    acting: Acting
    now: datetime
    unit: Unit
    infant: Infant | None

    @property
    def din(self) -> str:
        return str(self.unit.din or self.unit.id)

    @property
    def infant_id(self) -> str:
        return str(self.infant.id) if self.infant and self.infant.id else ""

    @cached_property
    def protocol(self) -> Protocol | None:
        return protocol_of(self.infant)

    @property
    def dose_rule(self) -> DoseRule | None:
        return self.protocol.dose if self.protocol else None

    @cached_property
    def verdict(self) -> Verdict | None:
        return verdict_of(self.unit, self.infant, self.now)

    @property
    def why_no_verdict(self) -> str:
        return "" if self.verdict else why_no_verdict(self.infant)

    @cached_property
    def identity(self) -> Identity | Unnamed | None:
        """The child's name, for those who may know it. For others it is not even read."""
        if not self.acting.may_see(Area.INFANT_IDENTITY) or not self.infant_id:
            return None
        return identity_of(InfantId(self.infant_id))


def why_no_verdict(infant: Infant | None) -> str:
    if infant is None:
        return _("No child is known for this unit, so nothing says whether it may be used.")
    enrolment = infant.enrolment
    if enrolment is None:
        return _("The child is enrolled in no protocol, so nothing says whether it may be used.")
    return _(
        "The child is enrolled under version {version} of “{protocol}”, which is not installed here."
        " Without it nothing says whether the unit may be used."
    ).format(version=enrolment.version, protocol=enrolment.protocol)


def unit_or_404(acting: Acting, din: str, now: datetime) -> UnitSeen:
    """The unit of this donation number at the reader's own site."""
    site = acting.site.site_id
    try:
        unit = queries.unit_by_din(DinNumber(din.upper()), site=site)
        infant = queries.infant(unit.infant, site=site) if unit.infant else None
    except (NotAnIdentifier, NotHere) as fault:
        raise Http404 from fault
    return UnitSeen(acting, now.astimezone(acting.site.zone), unit, infant)


@dataclass(frozen=True)
class ChildSeen:
    """A child as this reader sees her; `now` carries the zone of the site."""

    acting: Acting
    now: datetime
    infant: Infant

    @property
    def id(self) -> InfantId:
        assert self.infant.id is not None  # noqa: S101  a child that was found was announced
        return self.infant.id

    @cached_property
    def identity(self) -> Identity | Unnamed | None:
        """Her name, for those who may know it. For others it is not even read."""
        return identity_of(self.id) if self.acting.may_see(Area.INFANT_IDENTITY) else None

    @property
    def printed(self) -> str:
        return self.identity.printed if self.identity else _("Child")

    @property
    def has_own_heart(self) -> bool:
        """Born, alive and not transplanted: a model of her heart has something to begin from."""
        infant = self.infant
        return infant.born_at is not None and not (infant.died_at or infant.transplanted_at)


def child_or_404(acting: Acting, infant: str, now: datetime) -> ChildSeen:
    """The child of this random name at the reader's own site."""
    try:
        found = queries.infant(InfantId(infant), site=acting.site.site_id)
    except (NotAnIdentifier, NotHere) as fault:
        raise Http404 from fault
    return ChildSeen(acting, now.astimezone(acting.site.zone), found)
