"""What do the studies lend to the next one, as a prior that a trial may use?

A meta-analytic-predictive prior (Schmidli and others 2014, doi:10.1111/biom.12242): the posterior of a further
study's truth as a mixture of few normals, a robust version of it, and how many children each is worth."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cordula.evidence.answer import Component, Input, PredictivePrior
from cordula.evidence.posterior import posterior
from cordula.evidence.questions import Question
from cordula.evidence.scales import usable

if TYPE_CHECKING:
    from cordula.stats.borrowing.mixture import Mixture
    from cordula.stats.synthesis.marginals import NormalMixture

ROBUST = 0.2
REACH_SDS = 8.0
POINTS = 2001
WORDS = (
    "A prior for one group of the next trial, from {k}. Its effective size is by ELIR (Neuenschwander and others "
    "2020) for a standard deviation of {sigma:.3g} in one child, that of the largest study. A trial that borrows "
    "should show what happens when the new children differ from these."
)


def predictive_prior(asked: Question, inputs: Sequence[Input]) -> PredictivePrior | None:
    """None unless the question is asked as a prior and some study has numbers for it."""
    if not asked.prior or not usable(inputs)[0]:
        return None
    from cordula.stats.borrowing.robust import robustified

    sigma = _sigma(asked, inputs)
    found = posterior(asked, inputs, asked.tau.priors[0])
    prior = _fitted(found.prediction_posterior)
    robust = robustified(prior, ROBUST, sigma=sigma)
    said = "1 study" if len(inputs) == 1 else f"{len(inputs)} studies"
    return PredictivePrior(
        components=_components(prior),
        robust=_components(robust),
        robust_weight=ROBUST,
        sigma=sigma,
        ess=_size(prior, sigma),
        ess_robust=_size(robust, sigma),
        words=WORDS.format(k=said, sigma=sigma),
    )


def _sigma(asked: Question, inputs: Sequence[Input]) -> float:
    """One child's standard deviation, as the largest study has it."""
    arms = [arm for one in inputs for arm in one.arms if arm["arm"] == asked.arm]
    largest = max((arm for arm in arms if "spread" in arm), key=lambda arm: int(arm.get("n", 0)))
    return float(largest["spread"])


def _fitted(found: "NormalMixture") -> "Mixture":
    import numpy as np

    from cordula.stats.borrowing.fit import fit_mixture

    reach = REACH_SDS * found.spread
    grid = np.linspace(found.centre - reach, found.centre + reach, POINTS)
    return fit_mixture(grid, found.density(grid), "normal")


def _components(prior: "Mixture") -> tuple[Component, ...]:
    return tuple(Component(weight=w, mean=mean, sd=sd) for w, mean, sd in prior.components)


def _size(prior: "Mixture", sigma: float) -> float | None:
    from cordula.stats.borrowing.sizes import ess_elir
    from cordula.stats.refusals import NotConverged

    found = ess_elir(prior, sigma)
    return None if isinstance(found, NotConverged) else found
