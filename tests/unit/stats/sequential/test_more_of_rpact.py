"""Further values of rpact 3.3.4, worked with tolerance 1e-10; the R call stands with each."""

import pytest

from cordula.stats.sample_size import (
    Accrual,
    Hazard,
    constant,
    course_of,
    even_accrual,
    freedman_events,
    infants_for,
    sequential_means,
    sequential_power_means,
    sequential_power_one_mean,
    sequential_power_one_rate,
    sequential_power_rates,
    sequential_rates,
    survival_size,
    two_means_ratio,
    two_rates,
)
from cordula.stats.sequential import (
    BetaSpending,
    FinalInference,
    HaybittlePeto,
    HwangShihDeCani,
    KimDeMets,
    OBrienFlemingSpending,
    Pocock,
    PocockSpending,
    UserSpending,
    characteristics,
    design,
    final_inference,
    optimal_wang_tsiatis,
    pampallona_tsiatis,
    repeated_p,
)

# getDesignGroupSequential(...)$criticalValues
BOUNDS = {
    "kMax=4, alpha=.05, sided=2, typeOfDesign='asOF'": (
        design(4, 0.05, 2, OBrienFlemingSpending()),
        (4.33263364605, 2.96313159802, 2.35904428532, 2.01409014390),
    ),
    "kMax=4, alpha=.05, sided=2, typeOfDesign='asP'": (
        design(4, 0.05, 2, PocockSpending()),
        (2.36832770352, 2.36752429471, 2.35816773499, 2.35002953740),
    ),
    "kMax=3, alpha=.05, sided=2, typeOfDesign='asHSD', gammaA=-2": (
        design(3, 0.05, 2, HwangShihDeCani(-2)),
        (2.67752395343, 2.38541792490, 2.06374020694),
    ),
    "kMax=3, alpha=.025, typeOfDesign='asKD', gammaA=2": (
        design(3, spending=KimDeMets(2)),
        (2.77292129461, 2.34727221465, 2.06191377150),
    ),
    "kMax=3, alpha=.025, typeOfDesign='asUser', userAlphaSpending=c(.005,.01,.025)": (
        design(3, spending=UserSpending((0.005, 0.01, 0.025))),
        (2.57582930355, 2.49196921318, 2.05889979244),
    ),
    "kMax=3, alpha=.05, sided=2, typeOfDesign='HP', constantBoundsHP=3": (
        design(3, 0.05, 2, HaybittlePeto(3)),
        (3.0, 3.0, 1.97509759981),
    ),
    "alpha=.025, typeOfDesign='OF', informationRates=c(.2,.6,1)": (
        design((0.2, 0.6, 1.0)),
        (4.45460555441, 2.57186771597, 1.99216016652),
    ),
    "kMax=3, alpha=.05, beta=.1, sided=2, typeOfDesign='PT', deltaPT1=0, deltaPT0=0": (
        pampallona_tsiatis(3, 0.05, 0.1, 2, binding=False),
        (3.47109144231, 2.45443229697, 2.00403557860),
    ),
}


@pytest.mark.parametrize("call", BOUNDS)
def test_critical_values(call: str) -> None:
    plan, wanted = BOUNDS[call]
    assert plan.critical == pytest.approx(wanted, abs=1e-6)


def test_binding_beta_spending() -> None:
    """kMax=3, alpha=.025, beta=.1, typeOfDesign='asOF', typeBetaSpending='bsOF', bindingFutility=TRUE"""
    plan = design(3, spending=OBrienFlemingSpending(), futility=BetaSpending(0.1, binding=True))
    about = characteristics(plan)
    assert plan.critical == pytest.approx((3.710302873, 2.511394550, 1.958784380), abs=1e-7)
    assert plan.futility[:2] == pytest.approx((-0.713367047, 0.975835540), abs=1e-7)
    assert about.drift**2 == pytest.approx(10.914976643, abs=1e-6)
    saved = (about.expected_null, about.expected_half, about.expected_alternative)
    assert saved == pytest.approx((0.664501697, 0.854792478, 0.810882864), abs=1e-7)


def test_beta_spending_at_unequal_information() -> None:
    """informationRates=c(.3,.5,.8,1), alpha=.025, beta=.2, 'asP', typeBetaSpending='bsHSD', gammaB=-2, not binding"""
    plan = design(
        (0.3, 0.5, 0.8, 1.0), 0.025, 1, PocockSpending(), BetaSpending(0.2, HwangShihDeCani(-2))
    )
    assert plan.critical == pytest.approx(
        (2.311835304, 2.397645301, 2.327293792, 2.369205864), abs=1e-6
    )
    assert plan.futility[:3] == pytest.approx((-0.227724013, 0.491206236, 1.575290710), abs=1e-6)


