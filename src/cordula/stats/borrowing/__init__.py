"""What may be learnt from earlier trials, and what does it cost when they disagree with this one?

Inputs, the same everywhere here unless a function says otherwise:

    prior, initial: a `Mixture`
    components: triples (weight, first, second), weights summing to 1; for a fit, their number
    kind: “normal”, “beta” or “gamma”
    grid, density, counts: points (n,) and a density on them; the numbers of components to try
    sample_size: the sample for which AIC is counted
    mean, standard_error: of an estimate, in the outcome's unit
    events, number, exposure: events; among so many infants; in so much time at risk
    sample, historical, current: a `NormalSample`, `BinomialSample` or `RateSample`
    exponent_prior: beta (a, b) of the exponent a₀
    sigma, sigma_1, sigma_2: standard deviation of one infant's outcome, normal priors only
    number_1, number_2: infants in arm 1 and arm 2 (gamma: time at risk)
    prior_1, prior_2: the analysis priors of arm 1, on trial, and arm 2, its control
    likelihood: “normal”, “binomial”, “poisson” or “exponential”, where the kind leaves a choice
    one, other, scale: the two mixtures; “identity”, “logit” or “log” of them before the difference
    certainties, thresholds: of each criterion of a rule, equally many
    rule, design: a `Rule`; a `TwoArms`
    truths, truths_1, truths_2: true parameters, of one arm or each
    believed, believed_1, believed_2: what is believed of the truth, as mixtures
    zooms: how often the grid is made finer about its maximum

Source where neither a function nor its module names one: Schmidli et al. 2014, doi:10.1111/biom.12242;
Bernardo & Smith 1994, Bayesian Theory, section 5.2."""

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
