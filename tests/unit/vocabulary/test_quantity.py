"""Quantities are exact, keep their unit, and refuse what could be misread."""

import subprocess
import sys
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordula.vocabulary.quantity import NotANumber, NotConvertible, Quantity, UnitError, UnknownUnit

EXACT_PAIRS = [
    ("mL", "L"),
    ("uL", "mL"),
    ("10*6", "10*8"),
    ("10*6/mL", "{cells}/uL"),
    ("10*6/kg", "{cells}/kg"),
    ("g", "kg"),
    ("g/kg", "%"),
    ("ng/L", "pg/mL"),
    ("10*5.[CFU]", "[CFU]"),
    ("Cel", "K"),
]
values = st.decimals(min_value=-(10**9), max_value=10**9, places=4)


def q(text: str, unit: str) -> Quantity:
    return Quantity.of(text, unit)


@pytest.mark.parametrize("not_exact", [0.68, 1.0, True, "0.68", 3, None])
def test_a_quantity_is_never_made_from_anything_but_a_decimal(not_exact: object) -> None:
    with pytest.raises(TypeError, match="a quantity is never made from a"):
        Quantity(not_exact, "mL")  # type: ignore[arg-type]


@pytest.mark.parametrize("not_exact", [0.68, True, None])
def test_a_float_is_refused_when_reading_too(not_exact: object) -> None:
    with pytest.raises(TypeError):
        Quantity.of(not_exact, "mL")  # type: ignore[arg-type]


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "sNaN"])
def test_what_is_not_finite_is_not_a_measured_value(value: str) -> None:
    with pytest.raises(NotANumber, match="is not a measured value"):
        Quantity(Decimal(value), "mL")


def test_a_comma_is_refused_with_a_hint_because_it_means_two_things() -> None:
    with pytest.raises(NotANumber, match="write a point for decimals"):
        q("0,68", "mL")


@pytest.mark.parametrize(
    "text", ["", " ", ".68", "5.", "1e7", "1_000", "NaN", "١٢", "0x10", "1 000", "--1", "9" * 16]
)
def test_only_a_plain_number_is_read(text: str) -> None:
    with pytest.raises(NotANumber, match="is not a plain number"):
        q(text, "mL")


def test_a_true_minus_and_outer_spaces_are_read() -> None:
    assert q(" −150 ", "Cel") == Quantity(Decimal(-150), "Cel")


@pytest.mark.parametrize("unit", ["", "million", "mk", "ml/", "mL ", "2.mL", "[EUU]"])
def test_an_unknown_unit_is_refused_with_examples(unit: str) -> None:
    with pytest.raises(UnknownUnit, match="examples are mL"):
        q("1", unit)


def test_the_recorded_precision_is_kept() -> None:
    assert str(q("7.40", "%")) == "7.40 %"
    assert str(Quantity(Decimal("1E+3"), "mL")) == "1000 mL"


@pytest.mark.parametrize(
    ("given_", "unit", "expected"),
    [
        (q("65", "mL"), "L", "0.065"),
        (q("968", "10*6"), "10*8", "9.68"),
        (q("3400", "g"), "kg", "3.4"),
        (q("1.5", "h"), "min", "90.0"),
        (q("90", "min"), "h", "1.5"),
        (q("14", "d"), "h", "336"),
        (q("30000", "{cells}/uL"), "10*6/mL", "30"),
        (q("-150", "Cel"), "K", "123.15"),
        (q("0.11", "g/kg"), "%", "0.011"),
    ],
)
def test_conversions_are_exact(given_: Quantity, unit: str, expected: str) -> None:
    assert given_.to(unit) == Quantity(Decimal(expected), unit)


@pytest.mark.parametrize(
    ("unit", "other"),
    [
        ("mL", "kg"),
        ("[CFU]", "10*6"),
        ("%", "10*6"),
        ("{EU}/mL", "10*6/mL"),
        ("{EU}/mL", "{cells}/uL"),
        ("10*6/kg", "10*6"),
        ("{grade}", "%"),
    ],
)
def test_what_cannot_be_converted_is_refused_naming_both_units(unit: str, other: str) -> None:
    with pytest.raises(NotConvertible) as refusal:
        q("1", unit).to(other)
    assert unit in str(refusal.value)
    assert other in str(refusal.value)
    for compare in (Quantity.__lt__, Quantity.__le__, Quantity.__add__, Quantity.__sub__):
        with pytest.raises(NotConvertible):
            compare(q("1", unit), q("1", other))


@settings(max_examples=60)
@given(value=values, pair=st.sampled_from(EXACT_PAIRS))
def test_there_and_back_is_the_same_amount(value: Decimal, pair: tuple[str, str]) -> None:
    here, there = pair
    assert Quantity(value, here).to(there).to(here).value == value
    assert Quantity(value, there).to(here).to(there).value == value
    assert Quantity(value, here).same_amount(Quantity(value, here).to(there))


