"""What was answered about the donor or the child, and was the donor's eligibility determined?"""

from collections.abc import Iterable

from cordula.events.course import Declared
from cordula.events.laboratory import Assessed, EligibilityDetermined
from cordula.events.parts import Answer
from cordula.journey.case import Case
from cordula.journey.found import Found, met, not_met, unknown
from cordula.journey.verdict import Status
from cordula.journey.wording import listed, plain_key, sentence
from cordula.protocols.criteria import Answered, EligibilityIs
from cordula.vocabulary.words import _

Said = Assessed | Declared


def answered(rule: Answered, case: Case) -> Found:
    said = _newest(rule, case)
    if wrong := [a for a in said.values() if a.answer not in (rule.answer, Answer.NOT_KNOWN)]:
        return not_met(_told(wrong, case), *wrong)
    if missing := [item for item in rule.items if item not in said]:
        items = listed(_question(item, case) for item in missing)
        return unknown(_("No answer to: {items}.").format(items=items), *said.values())
    if open_answers := [a for a in said.values() if a.answer == Answer.NOT_KNOWN]:
        return unknown(_told(open_answers, case), *open_answers)
    if not rule.items:
        return unknown(_("The protocol asks for no item."))
    return met(_told(said.values(), case), *said.values())


def _newest(rule: Answered, case: Case) -> dict[str, Said]:
    """The newest answer to each item asked for."""
    said: list[Assessed] | list[Declared] = []
    if rule.of == "unit" and case.unit is not None:
        said = case.unit.all(Assessed)
    elif rule.of == "infant" and case.infant is not None:
        said = case.infant.all(Declared)
    return {answer.item: answer for answer in said if answer.item in rule.items}


def _told(said: Iterable[Said], case: Case) -> str:
    return " ".join(f"{_question(a.item, case)}: {plain_key(a.answer)}." for a in said)


def _question(item: str, case: Case) -> str:
    """The item as the protocol words it."""
    return case.protocol.questions.get(item, sentence(plain_key(item))).rstrip("?.")


def eligibility_is(rule: EligibilityIs, case: Case) -> Found:
    determined = case.unit.latest(EligibilityDetermined) if case.unit else None
    if determined is None:
        return unknown(_("The donor's eligibility is not determined."))
    if determined.status not in rule.outcomes:
        says = _("Donor eligibility: {status}.").format(status=plain_key(determined.status))
        return not_met(says, determined)
    if determined.status == "not_required":
        says = _("A determination is not required for the child's own cells.")
        return Found(Status.NOT_NEEDED, says, None, (determined,))
    says = _("Donor eligibility: {status}.").format(status=plain_key(determined.status))
    return met(says, determined)
