"""May a cell say this? A typo in a cell must never pass for a fact that speaks against something."""

from collections.abc import Iterable

from cordula.protocols.refusal import not_known
from cordula.vocabulary.words import _


def one_of(cell: str, words: Iterable[str]) -> None:
    """Raises ValueError with a suggestion where the cell holds none of these."""
    words = tuple(words)
    if cell not in words:
        raise ValueError(not_known(cell, _("what this column can say"), words))


def listed(cell: str, words: Iterable[str]) -> tuple[str, ...]:
    """The words of a cell that lists some, each of them one of these."""
    found = tuple(part.strip() for part in cell.split(","))
    for word in found:
        one_of(word, words)
    return found
