"""Which kit is in hand, whose is it, and how far has its collection come?"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from django.http import Http404

from cordula import display
from cordula.events.before_birth import Announced
from cordula.events.collection import HandedOver, IdentityChecked
from cordula.infants.infant import Infant
from cordula.units.life import State
from cordula.units.unit import Unit
from cordula.vocabulary.identifiers import DinNumber, MotherId, NotAnIdentifier
from cordula_web.people.acting import Acting
from cordula_web.people.identities import name_of
from cordula_web.records import queries
from cordula_web.records.refusals import NotHere
from cordula_web.records.sending import seen_of

BEDSIDE = "bedside"


class Stage(StrEnum):
    """How far the collection has come."""

    EXPECTED = "expected"
    COLLECTED = "collected"
    HANDED_OVER = "handed_over"
    STOPPED = "stopped"
    GONE_ON = "gone_on"


@dataclass(frozen=True)
class Kit:
    """A kit that was set aside for a child; `now` carries the zone of the site."""

    acting: Acting
    now: datetime
    unit: Unit
    infant: Infant

    @property
    def din(self) -> str:
        return str(self.unit.din)

    @property
    def number(self) -> str:
        return " ".join(display.din(DinNumber(self.din)).groups)

    @property
    def mother(self) -> MotherId | None:
        return self.unit.mother

    @cached_property
    def mother_name(self) -> str:
        return name_of(self.mother) if self.mother else ""

    @property
    def due(self) -> date | None:
        announced = self.infant.first(Announced)
        return announced.due if announced else None

    @property
    def which(self) -> str:
        """Which child of the birth, like “1 of 2”; empty where there is one."""
        announced = self.infant.first(Announced)
        return announced.birth_order if announced and announced.children > 1 else ""

    @property
    def stage(self) -> Stage:
        match self.unit.state:
            case State.EXPECTED | State.CONSENTED:
                return Stage.EXPECTED
            case State.NOT_COLLECTED:
                return Stage.STOPPED
            case State.COLLECTED:
                handed = self.unit.has(HandedOver)
                return Stage.HANDED_OVER if handed else Stage.COLLECTED
        return Stage.GONE_ON

    @property
    def consented(self) -> bool:
        return "collect" in self.unit.consented

    @property
    def matched(self) -> IdentityChecked | None:
        """The newest check at the bedside, where two people found that all match."""
        checks = [c for c in self.unit.all(IdentityChecked) if c.where == BEDSIDE]
        newest = checks[-1] if checks else None
        return newest if newest and newest.matched and newest.second_person else None

    @property
    def versions(self) -> str:
        return seen_of(self.unit, self.infant)


def kit_or_404(acting: Acting, din: str, now: datetime) -> Kit:
    """The kit with this donation number at the reader's own site."""
    found = kit(acting, din, now)
    if found is None:
        raise Http404
    return found


def kit(acting: Acting, din: str, now: datetime) -> Kit | None:
    site = acting.site.site_id
    try:
        unit = queries.unit_by_din(DinNumber(din.upper()), site=site)
        infant = queries.infant(unit.infant, site=site) if unit.infant else None
    except (NotAnIdentifier, NotHere):
        return None
    if infant is None or not unit.autologous:
        return None
    return Kit(acting, now.astimezone(acting.site.zone), unit, infant)
