"""The facts of a case that are results and answers: of the unit, the donor, the mother and the child."""

from datetime import timedelta

from cordula.events.course import Declared, Examined
from cordula.events.laboratory import (
    Assessed,
    Counted,
    EligibilityDetermined,
    MotherTested,
    Tested,
    TestStarted,
)
from cordula.events.parts import Answer
from cordula.protocols.cases.moments import before, collected
from cordula.protocols.cases.scene import (
    EARLIER,
    INFANT,
    LONG_AGO,
    MOTHER,
    NOW,
    ONE,
    UNIT,
    Scene,
)
from cordula.protocols.cases.words import one_of
from cordula.protocols.criteria import Answered
from cordula.protocols.file.amounts import amount
from cordula.protocols.file.known import ANSWERS, ELIGIBILITY
from cordula.vocabulary.measures import measures
from cordula.vocabulary.tests import laboratory_test, markers_of


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


def tested(test: str, scene: Scene, cell: str) -> None:
    """A final result; “no_growth so far” is not final, and “set up” has none yet."""
    if not cell:
        return
    result = cell.removesuffix(" so far")
    if cell != "set up":
        one_of(result, laboratory_test(test).results)
    if cell == "set up" or result != cell:
        due = NOW + timedelta(days=1)
        scene.add(TestStarted(unit=UNIT, test=test, due=due, by=ONE, at=EARLIER))
    if cell != "set up":
        at = EARLIER + timedelta(hours=1)
        scene.add(Tested(unit=UNIT, test=test, result=result, final=result == cell, by=ONE, at=at))


def specimen(scene: Scene, cell: str) -> None:
    """How long after the collection the mother's blood was taken; this column stands before her results."""
    if cell:
        scene.specimen_after = NOW - before(NOW, amount(cell))


def mother(marker: str, scene: Scene, cell: str) -> None:
    """Her result for a test, or for the first test of an infection."""
    if not cell:
        return
    test = markers_of(marker)[0].key if markers_of(marker) else marker
    one_of(cell, laboratory_test(test).results)
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


def answered(item: str, scene: Scene, cell: str) -> None:
    """yes, no, or not_known; asked about the donor or the child as the protocol says."""
    if not cell:
        return
    one_of(cell, ANSWERS)
    criteria = (c for gate in scene.protocol.gates for c in gate.criteria)
    rule = next(c for c in criteria if isinstance(c, Answered) and item in c.items)
    if rule.of == "infant":
        scene.add(Declared(infant=INFANT, item=item, answer=Answer(cell), by=ONE, at=EARLIER))
    else:
        scene.add(Assessed(unit=UNIT, item=item, answer=Answer(cell), by=ONE, at=EARLIER))


def eligibility(scene: Scene, cell: str) -> None:
    if cell:
        one_of(cell, ELIGIBILITY)
        scene.add(EligibilityDetermined(unit=UNIT, status=cell, by=ONE, at=EARLIER))
