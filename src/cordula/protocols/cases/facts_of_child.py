"""The facts of a case that are about the child and the parents."""

from datetime import timedelta

from cordula.events.before_birth import Consented, ConsentWithdrawn, Enrolled
from cordula.events.course import (
    Diagnosed,
    Operated,
    OperationCancelled,
    OperationPlanned,
    Reviewed,
    ReviewRequested,
    Weighed,
)
from cordula.events.parts import Signature
from cordula.events.sealed import Sealed
from cordula.protocols.cases.moments import AHEAD, before
from cordula.protocols.cases.scene import EARLIER, INFANT, LONG_AGO, NOW, ONE, UNIT, Scene
from cordula.protocols.cases.words import listed, one_of
from cordula.protocols.file.amounts import amount
from cordula.vocabulary.cardiac import consent_scopes, diagnoses

_LATER = EARLIER + timedelta(hours=1)


def agreed(scene: Scene, cell: str) -> None:
    """The scopes that both parents agreed to."""
    if cell:
        scene.add(_consented(cell, parents=2))


def agreed_alone(scene: Scene, cell: str) -> None:
    """The scopes that one parent agreed to; “…, the other not available” says why."""
    if cell:
        scopes = cell.removesuffix(", the other not available")
        scene.add(_consented(scopes, parents=1, other_parent_not_available=scopes != cell))


def _consented(scopes: str, *, parents: int, other_parent_not_available: bool = False) -> Consented:
    return Consented(
        infant=INFANT,
        units=(UNIT,),
        scopes=listed(scopes, consent_scopes()),
        parents=parents,
        other_parent_not_available=other_parent_not_available,
        form="case",
        by=ONE,
        at=LONG_AGO + timedelta(days=1),
    )


def taken_back(scene: Scene, cell: str) -> None:
    if cell:
        scene.add(
            ConsentWithdrawn(
                infant=INFANT,
                units=(UNIT,),
                scopes=listed(cell, consent_scopes()),
                wish="keep",
                by=ONE,
                at=EARLIER,
            )
        )


def diagnosis(scene: Scene, cell: str) -> None:
    if cell:
        one_of(cell, diagnoses())
        scene.add(Diagnosed(infant=INFANT, diagnosis=cell, by=ONE, at=EARLIER))


def reviewed(review: str, scene: Scene, cell: str) -> None:
    """“no_objection”, “objection”, or “requested”: ready and not signed."""
    if not cell:
        return
    one_of(cell, ("no_objection", "objection", "requested"))
    if cell == "requested":
        scene.add(ReviewRequested(infant=INFANT, review=review, by=ONE, at=EARLIER))
        return
    signature = Signature(
        role="geneticist",
        meaning="review",
        statement=Sealed("0" * 64),
        printed_name=Sealed("0" * 64),
    )
    scene.add(
        Reviewed(
            infant=INFANT,
            review=review,
            conclusion=cell,
            signature=signature,
            by=ONE,
            at=EARLIER,
        )
    )


def operation(name: str, scene: Scene, cell: str) -> None:
    """“planned”, “performed” or “cancelled”."""
    if not cell:
        return
    one_of(cell, ("planned", "performed", "cancelled"))
    if cell in ("planned", "cancelled"):
        scene.add(
            OperationPlanned(infant=INFANT, operation=name, planned_for=AHEAD, by=ONE, at=EARLIER)
        )
    if cell == "cancelled":
        scene.add(
            OperationCancelled(infant=INFANT, operation=name, reason="other", by=ONE, at=_LATER)
        )
    if cell == "performed":
        scene.add(Operated(infant=INFANT, operation=name, started_at=EARLIER, by=ONE, at=_LATER))


def enrolled(scene: Scene, cell: str) -> None:
    """“here”, “another version” or “another protocol”."""
    if not cell:
        return
    protocol = scene.protocol
    one_of(cell, ("here", "another version", "another protocol"))
    own = {"here": (protocol.id, protocol.version), "another version": (protocol.id, "0")}
    name, version = own.get(cell, ("another-protocol", "1"))
    scene.add(
        Enrolled(
            infant=INFANT,
            protocol=name,
            version=version,
            digest=protocol.digest,
            by=ONE,
            at=EARLIER,
        )
    )


def weight(scene: Scene, cell: str) -> None:
    """“6 kg”, weighed an hour ago; “6 kg, 25 h ago” says otherwise."""
    if not cell:
        return
    text, _comma, age = cell.partition(",")
    at = before(NOW, amount(age.strip().removesuffix(" ago") if age else "1 h"))
    scene.add(Weighed(infant=INFANT, weight=amount(text), by=ONE, at=at))


def weighed(scene: Scene, cell: str) -> None:
    """How long ago, whatever the weight."""
    if cell:
        at = before(NOW, amount(cell.removesuffix(" ago")))
        scene.add(Weighed(infant=INFANT, weight=amount("6 kg"), by=ONE, at=at))
