"""Deviations, holds, and the correction of what was written wrongly."""

from collections.abc import Iterator

from cordula.events.admission import Rules
from cordula.events.laboratory import (
    Assessed,
    Counted,
    LabelPrinted,
    LabelVerified,
    MotherTested,
    Tested,
    TestStarted,
)
from cordula.events.quality import (
    Deviated,
    DeviationClosed,
    Quarantined,
    QuarantineLifted,
    Voided,
)
from cordula.events.record_keeping import PassportIssued
from cordula.units.life import State
from cordula.units.rules.conditions import reached
from cordula.units.unit import Unit

# Only what was measured or answered can be voided. An act that took place is corrected by the act
# that follows it (a release is taken back, a product discarded), never by unwriting it.
VOIDABLE = (Counted, Tested, TestStarted, MotherTested, Assessed, LabelPrinted, LabelVerified)


def number_is_new(unit: Unit, event: Deviated) -> Iterator[str]:
    if event.number in {deviation.number for deviation in unit.all(Deviated)}:
        yield f"Deviation {event.number} is recorded already."


def deviation_is_open(unit: Unit, event: DeviationClosed) -> Iterator[str]:
    if event.number not in {deviation.number for deviation in unit.open_deviations}:
        yield f"There is no open deviation {event.number} on this unit."
    if event.severity not in ("minor", "major"):
        yield f"“{event.severity}” is not a severity: minor or major."


def is_held(unit: Unit, event: QuarantineLifted) -> Iterator[str]:
    if not unit.held:
        yield "The unit is not in quarantine."


def is_not_held(unit: Unit, event: Quarantined) -> Iterator[str]:
    if unit.held:
        yield "The unit is in quarantine already."


def can_be_voided(unit: Unit, event: Voided) -> Iterator[str]:
    if not 1 <= event.version <= unit.version:
        yield f"This unit's history has no entry {event.version}."
    elif event.version in unit.voided:
        yield f"Entry {event.version} was voided already."
    elif not isinstance(unit.events[event.version - 1], VOIDABLE):
        kind = type(unit.events[event.version - 1]).__name__
        yield f"Entry {event.version} is “{kind}”. Only results, answers and labels can be voided."


RULES: Rules = {
    Deviated: (number_is_new,),
    DeviationClosed: (deviation_is_open,),
    Quarantined: (reached(State.COLLECTED), is_not_held),
    QuarantineLifted: (is_held,),
    Voided: (can_be_voided,),
    PassportIssued: (reached(State.EXPECTED),),
}
