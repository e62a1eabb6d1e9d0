"""Where do the words go that an event seals? To the person they are about, so that erasing her erases them."""

from collections.abc import Iterable, Mapping

from cordula.events.codec import to_body
from cordula.events.event import Event
from cordula.events.sealed import Disclosure, Sealing
from cordula.infants.infant import Infant
from cordula.units.unit import Unit
from cordula.vocabulary.identifiers import InfantId, SiteId
from cordula_web.people import disclosures
from cordula_web.people.subject_keys import Erased, Subject
from cordula_web.records.append import Written
from cordula_web.records.command import SEAL, sealed_digests
from cordula_web.records.histories import Told
from cordula_web.records.refusals import Conflict, Malformed

Words = dict[tuple[Subject, SiteId], list[Disclosure]]

# A name printed beside a signature is that of whoever signs; all other words are about the child.
OF_THE_SIGNER = frozenset({"printed_name"})
# What is signed about no person, such as the approval of a protocol, is the signer's.
OF_NOBODY_ELSE = frozenset({"statement"})


def subject_of(event: Event, name: str, told: Iterable[Told]) -> Subject | None:
    """Whom words under this name are about: who signs, else the child, else the mother, the unit, the place."""
    if name in OF_THE_SIGNER:
        return event.by
    owners = [one.stream.owner for one in told]
    children = [_child(one) for one in told]
    about = [owner for owner in (*children, *owners) if owner is not None]
    about.sort(key=lambda owner: _ORDER.index(owner.kind) if owner.kind in _ORDER else len(_ORDER))
    first = about[0] if about else None
    if name in OF_NOBODY_ELSE and (first is None or first.kind == "protocol"):
        return event.by
    return None if first is None or first.kind == "protocol" else first  # type: ignore[return-value]


_ORDER = ("infant", "mother", "unit", "place")


def _child(told: Told) -> InfantId | None:
    history = told.history
    if isinstance(history, Unit):
        return history.infant
    return history.id if isinstance(history, Infant) else None


def gather(words: Words, written: Written, sealing: Sealing | None, told: list[Told]) -> None:
    """Take up the words of this entry. Raises Malformed where it seals some that were not handed over."""
    if SEAL not in written.data:
        return
    event, site = written.envelope.event, written.envelope.site
    sealed = set(sealed_digests(to_body(event)))
    given = {d.digest: d for d in (sealing.disclosures if sealing else ()) if d.digest in sealed}
    if sealed - given.keys():
        raise Malformed("The event seals words that were not handed over; nobody could read them.")
    for disclosure in given.values():
        subject = subject_of(event, disclosure.name, told)
        if subject is None:
            raise Malformed("The event seals words that are about nobody.")
        words.setdefault((subject, site), []).append(disclosure)


def keep(words: Mapping[tuple[Subject, SiteId], list[Disclosure]]) -> None:
    for (subject, site), given in words.items():
        try:
            disclosures.store(given, subject, str(site))
        except Erased:
            raise Conflict(
                f"What was known of this {subject.kind} was erased. No words can be added to it."
            ) from None


def same_words(before: Event, now: Event, sealing: Sealing | None) -> bool:
    """Whether a command sent again seals the same words. Words erased since cannot differ."""
    old, new = list(sealed_digests(to_body(before))), list(sealed_digests(to_body(now)))
    if old == new:
        return True
    kept = disclosures.read(old)
    given = {d.digest: d.value for d in (sealing.disclosures if sealing else ())}
    return all(
        earlier not in kept or kept[earlier] == given.get(later)
        for earlier, later in zip(old, new, strict=True)
    )
