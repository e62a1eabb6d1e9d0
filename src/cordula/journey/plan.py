"""What a protocol asks for, made ready once so that it can be judged thousands of times a second."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cordula.events.event import Event
from cordula.events.kinds import KINDS
from cordula.events.release import ExceptionallyReleased, Released
from cordula.journey.citing import cited
from cordula.journey.finders import Finder, finder
from cordula.journey.needs import needed
from cordula.journey.verdict import Citation
from cordula.protocols import protocol as protocols
from cordula.protocols.criteria import Criterion
from cordula.protocols.protocol import Protocol
from cordula.vocabulary.quantity import Quantity
from cordula.vocabulary.words import language


@dataclass(frozen=True, slots=True)
class Question:
    """A criterion with the function that looks at it, and the words that stay the same."""

    criterion: Criterion
    find: Finder
    needed: str
    cites: Citation


@dataclass(frozen=True, slots=True)
class GatePlan:
    gate: protocols.Gate
    number: int
    questions: tuple[Question, ...]
    # The latest it can close: its own time before the operation, or that of the steps behind it.
    before_operation: Quantity | None


@dataclass(frozen=True, slots=True)
class StepPlan:
    """A step, and all that must hold for it. `gates`, `steps` and `kinds_before` reach back through
    every step before it: to the gates, to the steps, and to the kinds of their events."""

    step: protocols.Step
    number: int
    kinds: tuple[type[Event], ...]
    gates_asked: tuple[str, ...]
    steps_asked: tuple[str, ...]
    gates: frozenset[str]
    steps: frozenset[str]
    kinds_before: frozenset[type[Event]]
    reachable: bool


@dataclass(frozen=True, slots=True)
class Plan:
    protocol: Protocol
    gates: tuple[GatePlan, ...]
    # In the order of the protocol, and in one in which every step comes after those it waits for.
    steps: tuple[StepPlan, ...]
    order: tuple[StepPlan, ...]
    stages: tuple[tuple[str, str], ...]


_KEPT = 32
_plans: OrderedDict[tuple[int, str], Plan] = OrderedDict()


def plan_of(protocol: Protocol) -> Plan:
    """The plan of this protocol in the language that is spoken; the few asked for last are kept.

    A plan holds its protocol, so no other protocol can ever stand at the same address."""
    key = (id(protocol), language())
    plan = _plans.get(key)
    if plan is None:
        plan = _plans[key] = made_ready(protocol)
        while len(_plans) > _KEPT:
            _plans.popitem(last=False)
    _plans.move_to_end(key)
    return plan


def made_ready(protocol: Protocol) -> Plan:
    numbers = _numbers(protocol)
    order = _in_order(protocol)
    steps = _steps(protocol, order, numbers)
    return Plan(
        protocol=protocol,
        gates=tuple(_gate(protocol, gate, numbers) for gate in protocol.gates),
        steps=tuple(steps[step.id] for step in protocol.steps),
        order=tuple(steps[step.id] for step in order),
        stages=tuple((stage.id, stage.title) for stage in protocol.stages),
    )


def _numbers(protocol: Protocol) -> dict[str, int]:
    """One count down the timeline: by stage, in each its gates and then its steps."""
    stages = [stage.id for stage in protocol.stages]
    rows: list[protocols.Gate | protocols.Step] = [*protocol.gates, *protocol.steps]
    rows.sort(key=lambda row: stages.index(row.stage) if row.stage in stages else len(stages))
    return {row.id: number for number, row in enumerate(rows, 1)}


def _gate(protocol: Protocol, gate: protocols.Gate, numbers: dict[str, int]) -> GatePlan:
    questions = (
        Question(c, finder(c), needed(c), cited(protocol, c.source, c.place, c.open))
        for c in gate.criteria
    )
    return GatePlan(gate, numbers[gate.id], tuple(questions), _latest(protocol, gate))


def _latest(protocol: Protocol, gate: protocols.Gate) -> Quantity | None:
    if gate.before_operation is not None:
        return gate.before_operation
    behind = (s.before_operation for s in protocol.steps if gate.id in s.waits_for)
    return max((time for time in behind if time is not None), default=None)


def _in_order(protocol: Protocol) -> list[protocols.Step]:
    """Steps after those they wait for. Steps that wait for one another in a circle come last."""
    ids = {step.id for step in protocol.steps}
    ordered: dict[str, protocols.Step] = {}
    waiting = list(protocol.steps)
    while ready := [s for s in waiting if ids.intersection(s.waits_for) <= ordered.keys()]:
        ordered.update((step.id, step) for step in ready)
        waiting = [step for step in waiting if step.id not in ordered]
    return [*ordered.values(), *waiting]


def _steps(
    protocol: Protocol, order: Iterable[protocols.Step], numbers: dict[str, int]
) -> dict[str, StepPlan]:
    gates = {gate.id for gate in protocol.gates}
    plans: dict[str, StepPlan] = {}
    for step in order:
        before = [plans[name] for name in step.waits_for if name in plans]
        asked = tuple(name for name in step.waits_for if name in gates)
        acts = tuple(name for name in step.waits_for if name not in gates)
        plans[step.id] = StepPlan(
            step=step,
            number=numbers[step.id],
            kinds=tuple(_kinds(step)),
            gates_asked=asked,
            steps_asked=acts,
            gates=frozenset(asked).union(*(plan.gates for plan in before)),
            steps=frozenset(acts).union(*(plan.steps for plan in before)),
            kinds_before=frozenset(k for p in before for k in (*p.kinds, *p.kinds_before)),
            reachable=gates.union(plans).issuperset(step.waits_for)
            and all(plan.reachable for plan in before),
        )
    return plans


def _kinds(step: protocols.Step) -> Iterator[type[Event]]:
    """The kinds of event that make a step done; a release is one, with or without exceptions."""
    if step.event in (Released.__name__, ExceptionallyReleased.__name__):
        yield from (Released, ExceptionallyReleased)
    elif (kind := KINDS.get(step.event)) is not None:
        yield kind
