"""How balanced are the arms, and how well could the next draw be guessed? For the statistician, never for who enrols."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cordula.stats.randomisation import balance
from cordula.trial.allocation.lists import procedure_of
from cordula.trial.design.design import Design


@dataclass(frozen=True, slots=True)
class AllocationReport:
    """Of the draws so far. counts: children of each arm; by_stratum: the same in each list; ahead: how many
    children the first arm is ahead of its ratio; guessed: the share of draws that naming the arm that is behind
    guesses on average (None for a minimisation); certain: the share that could be known for sure."""

    counts: Mapping[str, int]
    by_stratum: Mapping[str, Mapping[str, int]]
    ahead: float
    guessed: float | None
    certain: float | None


def report(design: Design, arms: Mapping[str, Sequence[str]]) -> AllocationReport:
    """arms: of each list, the arms in the order in which they were drawn."""
    counts = Counter(arm for drawn in arms.values() for arm in drawn)
    longest = max((len(drawn) for drawn in arms.values()), default=0)
    guessed, certain = predictable(design, longest)
    first, whole = design.arms[0], sum(arm.ratio for arm in design.arms)
    return AllocationReport(
        counts={arm.id: counts[arm.id] for arm in design.arms},
        by_stratum={
            name: {arm.id: list(drawn).count(arm.id) for arm in design.arms}
            for name, drawn in arms.items()
        },
        ahead=counts[first.id] - sum(counts.values()) * first.ratio / whole,
        guessed=guessed,
        certain=certain,
    )


def predictable(design: Design, draws: int) -> tuple[float | None, float | None]:
    """The share of so many draws that naming the arm that is behind guesses, and the share that could be known for
    sure; None for a minimisation. By following every state of the procedure (Blackwell & Hodges 1957)."""
    if draws < 1 or design.allocation.method == "minimisation":
        return None, None
    found = balance(procedure_of(design), draws)
    return found.guess_rate, float(found.forced.mean())
