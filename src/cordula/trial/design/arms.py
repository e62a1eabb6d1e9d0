"""Between what do the children differ, and how is it decided which child is where?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """One way the children are treated; `cells` says whether they are given any. `participants` only where the
    protocol gives a number for the arm."""

    id: str
    title: str
    ratio: int = 1
    participants: int | None = None
    cells: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """How an arm is chosen: none, simple, permuted_blocks, minimisation, urn, biased_coin."""

    method: str
    blocks: tuple[int, ...] = ()
    strata: tuple[str, ...] = ()

    @property
    def randomised(self) -> bool:
        return self.method != "none"


def sizes(arms: tuple[Arm, ...], participants: int) -> tuple[int, ...]:
    """How many children each arm has: as the protocol says, else by the ratio, the rest to the first arms."""
    told = tuple(arm.participants for arm in arms)
    if all(number is not None for number in told):
        return tuple(number for number in told if number is not None)
    whole = sum(arm.ratio for arm in arms)
    shares = [participants * arm.ratio // whole for arm in arms]
    for place in range(participants - sum(shares)):
        shares[place % len(arms)] += 1
    return tuple(shares)
