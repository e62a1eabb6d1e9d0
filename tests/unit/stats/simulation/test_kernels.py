"""Kernel beside twin, and both beside theory: means, rates, survival, events, allocation."""

import numpy as np
import pytest
from scipy.stats import binom

from cordula.stats.refusals import CannotBe
from cordula.stats.sequential import design, power
from cordula.stats.simulation import allocation, events, means, philox, rates, stops, survival
from cordula.stats.simulation.philox import uniforms, uniforms_plain, words_of_key
from cordula.stats.survival.log_rank import log_rank

STREAM = words_of_key(20261122, "trial")
INFORMATION = np.array([1.0, 2.0, 3.0]) / 3 * 4
PLAN = design(3, 0.025, 1)
CRITICAL = np.array(PLAN.critical)
NEVER = np.full(3, -np.inf)
SIZES = np.array([[17, 17], [34, 34], [50, 50]])
ARMS = np.tile(np.array([0, 1], np.int8), 30)[None, :]
COURSE = survival.Course(
    hazards=(0.05, 0.1), gap_months=0.5, looks=(15, 30), event_driven=True, dropout=(0.01, 0.02)
)


def test_uniforms_of_a_block_are_those_of_its_twin() -> None:
    assert np.array_equal(uniforms(STREAM, 5, 7, 3, 4), uniforms_plain(STREAM, 5, 7, 3, 4))
    assert philox.uniforms(STREAM, 0, 2, 1, 3).shape == (4, 2, 3)


@pytest.mark.parametrize("sides", [1, 2])
def test_means_stop_alike_in_kernel_and_twin(sides: int) -> None:
    futility = np.array([0.1, 0.4, -np.inf])
    told = []
    for run in (means._kernel, means.plain):
        counts, sums = np.zeros((3, 4), np.int64), np.zeros(2)
        steps = np.diff(INFORMATION, prepend=0.0)
        run(STREAM, 2**32 - 500, 1000, 0.7 * steps, np.sqrt(steps), INFORMATION, CRITICAL, futility,
            sides == 2, counts, sums)  # fmt: skip
        told.append((counts, sums))
    assert np.array_equal(told[0][0], told[1][0])
    assert np.allclose(told[0][1], told[1][1], rtol=1e-12)
    assert told[0][0][:, means.FUTILITY].sum() > 0


def test_means_stop_as_often_as_the_recursion_says() -> None:
    found = means.simulated(STREAM, 0, 200_000, 1.4, INFORMATION, CRITICAL, NEVER, 1)

    theory = np.array(power(PLAN, 1.4 * 2).rejected)
    shares = found.counts[:, means.UPPER] / 200_000
    assert (np.abs(shares - theory) < 4 * np.sqrt(theory * (1 - theory) / 200_000)).all()


@pytest.mark.parametrize("sides", [1, 2])
def test_rates_stop_alike_in_kernel_and_twin(sides: int) -> None:
    stages = np.diff(SIZES, axis=0, prepend=0)
    told = []
    for run in (rates._kernel, rates.plain):
        counts, sums = np.zeros((3, 4), np.int64), np.zeros(2)
        table = rates.cumulative(stages, (0.5, 0.3))
        run(
            STREAM,
            11,
            500,
            table,
            SIZES,
            CRITICAL,
            np.array([-0.5, 0.0, -np.inf]),
            sides == 2,
            counts,
            sums,
        )
        told.append((counts, sums))
    assert np.array_equal(told[0][0], told[1][0])
    assert np.allclose(told[0][1], told[1][1], rtol=1e-12)


@pytest.mark.parametrize("shares", [(0.5, 0.3), (0.0, 1.0), (1e-9, 0.999)])
def test_the_tables_of_counts_are_those_of_the_binomial(shares: tuple[float, float]) -> None:
    stages = np.array([[17, 3], [1, 30]])

    table = rates.cumulative(stages, shares)

    counts = np.arange(31)
    for k, arm in np.ndindex(2, 2):
        assert np.allclose(
            table[k, arm], binom.cdf(counts, stages[k, arm], shares[arm]), atol=1e-14
        )
        assert table[k, arm, stages[k, arm] :].tolist() == [1.0] * (31 - stages[k, arm])


def test_trials_that_fill_no_whole_chunk_are_counted_as_many_as_they_are() -> None:
    whole = means.simulated(STREAM, 0, 700, 0.7, INFORMATION, CRITICAL, NEVER, 1).counts
    parts = [(0, 1), (1, 255), (256, 300), (556, 144)]

    apart = [
        means.simulated(STREAM, f, n, 0.7, INFORMATION, CRITICAL, NEVER, 1).counts for f, n in parts
    ]

    assert np.array_equal(sum(apart), whole)
    assert whole.sum() == 700


