"""A minimisation is fixed by a sealed seed: every draw follows from it, and nobody can change or guess one."""

from dataclasses import replace
from pathlib import Path

import pytest

from cordula.events.admission import NotAdmitted
from cordula.events.event import Event
from cordula.events.randomisation import AllocationListCommitted, Randomised
from cordula.events.sealed import Disclosure, Sealed
from cordula.stats.refusals import CannotBe
from cordula.trial.allocation import (
    History,
    NotTheList,
    admit,
    arm_by_minimisation,
    check_seed,
    draw_seed,
    drawn_again,
)
from cordula.trial.design import Design
from tests.unit.trial.plans import MINIMISED, read
from tests.unit.trial.test_allocation import NOW, TRIAL, WHO, enrolled, infant

SITES, SEXES = ("st-anna", "st-brigid"), ("female", "male")
FACTORS = [(SITES[n % 3 % 2], SEXES[n * 7 % 5 % 2]) for n in range(40)]


@pytest.fixture
def design(tmp_path: Path) -> Design:
    return read(tmp_path, MINIMISED)[0]


def counted(count: int) -> bytes:
    """Bytes that a test may know; a real seed takes them from the system."""
    return bytes(range(7, 7 + count))


@pytest.fixture
def seed(design: Design) -> Disclosure:
    return draw_seed("main", design, counted)


def committed(seed: Disclosure, name: str = "main", places: int = 40) -> AllocationListCommitted:
    return AllocationListCommitted(
        by=WHO, at=NOW, protocol_file=TRIAL, version="1", digest="0" * 64, list_name=name,
        method="minimisation", places=places, root=seed.digest,
    )  # fmt: skip


def drew(
    words: Disclosure, number: int, name: str = "main", child: int | None = None
) -> Randomised:
    return Randomised(
        by=WHO, at=NOW, infant=infant(number if child is None else child), protocol_file=TRIAL,
        list_name=name, number=number, sealed=Sealed(words.digest), proof=(),
        factors=FACTORS[number - 1],
    )  # fmt: skip


def draws(design: Design, seed: Disclosure, size: int = 40) -> list[Randomised]:
    again = drawn_again(design, seed, FACTORS[:size])
    return [drew(words, number) for number, words in enumerate(again, start=1)]


def test_every_draw_follows_from_the_seed_and_the_children_before(
    design: Design, seed: Disclosure
) -> None:
    made = draws(design, seed)

    check_seed(design, committed(seed), seed, made)

    arms = [one.value for one in drawn_again(design, seed, FACTORS)]
    assert arms.count("cells") in range(17, 24)
    assert [one.value for one in drawn_again(design, seed, FACTORS[:9])] == arms[:9]


def test_the_arms_are_those_that_the_rule_gives_with_the_chances_of_the_seed(
    design: Design, seed: Disclosure
) -> None:
    """A favour of 0.8: at the tenth child the rule's own arm and no other, for any chance below 0.8 or above."""
    arms = [one.value for one in drawn_again(design, seed, FACTORS[:10])]
    before = list(zip(FACTORS[:9], arms[:9], strict=True))
    possible = {
        arm_by_minimisation(design, before, FACTORS[9], c) for c in ("0.000000000001", "0.99")
    }

    assert arms[9] in possible
    favoured = [
        arm_by_minimisation(
            design, list(zip(FACTORS[:n], arms[:n], strict=True)), FACTORS[n], "0.5", 1.0
        )
        for n in range(1, 10)
    ]
    agreed = sum(one == other for one, other in zip(arms[1:], favoured, strict=True))
    assert agreed >= 6


@pytest.mark.parametrize("changed", ["seed", "arm", "factors", "order", "root"])
def test_whatever_is_changed_no_longer_follows(
    design: Design, seed: Disclosure, changed: str
) -> None:
    made, listed, told = draws(design, seed), committed(seed), seed
    if changed == "seed":
        told = draw_seed("main", design)
    elif changed == "arm":
        words = drawn_again(design, seed, FACTORS)[4]
        other = "control" if words.value == "cells" else "cells"
        made[4] = replace(made[4], sealed=Sealed(replace(words, value=other).digest))
    elif changed == "factors":
        flipped = [replace(made[n], factors=("elsewhere", SEXES[n % 2])) for n in range(12)]
        made = [*flipped, *made[12:]]
    elif changed == "order":
        made[3], made[4] = made[4], made[3]
    else:
        listed = replace(listed, root="0" * 64)

    with pytest.raises(NotTheList):
        check_seed(design, listed, told, made)


def test_a_seed_sealed_for_another_rule_is_refused(design: Design, seed: Disclosure) -> None:
    fewer = replace(design, allocation=replace(design.allocation, strata=("site",)))

    with pytest.raises(NotTheList, match="sealed for “minimisation by range"):
        drawn_again(fewer, seed, [("st-anna",)])


def test_seals_tell_nothing_and_no_two_are_alike(design: Design, seed: Disclosure) -> None:
    words = drawn_again(design, seed, FACTORS)

    assert len({one.digest for one in words}) == len({one.salt for one in words}) == 40
    assert not [one for one in words if one.salt in seed.value]


def test_a_design_without_factors_or_with_a_list_has_no_seed(design: Design) -> None:
    bare = replace(design, allocation=replace(design.allocation, strata=()))
    blocks = replace(design, allocation=replace(design.allocation, method="permuted_blocks"))

    with pytest.raises(CannotBe, match="needs factors"):
        draw_seed("main", bare)
    with pytest.raises(CannotBe, match="draws a list of arms"):
        draw_seed("main", blocks)


def test_a_draw_from_a_seed_comes_in_its_order_with_every_factor_and_no_proof(
    design: Design, seed: Disclosure
) -> None:
    first, second, *_ = draws(design, seed, 3)
    events: list[Event] = [committed(seed), enrolled(1), enrolled(2), first]
    history = History.replay(events)

    admit(history, second)

    for wrong, told in (
        (replace(second, factors=()), "Give each of them"),
        (replace(second, factors=("st-anna", "")), "Give each of them"),
        (replace(second, proof=("00" * 32,)), "has no list of places"),
        (replace(second, number=3), "place 2 is next"),
    ):
        with pytest.raises(NotAdmitted, match=told):
            admit(history, wrong)


def test_a_seed_that_is_used_up_is_continued_with_the_children_before_in_mind(
    design: Design, seed: Disclosure
) -> None:
    made = draws(design, seed, 4)
    further = draw_seed("main, continued 1", design, lambda count: bytes(count))
    arms = [one.value for one in drawn_again(design, seed, FACTORS[:4])]
    before = list(zip(FACTORS[:4], arms, strict=True))
    again = drawn_again(design, further, FACTORS[4:9], before)
    events: list[Event] = [committed(seed, places=4), *map(enrolled, range(1, 5)), *made]
    listed = replace(committed(further, name=further.name), continues="main")

    history = History.replay(events)
    admit(history, listed)
    history = history.after(listed)
    later = [
        replace(drew(words, n, further.name, child=4 + n), factors=FACTORS[3 + n])
        for n, words in enumerate(again, start=1)
    ]

    check_seed(design, listed, further, later, before)
    assert history.followed(further.name) == ("main",)
    with pytest.raises(NotTheList):
        check_seed(design, listed, further, later, before[:1] * 4)
