"""The small language of formulas."""

import math
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordula.heart.expression import FormulaRefused, read


def value(text: str, **names: float) -> float:
    return float(read(text).value({name: np.asarray(v) for name, v in names.items()}))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 + 3 * 4", 14),
        ("(2 + 3) * 4", 20),
        ("2^3^2", 512),
        ("-2^2", -4),
        ("2^-1", 0.5),
        ("8 / 4 / 2", 1),
        ("10 - 4 - 3", 3),
        ("1.5e2 + .5", 150.5),
        ("exp(ln(7))", 7),
        ("sqrt(16) + min(3, 1, 2) + max(4, 5)", 10),
        ("where(age <= 33, 1, 2)", 1),
        ("where(age > 33, 1, 2)", 2),
        ("weight * age", 60),
    ],
)
def test_a_formula_is_reckoned_as_it_is_written(text: str, expected: float) -> None:
    assert value(text, age=20, weight=3) == pytest.approx(expected)


def test_a_formula_is_reckoned_for_many_infants_at_once() -> None:
    weights = np.array([3.0, 6.0])
    assert np.allclose(read("400 / weight").value({"weight": weights}), 400 / weights)


def test_the_names_a_formula_needs_are_known_before_it_is_reckoned() -> None:
    formula = read("where(age <= 33, SVR, median(age))")
    assert formula.names == {"age", "SVR"}
    assert formula.calls == {"where", "median"}


@given(st.text(max_size=40))
@settings(max_examples=200)
def test_any_text_is_read_or_refused_and_never_anything_else(text: str) -> None:
    with suppress(FormulaRefused):
        assert read(text).text == text


@given(
    st.recursive(
        st.integers(1, 9).map(str),
        lambda e: st.tuples(e, st.sampled_from("+-*/"), e).map(lambda t: f"({t[0]}{t[1]}{t[2]})"),
        max_leaves=8,
    )
)
@settings(max_examples=100)
def test_arithmetic_agrees_with_that_of_everybody(text: str) -> None:
    try:
        expected = float(eval(text))  # the text is ours: digits, signs and brackets
    except ZeroDivisionError:
        return
    assert math.isclose(value(text), expected, rel_tol=1e-12, abs_tol=1e-12)
