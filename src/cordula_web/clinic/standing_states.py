"""What must a reader know before anything else: a death, a withdrawal, a hold, a record that is not understood?"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordula.infants.infant import Infant
from cordula.journey.verdict import Verdict
from cordula.units.unit import Unit


@dataclass(frozen=True, slots=True)
class State:
    """A sentence that stands out on top of the page."""

    title: str
    text: str
    tone: str = "wait"
    icon: str = "warn"


def standing_states(
    unit: Unit, infant: Infant | None, verdict: Verdict | None, why_no_verdict: str
) -> tuple[State, ...]:
    return tuple(
        state for find in (_unreadable, _stopped, _held) for state in find(unit, infant, verdict)
    ) + tuple(_open(unit, why_no_verdict if verdict is None else ""))


def is_over(unit: Unit, infant: Infant | None) -> bool:
    """Whether the whole page is drawn in grey: withdrawn, or destroyed, or the child has died."""
    died = infant is not None and infant.died_at is not None
    return died or unit.withdrawal is not None or unit.state.value in ("discarded", "rejected")


def _unreadable(unit: Unit, infant: Infant | None, verdict: Verdict | None) -> Iterator[State]:
    if unit.understood and (infant is None or infant.understood):
        return
    yield State(
        _("Part of this record is not understood."),
        _(
            "It holds an entry of a newer version of Cordula. Every gate that depends on it stays closed until"
            " this installation is updated."
        ),
        tone="not",
    )


def _stopped(unit: Unit, infant: Infant | None, verdict: Verdict | None) -> Iterator[State]:
    if verdict is None or not verdict.stopped or unit.held:
        return
    if unit.understood and (infant is None or infant.understood):
        yield State(_("Nothing more may be done."), verdict.stopped, icon="withdrawn")


def _held(unit: Unit, infant: Infant | None, verdict: Verdict | None) -> Iterator[State]:
    if unit.held:
        text = _("Nothing may be done with it until quality lifts the hold.")
        yield State(_("The unit is in quarantine."), text, tone="not", icon="lock")


def _open(unit: Unit, why_no_verdict: str) -> Iterator[State]:
    if why_no_verdict:
        yield State(_("No protocol."), why_no_verdict, icon="unknown")
    if count := len(unit.unreviewed_excursions):
        says = ngettext(
            "{count} temperature excursion is not reviewed.",
            "{count} temperature excursions are not reviewed.",
            count,
        )
        yield State(says.format(count=count), _("Quality must say what it means for the unit."))
    if count := len(unit.open_deviations):
        says = ngettext("{count} deviation is open.", "{count} deviations are open.", count)
        yield State(says.format(count=count), _("Quality must close it."))
