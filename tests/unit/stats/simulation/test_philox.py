"""The random numbers are the published ones, and no other: known answers, twin, and spread."""

import json
from pathlib import Path

import numpy as np
import pytest
from scipy.special import ndtri

from cordula.stats.simulation.logarithm import logarithm
from cordula.stats.simulation.normal import normal, normals
from cordula.stats.simulation.philox import (
    four_uniforms,
    four_words,
    uniforms_plain,
    words_of_key,
    words_plain,
)

FILE = Path(__file__).parents[4] / "vectors" / "statistics" / "philox4x32.json"
CASES = json.loads(FILE.read_text())["cases"]
STREAM = words_of_key(20261122, "trial")


def words(texts: list[str]) -> list[np.uint64]:
    return [np.uint64(int(text, 16)) for text in texts]


@pytest.mark.parametrize("known", CASES)
def test_the_kernel_gives_the_known_answers(known: dict[str, list[str]]) -> None:
    got = four_words(*words(known["key"]), *words(known["counter"]))

    assert [f"{int(word):08x}" for word in got] == known["words"]


@pytest.mark.parametrize("known", CASES)
def test_the_twin_gives_the_known_answers(known: dict[str, list[str]]) -> None:
    counters = [np.array([word]) for word in words(known["counter"])]

    got = words_plain(np.array(words(known["key"])), *counters)

    assert [f"{int(word):08x}" for word in got[:, 0]] == known["words"]


def test_kernel_and_twin_draw_alike_for_trials_beyond_32_bits() -> None:
    first = 2**32 - 1

    twin = uniforms_plain(STREAM, first, 3, 7, 5)

    kernel = [[four_uniforms(STREAM, first + t, 7, place) for place in range(5)] for t in range(3)]
    assert np.array_equal(np.moveaxis(np.array(kernel), 2, 0), twin)


def test_uniforms_are_uniform_and_words_unrelated() -> None:
    drawn = uniforms_plain(STREAM, 0, 1000, 1, 25).reshape(4, -1)

    assert np.abs(drawn.mean(axis=1) - 0.5).max() < 4 / np.sqrt(12 * 25_000)
    between = np.corrcoef(drawn)[np.triu_indices(4, 1)]
    assert np.abs(between).max() < 4 / np.sqrt(25_000)


def test_no_uniform_is_ever_0_or_1() -> None:
    smallest, greatest = 0.5 * 2**-32, (2**32 - 0.5) * 2**-32
    assert smallest > 0
    assert greatest < 1
    assert np.isfinite([normal(smallest), normal(greatest)]).all()


def test_the_normal_quantile_is_right_to_the_last_digits() -> None:
    p = np.concatenate([np.geomspace(1.2e-10, 0.5, 400), 1 - np.geomspace(1.2e-10, 0.5, 400)])

    got = np.array([normal(one) for one in p])

    assert np.allclose(got, ndtri(p), rtol=1e-14, atol=1e-15)


def test_many_quantiles_at_once_are_those_of_one_at_a_time() -> None:
    p = uniforms_plain(STREAM, 0, 10, 1, 30)[0].ravel()
    for few in (p, p[p < 0.07], p[(p > 0.1) & (p < 0.9)], p[:1]):
        out = np.empty_like(few)

        normals(few, out, np.empty((2, len(few))))

        assert np.array_equal(out, [normal(one) for one in few])


def test_the_logarithm_is_right_to_the_last_digits() -> None:
    x = np.concatenate([np.geomspace(1e-300, 1e300, 601), 1 + np.linspace(-1e-3, 1e-3, 400), [0.5]])

    got = np.array([logarithm(one) for one in x])

    assert np.allclose(got, np.log(x), rtol=6e-16, atol=0)
