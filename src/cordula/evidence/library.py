"""Every study of the library, checked; which of them share children is told by name."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import combinations
from pathlib import Path

from cordula.evidence.checks import check_study
from cordula.evidence.reading import NEVER, read_study
from cordula.evidence.refusal import EvidenceRefused, Problem, Unknown, not_known
from cordula.evidence.study import Study
from cordula.evidence.table import Table

OWN = Path(str(files("cordula.evidence")))
STUDIES = "studies"


def load(folder: Path = OWN / STUDIES) -> Mapping[str, Study]:
    """The studies of a folder by their ids. Raises EvidenceRefused with every fault of every file."""
    studies, problems = look_through(folder)
    if problems:
        raise EvidenceRefused(problems)
    return studies


@cache
def studies() -> Mapping[str, Study]:
    """The studies that Cordula ships."""
    return load()


def study(id_: str) -> Study:
    found = studies().get(id_)
    if found is None:
        raise Unknown(id_, "a study", studies())
    return found


def look_through(folder: Path) -> tuple[dict[str, Study], list[Problem]]:
    """What could be read, and everything that is wrong."""
    found: dict[str, Study] = {}
    tables: dict[str, Table] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            one, root = read_study(path)
        except EvidenceRefused as refused:
            problems += refused.problems
            continue
        check_study(one, root)
        found[path.stem], tables[path.stem] = one, root
    _check_sharing(found, tables)
    problems += [problem for root in tables.values() for problem in root.faults.found]
    return found, sorted(set(problems))


def _check_sharing(found: Mapping[str, Study], tables: Mapping[str, Table]) -> None:
    """Each names the other, or a reader of one file alone would count the children twice."""
    path = ("study", "shares_patients_with")
    for key, one in found.items():
        for other in one.shares_patients_with:
            if other not in found:
                tables[key].faults.tell(path, not_known(other, "a study", found))
            elif key not in found[other].shares_patients_with:
                says = f"{other} shares children with {key}, and does not say so in its own file"
                tables[other].faults.tell(path, says)


def overlaps(chosen: Mapping[str, Study]) -> Iterator[tuple[Study, Study]]:
    """Each two of the chosen that count some of the same children."""
    for one, other in combinations(chosen.values(), 2):
        if other.id in one.shares_patients_with or one.id in other.shares_patients_with:
            yield one, other


def waiting(known: Mapping[str, Study]) -> list[Study]:
    """Studies whose numbers are awaited, or published and not read; each with the day somebody looked."""
    return [one for one in known.values() if one.numbers in ("awaited", "not_read")]


__all__ = ["NEVER", "OWN", "load", "look_through", "overlaps", "studies", "study", "waiting"]
