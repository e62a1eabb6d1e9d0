"""Does the protocol let this step be taken, judged on the very state the entry will follow?"""

from collections.abc import Sequence
from datetime import datetime

from cordula.events.event import Event
from cordula.events.release import ExceptionallyReleased, Released
from cordula.events.theatre import Administered, Prepared, Thawed
from cordula.infants.infant import Infant
from cordula.journey.verdict import Verdict
from cordula.units.unit import Unit
from cordula_web.records.histories import Told
from cordula_web.records.refusals import GateClosed

# An exceptional release is a release, against criteria that it names.
GATED: dict[type[Event], str] = {
    Released: "Released",
    ExceptionallyReleased: "Released",
    Thawed: "Thawed",
    Prepared: "Prepared",
    Administered: "Administered",
}


def verdict_of(unit: Unit, infant: Infant | None, now: datetime) -> Verdict | None:
    """The verdict by the protocol version the child was enrolled under; None where she is in none."""
    return None


def check_gate(event: Event, told: Sequence[Told], now: datetime) -> None:
    """Raise GateClosed unless the verdict lets this step be taken now."""
    if type(event) in GATED:
        raise GateClosed(["The child is not enrolled under a protocol, so nothing says it may be."])
