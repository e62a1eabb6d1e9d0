"""What has changed since the first signature was given? The verdict of that moment, beside today's."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from cordula.events.release import Signed
from cordula.infants.infant import Infant
from cordula.journey.judge import judge
from cordula.journey.verdict import Finding, Gate, Verdict
from cordula.units.unit import Unit
from cordula_web.laboratory.release.standing import Standing

H = TypeVar("H", Unit, Infant)
Place = tuple[str, str]  # a gate, and a criterion of it


@dataclass(frozen=True, slots=True)
class Since:
    """The first signature that still counts, and what was found when it was given."""

    signed: Signed
    before: Mapping[Place, Finding]

    def was(self, gate: Gate, finding: Finding) -> Finding | None:
        """What stood here then, where it was something else."""
        before = self.before.get((gate.id, finding.criterion))
        if before is None or (before.status, before.found) == (finding.status, finding.found):
            return None
        return before


def since_first_signature(standing: Standing) -> Since | None:
    """None while nobody has signed, or once the unit is released."""
    seen, step = standing.seen, standing.step
    if step is None or seen.infant is None or seen.protocol is None or seen.unit.release:
        return None
    given = [signed for signed in seen.unit.signatures(step.id) if signed.infant == seen.infant.id]
    if not given:
        return None
    first = given[0]
    then = judge(
        seen.protocol,
        _up_to(seen.unit, first),
        _up_to(seen.infant, first),
        first.at.astimezone(seen.now.tzinfo),
    )
    return Since(first, _findings(then))


def _up_to(history: H, last: Signed) -> H:
    """The history as it stood with this signature, its later entries not yet written."""
    place = history.events.index(last)
    return type(history)(history.events[: place + 1])


def _findings(verdict: Verdict) -> dict[Place, Finding]:
    return {(gate.id, f.criterion): f for gate in verdict.gates for f in gate.findings}
