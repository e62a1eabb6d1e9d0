"""May the next step be taken, and if not, what is missing, who must act, by when?"""

from datetime import datetime

from cordula.infants.infant import Infant
from cordula.journey.case import Case
from cordula.journey.gates import gates
from cordula.journey.ladder import ladder
from cordula.journey.plan import plan_of
from cordula.journey.steps import steps
from cordula.journey.stops import stop
from cordula.journey.verdict import Verdict
from cordula.protocols.protocol import Protocol
from cordula.units.unit import Unit


def judge(protocol: Protocol, unit: Unit | None, infant: Infant | None, now: datetime) -> Verdict:
    """Everything this protocol asks of this unit and this child, looked at now.

    `now` carries the zone of the place that asks; times are written in it. There may be no unit for
    the child, or no child known for the unit: what depends on them is then not known."""
    if now.tzinfo is None:
        raise ValueError(f"{now} has no zone, so no deadline can be worked out from it")
    case = Case(protocol, unit, infant, now)
    plan, halt = plan_of(protocol), stop(case)
    judged_gates = gates(plan, case)
    judged_steps = steps(plan, judged_gates, halt, case)
    over = halt is not None and halt.for_good
    return Verdict(
        protocol=protocol.id,
        version=protocol.version,
        digest=protocol.digest,
        at=now,
        gates=judged_gates,
        steps=judged_steps,
        dose=None if over else case.dose,
        ladder=() if over else ladder(plan, judged_gates, judged_steps, case),
        stages=plan.stages,
        stopped=halt.says if halt else "",
    )
