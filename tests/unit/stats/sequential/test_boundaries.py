from dataclasses import replace
from math import inf, log, nan

import numpy as np
import pytest

from cordula.stats.refusals import CannotBe
from cordula.stats.sequential import (
    BetaSpending,
    FutilityBounds,
    HaybittlePeto,
    HwangShihDeCani,
    KimDeMets,
    NullSpending,
    OBrienFleming,
    OBrienFlemingSpending,
    Pocock,
    PocockSpending,
    SpendingFunction,
    UserSpending,
    WangTsiatis,
    characteristics,
    design,
    power,
)
from cordula.stats.sequential.normal import upper_quantile
from tests.unit.stats.reference import case

# The R call of each case stands with it in vectors/statistics/reference.json.
REFERENCE = {
    "gsb01": design(3, 0.025, spending=OBrienFleming()),
    "gsb05": design(4, 0.025, spending=HwangShihDeCani(-4)),
    "gsb07": design(5, 0.025, spending=WangTsiatis(0.25)),
    "gsb08": design(4, 0.025, spending=HaybittlePeto(3)),
    "gsb10": design((0.3, 0.55, 0.8, 1.0), 0.025, spending=PocockSpending()),
    "gsb13": design(3, 0.025, futility=FutilityBounds((0.0, 0.5), binding=True)),
    "gsb14": design(5, 0.001, spending=OBrienFlemingSpending()),
}


@pytest.mark.parametrize("id", REFERENCE)
def test_the_bounds_are_those_of_rpact(id: str) -> None:
    found = REFERENCE[id]
    case(id).near("criticalValues", found.critical)
    case(id).near("stageLevels", found.levels)
    case(id).near("alphaSpent", found.spent)


def test_beta_spending_is_that_of_rpact() -> None:
    found = design(3, spending=OBrienFlemingSpending(), futility=BetaSpending(0.1))
    about = characteristics(found)
    case("gsb15").near("criticalValues", found.critical)
    case("gsb15").near("futilityBounds", found.futility[:-1])
    case("gsb15").near("betaSpent", found.beta_spent)
    case("gsb15").near("shift", about.drift**2)
    case("gsb15").near("inflationFactor", about.inflation)


def test_a_symmetric_design_is_that_of_gsdesign() -> None:
    found = design(5, 0.05, sides=2, spending=OBrienFleming())
    about = characteristics(found, 0.8)
    case("gsb17").near("upper", found.critical)
    case("gsb17").near("n.I", [about.inflation * share for share in found.information])
    case("gsb17").near("en", [about.expected_null, about.expected_alternative])


def test_the_first_level_of_a_very_small_alpha_keeps_its_digits() -> None:
    """2(1 − Φ(3.4807564/√0.2)), worked with 30 digits; R's 1 − pnorm has lost four of them."""
    assert REFERENCE["gsb14"].spent[0] == pytest.approx(1.869078471132852e-13, rel=1e-10)


FAMILIES = (
    OBrienFleming(),
    Pocock(),
    WangTsiatis(0.1),
    HaybittlePeto(3.5),
    OBrienFlemingSpending(),
    PocockSpending(),
    HwangShihDeCani(-2),
    HwangShihDeCani(0),
    HwangShihDeCani(3),
    KimDeMets(2),
    SpendingFunction(lambda share, error: error * share**1.5),
)


@pytest.mark.parametrize("looks", [1, 2, 10, (0.2, 0.3, 0.9, 1.0)])
@pytest.mark.parametrize("sides", [1, 2])
@pytest.mark.parametrize("family", FAMILIES, ids=lambda one: repr(one).split(" at 0x")[0])
def test_the_alpha_spent_sums_to_alpha(family, sides: int, looks) -> None:
    found = design(looks, 0.05, sides, family)
    assert found.spent[-1] == pytest.approx(0.05, rel=1e-10)
    assert power(found, 0.0).overall_both == pytest.approx(0.05, rel=1e-10)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda one: repr(one).split(" at 0x")[0])
def test_one_look_is_the_fixed_design(family) -> None:
    assert design(1, 0.025, spending=family).critical == pytest.approx([upper_quantile(0.025)])


def test_a_spending_function_is_spent_look_by_look() -> None:
    found = design((0.4, 0.7, 1.0), 0.025, spending=PocockSpending())
    wanted = [0.025 * log(1 + (np.e - 1) * share) for share in (0.4, 0.7, 1.0)]
    assert found.spent == pytest.approx(wanted, rel=1e-12)
    assert np.cumsum(power(found, 0.0).rejected) == pytest.approx(wanted, rel=1e-12)


def test_spending_of_ones_own_spends_nothing_at_a_look_with_nothing() -> None:
    found = design(3, 0.025, spending=UserSpending((0.0, 0.01, 0.025)))
    assert found.critical[0] == inf
    assert found.spent == pytest.approx((0.0, 0.01, 0.025))


