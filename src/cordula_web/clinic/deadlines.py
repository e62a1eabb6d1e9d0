"""Will it be ready for theatre? The deadlines of the journey, as the page draws them."""

from django.utils.translation import gettext as _

from cordula.journey.answers import will_it_be_ready
from cordula.journey.verdict import Rung, Verdict
from cordula_web.frame import parts


def ladder(verdict: Verdict) -> parts.Ladder | None:
    """None where there is nothing to be ready for."""
    if not verdict.ladder:
        return None
    rungs = tuple(parts.Rung(rung.at, rung.says, _kind(rung)) for rung in verdict.ladder)
    return parts.Ladder(_("Will it be ready for theatre?"), rungs, will_it_be_ready(verdict))


def _kind(rung: Rung) -> str:
    return "missed" if rung.late and rung.kind in ("step", "deadline") else rung.kind
