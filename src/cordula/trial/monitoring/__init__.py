"""How does the real trial stand? From the ledger's facts at one size of its tree, with the rules that were simulated.

    plan = plan_of(protocol)                                        # the design with its rules, and the calendar
    facts = frozen(told, size=1200, root=root, at=moment)           # what the ledger said then, for ever
    open_part(plan, facts)                                          # pooled: accrual, completeness, events
    closed_part(plan, [(facts, arms_of(plan.design, facts, plan.operation, words))])   # by arm, for the board

`closed_part` asks `design.looks` and `design.safety`, the objects that `trial.simulation` asks."""

from cordula.trial.monitoring.arms import Arms, arms_of
from cordula.trial.monitoring.course import Course, courses_of, entered_of
from cordula.trial.monitoring.frozen import Frozen, Told, frozen
from cordula.trial.monitoring.interim import Interim, interim
from cordula.trial.monitoring.parts import ClosedPart, OpenPart, closed_part, open_part
from cordula.trial.monitoring.plan import Plan, plan_of
from cordula.trial.monitoring.safety import SafetyCount, safety
from cordula.trial.monitoring.statistic import Statistic, statistic

__all__ = [
    "Arms",
    "ClosedPart",
    "Course",
    "Frozen",
    "Interim",
    "OpenPart",
    "Plan",
    "SafetyCount",
    "Statistic",
    "Told",
    "arms_of",
    "closed_part",
    "courses_of",
    "entered_of",
    "frozen",
    "interim",
    "open_part",
    "plan_of",
    "safety",
    "statistic",
]
