"""Which unit is this page about? The banner for those who need no name."""

from datetime import datetime

from django.utils.translation import gettext as _

from cordula.units.unit import Unit
from cordula_web.clinic.unit_words import gathered, state_words
from cordula_web.frame.parts import BannerFact, UnitBanner


def unit_banner(unit: Unit, now: datetime) -> UnitBanner:
    facts = [BannerFact(_("State"), state_words(unit.state))]
    if told := gathered(unit, now):
        facts.append(told)
    if unit.held:
        facts.append(BannerFact(_("Quarantine"), _("Held"), tone="not"))
    return UnitBanner(str(unit.din or unit.id or ""), facts=tuple(facts))
