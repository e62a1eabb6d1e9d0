"""The periodic state: blood is kept, time steps converge, and what cannot be found is said."""

import numpy as np
import pytest

from cordula import heart
from cordula.heart.cohort_state import CohortState, steady_blocks, steady_many
from cordula.heart.kernel import twin
from cordula.heart.kernel.layout import Layout
from cordula.heart.kernel.run import Lanes
from cordula.heart.periodic import periodic
from cordula.heart.rows import at_rest, evaluate, rows
from cordula.stats.refusals import CannotBe, NotConverged
from tests.unit.heart.vectors import steady

NORWOOD = heart.load("norwood-bts")


def many(count: int = 30) -> dict[str, np.ndarray]:
    own = NORWOOD.scaled().numbers()
    generator = np.random.default_rng(20261122)
    names = ("RV.Ees", "RV.A", "sysU.R", "sysL.R", "pul.R", "AO.C", "volume", "heart_rate")
    return {name: own[name] * np.exp(generator.normal(0, 0.1, count)) for name in names}


def same(one: CohortState, other: CohortState) -> bool:
    return all(np.array_equal(one[name], other[name], equal_nan=True) for name in one.outcomes)


@pytest.mark.parametrize("name", ["norwood-bts", "regazzoni-adult", "glenn", "normal"])
def test_no_blood_is_made_or_lost(name: str) -> None:
    found = steady(name)
    nodes = len(found.circulation.circuit.nodes)
    volume = found.circulation.numbers()["volume"]
    assert abs(found.state.states[:nodes].sum() / volume - 1) < 1e-10


def test_no_blood_is_made_or_lost_in_the_search_nor_in_a_hundred_beats() -> None:
    numbers = evaluate(NORWOOD, {}, 1)
    told, start = rows(NORWOOD, numbers), at_rest(NORWOOD, numbers)
    found = periodic(NORWOOD.layout, told, start, 240, 1e-12)
    assert abs(found.states.sum() / numbers["volume"][0] - 1) < 1e-10
    carried = start
    for _ in range(100):
        carried = Lanes(NORWOOD.layout, told).beat(carried, 240)
    assert abs(carried.sum() / numbers["volume"][0] - 1) < 1e-10


def test_acceleration_arrives_where_plain_beats_arrive() -> None:
    numbers = evaluate(NORWOOD, {}, 1)
    told, carried = rows(NORWOOD, numbers), at_rest(NORWOOD, numbers)
    lanes = Lanes(NORWOOD.layout, told)
    for _ in range(300):
        carried = lanes.beat(carried, 480)
    quick = periodic(NORWOOD.layout, told, at_rest(NORWOOD, numbers), 480, 1e-9)
    assert np.allclose(quick.states, carried, atol=1e-6)
    assert quick.beats[0] < 40


def test_a_beat_more_changes_nothing() -> None:
    found = steady("norwood-bts")
    told = rows(NORWOOD, evaluate(NORWOOD, {}, 1))
    after = Lanes(NORWOOD.layout, told).beat(found.state.states, found.steps)
    assert np.allclose(after, found.state.states, atol=1e-6)


def test_a_smooth_circuit_converges_with_the_fourth_power_of_the_step() -> None:
    """Two chambers and a vessel, no valve: nothing spoils the order of the method."""
    lay = Layout.of("E0,C,C|R0-1,Q1-2,L2-0|cos")
    told = np.array([[0.8, 0.2, 1.0, 5.0, 0, 0.5, 0, 0.1, 0, 5.0, 0.1, 0.05, 0.2, 20.0]]).T
    told = np.concatenate([told, [[0.0], [0.5], [2.0], [2.0]]])
    start = np.array([[60.0], [40.0], [90.0], [0.0]])
    steps = (40, 80, 160)
    exact = Lanes(lay, told).beat(start, 5120)
    errors = [np.abs(Lanes(lay, told).beat(start, n) - exact).max() for n in steps]
    orders = np.log2(np.array(errors[:-1]) / np.array(errors[1:]))
    assert (orders > 3.7).all(), (errors, orders)


def test_with_valves_finer_steps_still_bring_the_answer_nearer() -> None:
    """A valve bends the solution within a step, which leaves second order on the volumes."""
    exact = _stroke(7680)
    errors = [abs(_stroke(n) - exact) for n in (240, 3840)]
    assert errors[1] < errors[0] / 4
    assert errors[0] / exact < 5e-4


