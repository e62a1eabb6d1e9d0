from math import sqrt

import numpy as np
import pytest

from cordula.stats.exact import (
    TwoArm,
    calibrated,
    exact_size,
    lattice,
    score_table,
    true_error,
    two_arm,
    two_arm_grid,
    two_arm_operating,
)
from cordula.stats.refusals import CannotBe
from cordula.stats.sequential import FutilityBounds, OBrienFlemingSpending, Pocock, design
from cordula.stats.streams import stream

PLAN = design(3, 0.025, spending=OBrienFlemingSpending(), futility=FutilityBounds((0.0, 0.4)))
ARMS = ((8, 15, 24), (5, 11, 16))


def test_the_kernel_and_its_twin_agree() -> None:
    for plan in (PLAN, design(3, 0.05, 2, Pocock(), FutilityBounds((0.2, 0.4)))):
        flat = two_arm(plan, *ARMS)._flat
        for p_1, p_2 in ((0.3, 0.1), (0.9, 0.95), (0.5, 0.5), (0.0, 1.0), (1.0, 0.0)):
            kernel = lattice.outcomes(*flat, p_1, p_2)
            assert kernel == pytest.approx(lattice.plain_outcomes(*flat, p_1, p_2), abs=1e-14)


def test_a_grid_is_each_pair_alone() -> None:
    made = two_arm(PLAN, *ARMS)
    first, second = (0.1, 0.4, 0.9), (0.2, 0.1, 0.3)
    for found, p_1, p_2 in zip(two_arm_grid(made, first, second), first, second):
        alone = two_arm_operating(made, p_1, p_2)
        assert np.array_equal(found, [alone.rejected, alone.rejected_below, alone.futile])


def test_enumeration_agrees_with_simulation() -> None:
    """The pooled z on cumulative counts, as trials are simulated elsewhere."""
    p_1, p_2, trials = 0.45, 0.2, 200_000
    found = two_arm_operating(two_arm(PLAN, *ARMS), p_1, p_2)
    rng = stream(6, "two arms")
    x = np.cumsum(rng.random((trials, 24)) < p_1, axis=1)
    y = np.cumsum(rng.random((trials, 16)) < p_2, axis=1)
    alive = np.ones(trials, bool)
    for look, (a, b) in enumerate(zip(*ARMS)):
        z = score_table(a, b)[x[:, a - 1], y[:, b - 1]]
        above = alive & (z >= PLAN.critical[look])
        futile = alive & (z <= PLAN.lower[look])
        for simulated, exact in ((above, found.rejected), (futile, found.futile)):
            error = sqrt(exact[look] * (1 - exact[look]) / trials)
            assert abs(simulated.mean() - exact[look]) <= 3.5 * error + 1e-9
        alive &= ~(above | futile)


def test_arms_exchanged_reject_on_the_other_side() -> None:
    plan = design(3, 0.05, 2, Pocock())
    one = two_arm_operating(two_arm(plan, (5, 9, 14), (4, 10, 12)), 0.6, 0.2)
    two = two_arm_operating(two_arm(plan, (4, 10, 12), (5, 9, 14)), 0.2, 0.6)
    assert one.rejected == pytest.approx(two.rejected_below, abs=1e-14)
    assert one.expected_n == pytest.approx(two.expected_n)


def test_one_look_is_the_region_of_its_test() -> None:
    plan = design(1, 0.025)
    made = two_arm(plan, (15,), (14,))
    region = exact_size(score_table(15, 14) >= plan.critical[0] - 1e-12)
    assert true_error(made).greatest == pytest.approx(region.p, abs=1e-9)


def test_everything_that_can_happen_sums_to_one() -> None:
    made = two_arm(PLAN, *ARMS)
    last = made.rules[-1].copy()
    last[last == lattice.GO_ON] = lattice.FUTILE
    closed = TwoArm(made.n_1, made.n_2, (*made.rules[:-1], last))
    found = two_arm_operating(closed, 0.37, 0.22)
    assert sum(found.rejected) + sum(found.futile) == pytest.approx(1.0, abs=1e-13)


def test_the_bounds_for_many_infants_spend_too_much_on_few_and_are_raised() -> None:
    plan = design(3, 0.025, spending=OBrienFlemingSpending())
    arms = ((7, 13, 19), (7, 13, 19))
    assert true_error(two_arm(plan, *arms)).greatest > 0.025
    raised, error = calibrated(plan, *arms)
    assert error.greatest <= 0.025
    assert true_error(two_arm(raised, *arms)).greatest == error.greatest
    assert raised.critical[0] / plan.critical[0] == pytest.approx(
        raised.critical[2] / plan.critical[2]
    )


def test_the_error_at_rates_that_are_asked_for() -> None:
    made = two_arm(PLAN, *ARMS)
    found = true_error(made, rates=(0.1, 0.3))
    assert found.errors[1] == pytest.approx(two_arm_operating(made, 0.3, 0.3).overall)


def test_a_rule_of_ones_own_is_taken_as_it_is() -> None:
    deaths = np.zeros((6, 6), np.int8)
    deaths[3:, :] = lattice.FUTILE
    found = two_arm_operating(TwoArm((5,), (5,), (deaths,)), 0.2, 0.9)
    assert found.futile[0] == pytest.approx(1 - 0.94208)  # P(at most 2 of 5 at 0.2)


IMPOSSIBLE = {
    "a look too few": lambda: two_arm(PLAN, (5, 10), (5, 10)),
    "infants who leave": lambda: two_arm(PLAN, (5, 4, 10), (5, 6, 10)),
    "a rate of 2": lambda: two_arm_operating(two_arm(PLAN, *ARMS), 2.0, 0.1),
    "rates that do not pair": lambda: two_arm_grid(two_arm(PLAN, *ARMS), (0.1, 0.2), (0.1,)),
    "a rule of another shape": lambda: TwoArm((5,), (5,), (np.zeros((5, 5), np.int8),)),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_a_trial_that_cannot_be_is_refused(name: str) -> None:
    with pytest.raises(CannotBe):
        IMPOSSIBLE[name]()