@pytest.mark.parametrize("sides", [1, 2])
@pytest.mark.parametrize("last", [True, False])
def test_trials_stop_together_as_each_of_them_would_alone(sides: int, last: bool) -> None:
    z = np.array([-3.0, -2.0, -1.0, -0.1, 0.0, 0.1, 1.0, 2.0, 3.0])
    running, told, counts = np.array([1] * 8 + [0]), np.zeros(9), np.zeros(4, np.int64)

    stops.stop(z, z * 10, (2.0, 0.1), sides == 2, last, running, told, counts)

    alone = [stops.verdict(one, 2.0, 0.1, sides == 2, last) for one in z[:8]]
    assert counts.tolist() == [alone.count(what) for what in range(4)]
    assert running.tolist() == [int(what < 0) for what in alone] + [0]
    assert told.tolist() == [0.0 if what < 0 else v * 10 for v, what in zip(z, alone)] + [0.0]


def test_rates_are_judged_by_cumulative_counts_as_every_table_says() -> None:
    """Against the exact lattice of the pooled z on cumulative counts."""
    from cordula.stats.exact.two_arm import two_arm, two_arm_operating

    exact = two_arm_operating(two_arm(PLAN, SIZES[:, 0], SIZES[:, 1]), 0.5, 0.3)

    found = rates.simulated(STREAM, 0, 200_000, (0.5, 0.3), SIZES, CRITICAL, NEVER, 1)

    shares, theory = found.counts[:, means.UPPER] / 200_000, np.array(exact.rejected)
    assert (np.abs(shares - theory) < 4 * np.sqrt(theory * (1 - theory) / 200_000) + 1e-9).all()


@pytest.mark.parametrize("driven", [True, False])
@pytest.mark.parametrize("hazards", [(0.05, 0.1, 0.01, 0.02), (0.05, 0.1, 0, 0), (0, 0.1, 0.02, 0)])
def test_survival_is_alike_in_kernel_and_twin(driven: bool, hazards: tuple[float, ...]) -> None:
    numbers = np.array([*hazards, 0.5, np.inf if driven else 12.0])
    looks, out = np.array([15, 30]), [np.empty((6, 12, 2)), np.empty((6, 12, 2))]

    survival._kernel(STREAM, 3, ARMS, numbers, looks, driven, out[0])
    survival.plain(STREAM, 3, ARMS, numbers, looks, driven, out[1])

    assert np.allclose(out[0], out[1], rtol=1e-10, atol=1e-12, equal_nan=True)


def test_the_wanted_one_of_many_is_found_without_sorting_them() -> None:
    draw = np.random.default_rng(20261122)
    kinds = [
        draw.exponential(10, 60),
        np.ceil(draw.exponential(3, 60)),
        np.ones(5),
        np.array([2.0]),
    ]
    for values in [*kinds, np.where(draw.random(60) < 0.3, np.inf, draw.exponential(10, 60))]:
        found = [survival.smallest(values, number) for number in range(1, len(values) + 2)]

        assert found == [*np.sort(values), np.inf]


def test_the_event_that_brings_the_look_is_in_it() -> None:
    """Comparing `time <= now - entry` loses it about half of the time."""
    found = survival.simulated(COURSE, ARMS, STREAM, 0, 2000)

    reached = ~np.isnan(found.events)
    assert (found.events[:, 0][reached[:, 0]] == 15).all()
    assert (found.events[:, 1][reached[:, 1]] == 30).all()


def test_the_log_rank_test_is_that_of_the_room_of_survival() -> None:
    draw = np.random.default_rng(20261122)
    time, had = np.round(draw.exponential(10, 40), 0) + 1, draw.random(40) < 0.7
    arms = (np.arange(40) % 2).astype(np.int8)

    z, _, error = survival.log_rank(time, had, arms)

    theirs = log_rank(time, had, arms)
    assert z**2 == pytest.approx(theirs.chi_squared, rel=1e-10)
    assert error > 0


def test_an_accelerated_hazard_is_estimated_where_it_is() -> None:
    many = np.tile(np.array([0, 1], np.int8), 100)[None, :]
    course = survival.Course(hazards=(0.05, 0.08), gap_months=0.1, looks=(150,), event_driven=True)

    found = survival.simulated(course, many, STREAM, 0, 2000)

    assert abs(found.log_hazard_ratio.mean() - np.log(0.05 / 0.08)) < 0.02


