"""Models of outcomes: t, ranks, covariance, repeated measures, imputation, and tests by allocation alone.

Inputs, the same everywhere here unless a function says otherwise:

    outcome: (n,), or (n, visits) with not-a-number where a visit was missed
    arm: (n,), 0 the control, 1, 2, … the others
    baseline: (n,), one covariate
    level: of confidence intervals, between 0 and 1
    df: degrees of freedom: “satterthwaite”, “kenward-roger” or “kenward-roger-linear”; for `estimated` a number
    restricted: REML, else maximum likelihood
    variance: “model”, “HC0” or “drawn”
    statistic: a function of allocations (R, n) that answers (R,), such as `difference_in_means`
    n1, x1, y1, xx1, xy1, yy1: of arm 1: how many, Σx, Σy, Σx², Σxy, Σy²
    n0, x0, y0, xx0, xy0, yy0: of arm 0, likewise
    rng: a generator, such as `stats.streams.stream(seed, purpose)`

Source where neither a function nor its module names one: Rosenberger & Lachin 2016, Randomization in Clinical
Trials, chapter 6 (tests by allocation)."""

from cordula.stats.models.ancova import Ancova as Ancova
from cordula.stats.models.ancova import ancova as ancova
from cordula.stats.models.ancova import ancova_from_sums as ancova_from_sums
from cordula.stats.models.ancova import ancova_kernel as ancova_kernel
from cordula.stats.models.estimate import Estimate as Estimate
from cordula.stats.models.estimate import estimated as estimated
from cordula.stats.models.g_computation import Logistic as Logistic
from cordula.stats.models.g_computation import Standardised as Standardised
from cordula.stats.models.g_computation import logistic as logistic
from cordula.stats.models.g_computation import standardised_risks as standardised_risks
from cordula.stats.models.imputation import Pooled as Pooled
from cordula.stats.models.imputation import pooled as pooled
from cordula.stats.models.linear import LinearModel as LinearModel
from cordula.stats.models.linear import least_squares as least_squares
from cordula.stats.models.mmrm import FTest as FTest
from cordula.stats.models.mmrm import Mmrm as Mmrm
from cordula.stats.models.mmrm import mmrm as mmrm
from cordula.stats.models.mmrm import mmrm_long as mmrm_long
from cordula.stats.models.random_intercept import RandomIntercept as RandomIntercept
from cordula.stats.models.random_intercept import random_intercept as random_intercept
from cordula.stats.models.randomisation_test import RandomisationTest as RandomisationTest
from cordula.stats.models.randomisation_test import ancova_t as ancova_t
from cordula.stats.models.randomisation_test import difference_in_means as difference_in_means
from cordula.stats.models.randomisation_test import permutation_test as permutation_test
from cordula.stats.models.randomisation_test import rerandomisation_test as rerandomisation_test
from cordula.stats.models.rank_sum import RankSum as RankSum
from cordula.stats.models.rank_sum import rank_sum as rank_sum
from cordula.stats.models.repeated import RepeatedTrial as RepeatedTrial
from cordula.stats.models.repeated import repeated_design as repeated_design
from cordula.stats.models.repeated import repeated_trial as repeated_trial
from cordula.stats.models.two_samples import TTest as TTest
from cordula.stats.models.two_samples import paired_t as paired_t
from cordula.stats.models.two_samples import student_t as student_t
from cordula.stats.models.two_samples import welch_t as welch_t
