"""How does the real trial stand? From the ledger's facts at one size of its tree, with the rules that were simulated.

    plan = plan_of(protocol)                                        # the design with its rules, and the calendar
    facts = frozen(told, size=1200, root=root, at=moment)           # what the ledger said then, for ever
    open_part(plan, facts)                                          # pooled: accrual, completeness, events
    closed_part(plan, [(facts, arms_of(plan.design, facts, plan.operation, words))])   # by arm, for the board

`closed_part` asks `design.looks` and `design.safety`, the objects that `trial.simulation` asks.

Inputs, the same everywhere here unless a function says otherwise:

    plan, design: what `plan_of` answers, and its design
    protocol: a loaded protocol, such as `protocols.load.named(id)`
    told, size, root: entries of the ledger that concern the trial, the tree's size and its root at that size
    at, now: the moment of the facts, with its time zone
    facts: what `frozen` answers
    courses: what `courses_of` answers
    arms: the arm of each child of whom it is known, as `arms_of` answers
    operation: the protocol's name of it, such as “stage_2_palliation”
    words: the disclosures of the draws by their digest
    endpoint: of the design
    looks: the statistic (or the facts with the arms) at each look so far, the present one last; of several endpoints,
        those of each by its name"""

from cordula.trial.monitoring.arms import Arms, arms_of
from cordula.trial.monitoring.course import Course, courses_of, entered_of
from cordula.trial.monitoring.frozen import Frozen, Told, frozen
from cordula.trial.monitoring.interim import Interim, interim
from cordula.trial.monitoring.parts import ClosedPart, OpenPart, closed_part, open_part
from cordula.trial.monitoring.plan import Plan, plan_of
from cordula.trial.monitoring.readable import unmonitored
from cordula.trial.monitoring.safety import SafetyCount, safety
from cordula.trial.monitoring.several import Standing, interims, standing_of
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
    "Standing",
    "Statistic",
    "Told",
    "arms_of",
    "closed_part",
    "courses_of",
    "entered_of",
    "frozen",
    "interim",
    "interims",
    "open_part",
    "plan_of",
    "safety",
    "standing_of",
    "statistic",
    "unmonitored",
]
