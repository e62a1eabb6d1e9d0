"""Which lists does this version have now, which of them are used up, and what is the next one of a stratum called?"""

from dataclasses import dataclass

from cordula.events.randomisation import AllocationListCommitted
from cordula.trial.allocation import History
from cordula_web.trial_office.facts import Trial


@dataclass(frozen=True, slots=True)
class ListsNow:
    """version: of the protocol, and a part of every name; stems: the lists of each stratum in their order, a list
    and those that continue it; used_up: the strata from which nobody can draw any more."""

    version: str
    stems: dict[str, tuple[AllocationListCommitted, ...]]
    used_up: tuple[str, ...]
    enrolled: bool

    @classmethod
    def of(cls, found: Trial, history: History) -> "ListsNow":
        mine = [e for e in history.committed.values() if e.digest == found.protocol.digest]
        stems: dict[str, tuple[AllocationListCommitted, ...]] = {}
        for one in mine:
            first = (*history.followed(one.list_name), one.list_name)[0]
            stratum = first.removesuffix(f", {found.protocol.version}")
            stems[stratum] = (*stems.get(stratum, ()), one)
        used_up = tuple(name for name, lists in stems.items() if _is_used_up(history, lists[-1]))
        return cls(found.protocol.version, stems, used_up, bool(history.enrolled))

    def next_name(self, stratum: str) -> tuple[str, str | None]:
        """The name of the stratum's next list, and of the used-up one that it goes on from."""
        name = f"{stratum}, {self.version}"
        if stratum not in self.used_up:
            return name, None
        lists = self.stems[stratum]
        return f"{name}, continued {len(lists)}", lists[-1].list_name


def _is_used_up(history: History, listed: AllocationListCommitted) -> bool:
    return history.drawn.get(listed.list_name, 0) >= listed.places
