"""What may be learnt from earlier trials, and what does it cost when they disagree with this one?"""

from cordula.stats.borrowing.difference import difference_cdf, difference_quantile
from cordula.stats.borrowing.discounts import (
    commensurate_prior,
    commensurate_spike_and_slab,
    normalised_power_prior,
    power_prior,
)
from cordula.stats.borrowing.fit import Fit, fit_mixture, fits
from cordula.stats.borrowing.mixture import (
    Mixture,
    beta_mixture,
    cdf,
    density,
    gamma_mixture,
    log_density,
    mean,
    mixture,
    normal_mixture,
    quantile,
    sd,
    survival,
)
from cordula.stats.borrowing.one_arm import (
    Boundary,
    boundary_one_arm,
    operating_characteristics_one_arm,
)
from cordula.stats.borrowing.predictive import CountPredictive, predictive_count, predictive_mean
from cordula.stats.borrowing.prospects import (
    probability_of_success_one_arm,
    probability_of_success_two_arm,
)
from cordula.stats.borrowing.robust import robustified
from cordula.stats.borrowing.rules import Rule
from cordula.stats.borrowing.sizes import ess_elir, ess_moment, ess_morita, mode
from cordula.stats.borrowing.two_arm import (
    TwoArms,
    boundary_two_arm,
    operating_characteristics_two_arm,
)
from cordula.stats.borrowing.update import (
    BinomialSample,
    NormalSample,
    RateSample,
    log_evidence,
    posterior,
)
from cordula.stats.borrowing.worst import MaximumError, maximum_type_1_error

__all__ = [
    "BinomialSample",
    "Boundary",
    "CountPredictive",
    "Fit",
    "MaximumError",
    "Mixture",
    "NormalSample",
    "RateSample",
    "Rule",
    "TwoArms",
    "beta_mixture",
    "boundary_one_arm",
    "boundary_two_arm",
    "cdf",
    "commensurate_prior",
    "commensurate_spike_and_slab",
    "density",
    "difference_cdf",
    "difference_quantile",
    "ess_elir",
    "ess_moment",
    "ess_morita",
    "fit_mixture",
    "fits",
    "gamma_mixture",
    "log_density",
    "log_evidence",
    "maximum_type_1_error",
    "mean",
    "mixture",
    "mode",
    "normal_mixture",
    "normalised_power_prior",
    "operating_characteristics_one_arm",
    "operating_characteristics_two_arm",
    "posterior",
    "power_prior",
    "predictive_count",
    "predictive_mean",
    "probability_of_success_one_arm",
    "probability_of_success_two_arm",
    "quantile",
    "robustified",
    "sd",
    "survival",
]
