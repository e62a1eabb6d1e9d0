"""z-scores by their published coefficients."""

from decimal import Decimal
from math import exp, sqrt

import pytest

from cordula.heart.zscores import body_surface, references, z_score
from cordula.stats.refusals import CannotBe
from cordula.vocabulary.quantity import Quantity
from cordula.vocabulary.ucum import NotConvertible

WEIGHT, HEIGHT, DAY = Quantity.of("5.6", "kg"), Quantity.of("60", "cm"), Quantity.of("1", "d")
EVERY = [(name, measure) for name, measures in references().items() for measure in measures]


def scored(reference: str, measure: str, value: Quantity, **how):
    told = {"weight": WEIGHT, "height": HEIGHT, "age": DAY} | how
    return z_score(reference, measure, value, **told)


@pytest.mark.parametrize(("reference", "measure"), EVERY)
def test_the_mean_of_every_structure_has_a_z_of_nought(reference, measure):
    unit = {"lv_mass": "g", "lv_mass_to_volume": "g/mL", "rv_end_diastolic_area": "cm2"}.get(
        measure
    )
    unit = unit or ("mL" if measure.endswith("volume") else "cm")
    anything = scored(reference, measure, Quantity.of("1", unit))

    found = scored(reference, measure, anything.mean)

    assert abs(found.z) <= Decimal("0.01")
    assert found.source == anything.source != ""


def test_there_are_twenty_four_of_the_network_ten_of_pettersen_and_the_others():
    assert {name: len(of) for name, of in references().items()} == {
        "phn": 24,
        "pettersen": 10,
        "boston": 2,
        "jain": 4,
        "bhatla": 1,
    }


# One point of each form worked by hand from the papers' own formula.
def test_the_network_indexes_by_a_power_of_haycock():
    surface = body_surface("haycock", WEIGHT, HEIGHT)
    at_one = Quantity(Decimal(str(round((1.48 + 0.14) * surface**0.5, 6))), "cm")

    assert scored("phn", "aortic_valve", at_one).z == Decimal("1.00")


def test_the_network_gives_the_left_ventricle_by_the_power_1_3():
    surface = body_surface("haycock", WEIGHT, HEIGHT)
    low = Quantity(Decimal(str(round((62.02 - 2 * 11.94) * surface**1.3, 6))), "mL")

    assert scored("phn", "lv_end_diastolic_volume", low).z == Decimal("-2.00")


def test_pettersen_takes_logarithms_against_a_cubic_in_du_bois():
    s = body_surface("dubois", WEIGHT, HEIGHT)
    mean = -0.874 + 2.708 * s - 1.841 * s**2 + 0.452 * s**3
    high = Quantity(Decimal(str(round(exp(mean + 2 * sqrt(0.010)), 8))), "cm")

    assert scored("pettersen", "aortic_valve", high).z == Decimal("2.00")


def test_boston_spreads_with_the_body_surface():
    s = body_surface("haycock", WEIGHT, HEIGHT)
    high = Quantity(Decimal(str(round(2.02 * sqrt(s) + 3 * (0.098 + 0.12 * s), 8))), "cm")

    assert scored("boston", "aortic_root", high).z == Decimal("3.00")


def test_jain_goes_by_the_weight_of_a_newborn():
    high = Quantity(Decimal(str(round(1.20 + 0.146 * 3.5 + 0.158, 6))), "cm")

    found = scored("jain", "rv_base", high, weight=Quantity.of("3.5", "kg"))

    assert found.z == Decimal("1.00")
    assert found.body_surface_m2 is None


def test_bhatla_spreads_in_the_indexed_volume():
    s = body_surface("haycock", WEIGHT, HEIGHT)
    high = Quantity(Decimal(str(round((31.5 + 5.5) * s**1.48, 6))), "mL")

    assert scored("bhatla", "left_atrial_volume", high).z == Decimal("1.00")


def test_a_measurement_in_millimetres_is_the_same():
    assert (
        scored("phn", "aortic_valve", Quantity.of("8.1", "mm")).z
        == scored("phn", "aortic_valve", Quantity.of("0.81", "cm")).z
    )


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        # 0.024265 · 50^0.3964 · 3.5^0.5378; 0.007184 · 50^0.725 · 3.5^0.425; √(3.5·50/3600); 0.1 · 3.5^(2/3)
        ("haycock", 0.2244),
        ("dubois", 0.2086),
        ("mosteller", 0.2205),
        ("weight", 0.2305),
    ],
)
def test_the_surface_of_a_newborn(formula, expected):
    surface = body_surface(formula, Quantity.of("3500", "g"), Quantity.of("0.5", "m"))

    assert surface == pytest.approx(expected, abs=2e-4)


@pytest.mark.parametrize(
    ("reference", "measure", "how", "says"),
    [
        ("phn", "aortic_vale", {}, "did you mean “aortic_valve”"),
        ("boston", "mitral_valve", {}, "there is no structure in “Boston”"),
        ("colan", "aortic_valve", {}, "there is no reference"),
        ("phn", "aortic_valve", {"height": None}, "needs a height"),
        ("phn", "aortic_valve", {"weight": Quantity.of("5600", "kg")}, "is not one"),
        ("phn", "aortic_valve", {"height": Quantity.of("5", "cm")}, "is not one"),
        ("phn", "aortic_valve", {"age": Quantity.of("20", "a")}, "was made of children"),
        ("jain", "rv_base", {"age": Quantity.of("3", "d")}, "to 2 days"),
        ("jain", "rv_base", {"age": None}, "give the age"),
        (
            "bhatla",
            "left_atrial_volume",
            {"weight": Quantity.of("40", "kg"), "height": Quantity.of("150", "cm")},
            "to 1 m²",
        ),
    ],
)
def test_what_a_reference_does_not_have_is_refused_and_never_made_up(reference, measure, how, says):
    with pytest.raises(CannotBe, match=says):
        scored(reference, measure, Quantity.of("1", "mL" if "volume" in measure else "cm"), **how)


def test_a_length_is_no_volume_and_nothing_is_below_nought():
    with pytest.raises(NotConvertible):
        scored("phn", "aortic_valve", Quantity.of("1", "mL"))
    with pytest.raises(CannotBe, match="is not above 0"):
        scored("phn", "aortic_valve", Quantity.of("0", "cm"))
