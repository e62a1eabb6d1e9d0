"""Each kind of endpoint is simulated: binary exactly or drawn, time to event, visits, and a hierarchy of outcomes."""

from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import binom, fisher_exact

from cordula.stats.refusals import CannotBe
from cordula.stats.win_ratio.endpoints import Score, Time
from cordula.stats.win_ratio.win_ratio import win_ratio
from cordula.trial.design import Binary, Longitudinal
from cordula.trial.simulation import shares, simulate
from cordula.trial.simulation.blocks import counted
from cordula.trial.simulation.hierarchical import pairs
from cordula.trial.simulation.simulate import trials_of
from tests.unit.trial.plans import ARMS, CONTINUOUS, DESIGN, NULL, OF_FAC, SOME, read, with_

SEED = 20261122
BINARY = """
[[design.endpoints]]
id = "failed"
title = "Dead or transplanted at 12 months"
rank = "primary"
kind = "binary"
after = "12 months"
analysis = "{analysis}"
"""
OF_SHARE = """
[scenarios.{name}.truth.failed]
cells = {{ share = "{cells}" }}
control = {{ share = "0.5" }}
"""
SHARES = (
    NULL
    + OF_SHARE.format(name="null", cells="0.5")
    + SOME
    + OF_SHARE.format(name="some", cells="0.1")
)
TIMES = """
[[design.endpoints]]
id = "{name}"
title = "Time to {name}"
rank = "{rank}"
kind = "time_to_event"
analysis = "log_rank"
after = "12 months"
"""
OF_TIME = """
[scenarios.{name}.truth.{endpoint}]
cells = {{ survival = "{cells}", at = "12 months" }}
control = {{ survival = "0.5", at = "12 months" }}
"""
VISITS = """
[[design.endpoints]]
id = "fac"
title = "Area"
rank = "primary"
kind = "longitudinal"
measure = "rv_fac"
timepoint = "after_12_months"
visits = ["after_3_months", "after_6_months", "after_12_months"]
change_from_baseline = true
analysis = "mmrm"
"""
OF_VISITS = """
dropout = "15 %"
dropout_by_baseline = "0.5"

[scenarios.{name}.baseline.fac]
correlation = "0.4"

[scenarios.{name}.visits.fac]
correlation = "0.6"

[scenarios.{name}.truth.fac]
cells = {{ means = ["0 %", "0 %", "{last} %"], sds = ["6 %", "6 %", "6 %"] }}
control = {{ means = ["0 %", "0 %", "0 %"], sds = ["6 %", "6 %", "6 %"] }}
"""


@pytest.mark.parametrize("analysis", ["exact", "score"])
def test_counting_every_result_agrees_with_drawing_them(tmp_path: Path, analysis: str) -> None:
    design, scenarios = read(tmp_path, DESIGN + ARMS + BINARY.format(analysis=analysis) + SHARES)

    exact = simulate(design, scenarios["some"])
    drawn, _ = counted(trials_of(design, scenarios["some"], 1, SEED), 20_000, 1)

    assert exact.exact
    assert exact.any_found.error == 0
    for look, told in enumerate(exact.looks):
        for number, reason in enumerate(("end", "higher", "lower")):
            share = drawn.stops[look, number] / 20_000
            assert abs(share - (told.stops[reason].value if reason in told.stops else 0)) < 0.014
    assert exact.bias is not None
    assert abs((drawn.off.mean or 0) - exact.bias.value) < 0.005
    assert exact.coverage is not None
    assert abs(drawn.covered / 20_000 - exact.coverage.value) < 0.01


def test_one_exact_look_is_the_sum_over_every_table(tmp_path: Path) -> None:
    """By brute force with SciPy's two-sided-by-halves Fisher test of 20 against 20."""
    trial = with_(DESIGN, looks='["1"]') + ARMS + BINARY.format(analysis="exact") + SHARES
    design, scenarios = read(tmp_path, trial)
    total = sum(
        binom.pmf(x, 20, 0.1) * binom.pmf(y, 20, 0.5)
        for x in range(21)
        for y in range(21)
        if fisher_exact([[x, 20 - x], [y, 20 - y]], alternative="less").pvalue <= 0.025
    )

    found = simulate(design, scenarios["some"])

    assert found.lower.value == pytest.approx(total, abs=1e-12)


def test_a_tail_that_overlaps_is_counted_on_the_side_it_belongs_to() -> None:
    x, y, n = np.array([0.0, 10.0, 5.0]), np.array([10.0, 0.0, 5.0]), np.full(3, 10.0)

    p = shares.fisher(x, y, n, n)

    less = fisher_exact([[0, 10], [10, 0]], alternative="less").pvalue
    assert p == pytest.approx([1 - less, less, 0.5])


def test_a_single_arm_is_compared_with_its_share_in_the_null_scenario(tmp_path: Path) -> None:
    from cordula.protocols import load
    from cordula.trial.design import design_of
    from cordula.trial.scenarios import scenarios_of

    protocol = load.named("fresh-autologous-mnc-norwood")
    design, scenarios = design_of(protocol), scenarios_of(protocol)

    found = simulate(design, scenarios["harm"])

    death = design.endpoints["death"]
    assert isinstance(death, Binary)
    assert death.reference == Decimal("0.26")
    least = next(x for x in range(11) if binom.sf(x - 1, 10, 0.26) <= 0.05)
    assert found.higher.value == pytest.approx(binom.sf(least - 1, 10, 0.52))


