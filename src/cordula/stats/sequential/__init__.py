"""Trials that look at their results as they come in: bounds, power, and what may be said after stopping."""

from cordula.stats.sequential.boundaries import Boundaries, design
from cordula.stats.sequential.combination import (
    TwoMeans,
    inverse_normal,
    inverse_normal_conditional_power,
    inverse_normal_of_p,
    repeated_interval_by_stages,
    two_means_drift,
)
from cordula.stats.sequential.conditional import (
    ConditionalPower,
    assurance,
    conditional_error,
    conditional_power,
    predictive_power,
)
from cordula.stats.sequential.estimates import (
    FinalInference,
    final_inference,
    stagewise_p,
    two_sided_p,
)
from cordula.stats.sequential.fisher import (
    FisherDesign,
    fisher_combination,
    fisher_conditional_power,
    fisher_design,
    product_level,
)
from cordula.stats.sequential.futility import (
    BetaSpending,
    Futility,
    FutilityBounds,
    NullSpending,
)
from cordula.stats.sequential.power import (
    Characteristics,
    Power,
    Stopping,
    characteristics,
    fixed_drift,
    inflation_factor,
    power,
    required_drift,
    stopping_probabilities,
)
from cordula.stats.sequential.recalculation import recalculated
from cordula.stats.sequential.repeated import (
    RepeatedInterval,
    repeated_interval,
    repeated_p,
    repeated_p_values,
)
from cordula.stats.sequential.shapes import HaybittlePeto, OBrienFleming, Pocock, Shape, WangTsiatis
from cordula.stats.sequential.small_samples import (
    TOperating,
    calibrated_t,
    t_critical,
    t_operating,
)
from cordula.stats.sequential.spending import (
    HwangShihDeCani,
    KimDeMets,
    OBrienFlemingSpending,
    PocockSpending,
    Spending,
    SpendingFunction,
    UserSpending,
)
from cordula.stats.sequential.wedge import OptimalShape, optimal_wang_tsiatis, pampallona_tsiatis

__all__ = [
    "BetaSpending",
    "Boundaries",
    "Characteristics",
    "ConditionalPower",
    "FinalInference",
    "FisherDesign",
    "Futility",
    "FutilityBounds",
    "HaybittlePeto",
    "HwangShihDeCani",
    "KimDeMets",
    "NullSpending",
    "OBrienFleming",
    "OBrienFlemingSpending",
    "OptimalShape",
    "Pocock",
    "PocockSpending",
    "Power",
    "RepeatedInterval",
    "Shape",
    "Spending",
    "SpendingFunction",
    "Stopping",
    "TOperating",
    "TwoMeans",
    "UserSpending",
    "WangTsiatis",
    "assurance",
    "calibrated_t",
    "characteristics",
    "conditional_error",
    "conditional_power",
    "design",
    "final_inference",
    "fisher_combination",
    "fisher_conditional_power",
    "fisher_design",
    "fixed_drift",
    "inflation_factor",
    "inverse_normal",
    "inverse_normal_conditional_power",
    "inverse_normal_of_p",
    "optimal_wang_tsiatis",
    "pampallona_tsiatis",
    "power",
    "predictive_power",
    "product_level",
    "recalculated",
    "repeated_interval",
    "repeated_interval_by_stages",
    "repeated_p",
    "repeated_p_values",
    "required_drift",
    "stagewise_p",
    "stopping_probabilities",
    "t_critical",
    "t_operating",
    "two_means_drift",
    "two_sided_p",
]
