"""What do several studies say together: effect sizes, pooling, hierarchical posteriors and priors from history?"""

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
