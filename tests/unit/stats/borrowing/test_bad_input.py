"""What cannot be is refused with its value and what would be right: never a bare error of Python, never NaN."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from cordula.stats import borrowing as b
from cordula.stats.refusals import CannotBe

nan, inf = math.nan, math.inf
BETA = b.beta_mixture((0.8, 15, 50), (0.2, 1, 1))
NORMAL = b.normal_mixture((0.7, 2, 1.5), (0.3, 0, 8))
GAMMA = b.gamma_mixture((0.7, 9, 3), (0.3, 2, 1))
RULE = b.Rule((0.9,), (0.3,))
MEANS = b.TwoArms(NORMAL, NORMAL, 20, 12, RULE, 8, 8)
EVENTS = b.TwoArms(BETA, BETA, 8, 8, RULE)
GRID = np.linspace(-5, 5, 60)
BELL = np.exp(-0.5 * GRID**2)
SEEN = b.NormalSample(1, 1)
Call = Callable[[], Any]


def fitted(kind: Any = "normal", **asked: Any) -> Any:
    return b.fit_mixture(GRID, BELL, kind, **asked)


def slab(slab: Any = (0.01, 2.0), spike: float = 200.0, nodes: Any = 8) -> Any:
    return b.commensurate_spike_and_slab(SEEN, slab, spike, 0.9, nodes)


def power(exponent_prior: Any = (1.0, 1.0), nodes: Any = 8) -> Any:
    return b.normalised_power_prior(NORMAL, SEEN, SEEN, exponent_prior, nodes)


CALLS: dict[str, Call] = {
    "a number for a component": lambda: b.normal_mixture(nan),  # type: ignore[arg-type]
    "two numbers for a component": lambda: b.normal_mixture((1, 0)),  # type: ignore[arg-type]
    "a kind": lambda: b.mixture("nonsense", (1, 1, 1)),  # type: ignore[arg-type]
    "a kind to fit": lambda: fitted("nonsense"),
    "2.5 components": lambda: fitted(components=2.5),
    "nan components": lambda: fitted(components=nan),
    "0 components": lambda: fitted(components=0),
    "at most 0": lambda: fitted(most_components=0),
    "a sample of nan": lambda: fitted(sample_size=nan),
    "fits of 2.5": lambda: b.fits(GRID, BELL, "normal", [2.5]),
    "fits of a kind": lambda: b.fits(GRID, BELL, "nonsense", [2]),  # type: ignore[arg-type]
    "a grid with nan": lambda: b.fit_mixture(np.r_[nan, GRID], np.r_[0.1, BELL], "normal"),
    "a density with nan": lambda: b.fit_mixture(GRID, np.r_[nan, BELL[1:]], "normal"),
    "density at nan": lambda: b.density(BETA, nan),
    "below nan": lambda: b.cdf(GAMMA, [nan, 1.0]),
    "above nan": lambda: b.survival(NORMAL, nan),
    "at words": lambda: b.cdf(NORMAL, "wrong"),  # type: ignore[arg-type]
    "a quantile of nan": lambda: b.quantile(NORMAL, nan),
    "a difference of nan": lambda: b.difference_cdf(BETA, BETA, nan),
    "a difference of −inf": lambda: b.difference_cdf(BETA, BETA, -inf),
    "a scale": lambda: b.difference_cdf(BETA, BETA, 0.1, "cube"),  # type: ignore[arg-type]
    "a list for a sample": lambda: b.power_prior(NORMAL, [1, 1], 0.5),  # type: ignore[arg-type]
    "exponent nan": lambda: b.log_evidence(BETA, b.BinomialSample(1, 3), nan),
    "exponent −1": lambda: b.log_evidence(NORMAL, SEEN, -1),
    "exponent 2": lambda: b.log_evidence(NORMAL, SEEN, 2),
    "an exponent's prior of nan": lambda: power((nan, 1.0)),
    "an exponent's prior of one": lambda: power((1.0,)),
    "0 nodes": lambda: power(nodes=0),
    "2.5 nodes": lambda: power(nodes=2.5),
    "a slab of one": lambda: slab((0.01,)),
    "a slab of three": lambda: slab((0.01, 1.0, 2.0)),
    "a slab of nan": lambda: slab((nan, 2.0)),
    "a spike at inf": lambda: slab(spike=inf),
    "−1 nodes in the slab": lambda: slab(nodes=-1),
    "precision inf": lambda: b.commensurate_prior(SEEN, inf),
    "infinitely many infants": lambda: b.predictive_count(BETA, inf),
    "nan infants": lambda: b.CountPredictive(BETA, nan),
    "a count of a mean": lambda: b.CountPredictive(NORMAL, 10),
    "a mean of inf": lambda: b.predictive_mean(NORMAL, inf, 8),
    "counts up to nan": lambda: b.predictive_count(BETA, 10).cdf(nan),
    "counts up to inf": lambda: b.predictive_count(BETA, 10).cdf(inf),
    "truths of nan": lambda: b.operating_characteristics_one_arm(NORMAL, 20, RULE, nan, 8),
    "two truths of inf": lambda: b.operating_characteristics_two_arm(MEANS, 1, inf),
    "results of nan": lambda: b.boundary_two_arm(MEANS, [nan, 1]),
    "results of inf": lambda: b.boundary_two_arm(EVENTS, inf),
    "a rule's scale": lambda: b.Rule((0.9,), (0.0,), scale="cube"),  # type: ignore[arg-type]
    "a rule's certainty": lambda: b.Rule(0.9, (0.0,)),  # type: ignore[arg-type]
    "a rule's thresholds": lambda: b.Rule((0.9,), ((0.0,),)),  # type: ignore[arg-type]
    "sigma inf": lambda: b.ess_elir(NORMAL, sigma=inf),
    "vagueness 0": lambda: b.ess_morita(NORMAL, sigma=8, vagueness=0),
    "vagueness nan": lambda: b.ess_morita(NORMAL, sigma=8, vagueness=nan),
    "2.5 zooms": lambda: b.maximum_type_1_error(EVENTS, [0.2, 0.3, 0.4], 0.0, 2.5),  # type: ignore[arg-type]
    "a null of nan": lambda: b.maximum_type_1_error(MEANS, [0, 1, 2], nan),
    "controls of inf": lambda: b.maximum_type_1_error(MEANS, [0, 1, inf]),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_what_cannot_be_is_refused(call: Call) -> None:
    with pytest.raises(CannotBe, match=r"\w"):
        call()


def test_nothing_asked_is_nothing_answered() -> None:
    assert np.size(b.boundary_two_arm(EVENTS, [])) == 0
    assert np.size(b.operating_characteristics_two_arm(MEANS, [], [])) == 0
    assert np.size(b.predictive_count(BETA, 10).quantile([])) == 0
    assert np.size(b.predictive_count(BETA, 10).cdf([])) == 0


def test_a_refusal_names_the_value_and_what_is_needed() -> None:
    with pytest.raises(CannotBe, match=r"kind 'nonsense': normal, beta, gamma"):
        fitted("nonsense")
    with pytest.raises(CannotBe, match=r"components is 2\.5; a whole number from 1 on"):
        fitted(components=2.5)