@pytest.mark.parametrize("binding", [True, False])
def test_beta_spent_is_what_is_missed_under_the_drift(binding: bool) -> None:
    futility = BetaSpending(0.2, HwangShihDeCani(-2), binding)
    found = design(4, 0.025, spending=HwangShihDeCani(-4), futility=futility)
    about = power(found, found.drift or nan)
    assert about.overall == pytest.approx(0.8, abs=1e-10)
    assert np.cumsum(about.futile)[:-1] == pytest.approx(found.beta_spent[:-1], rel=1e-9)
    spent = power(found, 0.0).overall
    assert spent == pytest.approx(0.025, rel=1e-9) if binding else spent < 0.025


@pytest.mark.parametrize("family", [OBrienFleming(), HaybittlePeto(), WangTsiatis(0.25)])
def test_a_shape_with_binding_beta_spending_keeps_both_errors(family) -> None:
    found = design(3, 0.025, spending=family, futility=BetaSpending(0.1, binding=True))
    assert power(found, 0.0).overall == pytest.approx(0.025, rel=1e-9)
    assert power(found, found.drift or nan).overall == pytest.approx(0.9, abs=1e-9)


@pytest.mark.parametrize("binding", [True, False])
def test_lower_spending_under_no_effect_spends_its_total(binding: bool) -> None:
    futility = NullSpending(0.9, HwangShihDeCani(-2), binding)
    found = design(3, 0.025, spending=OBrienFlemingSpending(), futility=futility)
    free = replace(found, critical=(inf,) * 3)
    assert sum(power(free, 0.0).futile) == pytest.approx(0.9, rel=1e-10)
    if binding:
        assert power(found, 0.0).overall == pytest.approx(0.025, rel=1e-10)


def test_binding_futility_lowers_the_bounds_and_not_binding_leaves_them() -> None:
    without, bounds = design(3), (0.0, 0.5)
    assert design(3, futility=FutilityBounds(bounds)).critical == without.critical
    bound = design(3, futility=FutilityBounds(bounds, binding=True))
    assert all(a < b for a, b in zip(bound.critical, without.critical))
    assert bound.spent[-1] == pytest.approx(0.025, rel=1e-12)


def test_inner_futility_of_a_two_sided_design_keeps_alpha() -> None:
    found = design(3, 0.05, 2, futility=FutilityBounds((0.2, 0.6), binding=True))
    about = power(found, 0.0)
    assert about.overall_both == pytest.approx(0.05, rel=1e-11)
    assert about.futile[0] == pytest.approx(2 * 0.07925970943910, rel=1e-10)  # 2Φ(0.2) − 1


IMPOSSIBLE = {
    "alpha above 1": lambda: design(3, 1.2),
    "a look before information": lambda: design((0.0, 0.5, 1.0)),
    "information that falls": lambda: design((0.5, 0.4, 1.0)),
    "no looks": lambda: design(0),
    "three sides": lambda: design(3, sides=3),
    "spending that falls": lambda: design(3, spending=UserSpending((0.01, 0.005, 0.025))),
    "spending that passes alpha": lambda: design(2, spending=UserSpending((0.01, 0.05))),
    "a function that falls": lambda: design(3, spending=SpendingFunction(lambda t, a: a * (1 - t))),
    "too few amounts": lambda: design(3, spending=UserSpending((0.01, 0.025))),
    "interim bounds that spend all": lambda: design(3, spending=HaybittlePeto(1.0)),
    "futility above efficacy": lambda: design(2, futility=FutilityBounds((3.5,))),
    "too many futility bounds": lambda: design(2, futility=FutilityBounds((0.0, 0.0))),
    "beta of 2": lambda: design(2, futility=BetaSpending(2.0)),
    "binding bounds too high": lambda: design(
        2, 0.4, spending=KimDeMets(20), futility=FutilityBounds((0.5,), True)
    ),
    "looks too near": lambda: design((0.5, 0.9999999, 1.0)),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_a_design_that_cannot_be_is_refused(name: str) -> None:
    with pytest.raises(CannotBe):
        IMPOSSIBLE[name]()


@pytest.mark.parametrize("binding", [True, False])
@pytest.mark.parametrize("family", [OBrienFleming(), PocockSpending()])
def test_two_sided_beta_spending_keeps_both_errors(family, binding: bool) -> None:
    found = design(3, 0.05, 2, family, BetaSpending(0.2, HwangShihDeCani(-2), binding))
    about = power(found, found.drift or nan)
    assert np.cumsum(about.futile) == pytest.approx(found.beta_spent, rel=1e-8)
    assert about.overall_both == pytest.approx(0.8, abs=1e-9)
    assert found.futility[-1] == found.critical[-1]
    spent = power(found, 0.0).overall_both
    assert spent == pytest.approx(0.05, rel=1e-9) if binding else spent < 0.05
