"""What is wrong with a file of the parents' page, said to the person who writes it: file, line, fault, remedy."""

from collections.abc import Iterable

from cordula.evidence.refusal import Problem


class AidRefused(Exception):
    """Files no parent should be shown. `problems` holds every fault that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


__all__ = ["AidRefused", "Problem"]
