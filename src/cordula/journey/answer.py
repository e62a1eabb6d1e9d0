"""What is an answer at the top of a page made of?"""

from dataclasses import dataclass

from cordula.journey.verdict import Gate, Status, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A word, the status that goes with it, a sentence, and the gates that stand in the way."""

    word: str
    status: Status
    says: str
    blockers: tuple[Gate | Step, ...] = ()
