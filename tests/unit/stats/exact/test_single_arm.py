from math import sqrt

import numpy as np
import pytest

from cordula.stats.exact import (
    SingleArm,
    TwoStage,
    clopper_pearson,
    one_stage,
    one_stage_test,
    simon,
    single_arm_operating,
    single_arm_operating_many,
    sprt,
    two_stage_inference,
    two_stage_operating,
    unbiased,
)
from cordula.stats.exact import simon_search as search
from cordula.stats.exact.one_rate import pmf
from cordula.stats.exact.simon import _pmfs
from cordula.stats.refusals import CannotBe
from cordula.stats.streams import stream
from tests.unit.stats.reference import case


def row(design: TwoStage, p_0: float) -> list[float]:
    found = two_stage_operating(design, p_0)
    return [design.r_1, design.n_1, design.r, design.n, found.expected_n, found.stopped_early]


@pytest.mark.parametrize(
    ("id", "asked"), [("sim02", (0.05, 0.25, 0.05, 0.2)), ("sim03", (0.2, 0.4, 0.1, 0.1))]
)
def test_simons_designs_as_clinfun(id: str, asked) -> None:
    found = simon(*asked)
    case(id).near("optimal", row(found.optimal, asked[0]))
    case(id).near("minimax", row(found.minimax, asked[0]))


def test_a_two_stage_design_is_enumerated_as_base_r() -> None:
    design = TwoStage(1, 10, 5, 29)
    found = [two_stage_operating(design, rate) for rate in (0.05, 0.1, 0.2, 0.3, 0.4)]
    case("sim05").near("oc", [[o.rejected, o.stopped_early, o.expected_n] for o in found])


def test_the_truncated_sprt_as_gsdesign() -> None:
    design = sprt(0.05, 0.25, 0.1, 0.15, 10, 35)
    found = single_arm_operating_many(design, (0.05, 0.15, 0.25))
    case("ex06").near("n", design.looks)
    case("ex06").near("lower", design.lower)
    case("ex06").near("upper", design.upper)
    case("ex06").near("pstop_upper", [o.above for o in found])
    case("ex06").near("en", [o.expected_n for o in found])


@pytest.mark.parametrize("n", [3, 8, 17, 29])
def test_the_search_and_its_twin_find_the_same(n: int) -> None:
    null, true = _pmfs(0.1, n), _pmfs(0.35, n)
    one = search.best_for_n(n, null, true, 0.05, 0.2)
    assert one == pytest.approx(search.plain_best_for_n(n, null, true, 0.05, 0.2))


def test_the_designs_found_keep_both_errors_and_lie_on_one_line_of_trade() -> None:
    found = simon(0.1, 0.3, 0.05, 0.1)
    for design in found.by_n:
        assert two_stage_operating(design, 0.1).rejected <= 0.05
        assert two_stage_operating(design, 0.3).rejected >= 0.9
    best = found.admissible(0.1)
    assert best[0] == found.minimax
    assert best[-1] == found.optimal


def test_a_two_stage_design_is_a_single_arm_with_two_looks() -> None:
    design = TwoStage(3, 17, 10, 37)
    same = SingleArm((17, 37), (3, 10), (18, 11))
    one, two = two_stage_operating(design, 0.33), single_arm_operating(same, 0.33)
    assert one.rejected == pytest.approx(two.above, rel=1e-12)
    assert one.stopped_early == pytest.approx(two.stopped_below[0], rel=1e-12)
    assert one.expected_n == pytest.approx(two.expected_n, rel=1e-12)


def test_enumeration_agrees_with_simulation() -> None:
    design, rate, trials = SingleArm((5, 12, 20), (0, 2, 5), (4, 7, 6)), 0.3, 200_000
    events = np.cumsum(stream(5, "single arm").random((trials, 20)) < rate, axis=1)
    alive, found = np.ones(trials, bool), single_arm_operating(design, rate)
    for look, n in enumerate(design.looks):
        below = alive & (events[:, n - 1] <= design.lower[look])
        above = alive & (events[:, n - 1] >= design.upper[look])
        for simulated, exact in ((below, found.stopped_below), (above, found.stopped_above)):
            error = sqrt(exact[look] * (1 - exact[look]) / trials)
            assert abs(simulated.mean() - exact[look]) < 3.5 * error
        alive &= ~(below | above)


