"""A trial that may stop early finds too much on average; the median-unbiased estimate is right half of the time."""

from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from scipy.special import ndtr

from cordula.stats.sequential import FinalInference, final_inference
from cordula.trial import printing
from cordula.trial.rules import LookRule
from cordula.trial.simulation import simulate
from cordula.trial.simulation.simulate import trials_of
from cordula.trial.simulation.tally import above
from cordula.trial.simulation.unbiased import median_unbiased
from tests.unit.trial.plans import PLAIN, read, with_
from tests.unit.trial.test_kinds import BINARY, SHARES

SEED = 20261122
Z = np.array([-4.1, -2.33, -0.61, 0.013, 1.7, 2.61, 3.9, 8.0])


@pytest.mark.parametrize("sides", [1, 2])
def test_what_is_read_off_is_what_stagewise_ordering_answers(sides: int) -> None:
    shares = (Decimal("0.3"), Decimal("0.6"), Decimal(1))
    rule = LookRule(shares=shares, alpha=Decimal("0.05"), sides=sides, spending="pocock")

    for look in (1, 2):
        read_off = median_unbiased(
            rule, np.full(len(Z), look), ndtr(-Z), 2.0 * Z, np.full(len(Z), 2.0)
        )
        theirs = [final_inference(rule.boundaries(), look + 1, float(z), 2.0) for z in Z]
        told = [one.estimate for one in theirs if isinstance(one, FinalInference)]
        assert read_off == pytest.approx(told, abs=2e-3)


def test_at_the_first_look_it_is_the_plain_estimate_whatever_the_test() -> None:
    """A t statistic of few children is not its estimate over its error in normal units."""
    rule = LookRule(
        shares=(Decimal("0.5"), Decimal(1)), alpha=Decimal("0.05"), sides=2, shape="pocock"
    )

    found = median_unbiased(
        rule, np.zeros(1, dtype=np.int64), np.array([0.01]), np.array([3.0]), np.array([1.1])
    )

    assert found == [3.0]


def test_it_lies_above_the_truth_half_of_the_time_where_the_plain_one_does_not(
    tmp_path: Path,
) -> None:
    trial = with_(PLAIN, looks='["0.25", "0.5", "1"]', spending='"pocock"', participants="80")
    design, scenarios = read(tmp_path, trial)

    found = simulate(design, scenarios["some"], 8000, SEED)

    assert found.above is not None
    assert found.unbiased_above is not None
    assert found.above.value > 0.53
    assert abs(found.unbiased_above.value - 0.5) < 4 * found.unbiased_above.error
    assert found.bias is not None
    assert found.unbiased is not None
    assert found.bias.value > found.unbiased.value + 0.1


def test_the_page_tells_both_biases_beside_one_another(tmp_path: Path) -> None:
    design, scenarios = read(tmp_path)
    found = simulate(design, scenarios["some"], 400, SEED)
    once, alone = read(tmp_path, with_(PLAIN, looks='["1"]'))

    page = "\n".join(printing.characteristics(design, found))
    single = "\n".join(printing.characteristics(once, simulate(once, alone["some"], 400, SEED)))

    assert "Bias of the final estimate" in page
    assert "Bias of the median-unbiased one" in page
    assert "median-unbiased" not in single


def test_counted_exactly_it_is_what_drawing_finds(tmp_path: Path) -> None:
    from tests.unit.trial.plans import ARMS, DESIGN

    design, scenarios = read(tmp_path, DESIGN + ARMS + BINARY.format(analysis="score") + SHARES)
    exact = simulate(design, scenarios["some"])
    drawn = trials_of(design, scenarios["some"], 1, SEED).tally(0, 8000)

    assert exact.exact
    assert exact.unbiased is not None
    assert drawn.unbiased.mean == pytest.approx(exact.unbiased.value, abs=0.008)
    assert exact.unbiased_above is not None
    assert drawn.above[1] / 8000 == pytest.approx(exact.unbiased_above.value, abs=0.025)


def test_an_estimate_just_on_the_truth_counts_half() -> None:
    assert above(np.array([1.0, 0.0, -1.0, np.nan])) == [1.5]
    assert above(np.array([[1.0, 0.0]]), mass=np.array([[0.2, 0.8]])) == pytest.approx([0.6])
