from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from cordula.stats.streams import stream
from cordula.stats.win_ratio import (
    Endpoint,
    Score,
    Time,
    net_benefit_statistic,
    win_ratio,
    win_ratio_test,
    won_and_lost_kernel,
    won_and_lost_twin,
)
from cordula.stats.win_ratio.endpoints import Hierarchy, hierarchy


def infants(number: int, size: int = 30) -> list[Endpoint]:
    draws = stream(20261122, "pairs", number)
    until, lost = draws.integers(1, 20, size), draws.integers(5, 13, size)
    value = np.where(draws.random(size) < 0.1, np.nan, draws.normal(size=size))
    home = Time(draws.integers(1, 9, size), draws.random(size) < 0.8, 2.0, longer=False)
    return [Time(np.minimum(until, lost), until <= lost), home, Score(value, 0.5)]


def sides(of: Hierarchy, treated: np.ndarray) -> tuple[np.ndarray, ...]:
    one, two = of.of(treated), of.of(~treated)
    return one.value, one.seen, two.value, two.seen, of.sign, of.least


def test_kernel_and_twin_agree() -> None:
    for number in range(20):
        of = hierarchy(infants(number), 30)
        given = sides(of, np.arange(30) % 3 == 0)
        for ours, theirs in zip(won_and_lost_kernel(*given), won_and_lost_twin(*given)):
            assert np.array_equal(ours, theirs)


def test_the_answer_does_not_depend_on_the_number_of_threads() -> None:
    given = [sides(hierarchy(infants(k), 30), np.arange(30) < 15) for k in range(40)]
    alone = [won_and_lost_kernel(*g) for g in given]
    for threads in (2, 5):
        with ThreadPoolExecutor(threads) as pool:
            shared = list(pool.map(lambda g: won_and_lost_kernel(*g), given))
        assert all(np.array_equal(a, b) for x, y in zip(alone, shared) for a, b in zip(x, y))


@pytest.mark.parametrize("scoring", ["gehan", "peron"])
def test_the_permutation_statistic_is_the_net_benefit_itself(scoring: str) -> None:
    arm = np.arange(30) % 2
    found = win_ratio(arm, infants(1), scoring=scoring)  # type: ignore[arg-type]
    statistic = net_benefit_statistic(infants(1), 30, scoring)  # type: ignore[arg-type]
    assert statistic(arm[None, :])[0] == pytest.approx(found.wins - found.losses, abs=1e-12)


def test_four_against_four_is_listed_whole() -> None:
    """The best of all 70 allocations: one-sided 1/70, two-sided 2/70."""
    values: list[Endpoint] = [Score([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0])]
    found = win_ratio_test([0, 0, 0, 0, 1, 1, 1, 1], values, rng=stream(1, "permutation"))
    assert found.exact
    assert found.allocations == 70
    assert found.p == pytest.approx(2 / 70)
    assert found.p_greater == pytest.approx(1 / 70)


def test_the_sampled_test_nears_the_exact_one() -> None:
    arm = np.arange(16) % 2
    exact = win_ratio_test(arm, infants(3, 16), rng=stream(1, "permutation"))
    part = net_benefit_statistic(infants(3, 16), 16)
    shuffled = stream(2, "permutation").permuted(np.tile(arm, (20_000, 1)), axis=1)
    from cordula.stats.models import rerandomisation_test

    sampled = rerandomisation_test(arm, part, shuffled)
    assert not sampled.exact
    assert abs(sampled.p - exact.p) < 4 * sampled.p_error + 1e-4
