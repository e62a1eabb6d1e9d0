"""What is wrong with a protocol file, said to the person who writes it: file, line, fault, remedy."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from cordula.vocabulary.words import _


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault. It prints as one line: ``protocol.toml:12: “voume” is not a measure; did you mean “volume”?``"""

    file: str
    line: int
    says: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.says}"


class ProtocolRefused(Exception):
    """A protocol that cannot be trusted to gate anything. `problems` holds every fault that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class UnknownProtocol(LookupError):
    """The library has no protocol of this name."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(not_known(name, _("a protocol of the library"), known))


def not_known(word: str, what: str, known: Iterable[str]) -> str:
    """“voume” is not a measure; did you mean “volume”?"""
    known = sorted(known)
    says = _("“{word}” is not {what}").format(word=word, what=what)
    lower = {one.lower(): one for one in known}
    near = get_close_matches(word.lower(), lower, n=1, cutoff=0.5)
    if near:
        return says + _("; did you mean “{near}”?").format(near=lower[near[0]])
    if len(known) == 1:
        return says + _("; only “{known}” is").format(known=known[0])
    if known and len(known) <= 8:
        return says + _("; one of {known} is needed").format(known=", ".join(known))
    return says
