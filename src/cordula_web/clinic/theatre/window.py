"""Until when may the thawed cells be given, by the windows of the protocol?"""

from collections.abc import Iterator
from datetime import datetime

from cordula.journey.limits import span
from cordula.journey.verdict import Verdict
from cordula.protocols.criteria import WithinTime
from cordula.protocols.protocol import Protocol
from cordula.units.unit import Unit

# A window that ends when the cells are given, and one that ends when it is asked, run out at the same moment.
ENDS = frozenset({"now", "administered"})


def expires_at(protocol: Protocol | None, verdict: Verdict | None, unit: Unit) -> datetime | None:
    """The first moment at which a window closes; None where the protocol sets none, or it has not begun."""
    if protocol is None or verdict is None:
        return None
    return min(_ends(protocol, verdict, unit), default=None)


def _ends(protocol: Protocol, verdict: Verdict, unit: Unit) -> Iterator[datetime]:
    for rule in _windows(protocol, verdict):
        begun, most = unit.moment(rule.start), rule.limit.at_most or rule.limit.less_than
        if begun is not None and most is not None:
            yield begun + span(most)


def _windows(protocol: Protocol, verdict: Verdict) -> Iterator[WithinTime]:
    """The windows among the gates that the giving waits for, however far back."""
    giving = (step for step in verdict.steps if step.event == "Administered")
    asked = {name for step in giving for name in verdict.behind(step.id)}
    for gate in protocol.gates:
        for rule in gate.criteria if gate.id in asked else ():
            if isinstance(rule, WithinTime) and rule.end in ENDS and not rule.open:
                yield rule
