"""Which estimates are told of the chosen studies?

One study is told as it is. Of several, the hierarchical posterior under the main prior is told first, because
two or three studies say too little of their own heterogeneity; the classical estimates stand beside it."""

from collections.abc import Sequence
from dataclasses import replace

from cordula.evidence import classical, counts, posterior
from cordula.evidence.answer import Estimate, Input, Pooled
from cordula.evidence.questions import Question
from cordula.evidence.scales import back_from


def pooled(asked: Question, inputs: Sequence[Input]) -> Pooled:
    """Of one study or more. Raises PoolingRefused where a method finds no answer."""
    if len(inputs) == 1:
        return _alone(asked, inputs[0])
    if counts.needed(asked, inputs):
        return counts.pooled(asked, inputs, children_of(inputs))
    found = posterior.posterior(asked, inputs, asked.tau.priors[0])
    main, further = posterior.told(asked, found)
    fit = classical.random(inputs)
    return Pooled(
        k=len(inputs),
        children=children_of(inputs),
        main=main,
        bayes=main,
        prediction=further,
        fixed=classical.common(asked, inputs),
        random=classical.told(asked, fit) if fit else None,
        heterogeneity=classical.heterogeneity(fit) if fit else None,
        bias_adjusted=posterior.bias_adjusted(asked, inputs),
        shrinkage=tuple(posterior.shrunk(inputs, found, back_from(asked.scale))),
    )


def _alone(asked: Question, one: Input) -> Pooled:
    """One study is no pooling: its own estimate leads, and the posterior says what a further one might show."""
    own = Estimate(
        estimate=one.estimate, low=one.low, high=one.high, method=f"{one.name} alone: {one.how}"
    )
    if one.y is None:
        return Pooled(k=1, children=one.n, main=own)
    main, further = posterior.told(asked, posterior.posterior(asked, [one], asked.tau.priors[0]))
    adjusted = posterior.bias_adjusted(asked, [one])
    return Pooled(
        k=1, children=one.n, main=own, bayes=main, prediction=further, bias_adjusted=adjusted
    )


def children_of(inputs: Sequence[Input]) -> int | None:
    """All together; None where a study does not say how many."""
    sizes = [one.n for one in inputs if one.n is not None]
    return sum(sizes) if len(sizes) == len(inputs) else None


def weighted(inputs: Sequence[Input]) -> tuple[Input, ...]:
    """The inputs with their weight in the random-effects mean, as shares of one."""
    kept = [one for one in inputs if one.y is not None]
    fit = classical.random(kept) if len(kept) > 1 else None
    weights = iter(fit.weights if fit else ())
    return tuple(
        one if one.y is None else replace(one, weight=next(weights, 1.0)) for one in inputs
    )
