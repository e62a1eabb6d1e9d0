"""What is wrong with a protocol file, said to the person who writes it: file, line, fault, remedy."""

from collections.abc import Iterable, Mapping
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


def not_known(word: str, what: str, known: Iterable[str], listed: str = "") -> str:
    """“voume” is not a measure; did you mean “volume”? `listed` says where a long list stands whole."""
    known = sorted(known)
    says = _("“{word}” is not {what}").format(word=word, what=what)
    lower = {one.lower(): one for one in known}
    # A bold guess is better than none, but not better than being told where to look.
    near = get_close_matches(word.lower(), lower, n=1, cutoff=0.75 if listed else 0.5)
    if near:
        return says + _("; did you mean “{near}”?").format(near=lower[near[0]])
    if len(known) == 1:
        return says + _("; only “{known}” is").format(known=known[0])
    if known and len(known) <= 8:
        return says + _("; one of {known} is needed").format(known=", ".join(known))
    return says + _nearest(word, lower, listed)


def _nearest(word: str, lower: Mapping[str, str], listed: str) -> str:
    """Where nothing is near and the list is long: its three nearest words, and where all of it stands."""
    if not lower:
        return ""
    near = [lower[one] for one in get_close_matches(word.lower(), lower, n=3, cutoff=0)]
    says = _("; the nearest of {count} are {near}")
    if listed:
        says = _("; the nearest of {count} are {near}, and all stand in {listed}")
    return says.format(count=len(lower), near=", ".join(near), listed=listed)
