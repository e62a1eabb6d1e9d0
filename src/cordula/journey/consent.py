"""Did the parents agree to what the protocol needs, and did they take nothing back?"""

from collections.abc import Sequence

from cordula.events.before_birth import Consented, ConsentWithdrawn
from cordula.events.consent import scopes_in_force
from cordula.journey import wording
from cordula.journey.case import Case
from cordula.journey.found import Found, met, met_with_note, not_met, unknown
from cordula.journey.verdict import Status
from cordula.journey.wording import listed, plain_key
from cordula.protocols.criteria import ConsentGiven
from cordula.vocabulary.words import _, ngettext

Consent = Consented | ConsentWithdrawn

# Taking back one of these stops everything, until keeping and using are agreed to again.
_HOLDING = frozenset({"collect", "store", "use"})
_NEEDED = frozenset({"store", "use"})


def consent_given(rule: ConsentGiven, case: Case) -> Found:
    told = consents(case)
    if not any(isinstance(event, Consented) for event in told):
        return unknown(_("No consent is recorded."))
    in_force = scopes_in_force(told)
    if missing := [key for key in rule.scopes if key not in in_force]:
        return _missing(missing, told, case)
    return _by_whom(rule, told)


def consents(case: Case) -> Sequence[Consent]:
    """What parents said about this child and this unit, in order. The child's history holds all
    of it; the unit's own tells what it can where the child is not known."""
    history = case.infant or case.unit
    if history is None:
        return ()
    told: Sequence[Consent] = history.all(Consented)
    if history.has(ConsentWithdrawn):
        told = [e for e in history.standing if isinstance(e, Consented | ConsentWithdrawn)]
    here = case.unit.id if case.unit else None
    return [event for event in told if not event.units or here in event.units]


def withdrawal(case: Case) -> ConsentWithdrawn | None:
    """The withdrawal that stops everything: of collecting, keeping or using, and not agreed to again."""
    if case.unit is not None and case.unit.withdrawal is not None:
        return case.unit.withdrawal
    told = consents(case)
    if scopes_in_force(told) >= _NEEDED:
        return None
    taken_back = (event for event in reversed(told) if isinstance(event, ConsentWithdrawn))
    return next((event for event in taken_back if not _HOLDING.isdisjoint(event.scopes)), None)


def wish(event: ConsentWithdrawn) -> str:
    return _("The family's wish: {wish}.").format(wish=wording.wish(event.wish))


def _missing(missing: list[str], told: Sequence[Consent], case: Case) -> Found:
    for event in reversed(told):
        if isinstance(event, ConsentWithdrawn) and set(event.scopes) & set(missing):
            says = _("Taken back on {day}. {wish}").format(day=case.day(event.at), wish=wish(event))
            return Found(Status.WITHDRAWN, says, None, (event,))
    scopes = listed(map(plain_key, missing))
    return not_met(_("Not agreed to: {scopes}.").format(scopes=scopes), *told)


def _by_whom(rule: ConsentGiven, told: Sequence[Consent]) -> Found:
    holding = [_holding(key, told) for key in rule.scopes]
    fewest = min(holding, key=lambda event: event.parents)
    scopes = listed(map(plain_key, rule.scopes))
    says = _("{parents} agreed to {scopes}. Not taken back.").format(
        parents=_parents(fewest.parents), scopes=scopes
    )
    if fewest.parents >= rule.parents:
        return met(says, *dict.fromkeys(holding))
    if rule.excused_if_not_available and fewest.other_parent_not_available:
        return met_with_note(
            f"{says} {_('The other parent was not available.')}", *dict.fromkeys(holding)
        )
    needed = _("{parents} agreed; {needed} must.").format(
        parents=_parents(fewest.parents), needed=rule.parents
    )
    return not_met(needed, *dict.fromkeys(holding))


def _holding(key: str, told: Sequence[Consent]) -> Consented:
    """The consent to this scope by most parents since it was last taken back."""
    given: list[Consented] = []
    for event in told:
        if key in event.scopes:
            given = [*given, event] if isinstance(event, Consented) else []
    return max(given, key=lambda event: event.parents)


def _parents(count: int) -> str:
    if count == 2:
        return _("Both parents")
    return ngettext("{count} parent", "{count} parents", count).format(count=count)
