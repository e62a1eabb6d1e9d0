"""The facts of a case that are about the unit: identity, products, storage, deviations."""

from datetime import timedelta
from decimal import Decimal

from cordula.events.collection import IdentityChecked
from cordula.events.laboratory import Divided
from cordula.events.parts import Part, PartKind
from cordula.events.quality import Deviated, DeviationClosed
from cordula.events.sealed import Sealed
from cordula.events.storage import ExcursionReviewed, Stored, TemperatureExcursed
from cordula.protocols.cases.facts_of_results import tested
from cordula.protocols.cases.scene import (
    ANOTHER,
    DIN,
    EARLIER,
    INFANT,
    LONG_AGO,
    ONE,
    UNIT,
    Scene,
)
from cordula.protocols.cases.words import one_of
from cordula.vocabulary.identifiers import PlaceId, ProductKey
from cordula.vocabulary.quantity import Quantity
from cordula.vocabulary.words import _

_WORDS = Sealed("0" * 64)
_TANK = PlaceId("case-tank")


def identity(place: str, scene: Scene, cell: str) -> None:
    """“two people” or “one person” found a match; “no match” was found."""
    if not cell:
        return
    one_of(cell, ("two people", "one person", "no match"))
    second = None if cell == "one person" else ANOTHER
    scene.add(
        IdentityChecked(
            unit=UNIT,
            infant=INFANT,
            where=place,
            matched=cell != "no match",
            by=ONE,
            second_person=second,
            at=EARLIER,
        )
    )


def kept(kind: str, scene: Scene, cell: str) -> None:
    """How many are in storage. Where it is none, something else is."""
    if not cell:
        return
    one_of(cell, map(str, range(10)))
    other = PartKind.SEGMENT if kind != PartKind.SEGMENT else PartKind.VIAL
    kinds = [PartKind(kind)] * int(cell) or [other]
    parts = tuple(
        Part(product=ProductKey(DIN, "D0001", f"A{chr(97 + n)}"), kind=each)
        for n, each in enumerate(kinds)
    )
    scene.add(Divided(unit=UNIT, parts=parts, by=ONE, at=LONG_AGO))
    for part in parts:
        scene.add(_stored(part.product))


def _stored(product: ProductKey) -> Stored:
    at = LONG_AGO + timedelta(hours=1)
    return Stored(unit=UNIT, place=_TANK, product=product, position="A1", by=ONE, at=at)


def excursion(scene: Scene, cell: str) -> None:
    """“none”, “not reviewed”, or what quality decided. Empty: nothing was stored."""
    if not cell:
        return
    one_of(cell, ("none", "not reviewed", "no_effect", "test_again", "discard"))
    kept("vial", scene, "1")
    if cell != "none":
        scene.add(
            TemperatureExcursed(
                units=(UNIT,),
                place=_TANK,
                number="1",
                started_at=EARLIER - timedelta(minutes=11),
                extreme=Quantity(Decimal(-142), "Cel"),
                limit=Quantity(Decimal(-150), "Cel"),
                by=ONE,
                at=EARLIER,
            )
        )
    if cell not in ("none", "not reviewed"):
        at = EARLIER + timedelta(hours=1)
        scene.add(ExcursionReviewed(units=(UNIT,), number="1", decision=cell, by=ONE, at=at))


def deviation(scene: Scene, cell: str) -> None:
    """“none”, “open”, “usable” or “not usable”. Empty: there is no unit."""
    if not cell:
        scene.has_unit = False
        return
    one_of(cell, ("none", "open", "usable", "not usable"))
    if cell != "none":
        scene.add(Deviated(units=(UNIT,), number="1", what=_WORDS, harm=False, by=ONE, at=EARLIER))
    if cell in ("usable", "not usable"):
        scene.add(
            DeviationClosed(
                units=(UNIT,),
                number="1",
                severity="minor",
                usable=cell == "usable",
                conclusion=_WORDS,
                by=ONE,
                at=EARLIER + timedelta(hours=1),
            )
        )


def happened(kind: str, scene: Scene, cell: str) -> None:
    """“recorded”. The arrival from the maker is how a donor's unit begins, and so is left out if empty."""
    if cell:
        one_of(cell, ("recorded",))
    if kind == "ReceivedFromMaker":
        scene.beginning = bool(cell)
    elif cell and kind == "TestStarted":
        tested("sterility_aerobic", scene, "set up")
    elif cell:
        raise ValueError(_("a case cannot make “{kind}” happen yet").format(kind=kind))
