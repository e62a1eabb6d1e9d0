"""Is there a unit, can it be used, what is the dose? The answers of the journey as the page shows them."""

from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordula.display import NO_BREAK
from cordula.journey import answers
from cordula.journey.answer import Answer
from cordula.journey.verdict import Gate, Status, Step, Verdict
from cordula.journey.whereabouts import is_there_a_unit
from cordula.protocols.protocol import DoseRule
from cordula.units.unit import Unit
from cordula_web.clinic.dose_box import stands
from cordula_web.frame import parts

# More than these in the strip would hide what it says.
BLOCKERS_MAX = 6


def strip(
    unit: Unit,
    verdict: Verdict | None,
    rule: DoseRule | None = None,
    why_no_verdict: str = "",
) -> parts.Verdict:
    return parts.Verdict(
        unit=_is_there(is_there_a_unit(unit, get_current_timezone())),
        use=_use(verdict) if verdict else _not_known(why_no_verdict),
        dose=_dose(verdict, rule) if verdict else None,
    )


def _is_there(answer: Answer) -> parts.Answer:
    return parts.Answer(answer.status, _("Is there a unit?"), answer.word, answer.says)


def _use(verdict: Verdict) -> parts.Answer:
    answer = answers.can_it_be_used(verdict)
    return parts.Answer(
        status=answer.status,
        question=_("Can it be used?"),
        answer=answer.word,
        sentence=_sentence(answer),
        blockers=tuple(map(_blocker, answer.blockers[:BLOCKERS_MAX])),
    )


def _sentence(answer: Answer) -> str:
    """What was counted, and how many more stand in the way than the strip can show."""
    more = len(answer.blockers) - BLOCKERS_MAX
    if more <= 0:
        return answer.says
    told = ngettext("{count} more is open.", "{count} more are open.", more).format(count=more)
    return f"{answer.says} {told}"


def _blocker(item: Gate | Step) -> parts.Blocker:
    return parts.Blocker(item.status, item.title, f"#{row_id(item)}")


def _not_known(why: str) -> parts.Answer:
    return parts.Answer(Status.UNKNOWN, _("Can it be used?"), _("Not known"), why)


def _dose(verdict: Verdict, rule: DoseRule | None) -> parts.DoseAnswer | None:
    answer = answers.planned_dose(verdict)
    if answer is None or verdict.dose is None:
        return None
    known = verdict.dose.status is not Status.UNKNOWN
    shown = _("No dose") if known and not stands(verdict.dose, rule) else answer.dose
    return parts.DoseAnswer(answer.title, shown.replace(" ", NO_BREAK), answer.says)


def row_id(item: Gate | Step) -> str:
    return f"{'gate' if isinstance(item, Gate) else 'step'}-{item.id}"
