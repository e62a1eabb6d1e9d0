"""Whatever the kind of an argument, the answer is the same number or a refusal by name; never a bare Python error."""

import importlib
import inspect
from collections.abc import Callable
from decimal import Decimal
from math import inf, nan
from typing import Any

import numpy as np
import pytest

from cordula.stats import (
    bayes,
    exact,
    models,
    multiplicity,
    randomisation,
    sample_size,
    sequential,
    stopping,
    win_ratio,
)
from cordula.stats.asked import asked, fitted
from cordula.stats.refusals import CannotBe
from cordula.stats.streams import stream

ROOMS = ("sequential", "sample_size", "exact", "multiplicity", "randomisation", "stopping")
PLAN = sequential.design(3)
WATCHED = bayes.BinaryMonitoring(((10, 10), (20, 20)), (0.99, 0.975))
ONE_ARM = bayes.OneArmDesign((10, 20, 30), 0.2, 0.95, 0.05)
LISTS = stream(1, "lists")


def public() -> list[tuple[str, Callable[..., Any]]]:
    found = []
    for room in ROOMS:
        module = importlib.import_module(f"cordula.stats.{room}")
        for name in getattr(module, "__all__", [one for one in vars(module) if one[0] != "_"]):
            if inspect.isfunction(getattr(module, name)):
                found.append((f"{room}.{name}", getattr(module, name)))
    return found


@pytest.mark.parametrize(("name", "method"), public(), ids=[name for name, _ in public()])
def test_every_public_function_looks_at_its_arguments(
    name: str, method: Callable[..., Any]
) -> None:
    assert hasattr(method, "__wrapped__"), f"{name} is not asked"
    strangers = {key: object() for key in inspect.signature(method).parameters}
    with pytest.raises(CannotBe):
        method(**strangers)


@pytest.mark.parametrize("given", [nan, "x", None, object(), (1, 2), np.array([0.1, 0.2]), 1j])
def test_what_is_no_number_is_refused(given: Any) -> None:
    with pytest.raises(CannotBe, match=r"share is .*; a finite number is needed"):
        fitted("share", given, float)


@pytest.mark.parametrize("given", [2.5, inf, nan, "2", 10**12])
def test_what_is_not_whole_is_refused(given: Any) -> None:
    with pytest.raises(CannotBe, match=r"number is needed|at most"):
        fitted("looks", given, int)


@pytest.mark.parametrize("given", [4, 4.0, np.int64(4), np.float64(4), np.array(4), Decimal(4)])
def test_a_number_of_any_kind_is_the_number(given: Any) -> None:
    assert (fitted("n", given, int), type(fitted("n", given, int))) == (4, int)
    assert fitted("n", given, float) == 4


@pytest.mark.parametrize("kind", [tuple, list, np.array])
def test_lists_tuples_and_arrays_give_the_same_answer(kind: Callable[..., Any]) -> None:
    futility = sequential.FutilityBounds(kind([0.0, 0.5]), binding=True)
    assert sequential.design(kind([1, 2, 3]), futility=futility) == sequential.design(
        (1, 2, 3), futility=sequential.FutilityBounds((0, 0.5), binding=True)
    )
    assert multiplicity.holm(kind([0.01, 0.2])) == (0.02, 0.2)
    assert stopping.beta_binomial_boundary(kind([5, 10]), 0.15, 0.9).counts == (2, 3)
    assert sample_size.Hazard(kind([0.1, 0.2]), kind([0, 6])).rates == (0.1, 0.2)


