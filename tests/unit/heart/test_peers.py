"""Others' solvers on the same equations: they must say the same."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from benchmarks.heart.peers import svzerod_outcomes
from cordula import heart
from cordula.heart.kernel import twin
from cordula.heart.rows import evaluate, rows
from tests.unit.heart.vectors import steady


def test_svzerod_agrees_on_the_adult() -> None:
    """svZeroDSolver 3.2, a generalized-α method in C++ on differential-algebraic equations."""
    theirs = svzerod_outcomes(1601, 30)
    ours = heart.load("regazzoni-adult").scaled().steady(3200)
    for outcome, value in theirs.items():
        assert ours[outcome] == pytest.approx(value, rel=1e-4), outcome  # type: ignore[index]


@pytest.mark.parametrize("name", ["ahmad-fontan", "ahmad-fontan-fenestrated"])
def test_an_implicit_solver_agrees_on_the_stiff_fontan(name: str) -> None:
    """Radau of SciPy, made for stiff equations, comes back to the same state and fills the same volumes."""
    circuit, ours = heart.load(name), steady(name)
    told, lay = rows(circuit, evaluate(circuit, {}, 1)), circuit.layout
    period = float(told[0, 0])

    def slope(time: float, state: np.ndarray) -> np.ndarray:
        active = twin.activations(lay, told, time / period % 1.0)
        return np.asarray(twin.slopes(lay, told, state[:, None], active)[:, 0])

    start = ours.state.states[:, 0]
    beat = solve_ivp(
        slope, (0, period), start, "Radau", rtol=1e-7, atol=1e-7, max_step=period / 200
    )
    volume = beat.y[[node.name for node in circuit.nodes].index("RV")]
    assert np.abs(beat.y[:, -1] - start).max() < 0.005 * ours["stroke_volume"]
    assert volume.max() == pytest.approx(ours["end_diastolic_volume"], rel=0.005)
    assert volume.min() == pytest.approx(ours["end_systolic_volume"], rel=0.005)


def test_the_open_fenestration_lets_blood_pass_the_lungs_by() -> None:
    opened, closed = steady("ahmad-fontan-fenestrated"), steady("ahmad-fontan")
    assert closed["flow_ratio"] == pytest.approx(1, abs=1e-3)
    assert opened["flow_ratio"] < 0.95
    assert opened["cardiac_output"] > closed["cardiac_output"]
    assert opened["superior_caval_pressure"] < closed["superior_caval_pressure"]