@settings(max_examples=60)
@given(left=values, right=values, pair=st.sampled_from(EXACT_PAIRS))
def test_order_does_not_depend_on_the_unit(
    left: Decimal, right: Decimal, pair: tuple[str, str]
) -> None:
    a, b = Quantity(left, pair[0]), Quantity(right, pair[0])
    other = b.to(pair[1])
    assert (a < other, a <= other, a > other, a >= other) == (a < b, a <= b, a > b, a >= b)


def test_comparing_never_rounds_a_third_of_an_hour() -> None:
    third = Quantity(Decimal(1), "h") / 3
    assert third < q("20", "min")
    assert q("20", "min").same_amount(q("1200", "s"))


def test_a_limit_in_another_unit_compares_as_the_bench_means_it() -> None:
    assert q("36", "h") < q("2", "d")
    assert q("65", "mL") >= q("0.065", "L")
    assert not q("499999999", "{cells}") >= q("500", "10*6")


def test_equal_means_recorded_alike_and_same_amount_means_worth_alike() -> None:
    assert q("1", "L") != q("1000", "mL")
    assert q("1", "L").same_amount(q("1000", "mL"))
    assert hash(q("1.0", "L")) == hash(q("1.00", "L"))


def test_adding_and_subtracting_keep_the_left_unit() -> None:
    assert q("65", "mL") + q("0.01", "L") == q("75", "mL")
    assert q("2", "d") - q("12", "h") == q("1.5", "d")
    assert abs(-q("2", "d")) == q("2", "d")


@pytest.mark.parametrize(
    ("left", "right", "product", "quotient"),
    [
        (q("30", "10*6/mL"), q("2", "mL"), "60 10*6", "15 10*6/mL2"),
        (q("6", "10*6"), q("2", "kg"), "12 10*6.kg", "3 10*6/kg"),
        (q("3", "10*6/kg"), q("2", "kg"), "6 10*6", "1.5 10*6/kg2"),
        (q("6", "10*6"), q("2", "10*6/mL"), "12 10*12/mL", "3 mL"),
        (q("6", "mL"), q("2", "mL"), "12 mL2", "3 1"),
        (q("6", "{EU}/mL"), q("2", "mL"), "12 {EU}", "3 {EU}/mL2"),
        (q("6", "1"), q("2", "/min"), "12 /min", "3 min"),
    ],
)
def test_units_multiply_and_divide(
    left: Quantity, right: Quantity, product: str, quotient: str
) -> None:
    assert str(left * right) == product
    assert str(left / right) == quotient


def test_the_dose_of_a_child_is_worked_out_exactly() -> None:
    # 6.0 kg × 0.1 mL/kg at 35 million per mL is 0.6 mL, 21 million cells, 3.5 million per kg.
    weight = q("6.0", "kg")
    volume = weight * q("0.1", "mL/kg")
    cells = volume * q("35", "10*6/mL")
    assert volume == q("0.6", "mL")
    assert cells == q("21", "10*6")
    assert cells / weight == q("3.5", "10*6/kg")


def test_a_share_of_the_cells_is_cells_again() -> None:
    assert (q("968", "10*6") * q("0.5", "%")).to("10*6") == q("4.84", "10*6")


def test_numbers_scale_a_quantity_but_floats_do_not() -> None:
    assert 2 * q("1.5", "mL") == q("1.5", "mL") * Decimal(2) == q("3", "mL")
    assert q("3", "mL") / 2 == q("1.5", "mL")
    for wrong in (0.5, True):
        with pytest.raises(TypeError):
            q("1", "mL") * wrong
        with pytest.raises(TypeError):
            q("1", "mL") / wrong


def test_a_quantity_is_not_compared_with_or_added_to_a_bare_number() -> None:
    with pytest.raises(TypeError):
        assert q("1", "mL") < Decimal(2)
    with pytest.raises(TypeError):
        assert q("1", "mL") >= Decimal(2)
    with pytest.raises(TypeError):
        q("1", "mL") + Decimal(2)  # type: ignore[operator]
    assert q("1", "mL") != Decimal(1)


def test_a_unit_too_involved_to_multiply_says_so() -> None:
    with pytest.raises(UnitError, match="too involved"):
        q("1", "mL/(kg.h)") * q("1", "h")


def test_everyday_work_never_loads_the_unit_registry() -> None:
    work = """
import sys
from decimal import Decimal
from cordula.vocabulary.quantity import Quantity
a, b = Quantity.of("65", "mL"), Quantity.of("70", "mL")
assert a < b and a <= b and a != b and a + b > b - a and not a.same_amount(b)
dose = Quantity.of("35", "10*6/mL") * Quantity.of("0.6", "mL") / Quantity.of("6", "kg")
assert dose == Quantity.of("3.5", "10*6/kg")
assert "pint" not in sys.modules and "ucumvert" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", work], check=True)
