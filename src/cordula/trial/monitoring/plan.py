"""What was planned, as far as monitoring must know it: the design, the operation time runs from, and the visits."""

from dataclasses import dataclass
from datetime import timedelta

from cordula.protocols.protocol import FollowUp, Protocol
from cordula.trial.design import Design, Endpoint, design_of
from cordula.trial.scenarios import scenarios_of
from cordula.vocabulary.quantity import Quantity

# The mean month of the Gregorian calendar, as `timepoints` and the simulation have it.
MONTH = timedelta(days=30.4375)
NOTHING = Quantity.of("0", "mo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One measure at one time after the operation; `window` is how much later it may be, and still in time."""

    measure: str
    timepoint: str
    after: timedelta
    window: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The design with its rules, the very objects that a simulation is given; and the calendar around it.

    accrual: children who enter in a month, as the null scenario assumes; None where it says nothing.
    practice: the children of this trial do not exist, and every report says so."""

    design: Design
    operation: str
    visits: tuple[Visit, ...]
    accrual: float | None
    practice: bool = False

    def visit(self, endpoint: Endpoint) -> Visit | None:
        """The visit at which this endpoint is measured, where the protocol's follow-up names it."""
        wanted = getattr(endpoint, "measure", ""), getattr(endpoint, "timepoint", "")
        return next((one for one in self.visits if (one.measure, one.timepoint) == wanted), None)


def plan_of(protocol: Protocol) -> Plan:
    """The plan of a loaded protocol. Raises CannotBe where its design cannot be run."""
    null = scenarios_of(protocol)["null"]
    gap = null.months_between_entries
    return Plan(
        design=design_of(protocol),
        operation=protocol.operation,
        visits=tuple(_visit(one) for one in protocol.follow_up),
        accrual=1 / gap if gap > 0 else None,
        practice=protocol.practice,
    )


def _visit(row: FollowUp) -> Visit:
    return Visit(
        measure=row.measure,
        timepoint=_timepoint(row.after),
        after=time_of(row.after),
        window=time_of(row.window or NOTHING),
    )


def _timepoint(after: Quantity) -> str:
    """Twelve months after is ``after_12_months``, the word under which its result is recorded."""
    words = {"h": "hours", "d": "days", "wk": "weeks", "mo": "months", "a": "years"}
    return f"after_{after.value:f}_{words[after.unit]}"


def time_of(amount: Quantity) -> timedelta:
    """A time as a span of the calendar; months are mean months."""
    if amount.unit == "mo":
        return float(amount.value) * MONTH
    return timedelta(hours=float(amount.to("h").value))
