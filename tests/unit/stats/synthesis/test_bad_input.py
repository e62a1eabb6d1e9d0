"""What cannot be is refused with its value and what would be right: never a bare error of Python, never NaN."""

import math

import pytest

from cordula.stats import synthesis as s
from cordula.stats.refusals import CannotBe

nan, inf = math.nan, math.inf
Y, SE = [1.0, 2.0, 4.0], [0.5, 0.6, 0.7]
PRIOR = s.half_normal(1)
TABLES = ([3, 2, 4], [20, 21, 30], [5, 4, 7], [22, 20, 31])
FIT, MAP = s.hierarchical(Y, SE, PRIOR), s.map_normal(Y, SE, PRIOR)


def regression(**asked):
    return s.hierarchical_regression(Y, SE, [1.0, 2.0, 4.0], PRIOR, **asked)


CALLS = {
    "an estimate in words": lambda: s.hierarchical(["one", 2.0, 3.0], SE, PRIOR),
    "added −1": lambda: s.log_risk_ratio(*TABLES, add=-1),
    "added nan": lambda: s.log_odds_ratio(*TABLES, add=nan),
    "added inf": lambda: s.log_odds_ratio(*TABLES, add=inf),
    "a difference with −1 added": lambda: s.risk_difference(*TABLES, add=-1),
    "added to what": lambda: s.risk_difference(*TABLES, to="some"),
    "μ nan": lambda: s.log_marginal_without_spread(Y, SE, mu=nan),
    "mean of μ inf": lambda: s.log_marginal_without_spread(Y, SE, mu_mean=inf),
    "SD of μ 0": lambda: s.log_marginal_without_spread(Y, SE, mu_sd=0),
    "SD of μ nan": lambda: s.log_marginal_without_spread(Y, SE, mu_sd=nan),
    "at μ nan": lambda: s.log_marginal_at_mu(Y, SE, PRIOR, nan),
    "at μ of no study": lambda: s.log_marginal_at_mu([], [], PRIOR, 1.0),
    "prior mean nan": lambda: regression(beta_mean=nan),
    "prior mean inf": lambda: regression(beta_mean=inf),
    "prior means of three": lambda: regression(beta_mean=[1.0, 2.0, 3.0]),
    "prior SD 0": lambda: regression(beta_sd=0),
    "prior SD nan": lambda: regression(beta_sd=nan),
    "prior SDs of none": lambda: regression(beta_sd=[]),
    "three names of one": lambda: regression(names=["a", "b", "c"]),
    "Hedges inf": lambda: s.hedges_correction(inf),
    "Hedges nan": lambda: s.hedges_correction(nan),
    "Hedges 1": lambda: s.hedges_correction([5, 1]),
    "log-normal nan": lambda: s.log_normal(nan, 1),
    "log-normal without spread": lambda: s.log_normal(0, 0),
    "cut at nan": lambda: s.truncated_half_normal(1, nan),
    "cut at 0": lambda: s.truncated_half_cauchy(1, 0),
    "half-t cut at inf": lambda: s.truncated_half_t(1, 3, inf),
    "tail nan": lambda: s.custom("x", lambda t: -t, tail=nan),
    "end nan": lambda: s.custom("x", lambda t: -t, upper=nan),
    "bell −1": lambda: s.custom("x", lambda t: -t, bell=-1),
    "a bias of nan": lambda: s.Bias("x", nan, 1),
    "a variance of nan": lambda: s.Bias("x", 1, nan),
    "a variance of −1": lambda: s.Bias("x", 0, -1),
    "a kind of bias": lambda: s.Bias("x", 0, 1, kind="squared"),
    "a proportion of 0": lambda: s.Bias("x", 0, 1, kind="proportional"),
    "a range to inf": lambda: s.bias_of_range(0, inf),
    "a range at level 2": lambda: s.bias_of_range(0, 1, level=2),
    "study −1": lambda: FIT.shrinkage(-1),
    "study 3 of 3": lambda: FIT.shrinkage(3),
    "study 2.5": lambda: FIT.shrinkage(2.5),
    "μ below nan": lambda: FIT.mu_posterior.cdf(nan),
    "τ below nan": lambda: FIT.tau_posterior.cdf([nan, 1.0]),
    "τ at p = 1": lambda: FIT.tau_posterior.quantile(1),
    "a truth below nan": lambda: MAP.cdf(nan),
    "the density at nan": lambda: MAP.density([nan]),
    "a quantile nan": lambda: MAP.quantile(nan),
    "2.5 components": lambda: MAP.mixture(2.5),
    "level nan of a proportion": lambda: s.map_binomial([3], [9], PRIOR, level=nan),
    "level nan of a rate": lambda: s.map_rate([3], [9.0], PRIOR, level=nan),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_what_cannot_be_is_refused(call):
    with pytest.raises(CannotBe, match=r"\w"):
        call()


def test_one_study_is_told_of_as_one():
    quiet = ([0, 2], [10, 12], [0, 3], [11, 9])
    assert s.mantel_haenszel(*quiet).remarks == ("1 study tells nothing of a ratio",)
    assert s.mantel_haenszel(*(x[:1] * 2 + x[1:] for x in quiet)).remarks == (
        "2 studies tell nothing of a ratio",
    )
    with pytest.raises(CannotBe, match="there is 1 study; this method"):
        s.hierarchical_regression([1.0], [1.0], None, PRIOR)
    with pytest.raises(CannotBe, match="with 1 study and the prior"):
        s.hierarchical([1.0], [1.0], s.improper("uniform"))


def test_a_refusal_names_the_value_and_what_is_needed():
    with pytest.raises(CannotBe, match=r"-1 to be added to each cell; a finite number from 0 on"):
        s.log_risk_ratio(*TABLES, add=-1)
    with pytest.raises(CannotBe, match=r"“x” has mean nan and variance 1; finite"):
        s.Bias("x", nan, 1)
