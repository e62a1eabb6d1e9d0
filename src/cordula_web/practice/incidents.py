"""What does not go as it should in the practice hospital: warm tanks, slips at the bench."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from cordula.events.quality import Deviated, DeviationClosed
from cordula.events.sealed import Sealing
from cordula.events.storage import ExcursionReviewed, TemperatureExcursed
from cordula.vocabulary.quantity import Quantity
from cordula_web.practice.acts import Act, Inventory, Life
from cordula_web.practice.beginnings import Child
from cordula_web.practice.freezer import Box
from cordula_web.practice.people import Staff

# Which boxes were too warm, how many days ago, and whether quality has looked at it.
WARM = ((4, 60, True), (9, 25, True), (7, 2, False))
# Every so many units there is a slip at the bench; quality closes it within days.
ONE_SLIP_IN = 17


def incidents(
    children: Sequence[Child], shelf: Sequence[Box], staff: Staff, now: datetime
) -> Iterator[Life]:
    for number, (box, days, reviewed) in enumerate(WARM, 1):
        if box < len(shelf):
            at = now - timedelta(days=days)
            yield excursion(shelf[box], staff, at, f"EX-{number:03d}", reviewed)
    for child in children[ONE_SLIP_IN - 1 :: ONE_SLIP_IN]:
        if not child.profile.collection_stopped:
            yield slip(child)


def excursion(box: Box, staff: Staff, at: datetime, number: str, reviewed: bool) -> Life:
    """Eleven minutes above the limit, told by the storage operator, for every unit in the box."""
    started = at - timedelta(minutes=11)
    units = yield Inventory(at, box.place, started)
    if not isinstance(units, tuple) or not units:
        return
    yield Act(
        TemperatureExcursed(
            units=units,
            place=box.place,
            number=number,
            started_at=started,
            extreme=Quantity.of("-142", "Cel"),
            limit=Quantity.of("-150", "Cel"),
            by=staff["ito"],
            at=at,
        )
    )
    if reviewed:
        sealing = Sealing()
        yield Act(
            ExcursionReviewed(
                units=units,
                number=number,
                decision="no_effect",
                note=sealing("note", "Practice data: short, and well below the glass transition."),
                by=staff["adeyemi"],
                at=at + timedelta(days=1),
            ),
            sealing,
        )


def slip(child: Child) -> Life:
    """A label printed twice at the bench, found and closed."""
    at = child.after_birth(days=2)
    number = f"DV-{child.profile.number:04d}"
    what = Sealing()
    yield Act(
        Deviated(
            units=(child.unit,),
            number=number,
            what=what("what", "Practice data: a label was printed twice; one was destroyed."),
            harm=False,
            by=child.staff["brandt"],
            at=at,
        ),
        what,
    )
    conclusion = Sealing()
    yield Act(
        DeviationClosed(
            units=(child.unit,),
            number=number,
            severity="minor",
            usable=True,
            conclusion=conclusion("conclusion", "Practice data: counted, none left over."),
            by=child.staff["adeyemi"],
            at=at + timedelta(days=4),
        ),
        conclusion,
    )
