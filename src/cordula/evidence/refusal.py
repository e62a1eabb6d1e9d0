"""What is wrong with the evidence files, said to the person who writes them, and what pooling refuses."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault. It prints as one line: ``ticap.toml:12: “rvef_chnge” is not a measure; did you mean “rvef_change”?``"""

    file: str
    line: int
    says: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.says}"


class EvidenceRefused(Exception):
    """Files that cannot be trusted. `problems` holds every fault that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class PoolingRefused(Exception):
    """What was asked would not be honest, or cannot be done; the message says what would be needed."""


class Unknown(LookupError):
    """A name that the evidence does not have."""

    def __init__(self, word: str, what: str, known: Iterable[str]) -> None:
        super().__init__(not_known(word, what, known))


class NoSuchTime(LookupError):
    """A time at which the question is not asked and nobody measured; the message names the times there are."""


def not_known(word: str, what: str, known: Iterable[str]) -> str:
    """“tycap” is not a study; did you mean “ticap”?"""
    known = sorted(known)
    says = f"“{word}” is not {what}"
    near = get_close_matches(word.lower(), known, n=1, cutoff=0.5)
    if near:
        return f"{says}; did you mean “{near[0]}”?"
    if 0 < len(known) <= 12:
        return f"{says}; one of {', '.join(known)} is needed"
    return says
