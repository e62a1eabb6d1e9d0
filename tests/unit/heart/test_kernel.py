"""The compiled kernel against its plain twin, and what makes it fast."""

import re

import numpy as np
import pytest
from numba import njit

from cordula import heart
from cordula.heart.kernel import twin
from cordula.heart.kernel.layout import Layout
from cordula.heart.kernel.run import LANES, Lanes
from cordula.heart.rows import at_rest, evaluate, rows

FAST = ["norwood-bts", "regazzoni-adult", "goodwin-infant"]


def begun(name: str, count: int = 11) -> tuple[Layout, np.ndarray, np.ndarray]:
    """Infants who differ in heart rate and volume, each with all her blood at rest."""
    circuit = heart.load(name)
    own = circuit.scaled().numbers()
    spread = np.linspace(0.9, 1.1, count)
    over = {"heart_rate": own["heart_rate"] * spread, "volume": own["volume"] * spread[::-1]}
    numbers = evaluate(circuit, over, count)
    return circuit.layout, rows(circuit, numbers), at_rest(circuit, numbers)


def same_as_the_twin(name: str, steps: int) -> None:
    lay, told, states = begun(name)
    after, seen, trace = Lanes(lay, told).observed_beat(states, steps, traced=True)
    plain, plain_seen, plain_trace = twin.observed_beat(lay, told, states, steps)
    assert np.allclose(after, plain, rtol=1e-9, atol=1e-9)
    assert np.allclose(seen, plain_seen, rtol=1e-8, atol=1e-7)
    assert np.allclose(trace, plain_trace, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", FAST)
def test_the_kernel_answers_as_its_twin(name: str) -> None:
    same_as_the_twin(name, 400)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(heart.names()) - set(FAST)))
def test_the_kernel_answers_as_its_twin_on_every_circuit(name: str) -> None:
    same_as_the_twin(name, 6000 if name.startswith("ahmad") else 600)


def test_a_lane_does_not_know_its_neighbours_nor_whether_it_has_any() -> None:
    lay, told, states = begun("norwood-bts", 19)
    together = Lanes(lay, told).beat(states, 240)
    alone = [Lanes(lay, told[:, [i]]).beat(states[:, [i]], 240)[:, 0] for i in range(19)]
    backwards = Lanes(lay, told[:, ::-1]).beat(states[:, ::-1], 240)[:, ::-1]
    assert np.array_equal(together, np.stack(alone, axis=1))
    assert np.array_equal(together, backwards)


def test_a_shape_that_is_written_can_be_read() -> None:
    for name in heart.names():
        lay = heart.load(name).layout
        assert Layout.of(lay.shape) == lay


def test_the_lanes_are_carried_in_packed_registers() -> None:
    """The trap: a kernel over lanes that silently computes them one after the other, four times as slow."""
    from cordula.heart.kernel.compiled import carrier

    lay, told, _ = begun("norwood-bts", 8)
    lanes = Lanes(lay, told)
    fresh = njit(error_model="numpy")(carrier(lay.shape, LANES).py_func)  # type: ignore[attr-defined]
    fresh(lanes._bundles, 2, False, np.empty((0, 0, 0, 0)))
    (assembly,) = fresh.inspect_asm().values()
    packed = len(re.findall(r"\bv?(?:f[n]?m(?:add|sub)\d*|mul|add|sub)pd\b", assembly))
    single = len(re.findall(r"\bv?(?:f[n]?m(?:add|sub)\d*|mul|add|sub)sd\b", assembly))
    assert packed > 200
    assert single < packed / 20


@pytest.mark.parametrize("value", [-6.0, -1.0, 0.0, 0.3, 2.0, 6.0])
def test_the_filling_curve_of_the_kernel_is_the_exponential(value: float) -> None:
    """One vessel and one chamber joined by resistances so high that nothing flows: only the pressure is read."""
    lay = Layout.of("S0,C|R0-1,R1-0|cos")
    told = np.array(
        [[1.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 1e-30, 1e-30, 0.5, 0.1, 10.0, 10.0]]
    ).T
    states = np.array([[value], [0.0]])
    _, seen, _ = Lanes(lay, told).observed_beat(states, 1)
    assert seen[2, 0] == pytest.approx(np.expm1(value), rel=1e-9, abs=1e-12)
