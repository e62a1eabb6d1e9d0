"""How are counts of several studies pooled where a cell is zero? By a model of the counts, with nothing added to a cell."""

from collections.abc import Sequence
from math import exp
from typing import TYPE_CHECKING, Any

from cordula.evidence.answer import Estimate, Heterogeneity, Input, Pooled
from cordula.evidence.questions import Question
from cordula.evidence.refusal import PoolingRefused
from cordula.evidence.scales import back_from, estimate
from cordula.vocabulary.words import said_later

if TYPE_CHECKING:
    from cordula.stats.synthesis.mixed_counts import CountModel

BINOMIAL = said_later("binomial–normal model of the counts, groups vary")
TOGETHER = said_later(
    "all groups as one, exact interval: without an event nothing tells how groups vary"
)
CONDITIONAL = said_later("conditional model of the counts, studies vary")
EXACT = said_later("conditional on all margins, exact interval, one common ratio")


def needed(asked: Question, inputs: Sequence[Input]) -> bool:
    """Whether estimates with standard errors would leave a study out, or hide how few the events are."""
    return asked.effect == "proportion" or any(one.y is None for one in inputs)


def pooled(asked: Question, inputs: Sequence[Input], children: int | None) -> Pooled:
    if asked.effect == "proportion":
        return _proportions(asked, inputs, children)
    if asked.effect == "odds_ratio":
        return _odds_ratios(asked, inputs, children)
    raise PoolingRefused(
        f"{asked.id}: a study has a cell of zero; ask for odds_ratio, which needs no number added to it."
    )


def _proportions(asked: Question, inputs: Sequence[Input], children: int | None) -> Pooled:
    from cordula.stats.synthesis.mixed_counts import one_arm_glmm

    events, sizes = counts(inputs, asked.arm)
    if sum(events) in (0, sum(sizes)):
        return Pooled(k=len(inputs), children=children, main=together(events, sizes))
    return _of_model(asked, inputs, children, one_arm_glmm(events, sizes), BINOMIAL)


def _odds_ratios(asked: Question, inputs: Sequence[Input], children: int | None) -> Pooled:
    from cordula.stats.refusals import CannotBe
    from cordula.stats.synthesis.mixed_counts import conditional_glmm

    told = (*counts(inputs, "cells"), *counts(inputs, "control"))
    try:
        found = conditional_glmm(*told)
    except CannotBe:
        return Pooled(k=len(inputs), children=children, main=exact_odds(*told))
    return _of_model(asked, inputs, children, found, CONDITIONAL)


def _of_model(
    asked: Question,
    inputs: Sequence[Input],
    children: int | None,
    found: "CountModel | Any",
    method: str,
) -> Pooled:
    from cordula.stats.refusals import NotConverged

    if isinstance(found, NotConverged):
        raise PoolingRefused(f"{asked.id}: {method} found no answer: {found.reason}.")
    main = estimate(back_from(asked.scale), found.estimate, found, method)
    return Pooled(
        k=len(inputs), children=children, main=main, random=main, heterogeneity=_spread(found)
    )


def _spread(found: "CountModel") -> Heterogeneity:
    """Of the truths on the pooled scale; a model of counts has no Q and no I²."""
    return Heterogeneity(
        tau=found.tau2**0.5,
        tau_low=None,
        tau_high=None,
        q=None,
        q_p=found.lr_p,
        i2=None,
        method=said_later("maximum likelihood; P of no heterogeneity by likelihood ratio"),
    )


def counts(inputs: Sequence[Input], arm: str) -> tuple[list[int], list[int]]:
    """Events and n of one arm in each study; where there is no control group, that from the records."""
    rows = [_arm(one, arm) for one in inputs]
    return [int(row["events"]) for row in rows], [int(row["n"]) for row in rows]


def _arm(one: Input, key: str) -> dict[str, Any]:
    by_key = {arm["arm"]: arm for arm in one.arms}
    return by_key.get(key) or by_key["historical"]


def together(events: Sequence[int], sizes: Sequence[int]) -> Estimate:
    from scipy.stats import binomtest

    exact = binomtest(sum(events), sum(sizes)).proportion_ci(0.95, method="exact")
    share = sum(events) / sum(sizes)
    return Estimate(estimate=share, low=float(exact.low), high=float(exact.high), method=TOGETHER)


def exact_odds(
    events1: Sequence[int], n1: Sequence[int], events2: Sequence[int], n2: Sequence[int]
) -> Estimate:
    """A limit may be nought or without end: the counts reach no further."""
    from cordula.stats.synthesis.conditional import exact_odds_ratio

    found = exact_odds_ratio(events1, n1, events2, n2)
    return Estimate(
        estimate=exp(found.estimate), low=exp(found.lower), high=exp(found.upper), method=EXACT
    )
