"""How likely is success, when the truth itself is only known as a mixture? Probability of success, or assurance.

The operating characteristics averaged over what is believed (O'Hagan, Stevens & Campbell 2005, doi:10.1002/pst.175);
at an interim look, believed is the posterior of today, and the numbers are those still to come."""

import numpy as np

from cordula.stats.borrowing.families import Array
from cordula.stats.borrowing.mixture import Mixture, cdf, density, mean, quantile, sd, survival
from cordula.stats.borrowing.one_arm import boundary_one_arm
from cordula.stats.borrowing.predictive import predictive_count, predictive_mean
from cordula.stats.borrowing.rules import Rule
from cordula.stats.borrowing.two_arm import TwoArms, boundary_two_arm, success_table, tops
from cordula.stats.refusals import CannotBe, NotConverged


def probability_of_success_one_arm(
    prior: Mixture, number: float, rule: Rule, believed: Mixture, sigma: float | None = None
) -> float:
    """P(success) of one arm with the analysis `prior`, the true θ being as `believed`. Raises CannotBe."""
    _same(prior, believed)
    boundary = boundary_one_arm(prior, number, rule, sigma)
    if prior.kind == "normal":
        result = predictive_mean(believed, number, float(sigma or np.nan))
        side = survival if boundary.above else cdf
        return float(side(result, boundary.critical))
    below = float(predictive_count(believed, number).cdf(boundary.critical))
    return 1 - below if boundary.above else below


def probability_of_success_two_arm(
    design: TwoArms, believed_1: Mixture, believed_2: Mixture
) -> float | NotConverged:
    """P(success) of two arms with the design's priors, the true θ₁ and θ₂ being as believed. Raises CannotBe."""
    _same(design.prior_1, believed_1)
    _same(design.prior_2, believed_2)
    if design.prior_1.kind == "normal":
        return _means(design, believed_1, believed_2)
    result_1 = predictive_count(believed_1, design.number_1)
    result_2 = predictive_count(believed_2, design.number_2)
    most = tops(design, *(float(each.quantile(1 - 1e-12)) for each in (result_1, result_2)))
    success = success_table(design, *most)
    if isinstance(success, NotConverged):
        return success
    chances = (
        each.probabilities(np.arange(top + 1))
        for each, top in zip((result_1, result_2), most, strict=True)
    )
    one, two = chances
    return float(np.einsum("i,ij,j->", one, success.astype(float), two))


def _same(prior: Mixture, believed: Mixture) -> None:
    if prior.kind != believed.kind:
        raise CannotBe(f"a {believed.kind} belief under a {prior.kind} prior: both of one kind")


def _means(design: TwoArms, believed_1: Mixture, believed_2: Mixture) -> float | NotConverged:
    """∫ p(y₂) P(y₁ beyond the curve) dy₂ on a line y₂ = m + s·sinh t, doubled until it agrees."""
    result_1 = predictive_mean(believed_1, design.number_1, float(design.sigma_1 or np.nan))
    result_2 = predictive_mean(believed_2, design.number_2, float(design.sigma_2 or np.nan))
    narrow = min(result_2.second)
    reach = float(np.arcsinh((sd(result_2) * 40 + _spread(result_2)) / narrow))
    before = np.inf
    for level in range(6, 14):
        t, step = np.linspace(-reach, reach, 2**level + 1, retstep=True)
        y2 = mean(result_2) + narrow * np.sinh(t)
        curve = boundary_two_arm(design, y2)
        if isinstance(curve, NotConverged):
            return curve
        side = survival if design.rule.above else cdf
        each = density(result_2, y2) * narrow * np.cosh(t) * side(result_1, curve)
        found = float(each.sum() * step)
        if abs(found - before) < 1e-7:
            return min(max(found, 0.0), 1.0)
        before = found
    return NotConverged(
        "probability of success of two means", f"still moved at {2**level} nodes", level
    )


def _spread(result: Mixture) -> float:
    ends: Array = quantile(result, [1e-9, 1 - 1e-9])
    return float(ends[1] - ends[0])