REFUSED: dict[str, tuple[Callable[[], Any], str]] = {
    "unequal rates": (lambda: bayes.exact_characteristics(WATCHED, [0.3, 0.6], [0.1, 0.2, 0.3]), "shape"),
    "no rates": (lambda: bayes.operating_characteristics_one_arm(ONE_ARM, []), "no true rate"),
    "a short arm": (lambda: models.permutation_test([0, 1], models.difference_in_means([1.0, 2, 3]), rng=LISTS), "."),
    "a lead of nan": (lambda: win_ratio.Score([1, 2], threshold=nan), "threshold is nan"),
    "an infinite ratio": (lambda: randomisation.Blocks(ratio=(inf, 1)), "ratio is inf"),  # type: ignore[arg-type]
    "half an infant": (lambda: randomisation.balance(randomisation.Complete(), 2.5), "size is 2.5"),  # type: ignore[arg-type]
    "a stranger's plan": (lambda: sequential.power(3, 1.0), "Boundaries is needed"),  # type: ignore[arg-type]
    "no spending": (lambda: sequential.design(3, spending=3), "spending is 3"),  # type: ignore[arg-type]
    "ten million looks": (lambda: sequential.design(10**7), "at most 1000"),
    "futility at infinity": (lambda: sequential.pampallona_tsiatis(delta=inf), "delta is inf"),
    "a stride of 0": (lambda: sequential.repeated_interval_by_stages(PLAN, [lambda e: -e], 0, 0), "above 0"),
    "an infinite spread": (lambda: sequential.two_means_drift(3, inf, 20), "sd is inf"),
    "infinite freedom": (lambda: sequential.t_operating(PLAN, (8, 18, inf)), "up to a million"),
    "an effect beyond numbers": (lambda: sample_size.two_means(1e300, 8), "two_means has no answer for 1e\\+300"),
    "a ratio beyond numbers": (lambda: sample_size.schoenfeld_events(0.6, ratio=1e300), "no answer"),
    "covariates of nan": (lambda: sample_size.power_two_means_ancova(19, 19, 5, 8, 0.6, covariates=nan), "covariates is nan"),  # type: ignore[arg-type]
    "a loss of three arms": (lambda: sample_size.survival_size(0.6, sample_size.constant(0.1), sample_size.even_accrual(9), 9, loss=(0, 0, 0)), "loss"),  # type: ignore[arg-type]
    "a wrong side": (lambda: exact.fisher_p(1, 9, 3, 9, "lower"), "there are 'two-sided'"),  # type: ignore[arg-type]
    "an empty region": (lambda: exact.exact_size(np.empty(0)), "region has shape"),
    "three sides": (lambda: exact.true_error(exact.two_arm(sequential.design(2), (4, 8), (4, 8)), sides=3), "3 sides"),
    "tables without end": (lambda: exact.barnard(1, 10**6, 2, 10**6), "at most"),
    "no level": (lambda: exact.two_stage_inference(exact.TwoStage(0, 9, 2, 17), 4, 0.05, level=0), "level is 0"),
    "strata of one word": (lambda: randomisation.within_strata(randomisation.Complete(), "x", 1, LISTS), "strata has shape"),
    "no chance": (lambda: randomisation.permuted_blocks(12, 1, None), "rng is None"),  # type: ignore[arg-type]
    "lists of no shape": (lambda: randomisation.imbalance(5), "allocations has shape"),
    "too many names": (lambda: multiplicity.Graph((1,), ((0,),), ("a", "b")), "2 names"),
    "a bare P value": (lambda: multiplicity.holm(0.03), "."),
    "a count of words": (lambda: stopping.StoppingRule((5, 10), (3, "four")), "counts is 'four'"),  # type: ignore[arg-type]
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_is_told_with_its_value(what: str) -> None:
    method, words = REFUSED[what]
    with pytest.raises(CannotBe, match=words) as refused:
        method()
    assert len(str(refused.value).split()) > 4


def test_an_answer_that_is_no_number_is_refused() -> None:
    @asked
    def lost(x: float) -> float:
        return x * nan

    with pytest.raises(CannotBe, match=r"lost has no answer for 2\.0"):
        lost(2.0)


def test_a_failure_within_keeps_its_cause() -> None:
    @asked
    def broken(x: float) -> float:
        return 1 / x

    with pytest.raises(CannotBe, match="division by zero") as refused:
        broken(0.0)
    assert isinstance(refused.value.__cause__, ZeroDivisionError)
