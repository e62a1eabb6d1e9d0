from math import comb

import numpy as np
import pytest

from cordula.stats.randomisation import (
    BiasedCoin,
    BigStick,
    Blocks,
    Complete,
    Maximal,
    Procedure,
    Urn,
    allocations,
    balance,
    imbalance,
)
from cordula.stats.refusals import CannotBe
from cordula.stats.streams import stream
from tests.unit.stats.reference import case

PROCEDURES: list[Procedure] = [
    Complete(),
    BiasedCoin(0.75),
    BigStick(3),
    BigStick(3, 0.7),
    Urn(1.0, 2.0),
    Maximal(20, 3),
    Maximal(20, 2, balanced=False),
    Blocks((1, 1), (4,)),
    Blocks((1, 1), (2, 4, 6)),
]


def test_efrons_coin_as_followed_by_hand() -> None:
    reference, found = case("rn02"), balance(BiasedCoin(3 / 4), 30)
    reference.near("varD", found.variance[[4, 9, 19, 29]])
    reference.near("correct_guess_rate", found.guess_rate)
    reference.near("p_D0", found.in_balance[-1])


def test_blocks_of_six_two_to_one_as_listed() -> None:
    reference, blocks = case("rn05"), Blocks((2, 1), (6,))
    reference.near("nseq", blocks.sequences[0])
    reference.near("varD", balance(blocks, 6).variance)


@pytest.mark.parametrize("size", [2, 4, 6, 8])
def test_blackwell_and_hodges_formula_for_blocks(size: int) -> None:
    """Expected right guesses in a block of 2b: b + 2^(2b−1)/C(2b, b) − 1/2."""
    half = size // 2
    expected = half + 2 ** (size - 1) / comb(size, half) - 0.5
    assert balance(Blocks((1, 1), (size,)), size).expected_guesses == pytest.approx(expected)


def test_closed_forms_of_the_variance() -> None:
    """A coin has n; Wei's urn UD(0, 1) settles at n/3 (Wei 1977); a big stick never passes its limit."""
    assert balance(Complete(), 30).variance == pytest.approx(np.arange(1, 31))
    assert balance(Urn(0.0, 1.0), 90).variance[-1] == pytest.approx(30.0, rel=0.02)
    assert balance(BigStick(3), 40).largest.max() == 3


def test_every_list_of_the_maximal_procedure_is_equally_likely() -> None:
    procedure, kept = Maximal(8, 2), []
    for number in range(2**8):
        arms = [(number >> k) & 1 for k in range(8)]
        ahead = np.cumsum([1 - 2 * a for a in arms])
        if np.abs(ahead).max() <= 2 and ahead[-1] == 0:
            kept.append(_chance_of(procedure, arms))
    assert kept == pytest.approx([1 / procedure.sequences] * len(kept))
    assert len(kept) == procedure.sequences


def _chance_of(procedure: Procedure, arms: list[int]) -> float:
    total, counts = 1.0, [0, 0]
    for arm in arms:
        chance = procedure.chance(counts[0], counts[1], ())
        total *= chance if arm == 0 else 1 - chance
        counts[arm] += 1
    return total


@pytest.mark.parametrize("procedure", PROCEDURES, ids=str)
def test_drawn_lists_show_the_exact_balance(procedure: Procedure) -> None:
    """4,000 lists of 20: mean D² within four Monte Carlo errors of its exact value, at every n."""
    drawn = imbalance(allocations(procedure, 20, 4000, stream(20261122, str(procedure))))
    exact = balance(procedure, 20)
    assert np.all(np.abs(2 * drawn.squared - exact.variance) <= 8 * drawn.error + 1e-9)
    assert np.all(np.sqrt(2 * drawn.largest) <= exact.largest + 1e-9)


@pytest.mark.parametrize("procedure", PROCEDURES, ids=str)
def test_equal_arms_are_treated_alike_and_the_best_guess_is_the_best(procedure: Procedure) -> None:
    found = balance(procedure, 20)
    assert found.mean == pytest.approx(np.zeros(20), abs=1e-12)
    assert np.all(found.best_guesses >= found.guesses - 1e-12)
    assert np.all(found.forced <= 1.0 + 1e-12)


def test_random_block_sizes_are_harder_to_guess_than_the_smallest() -> None:
    assert (
        balance(Blocks((1, 1), (2, 4, 6)), 24).guess_rate
        < balance(Blocks((1, 1), (2,)), 24).guess_rate
    )


def test_what_cannot_be_is_refused_with_what_would_be_right() -> None:
    with pytest.raises(CannotBe, match="a block of 5 cannot hold 2:1; a multiple of 3"):
        Blocks((2, 1), (5,))
    with pytest.raises(CannotBe, match="1/2 to 1 is possible"):
        BiasedCoin(0.4)
    with pytest.raises(CannotBe, match="an even size"):
        Maximal(7, 2)
    with pytest.raises(CannotBe, match="whole numbers from 1"):
        Complete((1, 0))
    with pytest.raises(CannotBe, match="this list has 4 places only"):
        Maximal(4, 2).chance(2, 2)
