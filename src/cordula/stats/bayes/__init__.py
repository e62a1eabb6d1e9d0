"""What is known after the data, what follows from it, and how often that is right?

Inputs, the same everywhere here unless a function says otherwise:

    prior, prior_1, prior_2: beta (a, b) of a rate, of arm 1, of arm 2, each above 0 or so that the posterior is proper
    a, b, shape, rate: parameters of a beta, of a gamma posterior
    mean, sd, df: of a normal posterior; of a Student one with its degrees of freedom
    events, number: seen so far, among so many infants; for two arms a pair of each
    numbers, final_numbers: infants of (arm 1, arm 2) now and at the end
    means, sigmas: outcomes' means so far and known standard deviations, (arm 1, arm 2), in one unit
    one, other: the posteriors of arm 1 and arm 2
    design: a `BinaryMonitoring` or a `OneArmDesign`
    rates_1, rates_2, rate_1, rate_2: true rates of arm 1 and arm 2, from 0 to 1
    log_density: a function of an array of parameters that answers log densities, up to a constant
    agreed: how nearly two numbers of panels must agree, in posterior standard deviations
    judged_by: “posterior” or “estimate”
    seed: a whole number; the same one draws the same trials

Source where neither a function nor its module names one: Gelman et al. 2013, Bayesian Data Analysis;
Spiegelhalter, Abrams & Myles 2004; a lattice counted after Schultz et al. 1973."""

from cordula.stats.bayes.draws import simulated_characteristics
from cordula.stats.bayes.lattice import TwoArmCharacteristics, exact_characteristics
from cordula.stats.bayes.monitoring import (
    FUTILE,
    OPEN,
    SUPERIOR,
    BinaryMonitoring,
    decision_tables,
    posterior_table,
)
from cordula.stats.bayes.one_arm import (
    OneArmCharacteristics,
    OneArmDesign,
    boundaries_one_arm,
    operating_characteristics_one_arm,
)
from cordula.stats.bayes.posteriors import (
    BetaPosterior,
    GammaPosterior,
    NormalPosterior,
    StudentPosterior,
    binomial,
    normal_known_variance,
    normal_unknown_variance,
    rate,
)
from cordula.stats.bayes.predictive import (
    PredictiveProbability,
    further_events,
    predictive_probability,
    predictive_success_binary,
    predictive_success_normal,
)
from cordula.stats.bayes.quadrature import GridPosterior, by_quadrature
from cordula.stats.bayes.rules import PosteriorRule, decide_by_prediction
from cordula.stats.bayes.superiority import (
    probability_beta_above,
    probability_gamma_above,
    probability_normal_above,
    probability_student_above,
    superiority_table,
)
from cordula.stats.bayes.walk import walk

__all__ = [
    "FUTILE",
    "OPEN",
    "SUPERIOR",
    "BetaPosterior",
    "BinaryMonitoring",
    "GammaPosterior",
    "GridPosterior",
    "NormalPosterior",
    "OneArmCharacteristics",
    "OneArmDesign",
    "PosteriorRule",
    "PredictiveProbability",
    "StudentPosterior",
    "TwoArmCharacteristics",
    "binomial",
    "boundaries_one_arm",
    "by_quadrature",
    "decide_by_prediction",
    "decision_tables",
    "exact_characteristics",
    "further_events",
    "normal_known_variance",
    "normal_unknown_variance",
    "operating_characteristics_one_arm",
    "posterior_table",
    "predictive_probability",
    "predictive_success_binary",
    "predictive_success_normal",
    "probability_beta_above",
    "probability_gamma_above",
    "probability_normal_above",
    "probability_student_above",
    "rate",
    "simulated_characteristics",
    "superiority_table",
    "walk",
]