def test_a_rule_on_events_stops_alike_in_kernel_and_twin() -> None:
    stops_at = np.array([2, 2, 3, 3, 3, 4, 4, 4, 4, 4] + [5] * 20)
    out = [np.empty((3, 60)), np.empty((3, 60))]

    for run, told in zip((events._kernel, events.plain), out, strict=True):
        run(STREAM, 9, ARMS, 0, 1.0, 0, 0.15, 2.0, stops_at, told)

    assert np.array_equal(np.isinf(out[0][0]), np.isinf(out[1][0]))
    assert np.allclose(out[0], out[1], rtol=1e-12, equal_nan=True)
    assert 0 < np.isfinite(out[0][0]).sum() < 60


def test_an_arm_with_more_children_than_its_table_is_still_simulated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    crowded = np.zeros((1, 40), np.int8)
    asked = (STREAM, 0, 30, crowded, 0, 1.0, 0, 0.15, 2.0, np.array([2, 2, 3]))

    fast = events.stopped(*asked)
    monkeypatch.setattr(events, "_block", events.plain)

    assert np.allclose(fast, events.stopped(*asked), equal_nan=True)
    assert np.nanmax(fast[1]) <= 3


def test_a_rule_stops_about_as_often_as_enumeration_says() -> None:
    """Not quite: a child with an event counts at once, one without only when her time is over."""
    from cordula.stats.stopping.boundaries import pocock_boundary
    from cordula.stats.stopping.characteristics import stop_probability

    rule = pocock_boundary(tuple(range(1, 31)), 0.1, 0.05)
    stops_at = np.array([31 if count is None else count for count in rule.counts])
    hazard = -np.log(1 - 0.3) / 0.01

    found = events.stopped(STREAM, 0, 4000, ARMS, 0, 10.0, 0, hazard, 0.01, stops_at)

    exact = stop_probability(rule, 0.3)
    assert abs(np.isfinite(found[0]).mean() - exact) < 4 * np.sqrt(exact * (1 - exact) / 4000)


@pytest.mark.parametrize(
    ("ratio", "blocks"), [((1, 1), (4,)), ((2, 1), (3, 6)), ((1, 1), (2, 4, 6))]
)
def test_blocks_are_alike_in_kernel_and_twin_and_balanced(
    ratio: tuple[int, ...], blocks: tuple[int, ...]
) -> None:
    one, other = np.empty((50, 36), np.int8), np.empty((50, 36), np.int8)

    allocation._kernel(STREAM, 4, np.array(ratio), np.array(blocks), one)
    allocation.plain(STREAM, 4, np.array(ratio), np.array(blocks), other)

    assert np.array_equal(one, other)
    ahead = np.cumsum(one == 0, axis=1) - np.arange(1, 37) * ratio[0] / sum(ratio)
    assert np.abs(ahead).max() <= max(blocks) / 2


def test_every_order_of_a_block_is_equally_likely() -> None:
    drawn = allocation.permuted_blocks(STREAM, 0, 12_000, (1, 1), (4,), 4)

    _, counts = np.unique(drawn @ np.array([8, 4, 2, 1]), return_counts=True)
    assert len(counts) == 6
    assert np.abs(counts - 2000).max() < 4 * np.sqrt(2000 * 5 / 6)


def test_arms_of_given_sizes_are_spread_over_the_order_of_entry() -> None:
    drawn = allocation.alternating((50, 45))

    assert np.bincount(drawn[0]).tolist() == [50, 45]
    assert np.abs(np.cumsum(drawn[0] == 0) - np.arange(1, 96) * 50 / 95).max() < 1


@pytest.mark.parametrize(
    ("refused", "told"),
    [
        (lambda: means.simulated(STREAM, 0, 1, 0.0, INFORMATION[::-1], CRITICAL, NEVER, 1), "rises"),
        (lambda: means.simulated(STREAM, 0, 1, 0.0, INFORMATION, CRITICAL[:2], NEVER, 1), "one of each"),
        (lambda: rates.simulated(STREAM, 0, 1, (1.2, 0.5), SIZES, CRITICAL, NEVER, 1), "from 0 to 1"),
        (lambda: rates.simulated(STREAM, 0, 1, (0.2, 0.5), SIZES[:2], CRITICAL, NEVER, 1), "sizes"),
        (lambda: survival.Course(hazards=(0.1, 0.1), gap_months=0.0, looks=(5,), event_driven=True), "rate"),
        (lambda: survival.Course(hazards=(0.1, 0.1), gap_months=1.0, looks=(5,), event_driven=False), "time"),
        (lambda: events.stopped(STREAM, 0, 1, ARMS, 0, 0.0, 0, 0.1, 1.0, np.array([1])), "rate"),
        (lambda: allocation.permuted_blocks(STREAM, 0, 1, (1, 1), (5,), 10), "block of 5"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(refused: object, told: str) -> None:
    with pytest.raises(CannotBe, match=told):
        refused()  # type: ignore[operator]
