"""How is a minimisation fixed before the first child, and each draw proven? By one sealed seed, and by drawing again.

What is sealed says the method, its factors, weights and arms, and the seed of the chances; the ledger keeps its digest.
Each place's chance, and the salt under which its arm is sealed, follow from the seed alone. So whoever is told the seed
can draw every place again from the ledger's factors, and must find the seals that stand there."""

from base64 import urlsafe_b64encode
from collections.abc import Callable, Sequence
from hashlib import sha256
from hmac import digest as hmac
from secrets import token_bytes

from cordula.events.randomisation import AllocationListCommitted, Randomised
from cordula.events.sealed import Disclosure, Sealing
from cordula.stats.refusals import CannotBe
from cordula.stats.streams import stream
from cordula.trial.allocation.commitment import NotTheList
from cordula.trial.allocation.minimisation import FAVOUR, Before, arm_by_minimisation
from cordula.trial.design.design import Design

# The methods whose arms depend on the children before.
SEEDED = frozenset({"minimisation"})
SEED_BYTES, SALT_BYTES = 32, 16
# A chance as text: enough digits to tell any two arms apart, and the same on every machine.
DIGITS = 12
_SEED = "; seed "


def is_seeded(method: str) -> bool:
    """Whether each arm depends on the children before, so that a seed is committed to in place of a list."""
    return method in SEEDED


def draw_seed(
    name: str, design: Design, random_bytes: Callable[[int], bytes] = token_bytes
) -> Disclosure:
    """The rule with a seed, sealed: its `digest` is what is committed to, its value is told to nobody.

    Raises CannotBe for a design whose arms could stand on a list, or that has no factors."""
    value = rule_of(design) + _SEED + random_bytes(SEED_BYTES).hex()
    sealing = Sealing(random_bytes)
    sealing(name, value)
    return sealing.disclosures[0]


def rule_of(design: Design) -> str:
    """The rule in words: whatever decides an arm beside the seed and the children."""
    allocation = design.allocation
    if not is_seeded(allocation.method):
        raise CannotBe(f"“{allocation.method}” draws a list of arms; a seed is for a minimisation")
    if not allocation.strata:
        raise CannotBe(
            "a minimisation needs factors to balance: “strata” of the allocation names none"
        )
    factors = ", ".join(f"{factor} with weight 1" for factor in allocation.strata)
    arms = ", ".join(f"{arm.id} {arm.ratio}" for arm in design.arms)
    return f"minimisation by range; favour {FAVOUR}; factors {factors}; arms {arms}"


def drawn_again(
    design: Design, seed: Disclosure, factors: Sequence[Sequence[str]], before: Before = ()
) -> tuple[Disclosure, ...]:
    """The words of the places 1, 2, … for children with these factors, in their order: each holds an arm.

    before: the children of a list that this one continues. Raises CannotBe where factors do not fit, NotTheList
    where the seed was sealed for another rule."""
    rule, _, number = seed.value.partition(_SEED)
    if rule != rule_of(design) or len(number) != 2 * SEED_BYTES:
        raise NotTheList(
            f"the seed was sealed for “{rule}”, and the design says “{rule_of(design)}”"
        )
    secret, seen, found = bytes.fromhex(number), list(before), []
    for place, levels in enumerate(factors, start=1):
        arm = arm_by_minimisation(design, seen, levels, _chance(secret, seed.name, place))
        found.append(Disclosure(_salt(secret, seed.name, place), f"{seed.name}/{place}", arm))
        seen.append((levels, arm))
    return tuple(found)


def check_seed(
    design: Design,
    listed: AllocationListCommitted,
    seed: Disclosure,
    draws: Sequence[Randomised],
    before: Before = (),
) -> None:
    """That this seed was committed to, and every draw follows from it, in its order. Raises NotTheList."""
    if seed.digest != listed.root:
        raise NotTheList(f"this seed is not the one that “{listed.list_name}” was committed with")
    again = drawn_again(design, seed, [one.factors for one in draws], before)
    for place, (draw, words) in enumerate(zip(draws, again, strict=True), start=1):
        if draw.number != place or draw.sealed.digest != words.digest:
            raise NotTheList(
                f"what was drawn is not what place {place} gives from the committed seed"
            )


def _chance(secret: bytes, name: str, place: int) -> str:
    rng = stream(int.from_bytes(secret, "big"), f"allocation {name}", place)
    return f"{int(rng.integers(0, 10**DIGITS)) / 10**DIGITS:.{DIGITS}f}"


def _salt(secret: bytes, name: str, place: int) -> str:
    """Nobody without the seed can guess it, so the seal tells nothing of the arm."""
    raw = hmac(secret, f"salt {name}/{place}".encode(), sha256)[:SALT_BYTES]
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
