"""What cannot be is refused with its value and what would be right: never a bare error of Python, never NaN."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from cordula.stats import bayes as y
from cordula.stats.refusals import CannotBe

nan, inf = math.nan, math.inf
NORMAL, STUDENT = y.NormalPosterior(0, 1), y.StudentPosterior(0, 1, 3)
BETA, GAMMA = y.BetaPosterior(2, 3), y.GammaPosterior(2, 1)
EACH = (NORMAL, STUDENT, BETA, GAMMA)
ROWS = np.array([0.1, 0.2]), np.array([-1.0, -1.0]), np.array([3.0, 3.0])
Call = Callable[[], Any]


def monitoring(**asked: Any) -> Any:
    usual: dict[str, Any] = {"looks": ((5, 5), (10, 10)), "superior": (0.99, 0.95)}
    return y.BinaryMonitoring(**(usual | asked))


def ahead(**asked: Any) -> Any:
    usual: dict[str, Any] = {
        "means": (1.0, 0.0),
        "numbers": (5, 5),
        "final_numbers": (9, 9),
        "sigmas": (1.0, 1.0),
    }
    return y.predictive_success_normal(**(usual | {"certainty": 0.9} | asked))


def bell(t: Any) -> Any:
    return -0.5 * t * t


CALLS: dict[str, Call] = {
    "a mean of nan": lambda: y.NormalPosterior(nan, 1),
    "an SD of 0": lambda: y.NormalPosterior(0, 0),
    "an SD of nan": lambda: y.NormalPosterior(0, nan),
    "a scale of −1": lambda: y.StudentPosterior(0, -1, 3),
    "df of nan": lambda: y.StudentPosterior(0, 1, nan),
    "a of nan": lambda: y.BetaPosterior(nan, 1),
    "b of 0": lambda: y.BetaPosterior(1, 0),
    "a shape of inf": lambda: y.GammaPosterior(inf, 1),
    "a rate of nan": lambda: y.GammaPosterior(1, nan),
    "a prior of three": lambda: y.normal_unknown_variance(1, 2, 10, (0, 1, 1)),  # type: ignore[arg-type]
    "an unknown variance of nan": lambda: y.normal_unknown_variance(1, nan, 10),
    "an unknown mean of nan": lambda: y.normal_unknown_variance(nan, 1, 10),
    "a prior of one": lambda: y.binomial((1.0,), 3, 10),  # type: ignore[arg-type]
    "a margin of nan": lambda: y.probability_normal_above(NORMAL, NORMAL, nan),
    "a Student margin of nan": lambda: y.probability_student_above(STUDENT, STUDENT, nan),
    "a beta margin of 2": lambda: y.probability_beta_above(BETA, BETA, 2),
    "a table's prior": lambda: y.superiority_table((nan, 1.0), (1.0, 1.0), 4, 5),
    "looks of a number": lambda: monitoring(looks=5),
    "looks of three arms": lambda: monitoring(looks=((5, 5, 5), (9, 9, 9))),
    "a certainty alone": lambda: monitoring(superior=0.99),
    "futile alone": lambda: monitoring(futile=0.1),
    "a prior of nan": lambda: monitoring(prior_1=(nan, 1.0)),
    "a prior of a pair of pairs": lambda: monitoring(prior_2=((1.0, 1.0),)),
    "one arm's looks": lambda: y.OneArmDesign(((5, 10),), 0.2, 0.9, 0.05),  # type: ignore[arg-type]
    "one arm's prior": lambda: y.OneArmDesign((5, 10), 0.2, 0.9, 0.05, prior=(nan, 1.0)),
    "means of a number": lambda: ahead(means=nan),
    "a margin ahead": lambda: ahead(margin=nan),
    "judged by luck": lambda: ahead(judged_by="luck"),
    "success of a number": lambda: y.predictive_success_binary((1, 1), (5, 5), (6, 6), -1.0),  # type: ignore[arg-type]
    "a limit of a row": lambda: y.by_quadrature(bell, [], 8.0),  # type: ignore[arg-type]
    "agreed to 0": lambda: y.by_quadrature(bell, -8.0, 8.0, 0.0),
    "a walk without boundaries": lambda: y.walk(ROWS[0], ROWS[1][:1], ROWS[2]),
    "a walk by a number": lambda: y.walk(ROWS[0], -1.0, ROWS[2]),  # type: ignore[arg-type]
    "simulated at nan": lambda: y.simulated_characteristics(monitoring(), nan, 0.5, 10, 1),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_what_cannot_be_is_refused(call: Call) -> None:
    with pytest.raises(CannotBe, match=r"\w"):
        call()


@pytest.mark.parametrize("known", EACH, ids=lambda known: type(known).__name__)
def test_no_posterior_answers_where_there_is_no_number(known: Any) -> None:
    for ask in (known.cdf, known.above):
        with pytest.raises(CannotBe, match="NaN"):
            ask([0.5, nan])
    for p in (nan, -0.1, 1.1, [0.5, 2.5]):
        with pytest.raises(CannotBe, match="between 0 and 1"):
            known.quantile(p)


def test_a_quadrature_asks_for_numbers_too() -> None:
    known: Any = y.by_quadrature(bell, -8.0, 8.0)
    with pytest.raises(CannotBe, match="NaN"):
        known.cdf(nan)
    with pytest.raises(CannotBe, match="between 0 and 1"):
        known.quantile(1.5)


def test_no_rate_asked_is_refused() -> None:
    design = y.OneArmDesign((5, 10), 0.2, 0.9, 0.05)
    with pytest.raises(CannotBe, match="one at least"):
        y.operating_characteristics_one_arm(design, [])
