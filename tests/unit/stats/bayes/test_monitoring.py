"""Two arms watched by their posterior: every kernel its twin, exact its simulation, and no digit for a worker."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from cordula.stats.bayes import (
    OPEN,
    SUPERIOR,
    BetaPosterior,
    BinaryMonitoring,
    decision_tables,
    exact_characteristics,
    posterior_table,
    probability_beta_above,
    simulated_characteristics,
    walk,
)
from cordula.stats.bayes.draws import _block, _ended_kernel, _ended_twin, _prepared
from cordula.stats.bayes.lattice import _moved_kernel, _moved_twin
from cordula.stats.bayes.walk import _walk_kernel, _walk_twin
from cordula.stats.refusals import CannotBe
from cordula.stats.streams import stream

DESIGN = BinaryMonitoring(((10, 8), (20, 16), (30, 24)), (0.99, 0.99, 0.975), (0.05, 0.05, 0.1))


def test_decisions_are_those_of_each_posterior() -> None:
    tables = decision_tables(DESIGN)

    for x1, x2 in product((0, 7, 15, 20), (0, 4, 9, 16)):
        certain = probability_beta_above(
            BetaPosterior(1 + x1, 21 - x1), BetaPosterior(1 + x2, 17 - x2)
        )
        assert tables[1][x1, x2] == (certain > 0.99) - (certain < 0.05)  # type: ignore[index]


def test_a_margin_asks_for_more() -> None:
    plain, shifted = posterior_table(DESIGN, 0), posterior_table(replace(DESIGN, margin=0.1), 0)

    assert (shifted < plain).all()  # type: ignore[operator]
    one, two = BetaPosterior(8, 4), BetaPosterior(3, 7)
    assert shifted[7, 2] == pytest.approx(probability_beta_above(one, two, 0.1), abs=1e-9)  # type: ignore[index]


def test_the_exact_chances_are_those_of_every_path_of_a_tiny_trial() -> None:
    tiny = BinaryMonitoring(((2, 2), (4, 4)), (0.85, 0.85), (0.2, 0.2))
    tables = decision_tables(tiny)
    superior = 0.0
    for path in product((0, 1), repeat=8):
        one, two = path[:4], path[4:]
        chance = 0.7 ** sum(one) * 0.3 ** (4 - sum(one)) * 0.4 ** sum(two) * 0.6 ** (4 - sum(two))
        first = tables[0][sum(one[:2]), sum(two[:2])]  # type: ignore[index]
        last = tables[1][sum(one), sum(two)]  # type: ignore[index]
        superior += chance * ((first if first != OPEN else last) == SUPERIOR)

    assert exact_characteristics(tiny, 0.7, 0.4).success == pytest.approx(superior, abs=1e-14)  # type: ignore[union-attr]


def test_exact_and_simulated_trials_agree() -> None:
    exact = exact_characteristics(DESIGN, [0.3, 0.6], [0.3, 0.3])

    for k, rate in enumerate((0.3, 0.6)):
        drawn = simulated_characteristics(DESIGN, rate, 0.3, 200_000, seed=20261122)
        assert drawn.superior == pytest.approx(exact.superior[k], abs=4 * 0.0011)  # type: ignore[union-attr]
        assert drawn.futile == pytest.approx(exact.futile[k], abs=4 * 0.0011)  # type: ignore[union-attr]
        assert drawn.expected_number == pytest.approx(exact.expected_number[k], abs=0.15)  # type: ignore[union-attr]
        assert abs(drawn.success - exact.success[k]) < 4 * drawn.monte_carlo_error  # type: ignore[union-attr]


def test_the_number_of_workers_changes_no_digit() -> None:
    answers = [
        simulated_characteristics(DESIGN, 0.5, 0.3, 50_000, 1, workers) for workers in (1, 2, 5)
    ]

    for answer in answers[1:]:
        assert np.array_equal(answer.superior, answers[0].superior)  # type: ignore[union-attr]
        assert np.array_equal(answer.futile, answers[0].futile)  # type: ignore[union-attr]


def test_the_kernels_are_their_twins() -> None:
    draws = stream(3, "kernels")
    held, one, two = draws.random((4, 6)), draws.random(5), draws.random(3)
    chances, low, high = np.full(20, 0.3), np.full(20, -1.0), np.full(20, 21.0)
    low[[9, 14]], high[[9, 19]] = 1, 7
    prepared = _prepared(DESIGN, decision_tables(DESIGN), 0.6, 0.3)  # type: ignore[arg-type]
    uniforms = draws.random((5_000, 3, 2))

    assert _moved_kernel(held, one, two) == pytest.approx(_moved_twin(held, one, two), rel=1e-13)
    assert _walk_kernel(chances, low, high) == pytest.approx(
        _walk_twin(chances, low, high), abs=1e-15
    )
    assert np.array_equal(_ended_kernel(uniforms, *prepared), _ended_twin(uniforms, *prepared))
    assert _block(prepared, 100, 1, 0).sum() <= 100


def test_arms_that_change_their_names_change_the_verdicts_sign() -> None:
    level = BinaryMonitoring(((10, 8), (20, 16)), (0.95, 0.95), (0.05, 0.05))
    turned = BinaryMonitoring(((8, 10), (16, 20)), (0.95, 0.95), (0.05, 0.05))

    one, other = exact_characteristics(level, 0.6, 0.3), exact_characteristics(turned, 0.3, 0.6)

    assert one.superior == pytest.approx(other.futile, abs=1e-13)  # type: ignore[union-attr]


def test_everybody_walks_out_somewhere() -> None:
    stopped = walk(np.full(6, 0.4), np.r_[np.full(5, -1.0), 2.0], np.r_[np.full(5, 9.0), 3.0])

    assert stopped.sum() == pytest.approx(1)


@pytest.mark.parametrize(
    "impossible",
    [
        lambda: replace(DESIGN, superior=(0.9,)),
        lambda: replace(DESIGN, futile=(0.99, 0.99, 0.99)),
        lambda: replace(DESIGN, looks=((10, 8), (10, 16), (30, 24))),
        lambda: replace(DESIGN, prior_1=(0.0, 1.0)),
        lambda: replace(DESIGN, margin=1.0),
        lambda: exact_characteristics(DESIGN, 1.2, 0.3),
        lambda: simulated_characteristics(DESIGN, 0.5, 0.3, 0, 1),
        lambda: walk(np.array([1.2]), np.array([-1.0]), np.array([2.0])),
    ],
)
def test_what_cannot_be_is_refused(impossible) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(CannotBe):
        impossible()
