"""What a practice life is made of: acts at their times, and questions asked before acting."""

from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime

from cordula.events.event import Event
from cordula.events.sealed import Sealing
from cordula.journey.verdict import Verdict
from cordula.vocabulary.identifiers import InfantId, PlaceId, UnitId


@dataclass(frozen=True, slots=True)
class Act:
    """An event to record, and the words it seals."""

    event: Event
    sealing: Sealing | None = None

    @property
    def at(self) -> datetime:
        return self.event.at


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody looks at the page before acting: the life goes on with the verdict as shown."""

    at: datetime
    unit: UnitId
    infant: InfantId


@dataclass(frozen=True, slots=True)
class Shown:
    """The verdict that was shown, and the digest that an act on it must name."""

    verdict: Verdict
    digest: str


@dataclass(frozen=True, slots=True)
class Inventory:
    """Somebody asks which units were in a place between two moments."""

    at: datetime
    place: PlaceId
    since: datetime


@dataclass(frozen=True, slots=True)
class Draw:
    """A child draws the next place of the trial's list; the life goes on with her arm. needs: an arm without
    which the point that she was put at is not reached; others who may draw at any time draw before her."""

    at: datetime
    infant: InfantId
    needs: str = ""


@dataclass(frozen=True, slots=True)
class MayDraw:
    """From now on this child may draw whenever it is asked for."""

    at: datetime
    infant: InfantId


Thing = Act | Look | Inventory | Draw | MayDraw
Answer = Shown | tuple[UnitId, ...] | str | None
Life = Generator[Thing, Answer, None]
