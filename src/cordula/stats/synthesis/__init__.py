"""What do several studies say together: effect sizes, pooling, hierarchical posteriors and priors from history?

Inputs, the same everywhere here unless a function says otherwise:

    y, se: estimates of the studies and their standard errors, (k,), on one scale (ratios as logarithms)
    events, n, person_time: of single arms, (k,)
    add, to: added to each cell, and to which tables: “only zero” or “all”
    level: of intervals, between 0 and 1
    method: of τ²: “REML”, “ML”, “DL”, “HE”, “PM”, “EB”, “SJ”, “HS” (regressions, trim and fill: “FE” too)
    test: “z”, “knha” (Hartung–Knapp–Sidik–Jonkman) or “adhoc”; `multilevel`: “z” or “t”
    measure, kind, model: choices the function names; `mantel_haenszel`: “OR”, “RR”, “RD”; exact: “exact”, “mid-p”
    moderators, names, intercept: (k, p) or (k,), their names, and whether there is an intercept
    prior: a prior of τ, such as `half_normal(2)`
    scale, upper, df: of a prior of τ, in the unit of the estimates; its end; of a t
    name, log_density, proper: of a prior of one's own: log densities of an array of τ; whether it integrates to 1
    mu_mean, mu_sd: of the normal prior of μ; infinite sd: flat
    lower, upper: limits as a paper prints them
    p_value, observed_less_expected, favours_arm_1, allocation: of a log-rank test, (k,); share in arm 1
    sd, sd_before, sd_after, sd_change: standard deviations of infants, (k,)
    source, variance: of a judged bias: what it is, and how unsure its mean is
    events1, n1: events and infants of arm 1 in each study, (k,)
    events2, n2: events and infants of arm 2 in each study, (k,)
    m1, sd1: mean and standard deviation of arm 1 in each study, (k,)
    m2, sd2: mean and standard deviation of arm 2 in each study, (k,)
    mean_log, sd_log: of the normal that log τ follows

Source where neither a function nor its module names one: Borenstein et al. 2009, Introduction to Meta-
Analysis; Cochrane Handbook for Systematic Reviews of Interventions, version 6."""

from cordula.stats.synthesis.beta_binomial import beta_binomial, beta_binomial_proportion
from cordula.stats.synthesis.bias import Adjusted, Bias, bias_adjusted, bias_of_range
from cordula.stats.synthesis.binary import log_odds_ratio, log_risk_ratio, risk_difference
from cordula.stats.synthesis.conditional import Exact, exact_odds_ratio
from cordula.stats.synthesis.continuous import (
    hedges_correction,
    mean_difference,
    ratio_of_means,
    standardised_mean_difference,
    standardised_mean_difference_unequal,
)
from cordula.stats.synthesis.effects import Effects
from cordula.stats.synthesis.hazards import (
    log_hazard_ratio,
    log_hazard_ratio_of_log_rank,
    log_hazard_ratio_of_p,
)
from cordula.stats.synthesis.hierarchical import (
    Hierarchical,
    bayes_factor,
    hierarchical,
    log_marginal_at_mu,
    log_marginal_without_spread,
)
from cordula.stats.synthesis.hierarchical_regression import (
    HierarchicalRegression,
    hierarchical_regression,
)
from cordula.stats.synthesis.historical import MapPrior, map_binomial, map_normal, map_rate
from cordula.stats.synthesis.marginals import NormalMixture, Summary, TauMarginal
from cordula.stats.synthesis.mixed_counts import (
    CountModel,
    conditional_glmm,
    one_arm_glmm,
    one_arm_rate_glmm,
    unconditional_glmm,
)
from cordula.stats.synthesis.multilevel import Multilevel, multilevel
from cordula.stats.synthesis.pooling import (
    Interval,
    Pooled,
    fixed_effect,
    leave_one_out,
    q_profile,
    random_effects,
)
from cordula.stats.synthesis.priors import (
    TauPrior,
    custom,
    exponential,
    half_cauchy,
    half_logistic,
    half_normal,
    half_t,
    improper,
    log_normal,
    lomax,
    rayleigh,
    truncated_half_cauchy,
    truncated_half_normal,
    truncated_half_t,
    uniform,
)
from cordula.stats.synthesis.proportions import (
    freeman_tukey,
    log_rate,
    logit_proportion,
    proportion_of_logit,
    raw_proportion,
)
from cordula.stats.synthesis.rare import Common, breslow_day, mantel_haenszel, peto
from cordula.stats.synthesis.recovery import (
    correlation_of_change,
    sd_of_change,
    sd_of_se,
    se_of_interval,
    se_of_p,
    se_of_sd,
)
from cordula.stats.synthesis.regression import Coefficient, Regression, meta_regression
from cordula.stats.synthesis.small_studies import Asymmetry, Filled, egger, trim_and_fill

__all__ = [
    "Adjusted",
    "Asymmetry",
    "Bias",
    "Coefficient",
    "Common",
    "CountModel",
    "Effects",
    "Exact",
    "Filled",
    "Hierarchical",
    "HierarchicalRegression",
    "Interval",
    "MapPrior",
    "Multilevel",
    "NormalMixture",
    "Pooled",
    "Regression",
    "Summary",
    "TauMarginal",
    "TauPrior",
    "bayes_factor",
    "beta_binomial",
    "beta_binomial_proportion",
    "bias_adjusted",
    "bias_of_range",
    "breslow_day",
    "conditional_glmm",
    "correlation_of_change",
    "custom",
    "egger",
    "exact_odds_ratio",
    "exponential",
    "fixed_effect",
    "freeman_tukey",
    "half_cauchy",
    "half_logistic",
    "half_normal",
    "half_t",
    "hedges_correction",
    "hierarchical",
    "hierarchical_regression",
    "improper",
    "leave_one_out",
    "log_hazard_ratio",
    "log_hazard_ratio_of_log_rank",
    "log_hazard_ratio_of_p",
    "log_marginal_at_mu",
    "log_marginal_without_spread",
    "log_normal",
    "log_odds_ratio",
    "log_rate",
    "log_risk_ratio",
    "logit_proportion",
    "lomax",
    "mantel_haenszel",
    "map_binomial",
    "map_normal",
    "map_rate",
    "mean_difference",
    "meta_regression",
    "multilevel",
    "one_arm_glmm",
    "one_arm_rate_glmm",
    "peto",
    "proportion_of_logit",
    "q_profile",
    "random_effects",
    "ratio_of_means",
    "raw_proportion",
    "rayleigh",
    "risk_difference",
    "sd_of_change",
    "sd_of_se",
    "se_of_interval",
    "se_of_p",
    "se_of_sd",
    "standardised_mean_difference",
    "standardised_mean_difference_unequal",
    "trim_and_fill",
    "truncated_half_cauchy",
    "truncated_half_normal",
    "truncated_half_t",
    "unconditional_glmm",
    "uniform",
]
