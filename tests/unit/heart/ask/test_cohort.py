"""Virtual infants by number and seed."""

import numpy as np
import pytest

from cordula import heart
from cordula.heart.ask.cohort import DRAWN, Block, block, cohort_blocks, joined
from cordula.heart.ask.tally import Tally
from cordula.stats.refusals import CannotBe

BABY = heart.load("norwood-bts").scaled()
SOME = heart.cohort(BABY, 1500, seed=4)


def same(one: Block, other: Block) -> bool:
    return (
        np.array_equal(one.scores, other.scores)
        and all(
            np.array_equal(v, other.outcomes[n], equal_nan=True) for n, v in one.outcomes.items()
        )
        and np.array_equal(one.reasons, other.reasons)
    )


def test_an_infant_is_the_same_however_many_are_drawn_with_her():
    fewer = heart.cohort(BABY, 40, seed=4)

    assert np.array_equal(fewer.scores, SOME.scores[:40])
    assert np.array_equal(
        fewer.outcomes["ejection_fraction"], SOME.outcomes["ejection_fraction"][:40], equal_nan=True
    )


def test_blocks_alone_and_in_any_order_are_the_cohort():
    second = block(BABY, 4, DRAWN, 1500 - DRAWN)
    first = block(BABY, 4, 0, DRAWN)

    assert same(joined([first, second]), SOME)


@pytest.mark.parametrize("workers", [2, 3])
def test_more_threads_give_the_same_to_the_last_bit(workers):
    assert same(heart.cohort(BABY, 3000, 4, workers=workers), heart.cohort(BABY, 3000, 4))


def test_another_seed_gives_other_infants():
    assert not np.array_equal(heart.cohort(BABY, 5, seed=5).scores, SOME.scores[:5])


def test_arrays_come_out_for_a_trial_to_take():
    assert {len(values) for values in SOME.parameters.values()} == {1500}
    assert {len(values) for values in SOME.outcomes.values()} == {1500}


def test_who_has_no_steady_state_is_kept_with_the_reason():
    missing = ~SOME.found

    assert missing.any()
    assert set(SOME.reasons[missing]) >= {"its body would use more oxygen than it is brought"}
    assert np.isnan(SOME.outcomes["venous_saturation"][missing]).all()


def test_only_plausible_infants_are_accepted_where_limits_are_given():
    kept = SOME.accepting({"ejection_fraction": (0.4, 0.5), "flow_ratio": (0.8, 1.5)})

    assert 0 < len(kept) < len(SOME)
    assert kept.outcomes["ejection_fraction"].min() >= 0.4
    assert kept.found.all()
    assert all(len(values) == len(kept) for values in kept.parameters.values())


def test_the_spread_is_that_of_the_freedoms():
    contractility = np.log(SOME.parameters["RV.Ees"] / BABY.numbers()["RV.Ees"])

    assert contractility.std() == pytest.approx(0.30, abs=0.02)


def test_a_tally_by_blocks_is_that_of_all():
    tally = Tally()
    for part in cohort_blocks(BABY, 1500, seed=4):
        tally.add(part)

    told = tally.told()["cardiac_output"]
    values = SOME.outcomes["cardiac_output"]
    known = values[np.isfinite(values)]
    assert tally.infants == 1500
    assert sum(tally.reasons.values()) == (~SOME.found).sum()
    assert told["mean"] == pytest.approx(known.mean(), rel=1e-12)
    assert told["sd"] == pytest.approx(known.std(ddof=1), rel=1e-10)
    assert told["count"] == known.size


def test_a_cohort_is_streamed_so_that_memory_does_not_grow():
    blocks = cohort_blocks(BABY, 10**9, seed=1)

    assert len(next(blocks)) == DRAWN


def test_an_outcome_that_is_not_known_or_an_empty_cohort_is_refused():
    with pytest.raises(CannotBe, match="did you mean “flow_ratio”"):
        SOME.accepting({"flowratio": (0, 1)})
    with pytest.raises(CannotBe, match="one infant at least"):
        heart.cohort(BABY, 0, seed=1)


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_two_workers_give_the_same_to_the_last_bit():
    from distributed import Client, LocalCluster

    with (
        LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        Client(cluster) as client,
    ):
        far = heart.cohort(BABY, 3000, 4, client)

    assert same(far, heart.cohort(BABY, 3000, 4))
