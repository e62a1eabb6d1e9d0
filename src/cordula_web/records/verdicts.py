"""What does the protocol say of this unit and this child at this moment, and what was shown of it?"""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from cordula.infants.infant import Infant
from cordula.journey.judge import judge
from cordula.journey.verdict import Dose, Verdict
from cordula.ledger import canonical
from cordula.units.unit import Unit
from cordula.vocabulary.identifiers import SiteId
from cordula.vocabulary.quantity import Quantity
from cordula_web.records.round_trip import together
from cordula_web.records.shelf import protocol_of
from cordula_web.records.who import zones_asked, zones_told


def verdict_of(unit: Unit, infant: Infant | None, now: datetime) -> Verdict | None:
    """The verdict by the version the child was enrolled under; None where she is in no protocol.

    `now` carries the zone of the site, in which the verdict writes its times."""
    protocol = protocol_of(infant)
    return None if protocol is None else judge(protocol, unit, infant, now)


def zones_of(sites: Iterable[SiteId]) -> dict[SiteId, ZoneInfo]:
    """The zone each of these sites lives in."""
    (rows,) = together([zones_asked(sites)])
    return zones_told(rows)


def verdict_digest(verdict: Verdict) -> str:
    """What an act rests on, as 64 hex digits: every finding and its status, every step, the whole dose.

    Times and the sentences that count them are left out, because a minute changes them and nothing
    else; the facts behind them stand in the histories, whose versions the act names."""
    shown = {
        "protocol": [verdict.protocol, verdict.version, verdict.digest],
        "stopped": verdict.stopped,
        "gates": [[gate.id, gate.status.value] for gate in verdict.gates],
        "findings": [
            [gate.id, finding.criterion, finding.status.value, finding.needed]
            for gate in verdict.gates
            for finding in gate.findings
        ],
        "steps": [[step.id, step.state.value, step.status.value] for step in verdict.steps],
        "signatures": [
            [step.id, need.role, need.given_by or ""]
            for step in verdict.steps
            for need in step.signatures
        ],
        "dose": _dose(verdict.dose),
    }
    return sha256(canonical.encode(shown)).hexdigest()


def _dose(dose: Dose | None) -> Any:
    if dose is None:
        return None
    # The working tells how old the weight is, in minutes; what follows from it stands in the status.
    lines = [[line.label, *_written(line.result)] for line in dose.lines]
    return [dose.status.value, *_written(dose.volume), *_written(dose.per_kg), lines]


def _written(quantity: Quantity | None) -> list[str]:
    return [str(quantity.value), quantity.unit] if quantity else ["", ""]
