from math import log

from cordula.stats.sample_size import (
    Accrual,
    constant,
    even_accrual,
    hazard_of_share,
    lachin_foulkes,
    one_mean,
    one_rate,
    power_two_means,
    power_two_rates,
    sequential_means,
    sequential_power_means,
    sequential_power_rates,
    sequential_power_survival,
    sequential_survival,
    two_means,
    two_rates,
)
from cordula.stats.sequential import (
    FutilityBounds,
    OBrienFleming,
    OBrienFlemingSpending,
    Pocock,
    design,
)
from tests.unit.stats.reference import case


def test_two_means_two_to_one_as_rpact() -> None:
    found = two_means(5, 8, alpha=0.025, power=0.8, ratio=2)
    case("ss02").near("nFixed", found.total)
    case("ss02").near("nFixed1", found.n_1)
    case("ss02").near("nFixed2", found.n_2)


def test_t_tests_as_base_r() -> None:
    strict = {"alpha": 0.05, "sides": 2, "both_tails": True}
    case("ss03").near("power_n15", power_two_means(15, 15, 6, 7, **strict))
    case("ss03").near("n80", two_means(6, 7, power=0.8, **strict).n_1)
    case("ss03").near("n90_paired", one_mean(3, 5, alpha=0.05, sides=2, power=0.9))


def test_rates_two_to_one_and_with_a_margin_as_rpact() -> None:
    case("ss06").near("nFixed_21", two_rates(0.4, 0.2, 0.025, 1, 0.8, ratio=2).total)
    case("ss06").near("nFixed_noninf", two_rates(0.12, 0.10, 0.05, 1, 0.8, null=0.15).total)


def test_one_rate_as_rpact() -> None:
    case("ss07").near("nFixed", one_rate(0.1, 0.3, alpha=0.05, power=0.8))


def test_lachin_foulkes_as_gsdesign() -> None:
    found = lachin_foulkes(0.5, log(2) / 24, 24, 12, 0.025, 1, 0.8, loss=0.01)
    case("ss10").near("n", found.n)
    case("ss10").near("d", found.events)


def test_a_group_sequential_size_of_means_as_rpact() -> None:
    plan = design(3, 0.025, spending=OBrienFlemingSpending())
    found = sequential_means(plan, 5, 8, 0.8, normal=True)
    case("ss11").near("maxN", found.maximum.total)
    case("ss11").near("nStage", found.by_look)
    case("ss11").near("expH0", found.expected_null)
    case("ss11").near("expH1", found.expected_alternative)


def test_a_group_sequential_size_of_survival_as_rpact() -> None:
    found = sequential_survival(
        design(2, 0.025, spending=Pocock()), 0.45, constant(log(2) / 20), Accrual((0.0, 24.0)),
        follow_up=12, power=0.8, loss=hazard_of_share(0.05, 12),
    )  # fmt: skip
    case("ss12").near("maxN", found.n)
    case("ss12").near("maxEvents", found.events)
    case("ss12").near("cumEvents", found.events_by_look)
    case("ss12").near("analysisTime", found.times)


def test_rates_as_base_r() -> None:
    case("ss14").near("n", two_rates(0.1, 0.35, alpha=0.05, sides=2, power=0.8).n_1)
    case("ss14").near("power", power_two_rates(30, 30, 0.1, 0.35, alpha=0.05, sides=2))


def test_group_sequential_power_of_a_t_test_as_rpact() -> None:
    plan = design(3, 0.025, spending=OBrienFleming(), futility=FutilityBounds((0.0, 0.0)))
    found = sequential_power_means(plan, 60, 6, 8, ratio=2)
    case("gsp04").near("overallReject", found.power.overall)
    case("gsp04").near("rejectPerStage", found.power.rejected)
    case("gsp04").near("futilityPerStage", found.power.futile[:-1])
    case("gsp04").near("expectedN", found.expected_n)


def test_group_sequential_power_of_survival_as_rpact() -> None:
    plan = design(2, 0.025, spending=Pocock())
    found = sequential_power_survival(plan, 80, 24, 0.5, constant(log(2) / 24), even_accrual(24))
    case("gsp05").near("overallReject", found.power.overall)
    case("gsp05").near("rejectPerStage", found.power.rejected)
    case("gsp05").near("expectedNumberOfEvents", found.expected_events)
    case("gsp05").near("analysisTime", found.times)
    case("gsp05").near("studyDuration", found.expected_duration)


def test_group_sequential_power_of_rates_as_rpact() -> None:
    plan = design(3, 0.025, spending=OBrienFlemingSpending())
    found = sequential_power_rates(plan, 90, 0.35, 0.10)
    case("gsp06").near("overallReject", found.power.overall)
    case("gsp06").near("rejectPerStage", found.power.rejected)
    case("gsp06").near("expectedN", found.expected_n)
