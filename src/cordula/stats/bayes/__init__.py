"""What is known after the data, what follows from it, and how often that is right?"""

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
