import numpy as np
import pytest

from cordula.stats.models import Logistic, Standardised, logistic, standardised_risks
from cordula.stats.refusals import CannotBe, NotConverged
from cordula.stats.streams import stream


def infants(number: int, size: int = 80) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    draws = stream(20261122, "binary", number)
    x, arm = draws.normal(size=size), np.arange(size) % 2
    return (draws.random(size) < 1 / (1 + np.exp(-x))).astype(int), arm, x


def standardised(*given: np.ndarray, **more: str) -> Standardised:
    found = standardised_risks(*given, **more)  # type: ignore[arg-type]
    assert isinstance(found, Standardised)
    return found


def test_the_score_of_the_fit_is_nought_and_its_covariance_the_inverse_information() -> None:
    y, arm, x = infants(1)
    design = np.column_stack([np.ones(80), arm, x])
    found = logistic(design, y)
    assert isinstance(found, Logistic)
    assert design.T @ (y - found.fitted) == pytest.approx(np.zeros(3), abs=1e-9)
    weights = found.fitted * (1 - found.fitted)
    assert found.covariance @ (design.T * weights) @ design == pytest.approx(np.eye(3), abs=1e-9)


def test_without_help_from_a_covariate_the_risks_are_the_proportions() -> None:
    """A covariate that is alike in both arms and tells nothing: 6 of 10 against 3 of 10."""
    y = np.array([1] * 6 + [0] * 4 + [1] * 3 + [0] * 7)
    arm = np.repeat([1, 0], 10)
    x = np.concatenate([[1, 1, 1, -1, -1, -1, 1, 1, -1, -1], [1, -1, 0, 1, 1, 1, -1, -1, -1, 0]])
    found = standardised(y, arm, x.astype(float))
    assert found.difference.value == pytest.approx(0.3, abs=1e-9)
    assert found.ratio.value == pytest.approx(2.0, abs=1e-8)
    assert found.odds_ratio.value == pytest.approx(1.5 / (3 / 7), abs=1e-8)
    assert found.difference.se == pytest.approx((0.6 * 0.4 / 10 + 0.3 * 0.7 / 10) ** 0.5, rel=1e-9)


@pytest.mark.parametrize("variance", ["model", "HC0", "drawn"])
def test_relabelling_turns_the_difference_and_inverts_the_ratio(variance: str) -> None:
    y, arm, x = infants(2)
    there, back = (standardised(y, a, x, variance=variance) for a in (arm, 1 - arm))
    assert there.difference.value == pytest.approx(-back.difference.value)
    assert there.difference.se == pytest.approx(back.difference.se)
    assert there.ratio.lower == pytest.approx(1 / back.ratio.upper)


@pytest.mark.parametrize("variance", ["HC0", "drawn"])
def test_the_difference_keeps_its_error_rate(variance: str) -> None:
    """500 null trials of 80 against 80, three Monte Carlo errors and half a point for the normal limits."""
    p = np.array(
        [standardised(*infants(k, 160), variance=variance).difference.p for k in range(500)]
    )
    assert abs(np.mean(p < 0.05) - 0.05) < 3 * (0.05 * 0.95 / 500) ** 0.5 + 0.005


def test_separated_outcomes_have_a_reason_and_no_number() -> None:
    found = standardised_risks([0, 0, 0, 1, 1, 1], [0, 1, 0, 1, 0, 1], [1.0, 2, 3, 4, 5, 6])
    assert isinstance(found, NotConverged)
    assert "separates" in found.reason
    with pytest.raises(CannotBe, match="repeat each other"):
        logistic(np.ones((4, 2)), [0, 1, 0, 1])
