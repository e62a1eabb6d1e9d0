"""What the API says to the further cases of looks, sizes and conditional power."""

from collections.abc import Callable
from typing import Any

import numpy as np

from cordula.stats import exact, sample_size, sequential

Answers = dict[str, Any]
of, sz = sequential, sample_size


def bounds(*args: Any, **kwargs: Any) -> Answers:
    plan = sequential.design(*args, **kwargs)
    return {
        "criticalValues": plan.critical,
        "stageLevels": plan.levels,
        "alphaSpent": plan.spent,
        "futilityBounds": plan.futility[:-1],
    }


def wedge(*args: Any, **kwargs: Any) -> Answers:
    plan = sequential.pampallona_tsiatis(*args, **kwargs)
    return {"criticalValues": plan.critical, "futilityBounds": plan.futility[:-1]}


def characteristic(plan: sequential.Boundaries, power: float | None = None) -> Answers:
    found = sequential.characteristics(plan, power)
    return {
        "inflationFactor": found.inflation,
        "shift": found.drift**2,
        "averageSampleNumber1": found.expected_alternative,
        "averageSampleNumber01": found.expected_half,
        "averageSampleNumber0": found.expected_null,
    }


def powered(found: sample_size.SequentialPower, both: bool = False) -> Answers:
    power = found.power
    told = np.add(power.rejected, power.rejected_below) if both else power.rejected
    return {
        "overallReject": power.overall_both if both else power.overall,
        "rejectPerStage": told,
        "futilityPerStage": power.futile[:-1],
        "expectedN": found.expected_n,
    }


def survived(found: sample_size.SequentialSurvival) -> Answers:
    return {
        "overallReject": found.power.overall,
        "rejectPerStage": found.power.rejected,
        "analysisTime": found.times,
        "expectedNumberOfEvents": found.expected_events,
    }


def sized(found: sample_size.Size) -> Answers:
    return {"n1": found.n_1, "n2": found.n_2}


def enrolled(found: sample_size.SurvivalSize) -> Answers:
    return {"n": found.n, "events": found.events}


def planned(found: sample_size.SequentialSize) -> Answers:
    return {
        "maxN": found.maximum.total,
        "expH0": found.expected_null,
        "expH01": found.expected_half,
        "expH1": found.expected_alternative,
    }


def followed(found: sample_size.SequentialSurvival) -> Answers:
    return {"maxN": found.n, "events": found.events_by_look, "times": found.times}


def fisher(*args: Any, **kwargs: Any) -> Answers:
    plan = sequential.fisher_design(*args, **kwargs)
    return {"criticalValues": plan.critical, "alphaSpent": plan.spent}


def two_stages() -> Answers:
    plan = sequential.design((0.3, 0.6, 1), spending=sequential.OBrienFlemingSpending())
    stages = [sequential.TwoMeans(5, 1, 6, 7, 15, 15), sequential.TwoMeans(6, 2, 7, 6, 15, 15)]
    z = [one.z() for one in stages]
    combined = sequential.inverse_normal(plan, z)
    told = [
        sequential.repeated_interval_by_stages(plan, [s.z for s in stages[:k]], 4, 2)
        for k in (1, 2)
    ]
    ahead = [sequential.two_means_drift(4, 7, 40)]
    return {
        "combined": combined,
        "conditionalPower": sequential.inverse_normal_conditional_power(plan, z, ahead).overall,
        "low": [one.low for one in told],
        "high": [one.high for one in told],
        "repP": sequential.repeated_p_values(plan, combined),
        "crp": [sequential.conditional_error(plan, k + 1, combined[k]) for k in (0, 1)],
    }


def pooled_means() -> tuple[list[float], float]:
    """z of 20 and 40 infants an arm, means 4 then 7 against 1, sd 8 in each stage; the last standard error."""
    spread = ((38 * 64 + 20 * 1.5**2 * 2) / 39) ** 0.5
    pooled = ((39 * spread**2 + 38 * 64) / 78) ** 0.5
    error = pooled * (2 / 40) ** 0.5
    return [3 / (8 * (2 / 20) ** 0.5), 4.5 / error], error


def stopped_means() -> Answers:
    z, error = pooled_means()
    plan = sequential.design(3, spending=sequential.Pocock())
    found = sequential.final_inference(plan, 2, z[1], standard_error=error)
    return {
        "p": sequential.stagewise_p(plan, 2, z[1]),
        "ci": [found.low, found.high],
        "med": found.estimate,
        "z": z,
    }


def stopped_rates() -> Answers:
    plan = sequential.design((0.3, 0.5, 0.8, 1), spending=sequential.PocockSpending())
    counts = [(14, 30, 8, 30), (24, 50, 15, 50), (36, 75, 18, 75)]
    z = [exact.difference_test(*one, corrected=False).z for one in counts]
    p = sequential.stagewise_p(plan, 3, z[2])
    return {"z": z, "p": p, "rp": sequential.repeated_p_values(plan, z)}


