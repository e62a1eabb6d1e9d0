"""What do the studies lend to the next one, as a prior that a trial may use?

A meta-analytic-predictive prior (Schmidli and others 2014, doi:10.1111/biom.12242): the truth of a further study as a
mixture of few components, a robust version of it, and how many children each is worth."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cordula.evidence.answer import Component, Input, PredictivePrior
from cordula.evidence.counts import counts
from cordula.evidence.posterior import tau_prior
from cordula.evidence.questions import Question
from cordula.evidence.refusal import PoolingRefused
from cordula.evidence.scales import usable

if TYPE_CHECKING:
    from cordula.stats.borrowing.mixture import Mixture
    from cordula.stats.synthesis.historical import MapPrior

ROBUST = 0.2
WORDS = (
    "A prior for one group of the next trial, from {studies}. Its effective size is by ELIR (Neuenschwander and "
    "others 2020){sigma}. A trial that borrows should show what happens when the new children differ from these."
)
SIGMA = ", for a standard deviation of {sigma:.3g} in one child, that of the largest study"


def predictive_prior(asked: Question, inputs: Sequence[Input]) -> PredictivePrior | None:
    """None unless the question is asked as a prior of one group and some study has numbers for it."""
    if not asked.prior or asked.compares or not inputs:
        return None
    from cordula.stats.borrowing.robust import robustified

    counted = asked.effect == "proportion"
    sigma = None if counted else _sigma(asked, inputs)
    prior = _found(asked, inputs).mixture()
    robust = robustified(prior, ROBUST, sigma=sigma)
    return PredictivePrior(
        kind=prior.kind,
        components=_components(prior),
        robust=_components(robust),
        robust_weight=ROBUST,
        sigma=sigma,
        ess=_size(prior, sigma),
        ess_robust=_size(robust, sigma),
        words=_words(len(inputs), sigma),
    )


def _found(asked: Question, inputs: Sequence[Input]) -> "MapPrior":
    from cordula.stats.refusals import NotConverged
    from cordula.stats.synthesis.historical import map_binomial, map_normal

    tau = tau_prior(asked.tau.priors[0])
    if asked.effect == "proportion":
        found = map_binomial(*counts(inputs, asked.arm), tau)
    else:
        found = map_normal(*usable(inputs), tau)
    if isinstance(found, NotConverged):
        raise PoolingRefused(f"{asked.id} as a prior: {found.reason}.")
    return found


def _sigma(asked: Question, inputs: Sequence[Input]) -> float:
    """One child's standard deviation, as the largest study has it."""
    arms = [arm for one in inputs for arm in one.arms if arm["arm"] == asked.arm]
    largest = max((arm for arm in arms if "spread" in arm), key=lambda arm: int(arm.get("n", 0)))
    return float(largest["spread"])


def _words(k: int, sigma: float | None) -> str:
    studies = "1 study" if k == 1 else f"{k} studies"
    return WORDS.format(studies=studies, sigma="" if sigma is None else SIGMA.format(sigma=sigma))


def _components(prior: "Mixture") -> tuple[Component, ...]:
    return tuple(Component(weight=w, first=one, second=two) for w, one, two in prior.components)


def _size(prior: "Mixture", sigma: float | None) -> float | None:
    """None where a component has its mass at an edge, where information is without end."""
    from cordula.stats.borrowing.sizes import ess_elir
    from cordula.stats.refusals import CannotBe, NotConverged

    try:
        found = ess_elir(prior, sigma)
    except CannotBe:
        return None
    return None if isinstance(found, NotConverged) else found
