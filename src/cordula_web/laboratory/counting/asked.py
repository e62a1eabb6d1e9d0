"""Which measures does the bench show: its own four, what the protocol asks for here, and on demand all?"""

from collections.abc import Iterator

from cordula.protocols.criteria import Measured
from cordula.protocols.protocol import Protocol
from cordula.vocabulary.measures import Measure, measures

BENCH = ("volume", "tnc_concentration", "nucleated_viability", "cd34_percent")
# Worked out from volume and concentration, so it is typed only by those who ask for every measure.
WORKED_OUT = "tnc"


def measures_at(
    timepoint: str, protocol: Protocol | None, *, every: bool = False
) -> tuple[Measure, ...]:
    known = measures()
    wanted = [*BENCH, *_asked(protocol, timepoint)]
    if every:
        wanted += [key for key, one in known.items() if one.of == "unit"]
    else:
        wanted = [key for key in wanted if key != WORKED_OUT]
    found = (known[key] for key in dict.fromkeys(wanted) if key in known)
    return tuple(one for one in found if timepoint in one.timepoints)


def _asked(protocol: Protocol | None, timepoint: str) -> Iterator[str]:
    """What a gate or the dose of this protocol rests on."""
    if protocol is None:
        return
    for gate in protocol.gates:
        for rule in gate.criteria:
            asked = isinstance(rule, Measured) and rule.of == "unit"
            if asked and rule.timepoint in (None, timepoint):  # type: ignore[attr-defined]
                yield rule.measure  # type: ignore[attr-defined]
    if protocol.dose is not None and protocol.dose.concentration_at == timepoint:
        yield protocol.dose.concentration
