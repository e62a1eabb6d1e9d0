"""The practice freezer: tanks, racks and boxes, opened once, with a place for every unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cordula.events.storage import PlaceOpened
from cordula.vocabulary.identifiers import PlaceId
from cordula.vocabulary.quantity import Quantity
from cordula_web.practice.acts import Act, Life
from cordula_web.practice.people import Staff

ROWS, COLUMNS = "ABCDE", range(1, 7)
POSITIONS = tuple(f"{row}{column}" for row in ROWS for column in COLUMNS)
PER_UNIT = 4
UNITS_PER_BOX = len(POSITIONS) // PER_UNIT
BOXES_PER_RACK, RACKS_PER_TANK = 7, 4


@dataclass(frozen=True, slots=True)
class Box:
    """A box and the words of the way to it."""

    place: PlaceId
    path: tuple[str, str, str]


def boxes(units: int) -> list[Box]:
    """Boxes enough for this many units."""
    return [_box(n) for n in range(-(-units // UNITS_PER_BOX))]


def _box(number: int) -> Box:
    rack, box = divmod(number, BOXES_PER_RACK)
    tank, rack = divmod(rack, RACKS_PER_TANK)
    words = (f"Tank {tank + 1}", f"Rack {'ABCD'[rack]}", f"Box {box + 1}")
    return Box(PlaceId("practice-" + "-".join(words).lower().replace(" ", "-")), words)


def positions_for(number: int, shelf: Sequence[Box]) -> tuple[Box, tuple[str, ...]]:
    """The box and the positions kept for a unit's vials and segments."""
    box, slot = divmod(number, UNITS_PER_BOX)
    return shelf[box], POSITIONS[slot * PER_UNIT : (slot + 1) * PER_UNIT]


def opening(shelf: Sequence[Box], staff: Staff, at: datetime) -> Life:
    for box in shelf:
        yield Act(
            PlaceOpened(
                place=box.place,
                path=box.path,
                positions=len(POSITIONS),
                temperature_limit=Quantity.of("-150", "Cel"),
                by=staff["ito"],
                at=at,
            )
        )
