"""How far is the unit on the bench? The steps of its run, from its own history."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordula.events.collection import Collected, Received
from cordula.events.event import Event
from cordula.events.laboratory import Counted, Cryopreserved, Divided, Processed
from cordula.events.storage import Stored
from cordula.units.unit import Unit
from cordula_web.frame.addresses import address
from cordula_web.frame.parts import Step, Steps
from cordula_web.laboratory.counting.moments import open_timepoints
from cordula_web.laboratory.seen import Seen
from cordula_web.people.areas import Words

# The last of each is the one the bench counts at, if nobody says otherwise.
BEFORE, AFTER = ("arrival", "collected"), ("post_process", "pre_freeze")


@dataclass(frozen=True, slots=True)
class RunStep:
    """A step of the bench: the event that takes it, and the page where it is taken."""

    name: str
    title: Words
    event: type[Event]
    page: str = ""
    counted: tuple[str, ...] = ()

    def done_at(self, unit: Unit) -> datetime | None:
        if self.event is Counted:
            found = [c.at for c in unit.all(Counted) if c.timepoint in self.counted]
            return found[-1] if found else None
        first = unit.first(self.event)
        return first.at if first else None


RUN = (
    RunStep("collected", gettext_lazy("Collect"), Collected),
    RunStep("received", gettext_lazy("Receive"), Received, "laboratory:receive"),
    RunStep("counted", gettext_lazy("Count the cells"), Counted, "laboratory:count", BEFORE),
    RunStep("processed", gettext_lazy("Process"), Processed, "laboratory:process"),
    RunStep("counted_again", gettext_lazy("Count again"), Counted, "laboratory:count", AFTER),
    RunStep("divided", gettext_lazy("Divide"), Divided, "laboratory:divide"),
    RunStep("frozen", gettext_lazy("Freeze"), Cryopreserved, "laboratory:freeze"),
    RunStep("put_away", gettext_lazy("Put away"), Stored, "laboratory:storage"),
)


def next_step(unit: Unit) -> RunStep | None:
    return next((step for step in RUN if step.done_at(unit) is None), None)


def steps(seen: Seen, here: str = "") -> Steps:
    """`here` names the step whose page is shown; without it, the next one is at hand."""
    upcoming = next_step(seen.unit)
    at_hand = here or (upcoming.name if upcoming else "")
    return Steps(_("This run"), tuple(_steps(seen, at_hand, here)))


def _steps(seen: Seen, at_hand: str, here: str) -> Iterator[Step]:
    for place, step in enumerate(RUN, 1):
        done = step.done_at(seen.unit)
        state = "now" if step.name == at_hand else "done" if done else "ahead"
        yield Step(step.title, state, place, done, "" if step.name == here else _page(step, seen))


def _page(step: RunStep, seen: Seen) -> str:
    """A page is offered to those who may record there, and only while something can be recorded."""
    if not step.page or not seen.acting.may_record(step.event.__name__):
        return ""
    counts = set(step.counted) & set(open_timepoints(seen.unit))
    if not counts and step is not next_step(seen.unit):
        return ""
    at = f"?at={step.counted[-1]}" if counts else ""
    return f"{address(step.page, {'din': seen.din})}{at}"


def step_of_page(name: str) -> str:
    """The step that is taken on this page; none, if the page is no step of the run."""
    return next((step.name for step in RUN if step.page == f"laboratory:{name}"), "none")


def count_step(timepoint: str) -> str:
    """The step that a count at this point belongs to; none, once the unit is frozen."""
    return next((step.name for step in RUN if timepoint in step.counted), "none")