def test_missing_values_that_count_as_failures_raise_the_share(tmp_path: Path) -> None:
    lost = (DESIGN + ARMS + BINARY.format(analysis="exact") + SHARES).replace(
        'title = "Some"', 'title = "Some"\ndropout = "30 %"'
    )
    counted_out, scenarios = read(tmp_path, lost)
    failed, _ = read(
        tmp_path, lost.replace('analysis = "exact"', 'analysis = "exact"\nmissing = "failure"')
    )

    one = simulate(counted_out, scenarios["some"], 2000, SEED)
    other = simulate(failed, scenarios["some"], 2000, SEED)

    assert not one.exact
    assert one.any_found.value > other.any_found.value + 0.05


@pytest.mark.parametrize("driven", [True, False])
def test_times_to_an_event_keep_their_level_and_find_a_difference(
    tmp_path: Path, driven: bool
) -> None:
    times = TIMES.format(name="death", rank="primary")
    if driven:
        times = times.replace('after = "12 months"', "events = 30")
    truth = (
        NULL + 'accrual = "4 /mo"\n' + OF_TIME.format(name="null", endpoint="death", cells="0.5")
        + SOME + 'accrual = "4 /mo"\n' + OF_TIME.format(name="some", endpoint="death", cells="0.85")
    )  # fmt: skip
    design, scenarios = read(tmp_path, with_(DESIGN, participants="60") + ARMS + times + truth)

    null = simulate(design, scenarios["null"], 4000, SEED)
    some = simulate(design, scenarios["some"], 4000, SEED)

    assert abs(null.any_found.value - 0.05) < 0.02
    assert some.lower.value > 0.6
    assert some.months is not None
    assert some.months.value > 10


def test_a_time_to_an_event_needs_the_rate_of_entry(tmp_path: Path) -> None:
    truth = NULL + OF_TIME.format(name="null", endpoint="death", cells="0.5")
    design, scenarios = read(
        tmp_path, DESIGN + ARMS + TIMES.format(name="death", rank="primary") + truth
    )

    with pytest.raises(CannotBe, match="“accrual” is needed"):
        simulate(design, scenarios["null"], 10, SEED)


def test_visits_are_compared_by_a_mixed_model_at_the_last_one(tmp_path: Path) -> None:
    truth = (
        NULL + OF_VISITS.format(name="null", last=0) + SOME + OF_VISITS.format(name="some", last=6)
    )
    design, scenarios = read(tmp_path, with_(DESIGN, looks='["1"]') + ARMS + VISITS + truth)

    null = simulate(design, scenarios["null"], 600, SEED)
    some = simulate(design, scenarios["some"], 300, SEED)

    assert isinstance(design.primary[0], Longitudinal)
    assert abs(null.any_found.value - 0.05) < 4 * np.sqrt(0.05 * 0.95 / 600)
    assert some.bias is not None
    assert abs(some.bias.value) < 4 * (some.bias.error or 0)
    assert some.higher.value > 0.7


def hierarchy(last: int, death: str) -> str:
    parts = TIMES.format(name="death", rank="secondary") + TIMES.format(
        name="transplant", rank="secondary"
    )
    composite = """
[[design.endpoints]]
id = "win"
title = "Death, then transplant, then area"
rank = "primary"
kind = "hierarchical"
analysis = "win_ratio"
components = ["death", "transplant", "fac"]
"""
    parts += CONTINUOUS.replace('"primary"', '"secondary"') + composite
    truth = ""
    for name, head in (("null", NULL), ("some", SOME)):
        cells, mean = ("0.5", 0) if name == "null" else (death, last)
        truth += head + OF_TIME.format(name=name, endpoint="death", cells=cells)
        truth += OF_TIME.format(name=name, endpoint="transplant", cells="0.5")
        truth += OF_FAC.format(name=name, mean=mean)
    return with_(DESIGN, looks='["1"]') + ARMS + parts + truth


def test_a_hierarchy_of_outcomes_keeps_its_level_and_finds_a_difference(tmp_path: Path) -> None:
    design, scenarios = read(tmp_path, hierarchy(last=6, death="0.9"))

    null = simulate(design, scenarios["null"], 2000, SEED)
    some = simulate(design, scenarios["some"], 500, SEED)

    assert null.decided_by == "win"
    assert null.false
    assert abs(null.any_found.value - 0.05) < 0.025
    assert some.target is None
    assert some.higher.value > 0.6


@pytest.mark.parametrize("analysis", ["win_ratio", "net_benefit"])
def test_pairs_are_counted_as_the_room_of_statistics_counts_them(analysis: str) -> None:
    draw = np.random.default_rng(SEED)
    mine = np.arange(24) % 2 == 0
    time, seen = draw.exponential(10, 24), draw.random(24) < 0.6
    value = draw.normal(0, 5, 24)
    theirs = win_ratio(mine.astype(int), [Time(time, seen), Score(value)], transformed=False)

    estimate, error = pairs(
        np.vstack([time, value]),
        np.vstack([seen, np.ones(24, bool)]),
        mine,
        np.ones(2),
        analysis,
    )

    if analysis == "net_benefit":
        assert estimate == pytest.approx(theirs.net_benefit.value)  # type: ignore[union-attr]
        assert error == pytest.approx(theirs.net_benefit.se)  # type: ignore[union-attr]
    else:
        assert np.exp(estimate) == pytest.approx(theirs.win_ratio.value)  # type: ignore[union-attr]
        assert error * np.exp(estimate) == pytest.approx(theirs.win_ratio.se)  # type: ignore[union-attr]