def means_to_come() -> Answers:
    (first, second), _ = pooled_means()
    plan = sequential.design(4)
    power = sequential.conditional_power(plan, 2, second, 3 / 8 * 160**0.5 / 2)
    errors = [sequential.conditional_error(plan, k, z) for k, z in ((1, first), (2, second))]
    return {"cp": np.cumsum(power.rejected), "crp": errors}


ASKED: dict[str, Callable[[], Answers]] = {
    "gsb41": lambda: bounds(1, 0.01),
    "gsb42": lambda: bounds(2, 0.05, 2),
    "gsb43": lambda: bounds(7, 0.01, spending=of.Pocock()),
    "gsb44": lambda: bounds((0.1, 0.3, 0.45, 0.7, 0.9, 1), 0.05, spending=of.WangTsiatis(0.1)),
    "gsb45": lambda: bounds(4, 0.05, 2, of.WangTsiatis(-0.3)),
    "gsb46": lambda: bounds(5, 0.05, 2, of.HaybittlePeto(3.29)),
    "gsb47": lambda: bounds((0.15, 0.35, 0.5, 0.65, 0.8, 1), 0.1, 2, of.PocockSpending()),
    "gsb48": lambda: bounds(5, spending=of.HwangShihDeCani(2.5)),
    "gsb49": lambda: bounds(8, spending=of.HwangShihDeCani(-8)),
    "gsb50": lambda: bounds((0.2, 0.3, 0.4, 0.5, 0.6, 0.75, 0.9, 1), spending=of.KimDeMets(3)),
    "gsb51": lambda: bounds(3, 0.05, 2, of.KimDeMets(0.5)),
    "gsb52": lambda: bounds(
        (0.1, 0.3, 0.6, 0.8, 1), spending=of.UserSpending((0.0005, 0.002, 0.01, 0.02, 0.025))
    ),
    "gsb53": lambda: bounds(
        (0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9, 1), 0.01, 2, of.OBrienFlemingSpending()
    ),
    "gsb54": lambda: bounds(
        (0.2, 0.5, 0.7, 1),
        0.05,
        spending=of.Pocock(),
        futility=of.FutilityBounds((-0.5, 0.2, 0.9), binding=True),
    ),
    "gsb55": lambda: bounds(
        3, spending=of.PocockSpending(), futility=of.FutilityBounds([0.3, 0.6], binding=True)
    ),
    "gsb56": lambda: bounds(
        3, spending=of.HwangShihDeCani(-4), futility=of.FutilityBounds([0.3, 0.6])
    ),
    "gsb57": lambda: bounds(
        4,
        spending=of.PocockSpending(),
        futility=of.BetaSpending(0.2, of.PocockSpending(), binding=True),
    ),
    "gsb58": lambda: bounds(
        (0.3, 0.6, 1), spending=of.KimDeMets(2), futility=of.BetaSpending(0.1, of.KimDeMets(1.5))
    ),
    "gsb59": lambda: bounds(
        5,
        0.05,
        spending=of.HwangShihDeCani(1),
        futility=of.BetaSpending(0.15, of.HwangShihDeCani(-4), binding=True),
    ),
    "gsb60": lambda: bounds(
        3,
        spending=of.OBrienFlemingSpending(),
        futility=of.BetaSpending(0.1, of.UserSpending((0.01, 0.05, 0.1))),
    ),
    "gsb61": lambda: characteristic(
        of.design(4, spending=of.KimDeMets(2), futility=of.BetaSpending(0.2, of.KimDeMets(2)))
    ),
    "gsb62": lambda: wedge(4, 0.025, 0.1, delta=0.25, delta_futility=0.5, binding=False),
    "gsb63": lambda: wedge(3, 0.05, 0.2, 2, delta=0, delta_futility=0.25),
    "gsb64": lambda: bounds(
        3, spending=of.WangTsiatis(of.optimal_wang_tsiatis(3, 0.025, 1, 0.8).delta)
    ),
    "gsb65": lambda: bounds(
        3, 0.05, 2, of.PocockSpending(), of.BetaSpending(0.2, of.PocockSpending(), binding=True)
    ),
    "gsp41": lambda: characteristic(of.design(2), 0.9),
    "gsp42": lambda: characteristic(of.design(5, 0.05, 2, of.OBrienFlemingSpending()), 0.8),
    "gsp43": lambda: characteristic(of.design(3, spending=of.HwangShihDeCani(-2)), 0.95),
    "gsp44": lambda: characteristic(of.design(10, spending=of.Pocock()), 0.9),
    "gsp51": lambda: powered(
        sz.sequential_power_means(
            of.design(4, 0.05, 2, of.PocockSpending()), 120, 4, 7, ratio=3, normal=True
        ),
        both=True,
    ),
    "gsp52": lambda: powered(
        sz.sequential_power_one_mean(
            of.design(3, spending=of.Pocock(), futility=of.FutilityBounds((-0.2, 0.4))), 40, 3, 6
        )
    ),
    "gsp53": lambda: powered(
        sz.sequential_power_rates(of.design(2, 0.05), 100, 0.1, 0.3, ratio=0.5, upper=False)
    ),
    "gsp54": lambda: powered(
        sz.sequential_power_rates(
            of.design(2, spending=of.OBrienFlemingSpending()), 200, 0.2, 0.2, null=0.15, upper=False
        )
    ),
    "gsp55": lambda: powered(
        sz.sequential_power_rates(
            of.design(3, spending=of.OBrienFlemingSpending()), 150, 0.4, 0.25, null_ratio=0.9
        )
    ),
    "gsp56": lambda: powered(
        sz.sequential_power_one_rate(of.design(3, 0.05, spending=of.Pocock()), 30, 0.1, 0.3)
    ),
    "gsp57": lambda: powered(
        sz.sequential_power_one_rate(of.design(2, 0.05), 40, 0.4, 0.2, upper=False)
    ),
    "gsp58": lambda: survived(
        sz.sequential_power_survival(
            of.design(3, spending=of.OBrienFlemingSpending()),
            150,
            45,
            0.55,
            sz.Hazard((0.06, 0.02), (0, 6)),
            sz.even_accrual(20),
            loss=(sz.hazard_of_share(0.05, 12), sz.hazard_of_share(0.1, 12)),
        )
    ),
    "ss41": lambda: sized(sz.two_means(4, 7, 0.05, 2, 0.9, 3)),
    "ss42": lambda: sized(sz.two_means(4, 7, 0.01, 1, 0.9, normal=True)),
    "ss43": lambda: sized(sz.two_means_ratio(1.05, 0.8, 0.35, ratio=2)),
    "ss44": lambda: {"n": sz.one_mean(2, 5, 0.05, 2, 0.9)},
    "ss45": lambda: sized(sz.two_rates(0.5, 0.25, 0.05, 2, 0.9, 0.5)),
    "ss46": lambda: sized(sz.two_rates(0.3, 0.3, 0.05, ratio=2, null_ratio=1.6)),
    "ss47": lambda: sized(sz.two_rates(0.08, 0.05, power=0.9, ratio=2, null=0.12)),
    "ss48": lambda: enrolled(
        sz.survival_size(
            0.5,
            sz.constant(0.05),
            sz.Accrual((0, 6, 18), (0.5, 1)),
            10,
            power=0.9,
            ratio=2,
            loss=(sz.hazard_of_share(0.08, 12), sz.hazard_of_share(0.03, 12)),
        )
    ),
    "ss49": lambda: enrolled(
        sz.survival_size(0.9, sz.constant(0.04), sz.even_accrual(12), 12, null=1.3)
    ),
    "ss50": lambda: {"events": sz.freedman_events(0.5, 0.05, 2, 0.9, 2)},
    "ss51": lambda: planned(
        sz.sequential_means(of.design((0.4, 0.7, 1), spending=of.HwangShihDeCani(-2)), 5, 8, 0.9, 2)
    ),
    "ss52": lambda: planned(
        sz.sequential_rates(of.design(2, spending=of.Pocock()), 0.45, 0.25, null_ratio=0.95)
    ),
    "ss53": lambda: followed(
        sz.sequential_survival(
            of.design(3, spending=of.OBrienFlemingSpending(), futility=of.FutilityBounds((0, 0.5))),
            0.5,
            sz.Hazard((0.1, 0.03), (0, 3)),
            sz.even_accrual(18),
            9,
        )
    ),
    "ss54": lambda: {
        "power": sz.power_one_mean(11, 2, 3, 0.05, 2, both_tails=True),
        "n": sz.one_mean(2, 3, 0.05, 2, 0.9, both_tails=True),
    },
    "ss55": lambda: {
        "delta": sz.detectable_difference(15, 15, 6, 0.05, 2, 0.8),
        "one": sz.detectable_difference(9, 9, 6, 0.05, 1, 0.9),
    },
    "ss56": lambda: {
        "n": sz.two_rates(0.05, 0.3, 0.05, 1, 0.9).n_1,
        "power": sz.power_two_rates(24, 24, 0.5, 0.8, 0.1, 2),
    },
    "cp41": lambda: two_stages(),
    "cp42": lambda: stopped_means(),
    "cp43": lambda: stopped_rates(),
    "cp44": lambda: means_to_come(),
    "cp45": lambda: fisher(2, 0.025, "equal levels", (0.5,)),
    "cp46": lambda: fisher(3, 0.05, "full level", (0.5, 0.4)),
    "cp47": lambda: fisher(3, 0.05, "no interaction", (0.6, 0.5)),
    "cp48": lambda: fisher(3, 0.025, "spending", spent=(0.01, 0.015, 0.025)),
}
