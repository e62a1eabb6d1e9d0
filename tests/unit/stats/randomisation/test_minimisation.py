from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from cordula.stats.randomisation import Minimisation, minimise, minimised
from cordula.stats.randomisation.minimisation import MEASURES, places
from cordula.stats.randomisation.minimising import minimise_kernel, minimise_twin
from cordula.stats.refusals import CannotBe
from cordula.stats.streams import stream
from tests.unit.stats.reference import case

TWELVE = np.array(
    [1, 1, 2, 1, 2, 2, 1, 3, 1, 2, 1, 1, 2, 2, 2, 1, 1, 1, 1, 2, 1, 2, 3, 2, 1, 1, 2, 2, 2, 1, 1, 3, 2, 2, 1, 2]
).reshape(12, 3)  # fmt: skip
ARMS = np.array([1, 2, 2, 1, 1, 2, 2, 1, 1, 2, 1, 2]) - 1


def infants(size: int = 40) -> np.ndarray:
    draws = stream(20261122, "factors")
    return np.column_stack([draws.integers(k, size=size) for k in (2, 3, 2)])


def test_twelve_infants_by_hand() -> None:
    found = minimise(TWELVE, ARMS, [1, 2, 2], Minimisation(favour=1.0))
    case("rn06").near("G", found.scores)
    case("rn06").near("preferred", found.preferred[0] + 1)
    assert found.chances.tolist() == [1.0, 0.0]


def test_the_first_infant_evens_the_ratio_and_ties_share_what_their_ranks_would_get() -> None:
    first = minimise(np.zeros((0, 2)), [], [1, 1], Minimisation(ratio=(2, 1)))
    assert first.scores.tolist() == [1.0, 2.0]
    assert first.chances == pytest.approx([0.8, 0.2])
    fair = minimise(np.zeros((0, 2)), [], [1, 1], Minimisation(ratio=(1, 1, 1)))
    assert fair.chances == pytest.approx([1 / 3] * 3)
    assert minimise([[1]], [2], [1], Minimisation(0.8, ratio=(1, 1, 1))).chances == pytest.approx(
        [0.45, 0.45, 0.1]
    )


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("ratio", [(1, 1), (2, 1), (1, 1, 1)])
def test_kernel_and_twin_draw_the_same_lists(measure: str, ratio: tuple[int, ...]) -> None:
    chance = stream(20261122, f"{measure} {ratio}").random((200, 40))
    share, weights = np.array(ratio, dtype=float), np.array([1.0, 2.0, 0.5])
    given = places(infants()), chance, share, weights, MEASURES.index(measure), 0.85  # type: ignore[arg-type]
    assert np.array_equal(minimise_kernel(*given), minimise_twin(*given))


def test_drawing_is_what_minimise_says_step_by_step() -> None:
    """One list followed infant by infant: every arm is the one on which its uniform number falls."""
    factors, rule = infants(20), Minimisation(0.8, "variance", (2, 1))
    drawn = minimised(factors, 1, stream(5, "one list"), rule)[0]
    chance = stream(5, "one list").random((1, 20))[0]
    for i in range(20):
        told = minimise(factors[:i], drawn[:i], factors[i], rule)
        assert drawn[i] == (chance[i] >= told.chances[0])


def test_minimised_margins_are_closer_than_a_coins() -> None:
    factors = infants()
    drawn = minimised(factors, 2000, stream(20261122, "margins"))
    coin = stream(20261122, "coin").integers(2, size=(2000, 40))
    apart = [
        np.abs(((1 - 2 * a.astype(int)) * (factors[:, 1] == 1)).sum(axis=1)).mean()
        for a in (drawn, coin)
    ]
    assert apart[0] < 0.6 * apart[1]


def test_arms_may_be_relabelled() -> None:
    """Half of the lists begin with arm 0, and sizes are alike: within four Monte Carlo errors."""
    drawn = minimised(infants(), 4000, stream(20261122, "labels"))
    assert abs(drawn.mean() - 0.5) < 4 * 0.5 / np.sqrt(4000)


def test_the_answer_does_not_depend_on_the_number_of_threads() -> None:
    factors = infants()
    alone = [minimised(factors, 50, stream(7, "draws", k)) for k in range(8)]
    for threads in (2, 4):
        with ThreadPoolExecutor(threads) as pool:
            shared = list(
                pool.map(lambda k: minimised(factors, 50, stream(7, "draws", k)), range(8))
            )
        assert all(np.array_equal(a, b) for a, b in zip(alone, shared))


def test_blocks_of_draws_are_one_run() -> None:
    """More draws than fit a block of memory go on where the stream stands."""
    factors = infants(10)
    many = minimised(factors, 30_000, stream(7, "blocks"))
    assert np.array_equal(many[:25_000], minimised(factors, 25_000, stream(7, "blocks")))


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(CannotBe, match="1/2 to 1"):
        Minimisation(favour=0.3)
    with pytest.raises(CannotBe, match="2 weights for 3 factors"):
        minimised(infants(), 1, stream(1, "x"), Minimisation(weights=(1.0, 2.0)))
    with pytest.raises(CannotBe, match="arm holds"):
        minimise([[1]], [2], [1])
    with pytest.raises(CannotBe, match="infants by factors"):
        minimised([1, 2], 1, stream(1, "x"))
