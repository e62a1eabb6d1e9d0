"""What is wrong with this label, in one sentence for the person who holds it?"""

from __future__ import annotations


class LabelError(ValueError):
    """A label that cannot be trusted: which structure, where in the scan, what was expected, what was found."""

    def __init__(self, structure: str, position: int | None, expected: str, found: str) -> None:
        super().__init__(structure, position, expected, found)
        self.structure = structure
        self.position = position
        self.expected = expected
        self.found = found

    def __str__(self) -> str:
        where = "" if self.position is None else f", character {self.position}"
        return f"{self.structure}{where}: expected {self.expected}; found {self.found}."

    def moved(self, characters: int) -> LabelError:
        """The same error when its structure does not stand at the beginning of the scan."""
        if self.position is None:
            return self
        return LabelError(self.structure, self.position + characters, self.expected, self.found)


def shown(text: str) -> str:
    """Scanned characters as a sentence can carry them: quoted, short, nothing invisible."""
    if not text:
        return "nothing"
    short = text if len(text) <= 40 else text[:39] + "…"
    return "“" + "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in short) + "”"