def test_two_sided_binding_beta_spending() -> None:
    """kMax=3, alpha=.05, beta=.1, sided=2, 'asP', typeBetaSpending='bsP', bindingFutility=TRUE (experimental there)"""
    plan = design(3, 0.05, 2, PocockSpending(), BetaSpending(0.1, PocockSpending(), binding=True))
    assert plan.critical == pytest.approx((2.279428239, 2.280715097, 2.178322529), abs=1e-7)
    assert plan.futility[:2] == pytest.approx((0.483371105, 1.348008241), abs=1e-6)


def test_the_optimal_shape_to_the_digits_rpact_gives() -> None:
    """kMax=3, alpha=.025, typeOfDesign='WToptimum', beta=.2: deltaWT 0.389"""
    assert optimal_wang_tsiatis(3, power=0.8).delta == pytest.approx(0.389, abs=5e-4)


def test_power_of_two_and_of_one_group() -> None:
    """getPowerMeans and getPowerRates with Pocock bounds; two-sided power counts both directions there."""
    plan = design(3, 0.05, 2, Pocock())
    means = [sequential_power_means(plan, 60, effect, 8) for effect in (3, 6)]
    got = [each.power.overall_both for each in means]
    assert got == pytest.approx((0.2476689743, 0.7509105949), abs=1e-7)
    assert [m.expected_n for m in means] == pytest.approx((55.363930756, 43.817685696), abs=1e-5)
    two = design(2, spending=Pocock())
    one = [sequential_power_one_mean(two, 30, effect, 8).power.overall for effect in (-1, 4)]
    assert one == pytest.approx((0.00569269429, 0.70634231361), abs=1e-7)
    rate = sequential_power_one_rate(two, 30, 0.2, 0.4).power
    assert rate.rejected == pytest.approx((0.365868754721, 0.322999874718), abs=1e-7)
    margin = sequential_power_rates(two, 150, 0.12, 0.1, null=0.15, upper=False).power
    assert margin.rejected == pytest.approx((0.309992380830, 0.300833843089), abs=1e-7)
    both = sequential_power_rates(design(2, 0.05, 2, Pocock()), 100, 0.4, 0.2, ratio=2).power
    assert both.overall_both == pytest.approx(0.466955878974, abs=1e-7)


def test_sizes() -> None:
    """getSampleSizeMeans(meanRatio=TRUE, thetaH0=.8, alternative=1.1, stDev=.5, beta=.1, allocationRatioPlanned=2),
    getSampleSizeRates(riskRatio=TRUE, thetaH0=.8, pi1=.5, pi2=.4), and with designs 'asOF' and two-sided 'asP'."""
    assert two_means_ratio(1.1, 0.8, 0.5, power=0.9, ratio=2).total == pytest.approx(101.780162907)
    assert two_rates(0.5, 0.4, null_ratio=0.8).total == pytest.approx(193.757492852)
    plan = design(3, spending=OBrienFlemingSpending())
    means, rates = sequential_means(plan, 5, 8), sequential_rates(plan, 0.4, 0.2)
    assert means.maximum.total == pytest.approx(83.3915340119)
    assert means.expected_half == pytest.approx(80.9189876654)
    assert rates.maximum.total == pytest.approx(164.526978657)
    both = sequential_rates(design(3, 0.05, 2, PocockSpending()), 0.4, 0.2)
    assert both.maximum.total == pytest.approx(190.132964933)
    assert both.expected_alternative == pytest.approx(133.109226558)


def test_survival_with_two_to_one_and_with_piecewise_hazards() -> None:
    """getSampleSizeSurvival(hazardRatio=.6, followUpTime=6, …); the piecewise one with typeOfComputation='Freedman'."""
    found = survival_size(0.6, constant(0.04), even_accrual(12), 6, ratio=2)
    assert (found.n, found.events) == pytest.approx((466.448017337, 135.355167425))
    hazard = Hazard((0.02, 0.05, 0.08), (0.0, 5.0, 10.0))
    events = freedman_events(0.6)
    assert events == pytest.approx(125.582075750)
    course = course_of(0.6, hazard, Accrual((0.0, 6.0, 12.0), (0.1, 0.2)))
    assert infants_for(events, course, 18) == pytest.approx(431.696188388)
    even = course_of(0.6, hazard, even_accrual(12))
    assert infants_for(events, even, 18) == pytest.approx(382.191315848)


def test_inference_after_stopping_at_the_second_of_three_looks() -> None:
    """getAnalysisResults(Pocock, kMax=3) of two stages of 20 a side; z and its standard error from all data."""
    plan, z, error = design(3, spending=Pocock()), 2.6983196521, 1.7497985232
    found = final_inference(plan, 2, z, error)
    assert isinstance(found, FinalInference)
    assert found.p == pytest.approx(0.01308527645, abs=1e-7)
    assert found.estimate == pytest.approx(4.43383992450, abs=2e-6)
    assert (found.low, found.high) == pytest.approx((0.57492766901, 7.99019113501), abs=3e-6)
    assert repeated_p(plan, 2, z) == pytest.approx(0.00838091946, abs=2e-6)
