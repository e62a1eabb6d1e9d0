"""Which child is this page about? The banner that every page of a child carries, the same in every room."""

from datetime import date, datetime, timedelta, tzinfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordula import display
from cordula.display import Unknown
from cordula.events.before_birth import Announced
from cordula.events.collection import Born
from cordula.infants.infant import Infant
from cordula_web.frame.parts import ChildBanner
from cordula_web.frame.spans import rough
from cordula_web.people.areas import Words
from cordula_web.people.identities import Identity, Unnamed

SEXES: dict[str, Words] = {
    "female": gettext_lazy("Female"),
    "male": gettext_lazy("Male"),
    "indeterminate": gettext_lazy("Indeterminate"),
}


def child_banner(identity: Identity | Unnamed, infant: Infant, now: datetime) -> ChildBanner:
    """`now` carries the zone of the site."""
    named = identity if isinstance(identity, Identity) else None
    zone = now.tzinfo
    born = _day(infant.born_at, zone) or (named.born if named else None)
    died = _day(infant.died_at, zone)
    announced = infant.first(Announced)
    return ChildBanner(
        name=identity.printed,
        born=born,
        age=display.age(born, now.date()) if born and born <= now.date() else "",
        sex=sex(infant, named),
        number_label=_("Hospital No."),
        number=(named.hospital_number if named else "") or _(Unknown.NOT_RECORDED.value),
        weight=weight(infant),
        weighed=_weighed(infant, now),
        allergies=(named.allergies if named else "") or _(Unknown.NOT_RECORDED.value),
        died=died,
        age_at_death=display.age(born, died) if born and died else "",
        due=announced.due if announced else None,
    )


def sex(infant: Infant, named: Identity | None) -> str:
    born = infant.latest(Born)
    found = born.sex if born else (named.sex if named else "")
    return str(SEXES.get(found, found)) or _(Unknown.NOT_RECORDED.value)


def weight(infant: Infant) -> str:
    weighed = infant.weight
    return display.quantity(weighed.weight) if weighed else _(Unknown.NOT_RECORDED.value)


def _weighed(infant: Infant, now: datetime) -> str:
    weighed = infant.weight
    if weighed is None or now.tzinfo is None:
        return ""
    told = _("{at} ({length} ago)")
    at = display.clin_datetime(weighed.at, now.tzinfo)
    return told.format(at=at, length=rough(max(now - weighed.at, timedelta())))


def _day(moment: datetime | None, zone: tzinfo | None) -> date | None:
    return moment.astimezone(zone).date() if moment else None
