"""Can every step be reached, and does every gate hold something back?"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from cordula.protocols.file.table import Table
from cordula.protocols.protocol import Gate, Stage, Step
from cordula.protocols.refusal import not_known
from cordula.vocabulary.lines import Path
from cordula.vocabulary.words import _


def check_ids(
    root: Table, stages: Sequence[Stage], gates: Sequence[Gate], steps: Sequence[Step]
) -> None:
    """Gates and steps share one set of names; criteria have their own, as have stages."""
    rows = [*_ids("gates", [g.id for g in gates]), *_ids("steps", [s.id for s in steps])]
    _unique(root, rows)
    _unique(root, _criteria(gates))
    _unique(root, _ids("stages", [stage.id for stage in stages]))


def _ids(key: str, names: Iterable[str]) -> Iterator[tuple[Path, str]]:
    for number, name in enumerate(names):
        yield (key, number), name


def _criteria(gates: Sequence[Gate]) -> Iterator[tuple[Path, str]]:
    for number, gate in enumerate(gates):
        for place, criterion in enumerate(gate.criteria):
            yield ("gates", number, "criteria", place), criterion.id


def _unique(root: Table, named: Iterable[tuple[Path, str]]) -> None:
    seen: Counter[str] = Counter()
    for path, name in named:
        seen[name] += 1
        if name and seen[name] == 2:
            root.faults.tell((*path, "id"), _("“{name}” is the id of two things").format(name=name))


def check_reach(root: Table, gates: Sequence[Gate], steps: Sequence[Step]) -> None:
    names = {gate.id for gate in gates} | {step.id for step in steps}
    for number, step in enumerate(steps):
        for name in step.waits_for:
            if name not in names:
                says = not_known(name, _("a gate or a step"), names)
                root.faults.tell(("steps", number, "waits_for"), says)
    _no_circle(root, steps, names)
    _no_idle_gate(root, gates, steps)


def _no_circle(root: Table, steps: Sequence[Step], names: set[str]) -> None:
    ids = {step.id for step in steps}
    reached: set[str] = set()
    while found := [
        s for s in steps if s.id not in reached and ids.intersection(s.waits_for) <= reached
    ]:
        reached.update(step.id for step in found)
    circle = [step.id for step in steps if step.id not in reached]
    for number, step in enumerate(steps):
        if step.id in circle:
            says = _("“{step}” can never be reached: it waits, in the end, for itself ({circle})")
            root.faults.tell(
                ("steps", number, "waits_for"), says.format(step=step.id, circle=", ".join(circle))
            )


def _no_idle_gate(root: Table, gates: Sequence[Gate], steps: Sequence[Step]) -> None:
    """A gate that no step waits for would be shown, and hold nothing back."""
    awaited = {name for step in steps for name in step.waits_for}
    for number, gate in enumerate(gates):
        if gate.id and gate.id not in awaited:
            says = _("no step waits for the gate “{gate}”, so it would hold nothing back")
            root.faults.tell(("gates", number), says.format(gate=gate.id))
