import numpy as np
import pytest

from cordula.stats.models import (
    ancova_t,
    difference_in_means,
    permutation_test,
    rerandomisation_test,
)
from cordula.stats.randomisation import BiasedCoin, Blocks, permuted_blocks, within_strata
from cordula.stats.randomisation.lists import (
    by_blocks_kernel,
    by_blocks_twin,
    by_table_kernel,
    by_table_twin,
)
from cordula.stats.randomisation.procedures import chances_by_counts
from cordula.stats.refusals import CannotBe
from cordula.stats.streams import stream


def test_every_block_holds_the_ratio() -> None:
    drawn = permuted_blocks(24, 500, stream(1, "blocks"), ratio=(3, 2, 1), sizes=(6,))
    for begun in range(0, 24, 6):
        counts = [(drawn[:, begun : begun + 6] == k).sum(axis=1) for k in range(3)]
        assert [set(c.tolist()) for c in counts] == [{3}, {2}, {1}]


def test_blocks_of_four_are_all_equally_likely() -> None:
    drawn = permuted_blocks(4, 12_000, stream(1, "blocks"))
    _, seen = np.unique(drawn, axis=0, return_counts=True)
    assert seen.size == 6
    assert np.abs(seen - 2000).max() < 4 * np.sqrt(12_000 * 5 / 36)


def test_kernels_and_twins_draw_the_same_lists() -> None:
    rng = stream(20261122, "lists")
    chance = rng.random((300, 30))
    table = chances_by_counts(BiasedCoin(0.7), 30)
    assert np.array_equal(by_table_kernel(table, chance), by_table_twin(table, chance))
    ratio, sizes = np.array([2, 1]), rng.choice([3, 6], (300, 10))
    assert np.array_equal(
        by_blocks_kernel(ratio, sizes, chance), by_blocks_twin(ratio, sizes, chance)
    )


def test_each_stratum_has_blocks_of_its_own() -> None:
    strata = np.array(["a", "b", "a", "a", "b", "a", "b", "b"])
    drawn = within_strata(Blocks((1, 1), (4,)), strata, 200, stream(1, "strata"))
    for name in "ab":
        assert set(drawn[:, strata == name].sum(axis=1).tolist()) == {2}


def test_a_rerandomisation_test_keeps_its_size_under_its_procedure() -> None:
    """400 null trials of 20 in blocks of 4 with a trend in time."""
    small = 0
    for number in range(400):
        rng = stream(20261122, "null", number)
        outcome = rng.normal(size=20) + np.arange(20) / 5
        arms = permuted_blocks(20, 500, rng)
        found = rerandomisation_test(arms[0], difference_in_means(outcome), arms[1:])
        small += found.p <= 0.1
    assert abs(small / 400 - 0.1) < 3 * (0.1 * 0.9 / 400) ** 0.5


def test_the_permutation_test_of_means_is_listed_whole() -> None:
    found = permutation_test(
        [1, 1, 0, 0, 0], difference_in_means([9.0, 8.0, 1.0, 2.0, 3.0]), rng=stream(1, "p")
    )
    assert (found.exact, found.allocations) == (True, 10)
    assert found.p_greater == pytest.approx(0.1)
    assert found.observed == pytest.approx(6.5)


def test_the_ancova_statistic_is_that_of_the_model() -> None:
    from cordula.stats.models import ancova

    rng = stream(3, "ancova")
    x, y, arm = rng.normal(size=20), rng.normal(size=20), np.arange(20) % 2
    assert ancova_t(y, x)(arm[None, :])[0] == pytest.approx(ancova(y, arm, x).effect.statistic)


def test_lists_that_cannot_be_are_refused() -> None:
    with pytest.raises(CannotBe, match="0 lists of 4"):
        permuted_blocks(4, 0, stream(1, "x"))
    with pytest.raises(CannotBe, match="allocations has shape"):
        rerandomisation_test([0, 1], difference_in_means([1.0, 2.0]), np.zeros((3, 4)))
