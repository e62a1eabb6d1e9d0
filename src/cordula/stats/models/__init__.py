"""Models of outcomes: t, ranks, covariance, repeated measures, imputation, and tests by allocation alone."""

from cordula.stats.models.ancova import Ancova as Ancova
from cordula.stats.models.ancova import ancova as ancova
from cordula.stats.models.ancova import ancova_from_sums as ancova_from_sums
from cordula.stats.models.ancova import ancova_kernel as ancova_kernel
from cordula.stats.models.estimate import Estimate as Estimate
from cordula.stats.models.estimate import estimated as estimated
from cordula.stats.models.linear import LinearModel as LinearModel
from cordula.stats.models.linear import least_squares as least_squares
from cordula.stats.models.randomisation_test import RandomisationTest as RandomisationTest
from cordula.stats.models.randomisation_test import ancova_t as ancova_t
from cordula.stats.models.randomisation_test import difference_in_means as difference_in_means
from cordula.stats.models.randomisation_test import permutation_test as permutation_test
from cordula.stats.models.randomisation_test import rerandomisation_test as rerandomisation_test
from cordula.stats.models.rank_sum import RankSum as RankSum
from cordula.stats.models.rank_sum import rank_sum as rank_sum
from cordula.stats.models.two_samples import TTest as TTest
from cordula.stats.models.two_samples import paired_t as paired_t
from cordula.stats.models.two_samples import student_t as student_t
from cordula.stats.models.two_samples import welch_t as welch_t