def test_the_unbiased_estimate_is_unbiased() -> None:
    design = TwoStage(1, 10, 5, 29)
    for rate in (0.05, 0.2, 0.6):
        first, second = pmf(10, rate), pmf(19, rate)
        mean = sum(first[x] * unbiased(design, x) for x in range(2))
        for x in range(2, 11):
            mean += sum(first[x] * second[y] * unbiased(design, x + y) for y in range(20))
        assert mean == pytest.approx(rate, abs=1e-12)


def test_the_p_value_after_two_stages_counts_what_ranks_as_high() -> None:
    design = TwoStage(1, 10, 5, 29)
    assert two_stage_inference(design, 6, 0.1).p == pytest.approx(
        two_stage_operating(design, 0.1).rejected
    )
    assert two_stage_inference(design, 0, 0.1).p == 1.0
    ps = [two_stage_inference(design, x, 0.1).p for x in range(30)]
    assert np.all(np.diff(ps) <= 0)


def test_the_interval_after_two_stages_covers() -> None:
    design = TwoStage(1, 10, 5, 29)
    intervals = [two_stage_inference(design, x, 0.1).interval for x in range(30)]
    for rate in (0.05, 0.1, 0.3, 0.7):
        covered = [i.low <= rate <= i.high for i in intervals]
        first, second = pmf(10, rate), pmf(19, rate)
        got = sum(first[x] * covered[x] for x in range(2))
        got += sum(first[x] * second[y] * covered[x + y] for x in range(2, 11) for y in range(20))
        assert got >= 0.9 - 1e-9


def test_where_stopping_early_hardly_happens_the_interval_is_clopper_and_pearsons() -> None:
    design = TwoStage(0, 15, 3, 20)
    after, plain = two_stage_inference(design, 14, 0.1).interval, clopper_pearson(14, 20, 0.9)
    assert after.low == pytest.approx(plain.low, abs=1e-4)
    assert after.high == pytest.approx(plain.high, abs=1e-6)


def test_the_one_stage_design_is_the_first_that_suffices() -> None:
    """A'Hern 2001 (Stat Med 20, 859), table II: 0.05 against 0.25 at 5 % and 80 % needs 16 and 3 events."""
    found = one_stage(0.05, 0.25, 0.05, 0.2)
    assert (found.n, found.critical) == (16, 3)
    assert found.error <= 0.05
    assert found.power >= 0.8
    assert all(one_stage_test(n, 0.05, 0.25).power < 0.8 for n in range(1, 16))


def test_the_steady_one_stage_design_is_that_of_rpact() -> None:
    """rpact 3.3.4: getSampleSizeRates(groups=1, thetaH0=.1, pi1=.3, alpha=.05, beta=.2, normalApproximation=FALSE)."""
    assert one_stage(0.1, 0.3, 0.05, 0.2, steady=True).n == 29
    assert one_stage(0.1, 0.3, 0.05, 0.2).n == 25


IMPOSSIBLE = {
    "rates the wrong way": lambda: simon(0.4, 0.2),
    "too few infants": lambda: simon(0.3, 0.35, 0.01, 0.05, greatest=20),
    "a first stage beyond the whole": lambda: TwoStage(3, 20, 5, 18),
    "looks that fall": lambda: SingleArm((10, 5), (0, 1), (5, 4)),
    "bounds that cross": lambda: SingleArm((10,), (5,), (5,)),
    "errors above 1 together": lambda: sprt(0.1, 0.3, 0.6, 0.5, 1, 20),
    "rates too near": lambda: one_stage(0.3, 0.3001),
    "a rate of 1.5": lambda: single_arm_operating(SingleArm((5,), (1,), (2,)), 1.5),
    "more responses than infants": lambda: two_stage_inference(TwoStage(1, 10, 5, 29), 30, 0.1),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_a_design_that_cannot_be_is_refused(name: str) -> None:
    with pytest.raises(CannotBe):
        IMPOSSIBLE[name]()
