"""Predictive probabilities: R's and the paper's numbers, simulation, and the certainty at the end."""

import numpy as np
import pytest

from cordula.stats.bayes import (
    OneArmDesign,
    boundaries_one_arm,
    further_events,
    operating_characteristics_one_arm,
    predictive_probability,
    predictive_success_binary,
    predictive_success_normal,
    superiority_table,
)
from cordula.stats.refusals import CannotBe
from cordula.stats.streams import stream
from tests.unit.stats.reference import case


def test_the_example_of_lee_and_liu_is_that_of_r() -> None:
    expected = case("bay02")

    found = predictive_probability(16, 23, 40, null_rate=0.6, certainty=0.9, prior=(0.6, 0.4))

    expected.near("PP", found.probability)
    expected.near("minY", found.fewest_further)
    expected.near("B", found.certainties[[0, 4, 9, 14, 17]])


def test_the_design_of_lee_and_liu_has_its_published_boundaries_and_chances() -> None:
    """Lee & Liu 2008: p₀ 0.2, p₁ 0.4, Nmax 36, θL 0.001, first look after 10; alpha 0.088, power 0.906."""
    design = OneArmDesign(tuple(range(10, 37)), 0.2, 0.9, lower=0.001, prior=(0.2, 0.8))

    most = {number: low for number, (low, _) in zip(design.looks, boundaries_one_arm(design))}
    found = operating_characteristics_one_arm(design, [0.2, 0.4])

    turns = [n for n in design.looks if most[n] != most.get(n - 1, -1)]
    assert turns == [10, 17, 21, 24, 27, 29, 31, 33, 34, 35, 36]
    assert found.success == pytest.approx([0.088, 0.906], abs=5e-4)
    assert found.early[0] == pytest.approx(0.86, abs=5e-3)
    assert found.expected_number[0] == pytest.approx(27.67, abs=5e-3)


def test_a_design_with_both_boundaries_acts_as_simulated_trials() -> None:
    design = OneArmDesign((10, 20, 30), 0.3, 0.95, lower=0.05, upper=0.95)
    bounds = boundaries_one_arm(design)
    counts = (stream(8, "one arm").random((40_000, 30)) < 0.45).cumsum(axis=1)[:, [9, 19, 29]]
    outcome = np.zeros(40_000)
    for k, (low, high) in enumerate(bounds):
        verdict = np.where(counts[:, k] >= high, 1, np.where(counts[:, k] <= low, -1, 0))
        outcome = np.where(outcome == 0, verdict, outcome)

    found = operating_characteristics_one_arm(design, 0.45)

    assert (outcome != 0).all()
    assert found.success == pytest.approx((outcome == 1).mean(), abs=3 * 0.0025)


def test_at_the_end_nothing_is_left_to_predict() -> None:
    won = predictive_probability(20, 30, 30, 0.4, 0.95)
    lost = predictive_probability(12, 30, 30, 0.4, 0.95)

    assert (won.probability, won.fewest_further) == (1.0, 0)
    assert (lost.probability, lost.fewest_further) == (0.0, None)


def test_the_further_events_are_a_distribution_with_the_posterior_mean() -> None:
    chances = further_events((0.5, 0.5), 3, 10, 15)

    assert chances.sum() == pytest.approx(1)
    assert chances @ np.arange(16) == pytest.approx(15 * 3.5 / 11)


def test_two_arms_end_well_as_often_as_simulated_from_the_posterior() -> None:
    success = superiority_table((1, 1), (1, 1), 20, 20) > 0.95
    draws = stream(9, "two arms")
    one = draws.binomial(10, draws.beta(8, 4, 100_000)) + 7
    two = draws.binomial(12, draws.beta(4, 6, 100_000)) + 3

    found = predictive_success_binary((7, 3), (10, 8), (20, 20), success)

    assert found == pytest.approx(success[one, two].mean(), abs=3 * 0.0016)


@pytest.mark.parametrize("judged_by", ["posterior", "estimate"])
def test_two_means_end_well_as_often_as_simulated_from_the_posterior(judged_by: str) -> None:
    draws = stream(10, "two means", len(judged_by))
    size, (sigma_1, sigma_2) = 200_000, (8.0, 6.0)
    found = predictive_success_normal(
        (5, 1),
        (8, 6),
        (20, 16),
        (sigma_1, sigma_2),
        0.975,
        0.5,
        (2, 4),
        (0, 3),
        judged_by,  # type: ignore[arg-type]
    )

    def end(prior, mean, n, m, sigma):  # type: ignore[no-untyped-def]
        told = n / sigma**2
        v = 1 / (1 / prior[1] ** 2 + told)
        now = v * (prior[0] / prior[1] ** 2 + told * mean)
        later = draws.normal(draws.normal(now, v**0.5, size), sigma / (m - n) ** 0.5)
        last = (n * mean + (m - n) * later) / m
        if judged_by == "estimate":
            return last, sigma**2 / m
        w = 1 / (1 / prior[1] ** 2 + m / sigma**2)
        return w * (prior[0] / prior[1] ** 2 + m / sigma**2 * last), w

    (one, v1), (two, v2) = end((2, 4), 5, 8, 20, sigma_1), end((0, 3), 1, 6, 16, sigma_2)
    drawn = np.mean(one - two - 0.5 > 1.959964 * (v1 + v2) ** 0.5)
    assert found == pytest.approx(drawn, abs=3 * 0.0012)


def test_two_means_at_the_end_are_decided() -> None:
    ended = predictive_success_normal((5, 1), (20, 20), (20, 20), (4, 4), 0.975)
    lost = predictive_success_normal(
        (2, 1), (20, 20), (20, 20), (4, 4), 0.975, judged_by="estimate"
    )

    assert (ended, lost) == (1.0, 0.0)


@pytest.mark.parametrize(
    "impossible",
    [
        lambda: predictive_probability(5, 12, 10, 0.2, 0.9),
        lambda: predictive_probability(5, 10, 20, 1.2, 0.9),
        lambda: predictive_success_binary((1, 1), (5, 5), (4, 8), np.ones((5, 9), bool)),
        lambda: predictive_success_binary((1, 1), (5, 5), (8, 8), np.ones((8, 8), bool)),
        lambda: predictive_success_normal((1, 1), (5, 5), (4, 8), (1, 1), 0.9),
        lambda: predictive_success_normal((1, 1), (5, 5), (8, 8), (1, 1), 1.0),
        lambda: OneArmDesign((10, 10), 0.2, 0.9, 0.01),
        lambda: OneArmDesign((10, 20), 0.2, 0.9, 0.9, 0.1),
    ],
)
def test_what_cannot_be_is_refused(impossible) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(CannotBe):
        impossible()
