"""By when must a unit be frozen, or worked on? The limits of its protocol, from the moments of its history."""

from collections.abc import Iterator
from datetime import datetime

from cordula.journey.limits import span, upper
from cordula.protocols.criteria import WithinTime
from cordula_web.laboratory.seen import Seen

# Each moment of the bench's work with those that come before it: a limit that ends there is still running.
ENDS = ("received", "processing_started", "processed", "freezing_started", "cryopreserved")


def freeze_by(seen: Seen) -> datetime | None:
    """The first moment after which freezing would be too late by the protocol; None once it is frozen."""
    if seen.unit.moment("cryopreserved") is not None:
        return None
    return min(_limits(seen, ("freezing_started", "cryopreserved")), default=None)


def work_by(seen: Seen) -> datetime | None:
    """The first limit of the protocol that is still running for a unit on its way to the freezer."""
    return min(_limits(seen, ENDS), default=None)


def _limits(seen: Seen, ends: tuple[str, ...]) -> Iterator[datetime]:
    for gate in seen.protocol.gates if seen.protocol else ():
        for rule in gate.criteria:
            if not isinstance(rule, WithinTime) or rule.end not in ends:
                continue
            start, most = seen.unit.moment(rule.start), upper(rule.limit)
            if start is not None and most is not None and seen.unit.moment(rule.end) is None:
                yield start + span(most)
