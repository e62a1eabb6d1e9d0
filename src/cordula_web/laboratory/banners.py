"""What stands on top of a page of the laboratory: the unit in hand, without a name."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from cordula import display
from cordula_web.frame.parts import BannerFact, UnitBanner
from cordula_web.laboratory.freezing import freeze_by
from cordula_web.laboratory.seen import Seen

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
