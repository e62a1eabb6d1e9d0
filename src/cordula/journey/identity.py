"""Were child, bag and label found to match, by two people, wherever the protocol asks for it?"""

from collections.abc import Iterable

from cordula.events.collection import IdentityChecked
from cordula.journey.case import Case
from cordula.journey.found import Found, gravest, met, met_with_note, not_met, unknown
from cordula.journey.wording import listed, plain_key
from cordula.protocols.criteria import IdentityMatched
from cordula.vocabulary.words import _


def identity_matched(rule: IdentityMatched, case: Case) -> Found:
    if case.infant is None or case.infant.id is None:
        return unknown(_("No child is known for this unit."))
    if (apart := _chain_of_identity(case)) is not None:
        return apart
    answers = [_at(place, rule.persons, case) for place in rule.at]
    if open_answers := [a for a in answers if not a.status.opens]:
        status = gravest([a.status for a in open_answers])
        return Found(status, " ".join(a.says for a in open_answers), None, _events(answers))
    return _everywhere(rule, answers)


def _everywhere(rule: IdentityMatched, answers: list[Found]) -> Found:
    places = listed(plain_key(place) for place in rule.at)
    says = _("Child, bag and label match: {places}.").format(places=places)
    notes = [a.says for a in answers if a.says]
    status = gravest([a.status for a in answers])
    return Found(status, " ".join((says, *notes)), None, _events(answers))


def _chain_of_identity(case: Case) -> Found | None:
    """Two missing labels are equal to Python and must never be to us."""
    if case.protocol.origin != "autologous" or case.unit is None or case.infant is None:
        return None
    of_unit, of_child = case.unit.chain_of_identity, case.infant.chain_of_identity
    if of_unit is None or of_child is None:
        return unknown(_("The chain of identity is missing on the unit or on the child."))
    if of_unit != of_child:
        return not_met(_("The unit and the child have different chains of identity."))
    return None


def _at(place: str, persons: int, case: Case) -> Found:
    """The newest check at one place. What it says is only what must be added."""
    checks = _checks(place, case)
    if not checks:
        return unknown(_("Not checked yet: {place}.").format(place=plain_key(place)))
    newest = checks[-1]
    if not newest.matched or newest.infant != case.infant_id:
        return not_met(_("Does not match: {place}.").format(place=plain_key(place)), newest)
    if len({newest.by, newest.second_person} - {None}) < persons:
        says = _("Checked by one person; {persons} are needed: {place}.")
        return not_met(says.format(persons=persons, place=plain_key(place)), newest)
    if all(check.matched for check in checks):
        return met("", newest)
    return met_with_note(_("An earlier check did not match: {place}.").format(place=place), newest)


def _checks(place: str, case: Case) -> list[IdentityChecked]:
    if case.unit is None:
        return []
    return [check for check in case.unit.all(IdentityChecked) if check.where == place]


def _events(answers: Iterable[Found]) -> tuple[IdentityChecked, ...]:
    return tuple(e for a in answers for e in a.events if isinstance(e, IdentityChecked))
