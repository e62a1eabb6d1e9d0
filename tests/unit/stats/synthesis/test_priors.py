import math

import numpy as np
import pytest
from scipy.integrate import quad

from cordula.stats.refusals import CannotBe
from cordula.stats.synthesis import (
    custom,
    exponential,
    half_cauchy,
    half_logistic,
    half_normal,
    half_t,
    hierarchical,
    improper,
    log_normal,
    lomax,
    rayleigh,
    truncated_half_cauchy,
    truncated_half_normal,
    truncated_half_t,
    uniform,
)
from tests.unit.stats.synthesis.cast import CHANGE, CHANGE_SE

SE = np.array([1.2, 1.1, 2.5])


@pytest.mark.parametrize(
    "prior",
    [
        half_normal(0.5),
        half_cauchy(2.0),
        half_t(1.5, 4),
        uniform(3.0),
        exponential(0.7),
        half_logistic(0.7),
        lomax(1.0, 2.0),
        rayleigh(0.8),
        log_normal(-1.0, 0.8),
        truncated_half_normal(1.0, 1.5),
        truncated_half_cauchy(1.0, 4.0),
        truncated_half_t(1.0, 3, 2.0),
        improper("dumouchel"),
        improper("shrinkage"),
        improper("i2"),
    ],
    ids=lambda prior: prior.name,
)
def test_a_proper_prior_integrates_to_one(prior):
    assert prior.proper
    whole, _ = quad(
        lambda t: math.exp(float(prior.log_density(np.array([t]), SE)[0])), 0, prior.upper
    )
    assert whole == pytest.approx(1.0, abs=1e-6)


@pytest.mark.parametrize(
    ("prior", "tail"),
    [(half_cauchy(1), 2), (half_t(1, 4), 5), (lomax(1, 3), 4)]
    + [(improper(k), t) for k, t in (("uniform", 0), ("sqrt", 0.5), ("jeffreys", 1))]
    + [(improper(k), t) for k, t in (("overall_jeffreys", 2), ("berger_deely", 1))]
    + [(improper(k), t) for k, t in (("conventional", 2), ("dumouchel", 2), ("shrinkage", 3))],
    ids=lambda value: getattr(value, "name", str(value)),
)
def test_a_tail_falls_with_the_power_it_tells(prior, tail):
    far = prior.log_density(np.array([1e6, 1e7]), SE)
    assert prior.tail == tail
    assert (far[0] - far[1]) / math.log(10) == pytest.approx(tail, abs=1e-4)


def test_a_half_t_with_one_degree_is_the_half_cauchy():
    tau = np.array([0.1, 1.0, 5.0])
    assert half_t(2, 1).log_density(tau, SE) == pytest.approx(half_cauchy(2).log_density(tau, SE))


def test_a_prior_of_one_s_own_is_taken():
    own = custom("own", lambda tau: -0.5 * (tau / 2) ** 2 + math.log(2 / math.sqrt(8 * math.pi)))
    mine, house = (hierarchical(CHANGE, CHANGE_SE, prior) for prior in (own, half_normal(2)))
    assert mine.log_marginal == pytest.approx(house.log_marginal, rel=1e-12)


def test_impossible_scales_and_unknown_names_are_refused():
    with pytest.raises(CannotBe, match="above 0"):
        half_normal(0)
    with pytest.raises(CannotBe, match="berger_deely"):
        improper("hopeful")
