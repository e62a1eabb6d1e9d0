"""What is wrong with a file of a circuit, told to the person who writes it."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

# So many names are told in one line; of more, the nearest.
FEW = 20


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: in which file, on which line, what was found and what was expected."""

    file: str
    line: int
    says: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.says}"


class CircuitRefused(ValueError):
    """A circuit that cannot be used, with every fault that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems), key=lambda p: (p.file, p.line, p.says)))
        super().__init__("\n".join(map(str, self.problems)))


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """``there is no node “AOO”; did you mean “AO”?``, or the names there are, or of many those most like it."""
    names = sorted(set(known))
    near = get_close_matches(name, names, n=1)
    if near:
        return f"there is no {what} “{name}”; did you mean “{near[0]}”?"
    if len(names) <= FEW:
        return f"there is no {what} “{name}”; there are {', '.join(names) or 'none'}"
    like = get_close_matches(name, names, n=3, cutoff=0.0)
    return f"there is no {what} “{name}”; of {len(names)} the most like it are {', '.join(like)}"
