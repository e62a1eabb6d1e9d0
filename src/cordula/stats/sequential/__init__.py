"""Trials that look at their results as they come in: bounds, power, and what may be said after stopping.

Inputs, the same everywhere here unless a function says otherwise:

    looks: their number, equally spaced, or the information at each (any unit, rising)
    plan, boundaries: a design: what `design`, `pampallona_tsiatis` or (Fisher) `fisher_design` answers
    look: which look, the first is 1
    alpha: the whole error; with two sides, of both together
    sides: 1 or 2
    spending: a spending function or a shape, as `design` takes it
    beta: the error of the second kind that bounds spend, 1 − power
    total: the probability under no effect that lower bounds spend in all
    binding: whether the trial must stop there, so that α may be spent anew on it
    futility: whether lower bounds are followed (for `design`: which)
    delta, delta_futility: Wang–Tsiatis Δ of the upper and of the lower bounds: 0 O'Brien–Fleming, ½ Pocock
    gamma, rho: the parameter of a spending function: negative γ and large ρ spend late
    drift, effect: the mean of the last z: effect times √(information at the last look)
    power, power_wanted: between α and 1
    z, stage_z: the statistic: of all data up to a look, or of each stage's own data, shape (k,)
    p: one-sided P values of the stages, shape (k,)
    mean, sd: of the normal prior of the drift; `two_means_drift`: sd of one infant's outcome
    estimate, standard_error: of the effect at this look, in its own unit
    mean_1, sd_1, n_1: what arm 1 (treated) showed in a stage: mean, standard deviation, infants
    mean_2, sd_2, n_2: the same of arm 2 (control)
    upper, lower: bounds on the z scale, shape (K,)
    df: degrees of freedom of the t test at each look, shape (K,)
    critical, stages: a product of P values, and of how many stages
    bounds: on the z scale, one for each look before the last, shape (K − 1,)
    prior_drift, prior_sd: mean and standard deviation of the normal prior of the drift; infinite: flat

Source where neither a function nor its module names one: Jennison & Turnbull 2000, Group Sequential Methods
with Applications to Clinical Trials."""

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
