import numpy as np
import pytest

from cordula.stats.sequential import crossing, plain
from cordula.stats.sequential.quadrature import legendre, nodes_for
from cordula.stats.streams import stream

LOOKS = [(1 / 3, 2 / 3, 1.0), (0.2, 0.25, 0.9, 1.0), (0.5, 0.99, 1.0), tuple(np.arange(1, 11) / 10)]


def edges(count: int, sides: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    upper = np.linspace(3.2, 2.0, count)
    lower = -upper if sides == 2 else np.linspace(-0.5, 1.0, count)
    return upper, lower, np.linspace(0.0, 0.6, count) * (sides == 2)


@pytest.mark.parametrize("sides", [1, 2])
@pytest.mark.parametrize("information", LOOKS)
def test_the_kernel_and_its_twin_agree(information, sides: int) -> None:
    x, w = legendre(nodes_for(information))
    at = np.array(information)
    for drift in (-1.0, 0.0, 3.0):
        given = (at, *edges(len(at), sides), drift, x, w)
        assert crossing.crossings(*given) == pytest.approx(plain.crossings(*given), abs=1e-14)


@pytest.mark.parametrize("information", LOOKS)
def test_the_solving_kernels_and_their_twins_agree(information) -> None:
    x, w = legendre(nodes_for(information))
    at, count = np.array(information), len(information)
    _, lower, inner = edges(count, 1)
    asked = (at, 0.025 * at, np.full(count, np.nan), lower, inner, 1, x, w)
    for found, twin in zip(crossing.bounds_spending(*asked), plain.bounds_spending(*asked)):
        assert found == pytest.approx(twin, abs=1e-12)
    shares = np.diff([0.0, *at])
    both = (at, 0.025 * shares, 0.1 * shares, np.full(count, np.nan), 3.3, True, x, w)
    for one, two in zip(crossing.bounds_both(*both), plain.bounds_both(*both)):
        assert one == pytest.approx(two, abs=1e-12)


@pytest.mark.parametrize("information", [*LOOKS, (0.1, 0.98, 0.99, 1.0), (0.01, 0.02, 1.0)])
def test_twice_the_nodes_change_nothing(information) -> None:
    """A fixed grid would be wrong where two looks are near: the nodes must follow the narrowest step."""
    at, count = np.array(information), nodes_for(information)
    once, twice = (
        crossing.crossings(at, *edges(len(at), 1), 1.5, *legendre(nodes))
        for nodes in (count, 2 * count)
    )
    assert once == pytest.approx(twice, abs=1e-13)


def test_the_nodes_are_those_of_gauss_and_legendre() -> None:
    for count in (32, 48, 320):
        x, w = np.polynomial.legendre.leggauss(count)
        assert legendre(count)[0] == pytest.approx(x, abs=1e-14)
        assert legendre(count)[1] == pytest.approx(w, abs=1e-12)


def test_the_recursion_agrees_with_simulated_paths() -> None:
    information, drift, trials = np.array([0.3, 0.5, 1.0]), 2.0, 400_000
    upper, lower, inner = edges(3, 2)
    step = np.diff([0.0, *information])
    draws = stream(20261122, "brownian paths").standard_normal((trials, 3))
    z = np.cumsum(draws * np.sqrt(step) + drift * step, axis=1) / np.sqrt(information)
    alive, simulated = np.ones(trials, bool), np.zeros((3, 3))
    for k in range(3):
        ways = (z[:, k] >= upper[k], z[:, k] <= lower[k], np.abs(z[:, k]) < inner[k])
        for way, out in enumerate(ways):
            simulated[way, k] = np.mean(alive & out)
        alive &= ~np.any(ways, axis=0)
    found = crossing.crossings(information, upper, lower, inner, drift, *legendre(64))
    error = np.sqrt(found * (1 - found) / trials)
    assert np.all(np.abs(simulated - found) <= 3.5 * error + 1e-12)
