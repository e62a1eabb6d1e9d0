"""What stands on top of a page: the unit in hand, without a name; on the certificate, the child it is for."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordula import display
from cordula.display import Unknown
from cordula.events.before_birth import Announced
from cordula.events.collection import Born
from cordula_web.frame.parts import BannerFact, ChildBanner, UnitBanner
from cordula_web.laboratory.freezing import freeze_by
from cordula_web.laboratory.seen import Seen
from cordula_web.people.areas import Words
from cordula_web.people.identities import Identity, Unnamed

SEXES: dict[str, Words] = {
    "female": gettext_lazy("Female"),
    "male": gettext_lazy("Male"),
    "indeterminate": gettext_lazy("Indeterminate"),
}
# From here on the time left is drawn as a warning.
SOON = timedelta(hours=36)


def unit_banner(seen: Seen) -> UnitBanner:
    return UnitBanner(seen.din, facts=tuple(_facts(seen)))


def _facts(seen: Seen) -> Iterator[BannerFact]:
    unit, zone = seen.unit, seen.acting.site.zone
    if collected := unit.moment("collected"):
        yield BannerFact(_("Collected"), display.clin_datetime(collected, zone))
        if unit.moment("cryopreserved") is None and collected <= seen.now:
            yield BannerFact(
                _("Age of the blood"), display.duration(seen.now - collected, largest="hr")
            )
    elif received := unit.moment("received"):
        yield BannerFact(_("Received"), display.clin_datetime(received, zone))
    if (due := freeze_by(seen)) is not None:
        yield BannerFact(
            _("Freeze by"),
            display.clin_datetime(due, zone),
            left(due, seen.now),
            tone(due, seen.now),
        )
    if frozen := unit.moment("cryopreserved"):
        yield BannerFact(_("Frozen"), display.clin_datetime(frozen, zone))
    if unit.held:
        yield BannerFact(_("Quarantine"), _("Held"), tone="not")


def left(due: datetime, now: datetime) -> str:
    """“(32hr 52min left)”, or how long it is over."""
    length = display.duration(abs(due - now), largest="hr")
    words = _("({length} left)") if due >= now else _("({length} over)")
    return words.format(length=length)


def tone(due: datetime, now: datetime) -> str:
    if due < now:
        return "not"
    return "wait" if due - now < SOON else ""


def child_banner(seen: Seen) -> ChildBanner:
    identity, infant = seen.identity, seen.infant
    assert identity is not None and infant is not None  # noqa: PT018, S101  asked before it is drawn
    named = identity if isinstance(identity, Identity) else None
    born = _day(infant.born_at, seen) or (named.born if named else None)
    died = _day(infant.died_at, seen)
    announced = infant.first(Announced)
    not_recorded = _(Unknown.NOT_RECORDED.value)
    weighed = infant.weight
    return ChildBanner(
        name=identity.printed,
        born=born,
        age=display.age(born, seen.now.date()) if born and born <= seen.now.date() else "",
        sex=_sex(seen, identity) or not_recorded,
        number_label=_("Hospital No."),
        number=(named.hospital_number if named else "") or not_recorded,
        weight=display.quantity(weighed.weight) if weighed else not_recorded,
        weighed=_weighed(weighed.at, seen) if weighed else "",
        allergies=(named.allergies if named else "") or not_recorded,
        died=died,
        age_at_death=display.age(born, died) if born and died else "",
        due=announced.due if announced else None,
    )


def _sex(seen: Seen, identity: Identity | Unnamed) -> str:
    born = seen.infant.latest(Born) if seen.infant else None
    found = born.sex if born else (identity.sex if isinstance(identity, Identity) else "")
    return str(SEXES.get(found, found))


def _weighed(at: datetime, seen: Seen) -> str:
    return display.clin_relative(at, seen.now, seen.acting.site.zone)


def _day(moment: datetime | None, seen: Seen) -> date | None:
    return moment.astimezone(seen.now.tzinfo).date() if moment else None
