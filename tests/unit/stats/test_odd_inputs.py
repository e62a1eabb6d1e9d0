"""Whatever stands for an argument: an answer of numbers, or a refusal that says what would be right; never a bare error."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from math import inf, isnan, nan
from typing import Any

import numpy as np
import pytest

from cordula.stats import models, survival, win_ratio
from cordula.stats.refusals import CannotBe
from cordula.stats.simulation import (
    allocation,
    continuous,
    dropout,
    events,
    hierarchical,
    incidence,
    means,
    patients,
    rates,
    surrounded,
    visits,
)
from cordula.stats.simulation import survival as courses
from cordula.stats.simulation.philox import words_of_key
from cordula.stats.streams import stream

DRAWS, KEY = stream(20261122, "odd"), words_of_key(20261122, "trial")
ARM, Y, X = [0, 1] * 6, DRAWS.normal(size=12), DRAWS.normal(size=12)
TIME, SEEN = np.round(DRAWS.exponential(10, 12), 1), [1, 0, 1, 1, 0, 1, 1, 1, 0, 1, 1, 0]
CAUSE = [1, 2, 0, 1, 2, 1, 0, 1, 2, 1, 1, 0]
WIDE, PAIR = DRAWS.normal(size=(12, 2)), np.repeat(np.arange(6), 2)
DESIGN = np.column_stack([np.ones(12), X])
ROWS = models.repeated_design(np.array(ARM), X[:, None], 2)
FIT = models.mmrm(WIDE, ROWS)
ENDPOINTS = [win_ratio.Time(TIME, SEEN), win_ratio.Score(Y)]
ARMS = np.array([ARM], dtype=np.int8)
COURSE = {"hazards": (0.1, 0.2), "gap_months": 1.0, "looks": (4, 8), "event_driven": False,
          "dropout": (0.0, 0.01), "follow_up_months": 12.0}  # fmt: skip
MEANS = {"means": (1.0, 0.0), "sds": (1.0, 1.0)}
PLAN = MEANS | {"looks": (6, 12), "follow_up_months": 6.0, "correlation": 0.3, "baseline_sd": 1.0, "dropout": 0.1,
                "gap_months": 1.0, "dropout_by_baseline": 0.1, "error_sd": (0.0, 0.0), "handling": (1, 1, 0),
                "hazards": ((0.0, 0.0, 0.0), (0.0, 0.1, 0.0)), "values": (0.0, 0.0, 0.0), "outcome": 0}  # fmt: skip
COMPOSITE = MEANS | {
    "hazards": ((0.1, 0.2), (0.1, 0.1)),
    "follow_up_months": 12.0,
    "dropout": 0.1,
}
VISITS = {"means": np.ones((2, 2)), "sds": np.ones((2, 2)), "correlations": np.array([[1, 0.5], [0.5, 1]]),
          "baseline": 0.3, "dropout": 0.1, "dropout_by_baseline": 0.1}  # fmt: skip
BLOCK = {"stream": KEY, "first": 0, "trials": 2}
BOUNDS = {"critical": np.array([2.0, 2.0]), "futility": np.array([-inf, 0.0]), "sides": 1}
FOLLOWED = surrounded.followed(courses.Course(**COURSE), (), ARMS, KEY, 0, 2)  # type: ignore[arg-type]

ASKED: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    (models.ancova, {"outcome": Y, "arm": ARM, "covariates": X, "slopes": "common", "level": 0.95, "drawn": False}),
    (models.estimated, {"value": 1.0, "se": 1.0, "df": 3.0, "level": 0.95, "null": 0.0}),
    (models.least_squares, {"design": DESIGN, "outcome": Y, "covariance": "HC3"}),
    (models.logistic, {"design": DESIGN, "outcome": SEEN}),
    (models.standardised_risks, {"outcome": SEEN, "arm": ARM, "covariates": X, "variance": "model", "level": 0.95}),
    (models.pooled, {"values": [1.0, 2.0, 3.0], "variances": [1.0, 1.0, 2.0], "df_complete": 30.0}),
    (models.random_intercept, {"outcome": Y, "cluster": PAIR, "design": DESIGN}),
    (models.rank_sum, {"first": Y, "second": X, "exact": True}),
    (models.welch_t, {"first": Y, "second": X, "level": 0.95}),
    (models.paired_t, {"first": Y, "second": X, "level": 0.95}),
    (models.mmrm, {"outcome": WIDE, "design": ROWS, "df": "satterthwaite", "restricted": True}),
    (models.mmrm_long, {"outcome": WIDE.ravel(), "infant": np.repeat(np.arange(12), 2), "visit": [0, 1] * 12,
                        "design": ROWS.reshape(24, -1), "df": "kenward-roger"}),
    (models.repeated_trial, {"outcome": WIDE, "arm": ARM, "covariates": X, "df": "satterthwaite", "level": 0.95}),
    (models.repeated_design, {"arm": ARM, "covariates": X[:, None], "visits": 2}),
    (FIT.estimate, {"contrast": [0, 0, 1, 0, 0, 0], "level": 0.95}),  # type: ignore[union-attr]
    (FIT.test, {"contrasts": np.eye(6)[2:4]}),  # type: ignore[union-attr]
    (models.permutation_test, {"arm": ARM, "statistic": models.difference_in_means(Y), "rng": DRAWS, "draws": 9}),
    (models.rerandomisation_test, {"arm": ARM, "statistic": models.difference_in_means(Y), "allocations": [ARM]}),
    (survival.observed_by, {"day": 5.0, "entry": TIME, "event_after": TIME, "lost_after": TIME}),
    (survival.day_of_event, {"count": 1, "entry": TIME, "event_after": TIME, "lost_after": TIME}),
    (survival.cumulative_incidence, {"time": TIME, "cause": CAUSE, "variance": "jackknife", "level": 0.95}),
    (survival.gray_test, {"time": TIME, "cause": CAUSE, "group": ARM, "of_cause": 1, "rho": 0.0}),
    (survival.cox, {"time": TIME, "event": SEEN, "covariates": X}),
    (survival.kaplan_meier, {"time": TIME, "event": SEEN, "interval": "log-log", "level": 0.95}),
    (survival.log_rank, {"time": TIME, "event": SEEN, "group": ARM, "strata": [1] * 12, "rho": 0.0, "gamma": 0.0}),
    (survival.rmst_difference, {"time": TIME, "event": SEEN, "arm": ARM, "horizon": 3.0, "level": 0.95}),
    (win_ratio.win_ratio, {"arm": ARM, "endpoints": ENDPOINTS, "scoring": "gehan", "strata": [1] * 12}),
    (win_ratio.win_ratio_test, {"arm": ARM, "endpoints": ENDPOINTS, "rng": DRAWS, "draws": 9}),
    (win_ratio.net_benefit_statistic, {"endpoints": ENDPOINTS, "size": 12, "scoring": "gehan"}),
    (courses.Course, COURSE),
    (surrounded.Around, {"number": 0, "hazards": (0.1, 0.1), "ends": 2}),
    (patients.Patients, PLAN),
    (hierarchical.Composite, COMPOSITE),
    (visits.Visits, VISITS),
    (dropout.intercept, {"share": 0.1, "slope": 0.2}),
    (means.simulated, BLOCK | BOUNDS | {"effect": 0.3, "information": np.array([1.0, 2.0])}),
    (rates.simulated, BLOCK | BOUNDS | {"shares": (0.3, 0.2), "sizes": np.array([[5, 5], [9, 9]])}),
    (allocation.permuted_blocks, BLOCK | {"ratio": (1, 1), "blocks": (4,), "patients": 12}),
    (allocation.simple, BLOCK | {"ratio": (1, 1), "patients": 12}),
    (allocation.alternating, {"sizes": (5, 5)}),
]  # fmt: skip
# These answer NaN where a look never comes or tells nothing, and say so.
SPARSE: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    (courses.simulated, BLOCK | {"course": courses.Course(**COURSE), "arms": ARMS}),  # type: ignore[arg-type]
    (continuous.simulated, BLOCK | {"patients": patients.Patients(**PLAN), "arms": ARMS, "adjusted": True}),  # type: ignore[arg-type]
    (events.stopped, BLOCK | {"arms": ARMS, "arm": 0, "gap_months": 1.0, "event": 0, "hazard": 0.1,
                              "within_months": 2.0, "stops_at": np.array([2, 2, 2])}),
    (hierarchical.drawn, BLOCK | {"composite": hierarchical.Composite(**COMPOSITE), "arms": ARMS}),  # type: ignore[arg-type]
    (visits.drawn, BLOCK | {"visits": visits.Visits(**VISITS), "arms": ARMS}),  # type: ignore[arg-type]
    (surrounded.followed, BLOCK | {"course": courses.Course(**COURSE), "around": (), "arms": ARMS}),  # type: ignore[arg-type]
    (incidence.at_looks, {"course": courses.Course(**COURSE), "courses": FOLLOWED, "arms": ARMS, "horizon": 12.0}),  # type: ignore[arg-type]
]  # fmt: skip


def odd(good: Any) -> Iterator[Any]:
    """What may stand in the place of this argument by mistake."""
    yield from (nan, inf, -inf, -1, 0, 2.5, [], "no", [1.0, 2.0], ["a", "b"], [[1], [2, 3]])
    yield np.zeros((0, 0))
    if np.size(good) and np.asarray(good).dtype.kind in "if" and np.ndim(good):
        found = np.asarray(good)
        for value in (nan, inf, -1.0, 2.5, 0.0):
            one = found.astype(np.float64)
            one.flat[0] = value
            yield from (one, np.full(found.shape, value))
        yield from (found[:-1], np.repeat(found, 2, axis=0), found[:1])


def without_number(answer: Any) -> bool:
    """Whether a NaN stands anywhere in it."""
    if isinstance(answer, float):
        return isnan(answer)
    if isinstance(answer, np.ndarray):
        return answer.dtype.kind == "f" and bool(np.isnan(answer).any())
    if isinstance(answer, list | tuple):
        return any(without_number(one) for one in answer)
    return is_dataclass(answer) and any(
        without_number(getattr(answer, one.name)) for one in fields(answer)
    )


def answered(method: Callable[..., Any], given: dict[str, Any]) -> Any:
    """The answer, or the words of the refusal."""
    try:
        return method(**given)
    except CannotBe as refused:
        return str(refused)


def told(method: Callable[..., Any], given: dict[str, Any]) -> Iterator[Any]:
    for name, good in given.items():
        for instead in odd(good):
            yield answered(method, given | {name: instead})


@pytest.mark.parametrize(("method", "given"), ASKED, ids=lambda one: getattr(one, "__name__", ""))
def test_an_answer_of_numbers_or_a_refusal(
    method: Callable[..., Any], given: dict[str, Any]
) -> None:
    assert not without_number(method(**given))
    for answer in told(method, given):
        assert not without_number(answer)
        assert not isinstance(answer, str) or len(answer.split()) > 4


@pytest.mark.parametrize(("method", "given"), SPARSE, ids=lambda one: getattr(one, "__name__", ""))
def test_a_refusal_and_never_a_bare_error(
    method: Callable[..., Any], given: dict[str, Any]
) -> None:
    refused = [answer for answer in told(method, given) if isinstance(answer, str)]
    assert len(refused) > 5
    assert min(len(one.split()) for one in refused) > 4


def test_looks_that_are_none_and_months_that_are_no_number_are_named() -> None:
    for instead, told in (
        (("looks", ()), "looks after"),
        (("hazards", (nan, 0.1)), "hazards is nan"),
    ):
        with pytest.raises(CannotBe, match=told):
            courses.Course(**COURSE | {instead[0]: instead[1]})  # type: ignore[arg-type]
    with pytest.raises(CannotBe, match="visits is 0"):
        models.repeated_design(np.array(ARM), X[:, None], 0)
    with pytest.raises(CannotBe, match="day is nan"):
        survival.observed_by(nan, TIME, TIME, TIME)
