"""Which arm has each child of each simulated trial, as the protocol allocates?"""

from dataclasses import dataclass

from cordula.stats.refusals import CannotBe
from cordula.stats.simulation import allocation
from cordula.stats.simulation.patients import Arms
from cordula.stats.simulation.philox import words_of_key
from cordula.trial.design.design import Design

# How many arms the simulator can tell apart.
TWO = 2


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The method with its numbers. `patients` are all children of the trial."""

    method: str
    sizes: tuple[int, ...]
    ratio: tuple[int, ...]
    blocks: tuple[int, ...]
    factors: int
    seed: int

    def arms(self, first: int, trials: int) -> Arms:
        """Shape (1, N) where every trial has the same order, else (trials, N)."""
        patients, stream = sum(self.sizes), words_of_key(self.seed, "allocation")
        if self.method == "permuted_blocks":
            return allocation.permuted_blocks(
                stream, first, trials, self.ratio, self.blocks, patients
            )
        if self.method == "simple":
            return allocation.simple(stream, first, trials, self.ratio, patients)
        if self.method == "minimisation":
            return allocation.by_minimisation(
                stream, first, trials, self.ratio, self.factors, patients
            )
        if self.method in ("urn", "biased_coin"):
            from cordula.stats.randomisation.procedures import BiasedCoin, Urn

            rule = Urn() if self.method == "urn" else BiasedCoin()
            return allocation.by_procedure(stream, first, trials, rule, patients)
        return allocation.alternating(self.sizes)


def arrangement(design: Design, seed: int) -> Arrangement:
    """How this design allocates. A trial that is not randomised has its arms in their planned sizes."""
    if len(design.arms) > TWO:
        told = ", ".join(arm.id for arm in design.arms)
        raise CannotBe(
            f"the simulator compares two arms; this design has {len(design.arms)}: {told}"
        )
    return Arrangement(
        method=design.allocation.method,
        sizes=design.sizes,
        ratio=tuple(arm.ratio for arm in design.arms),
        blocks=design.allocation.blocks,
        factors=max(1, len(design.allocation.strata)),
        seed=seed,
    )
