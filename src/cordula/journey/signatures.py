"""Which signatures a step needs, which were given, and were they given by different people?"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from cordula.events.event import Event
from cordula.events.parts import Signature
from cordula.events.release import Signed
from cordula.journey.case import Case
from cordula.journey.verdict import SignatureNeed
from cordula.protocols.protocol import Step

Given = tuple[str, datetime]


def signatures(step: Step, act: Event | None, case: Case) -> tuple[SignatureNeed, ...]:
    """One need for each role, with the person who met it. Nobody meets two."""
    if step.signatures is None:
        return ()
    roles, given = step.signatures.roles, _given(step, act, case)
    chosen = _different_people(roles, given) if given else {}
    return tuple(_need(role, chosen.get(place)) for place, role in enumerate(roles))


def _need(role: str, given: Given | None) -> SignatureNeed:
    if given is None:
        return SignatureNeed(role=role)
    return SignatureNeed(role=role, given_by=given[0], given_at=given[1])


def _given(step: Step, act: Event | None, case: Case) -> dict[str, list[Given]]:
    """Who signed in which role: alone before the act, or with it."""
    found: dict[str, list[Given]] = {}
    signed = case.unit.signatures(step.id) if case.unit else []
    for event in (*(s for s in signed if _here(s, case)), act):
        signature = getattr(event, "signature", None)
        if event is not None and isinstance(signature, Signature):
            found.setdefault(signature.role, []).append((str(event.by), event.at))
    return found


def _here(signed: Signed, case: Case) -> bool:
    """Words signed for another child, under another version, or before the release was undone, are
    not these words."""
    if case.undone(signed):
        return False
    here = (case.protocol.id, case.protocol.digest)
    return case.infant_id in (None, signed.infant) and (signed.protocol, signed.digest) == here


def _different_people(
    roles: Sequence[str], given: Mapping[str, Iterable[Given]]
) -> dict[int, Given]:
    """The choice that meets most roles: somebody who signed in two must not block the other's place."""
    if not roles:
        return {}
    last = len(roles) - 1
    best = _different_people(roles[:last], given)
    for person in given.get(roles[last], ()):
        others = {
            role: [one for one in people if one[0] != person[0]] for role, people in given.items()
        }
        choice = {**_different_people(roles[:last], others), last: person}
        if len(choice) > len(best):
            best = choice
    return best
