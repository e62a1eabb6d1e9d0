"""A list of arms, drawn before the first child by the procedure that the protocol names, and sealed place by place."""

from collections.abc import Callable
from dataclasses import dataclass
from secrets import token_bytes

from numpy.random import Generator

from cordula.events.sealed import Disclosure, Sealed, Sealing
from cordula.stats.randomisation import BiasedCoin, Blocks, Complete, Procedure, Urn, allocations
from cordula.stats.refusals import CannotBe
from cordula.trial.allocation.commitment import Draw, prove, root_over
from cordula.trial.design.design import Design


@dataclass(frozen=True, slots=True)
class AllocationList:
    """The seals of a list, which may be shown, and the disclosures, which are kept from everybody who enrols.

    `method` as in the protocol. The disclosures' values are the arms."""

    name: str
    method: str
    disclosures: tuple[Disclosure, ...]

    @property
    def places(self) -> int:
        return len(self.disclosures)

    @property
    def seals(self) -> tuple[Sealed, ...]:
        return tuple(Sealed(one.digest) for one in self.disclosures)

    @property
    def root(self) -> str:
        """What is committed to the ledger: 64 hex digits."""
        return root_over(self.seals)

    def draw(self, place: int) -> Draw:
        """The seal and the proof of a place, from 1; its disclosure stays here. Raises NotTheList."""
        return prove(self.seals, place)


def draw_list(
    name: str,
    design: Design,
    size: int,
    rng: Generator,
    random_bytes: Callable[[int], bytes] = token_bytes,
) -> AllocationList:
    """A list of `size` places for one stratum.

    rng: such as `stats.streams.stream(secret, "allocation", stratum)`; whoever knows the secret can draw the
    list again. random_bytes: for the salts. Raises CannotBe for a design without a list."""
    procedure = procedure_of(design)
    drawn = allocations(procedure, size, 1, rng)[0]
    return sealed_list(
        name, design.allocation.method, [design.arms[arm].id for arm in drawn], random_bytes
    )


def sealed_list(
    name: str, method: str, values: list[str], random_bytes: Callable[[int], bytes]
) -> AllocationList:
    """These values, each under a seal of its own that names its place."""
    sealing = Sealing(random_bytes)
    for place, value in enumerate(values, start=1):
        sealing(f"{name}/{place}", value)
    return AllocationList(name, method, tuple(sealing.disclosures))


def procedure_of(design: Design) -> Procedure:
    """The procedure of the protocol's word. Raises CannotBe where it draws no list for two arms."""
    if len(design.arms) != 2:
        raise CannotBe(f"lists are drawn for two arms; this design has {len(design.arms)}")
    ratio = (design.arms[0].ratio, design.arms[1].ratio)
    method = design.allocation.method
    if method == "permuted_blocks":
        return Blocks(ratio=ratio, sizes=design.allocation.blocks)
    if method == "simple":
        return Complete(ratio=ratio)
    if method in ("urn", "biased_coin"):
        if ratio[0] != ratio[1]:
            raise CannotBe(
                f"{method.replace('_', ' ')} is for arms of equal ratio, not {ratio[0]} : {ratio[1]}"
            )
        return Urn() if method == "urn" else BiasedCoin()
    raise CannotBe(
        f"a design with the allocation “{method}” has no list of arms that could be drawn before"
    )
