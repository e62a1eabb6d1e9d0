"""The facts of a case that are about the unit, the donor and the mother."""

from datetime import timedelta
from decimal import Decimal

from cordula.events.collection import IdentityChecked
from cordula.events.course import Declared, Examined
from cordula.events.laboratory import (
    Assessed,
    Counted,
    Divided,
    EligibilityDetermined,
    MotherTested,
    Tested,
    TestStarted,
)
from cordula.events.parts import Answer, Part, PartKind
from cordula.events.quality import Deviated, DeviationClosed
from cordula.events.sealed import Sealed
from cordula.events.storage import ExcursionReviewed, Stored, TemperatureExcursed
from cordula.protocols.cases.moments import before, collected
from cordula.protocols.cases.scene import (
    ANOTHER,
    DIN,
    EARLIER,
    INFANT,
    LONG_AGO,
    MOTHER,
    NOW,
    ONE,
    UNIT,
    Scene,
)
from cordula.protocols.criteria import Answered
from cordula.protocols.file.amounts import amount
from cordula.protocols.refusal import not_known
from cordula.vocabulary.identifiers import PlaceId, ProductKey
from cordula.vocabulary.measures import measures
from cordula.vocabulary.quantity import Quantity
from cordula.vocabulary.tests import markers_of
from cordula.vocabulary.words import _

_WORDS = Sealed("0" * 64)
_TANK = PlaceId("case-tank")


def measured(measure: str, timepoint: str, scene: Scene, cell: str) -> None:
    """A result; “71 %, 3 days ago” says how old it is."""
    if not cell:
        return
    found = measures()[measure]
    text, _comma, age = cell.partition(",")
    at = before(NOW, amount(age.strip().removesuffix(" ago"))) if age else EARLIER
    result = amount(text)
    if found.of == "infant":
        scene.add(
            Examined(
                infant=INFANT,
                measure=measure,
                result=result,
                method="case",
                timepoint=timepoint or None,
                by=ONE,
                at=at,
            )
        )
        return
    scene.add(
        Counted(
            unit=UNIT,
            measure=measure,
            timepoint=timepoint,
            result=result,
            cell_type=found.cell_type,
            method="case",
            by=ONE,
            at=at,
        )
    )


def identity(place: str, scene: Scene, cell: str) -> None:
    """“two people” or “one person” found a match; “no match” was found."""
    if not cell:
        return
    _one_of(cell, "two people", "one person", "no match")
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


def specimen(scene: Scene, cell: str) -> None:
    """How long after the collection the mother's blood was taken; this column stands before her results."""
    if cell:
        scene.specimen_after = NOW - before(NOW, amount(cell))


def mother(marker: str, scene: Scene, cell: str) -> None:
    """Her result for a test, or for the first test of an infection."""
    if not cell:
        return
    test = markers_of(marker)[0].key if markers_of(marker) else marker
    at = LONG_AGO + timedelta(days=100)
    tested = MotherTested(
        units=(UNIT,),
        mother=MOTHER,
        test=test,
        result=cell,
        specimen_at=at + scene.specimen_after,
        by=ONE,
        at=EARLIER,
    )
    scene.add(collected(at), tested)


def tested(test: str, scene: Scene, cell: str) -> None:
    """A final result; “no_growth so far” is not final, and “set up” has none yet."""
    if not cell:
        return
    result = cell.removesuffix(" so far")
    if cell == "set up" or result != cell:
        due = NOW + timedelta(days=1)
        scene.add(TestStarted(unit=UNIT, test=test, due=due, by=ONE, at=EARLIER))
    if cell != "set up":
        at = EARLIER + timedelta(hours=1)
        scene.add(Tested(unit=UNIT, test=test, result=result, final=result == cell, by=ONE, at=at))


def answered(item: str, scene: Scene, cell: str) -> None:
    """yes, no, or not_known; asked about the donor or the child as the protocol says."""
    if not cell:
        return
    criteria = (c for gate in scene.protocol.gates for c in gate.criteria)
    rule = next(c for c in criteria if isinstance(c, Answered) and item in c.items)
    if rule.of == "infant":
        scene.add(Declared(infant=INFANT, item=item, answer=Answer(cell), by=ONE, at=EARLIER))
    else:
        scene.add(Assessed(unit=UNIT, item=item, answer=Answer(cell), by=ONE, at=EARLIER))


def eligibility(scene: Scene, cell: str) -> None:
    if cell:
        scene.add(EligibilityDetermined(unit=UNIT, status=cell, by=ONE, at=EARLIER))


def kept(kind: str, scene: Scene, cell: str) -> None:
    """How many are in storage. Where it is none, something else is."""
    if not cell:
        return
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
    _one_of(cell, "none", "not reviewed", "no_effect", "test_again", "discard")
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
    _one_of(cell, "none", "open", "usable", "not usable")
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
    if kind == "ReceivedFromMaker":
        scene.beginning = bool(cell)
    elif cell and kind == "TestStarted":
        tested("sterility_aerobic", scene, "set up")
    elif cell:
        raise ValueError(_("a case cannot make “{kind}” happen yet").format(kind=kind))


def _one_of(cell: str, *words: str) -> None:
    if cell not in words:
        raise ValueError(not_known(cell, _("what this column can say"), words))