def _stroke(steps: int) -> float:
    found = heart.load("norwood-bts").scaled().steady(steps, 1e-9)
    assert not isinstance(found, NotConverged)
    return found["stroke_volume"]


def test_the_answer_for_an_infant_is_hers_alone_whatever_the_blocks() -> None:
    whole = steady_many(NORWOOD, many())
    assert same(whole, steady_many(NORWOOD, many(), block=7))
    alone = steady_many(NORWOOD, {name: v[11:12] for name, v in many().items()})
    assert alone["ejection_fraction"][0] == whole["ejection_fraction"][11]


def test_blocks_are_streamed_one_by_one() -> None:
    sizes = [len(block) for block in steady_blocks(NORWOOD, many(), block=8)]
    assert sizes == [8, 8, 8, 6]


def test_an_infant_who_cannot_be_is_named_with_the_reason_and_the_others_are_answered() -> None:
    numbers = many(4)
    numbers["heart_rate"][0] = -140.0
    numbers["RV.Ees"][1] = np.nan
    numbers["av.R"] = np.array([0.06, 0.06, 1e-9, 0.06])
    found = steady_many(NORWOOD, numbers)
    assert list(found.found) == [False, False, False, True]
    assert "heart rate" in found.reasons[0]
    assert "RV.Ees is not a number" in found.reasons[1]
    assert "steps to be stable" in found.reasons[2]
    for values in found.outcomes.values():
        assert np.isfinite(values[3])
    assert np.isnan(found["ejection_fraction"][:3]).all()


def test_a_search_that_does_not_end_says_how_far_it_was() -> None:
    numbers = evaluate(NORWOOD, {}, 1)
    told = rows(NORWOOD, numbers)
    found = periodic(NORWOOD.layout, told, at_rest(NORWOOD, numbers), 240, 1e-9, most_beats=2)
    assert "mL in a beat after 2 beats" in found.reasons[0]
    assert np.isnan(found.states).all()


def test_too_coarse_a_step_is_never_taken() -> None:
    """Seen to bite: carried in 120 steps regardless, the same adult runs away."""
    adult = heart.load("regazzoni-adult")
    numbers = evaluate(adult, {}, 1)
    coarse = periodic(adult.layout, rows(adult, numbers), at_rest(adult, numbers), 120, 1e-3)
    assert "ran away" in coarse.reasons[0]
    assert steady_many(adult, {}, steps=120).found.all()


def test_the_difference_of_two_near_infants_is_smooth() -> None:
    """What `fit` and `what_if` lean on: a derivative by differences does not depend on the step."""
    own = NORWOOD.scaled().numbers()["RV.Ees"]
    steps = np.array([1e-2, 1e-3, 1e-4])
    ees = own * np.concatenate([1 + steps, 1 - steps])
    found = steady_many(NORWOOD, {"RV.Ees": ees}, tolerance_ml=1e-9)["ejection_fraction"]
    slopes = (found[:3] - found[3:]) / (2 * steps)
    assert np.ptp(slopes) / slopes.mean() < 2e-3


def test_a_name_that_is_not_there_is_refused_with_the_nearest() -> None:
    with pytest.raises(CannotBe, match=r"did you mean “RV\.Ees”"):
        steady_many(NORWOOD, {"RV.Es": np.array([12.0])})


def test_arrays_of_different_lengths_are_refused() -> None:
    with pytest.raises(CannotBe, match="one length for all"):
        steady_many(NORWOOD, {"RV.Ees": np.ones(3), "volume": np.ones(4)})


def test_the_lowest_pressure_is_read_between_the_steps() -> None:
    """Of a beat in few steps the lowest of the steps is three times as far from the truth as what is told."""
    circuit, rates = heart.load("regazzoni-adult"), 75.0 * np.linspace(0.95, 1.05, 16)
    exact = circuit.scaled().steady_many({"heart_rate": rates}, steps=9600)
    found = circuit.scaled().steady_many({"heart_rate": rates}, steps=244, tolerance_ml=1e-6)
    told = rows(circuit, evaluate(circuit, {"heart_rate": rates}, 16))
    _, _, trace = Lanes(circuit.layout, told).observed_beat(found.states, 244, traced=True)
    vessel = [node.name for node in circuit.nodes].index("SA")
    stepped = twin.curves(circuit.layout, told, trace)[0][:, vessel].min(axis=0)
    lowest = exact["diastolic_pressure"]
    off = np.abs(found["diastolic_pressure"] / lowest - 1).mean()
    assert off < 3e-4
    assert off < np.abs(stepped / lowest - 1).mean() / 2.5
