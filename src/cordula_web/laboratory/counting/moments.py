"""At which point of its life is the unit counted, and what was counted before?"""

from dataclasses import dataclass

from cordula.events.collection import Collected
from cordula.events.laboratory import Counted
from cordula.units.life import State
from cordula.units.rules.laboratory import TIMEPOINTS
from cordula.units.unit import Unit
from cordula.vocabulary.quantity import Quantity

# In the order of life: by the state a unit must have reached, then as the table has them.
ORDER: tuple[str, ...] = tuple(sorted(TIMEPOINTS, key=lambda name: TIMEPOINTS[name].rank))


@dataclass(frozen=True, slots=True)
class Earlier:
    """A result, and at which point of the unit's life it was found."""

    result: Quantity
    timepoint: str


def open_timepoints(unit: Unit) -> tuple[str, ...]:
    """Where a count makes sense for a unit that has come this far."""
    return tuple(name for name in ORDER if TIMEPOINTS[name].rank <= unit.state.rank)


def usual_timepoint(unit: Unit) -> str:
    """Where the bench counts next, if nobody says otherwise."""
    rank = unit.state.rank
    if rank >= State.CRYOPRESERVED.rank:
        return "post_thaw"
    return "pre_freeze" if rank >= State.PROCESSED.rank else "collected"


def at(unit: Unit, measure: str, timepoint: str) -> Counted | None:
    return unit.count(measure, timepoint)


def earlier(unit: Unit, measure: str, timepoint: str) -> Earlier | None:
    """The newest result from an earlier point of the unit's life."""
    for before in reversed(ORDER[: ORDER.index(timepoint)]):
        if (counted := unit.count(measure, before)) is not None:
            return Earlier(counted.result, before)
        if (told := _with_the_collection(unit, measure, before)) is not None:
            return told
    return None


def _with_the_collection(unit: Unit, measure: str, timepoint: str) -> Earlier | None:
    """The volume is known from the collection itself."""
    collected = unit.latest(Collected)
    if (measure, timepoint) != ("volume", "collected") or collected is None:
        return None
    return Earlier(collected.volume, timepoint)
