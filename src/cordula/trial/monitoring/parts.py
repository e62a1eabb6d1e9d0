"""What may everybody in the trial's office see, and what the safety board alone?

The open part knows no arm: it is made from the facts without one. The closed part is told by arm. Nothing of the
closed part can be got from the open one, because the open one never had it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from cordula.stats.refusals import CannotBe
from cordula.trial.design import Endpoint
from cordula.trial.monitoring.accrual import Accrual, Completeness, accrual, completeness
from cordula.trial.monitoring.arms import WARNINGS, Arms
from cordula.trial.monitoring.course import Course, courses_of, entered_of
from cordula.trial.monitoring.frozen import Frozen
from cordula.trial.monitoring.interim import Interim, held_by, interim
from cordula.trial.monitoring.plan import Plan
from cordula.trial.monitoring.posterior import Posterior, difference, share
from cordula.trial.monitoring.safety import SafetyCount, safety
from cordula.trial.monitoring.several import interims, standing_of
from cordula.trial.monitoring.statistic import Statistic, statistic

EVENTS = ("death", "transplant", "unplanned_operation", "serious_event")


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysed:
    """From what an analysis was made: enough to make it again."""

    protocol: str
    version: str
    digest: str
    size: int
    root: str
    at: str
    versions: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPart:
    """Pooled over the arms: nothing here tells one arm from the other."""

    made: Analysed
    accrual: Accrual
    completeness: tuple[Completeness, ...]
    events: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmCounts:
    """One arm: children of it, and how many of them had each kind of event since their entry."""

    arm: str
    title: str
    children: int
    events: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedPart:
    """By arm, for the board alone. `unanswered`: endpoints of which the ledger cannot tell, each with its reason;
    `says`: of several endpoints, what the rule says of the trial as a whole."""

    made: Analysed
    arms: tuple[ArmCounts, ...]
    concealed: int
    origin: str
    warning: str
    completeness: Mapping[str, tuple[Completeness, ...]]
    interims: tuple[Interim, ...]
    unanswered: Mapping[str, str]
    posteriors: tuple[Posterior, ...]
    safety: tuple[SafetyCount, ...]
    shares: tuple[Posterior, ...]
    says: str = ""


def open_part(plan: Plan, facts: Frozen) -> OpenPart:
    """Accrual, completeness and events of all children together."""
    entered = entered_of(plan, facts)
    own = entered[: plan.design.participants]
    return OpenPart(
        made=made_of(plan, facts),
        accrual=accrual(plan, entered, facts),
        completeness=completeness(plan, own, facts),
        events=_events(own, facts),
    )


def closed_part(plan: Plan, looks: Sequence[tuple[Frozen, Arms]]) -> ClosedPart:
    """The newest of the looks, by arm.

    looks: the facts at each look so far, the present one last, each with the arms as they were known then."""
    facts, arms = looks[-1]
    own = courses_of(plan, facts)
    found, says, unanswered = _interims(plan, looks)
    counts = safety(plan, own, arms, facts.at)
    answers = [difference(one.endpoint, one.statistic) for one in found]
    beliefs = [share(one) for one in counts]
    by_arm = {arm.id: _of_arm(arm.id, own, arms) for arm in plan.design.arms}
    return ClosedPart(
        made=made_of(plan, facts),
        arms=tuple(
            ArmCounts(
                arm=arm.id,
                title=arm.title,
                children=len(by_arm[arm.id]),
                events=_events(by_arm[arm.id], facts),
            )
            for arm in plan.design.arms
        ),
        concealed=sum(one.infant not in arms.of for one in own),
        origin=arms.origin,
        warning=WARNINGS[arms.origin],
        completeness={n: completeness(plan, part, facts) for n, part in by_arm.items()},
        interims=found,
        says=says,
        unanswered=unanswered,
        posteriors=tuple(one for one in answers if one is not None),
        safety=counts,
        shares=tuple(one for one in beliefs if one is not None),
    )


def made_of(plan: Plan, facts: Frozen) -> Analysed:
    design = plan.design
    return Analysed(
        protocol=design.protocol,
        version=design.version,
        digest=design.digest,
        size=facts.size,
        root=facts.root,
        at=facts.at.isoformat(),
        versions=_versions(),
    )


@cache
def _versions() -> Mapping[str, str]:
    """Read from the installed packages once: they do not change while the program runs."""
    from cordula.trial.simulation.versions import versions

    return versions()


def _interims(
    plan: Plan, looks: Sequence[tuple[Frozen, Arms]]
) -> tuple[tuple[Interim, ...], str, dict[str, str]]:
    """Each endpoint, what the rule says of the trial where there are several, and what cannot be told."""
    told, unanswered = {}, {}
    for endpoint in monitored(plan):
        try:
            told[endpoint.id] = [_statistic(plan, endpoint, *one) for one in looks]
            held_by(plan.design, endpoint, told[endpoint.id])
        except CannotBe as impossible:
            unanswered[endpoint.id] = str(impossible)
    asked = {name: found for name, found in told.items() if name not in unanswered}
    if not asked:
        return (), "", unanswered
    if plan.design.several.alone:
        return (_alone(plan, asked),), "", unanswered
    return interims(plan.design, asked), standing_of(plan.design, asked).says, unanswered


def monitored(plan: Plan) -> tuple[Endpoint, ...]:
    """The endpoints the trial is decided by, where they are tested at all."""
    return plan.design.decided_by


def _alone(plan: Plan, told: Mapping[str, Sequence[Statistic]]) -> Interim:
    ((name, found),) = told.items()
    return interim(plan.design, plan.design.endpoints[name], found)


def _statistic(plan: Plan, endpoint: Endpoint, facts: Frozen, arms: Arms) -> Statistic:
    return statistic(plan, endpoint, courses_of(plan, facts), arms, facts.at)


def _of_arm(arm: str, own: Sequence[Course], arms: Arms) -> tuple[Course, ...]:
    return tuple(one for one in own if arms.of.get(one.infant) == arm)


def _events(own: Sequence[Course], facts: Frozen) -> dict[str, int]:
    return {
        kind: sum(kind in one.happened and one.happened[kind] <= facts.at for one in own)
        for kind in EVENTS
    }
