"""From which count of events on is the event rate too probably too high? Three ways to draw the boundary."""

import numpy as np
from scipy import special

from cordula.stats.asked import asked
from cordula.stats.bayes.one_arm import check_looks
from cordula.stats.bayes.posteriors import Array
from cordula.stats.bayes.predictive import predictive_probability
from cordula.stats.refusals import CannotBe, at_most
from cordula.stats.stopping.characteristics import stop_probability
from cordula.stats.stopping.rule import StoppingRule

Pair = tuple[float, float]


@asked
def beta_binomial_boundary(
    looks: tuple[int, ...], threshold: float, certainty: float, prior: Pair = (1.0, 1.0)
) -> StoppingRule:
    """Stop when P(p > threshold | events, number) > certainty, under a beta(a, b) prior.

    Thall & Simon 1994 (doi:10.2307/2533377), section 3, for one arm. Raises CannotBe."""
    check_looks(looks)
    _check(threshold, certainty, prior)
    counts = []
    for number in looks:
        events = np.arange(number + 1.0)
        known = special.betaincc(prior[0] + events, prior[1] + number - events, threshold)
        counts.append(_first(known > certainty))
    return StoppingRule(tuple(looks), tuple(counts))


@asked
def predictive_boundary(
    looks: tuple[int, ...],
    number: int,
    threshold: float,
    certainty: float,
    predicted: float,
    prior: Pair = (1.0, 1.0),
) -> StoppingRule:
    """Stop when the predictive probability of P(p > threshold) > certainty after all `number` exceeds `predicted`.

    Lee & Liu 2008, doi:10.1177/1740774508089279, turned to events nobody wants. Raises CannotBe."""
    check_looks(looks)
    at_most(10_000, number=number)
    _check(threshold, certainty, prior)
    if not 0 < predicted < 1:
        raise CannotBe(f"a predictive probability of {predicted}: between 0 and 1")
    counts = []
    for seen in looks:
        told = [
            predictive_probability(events, seen, number, threshold, certainty, prior).probability
            for events in range(seen + 1)
        ]
        counts.append(_first(np.array(told) > predicted))
    return StoppingRule(tuple(looks), tuple(counts))


@asked
def pocock_boundary(looks: tuple[int, ...], rate: float, level: float) -> StoppingRule:
    """Stop when P(so many events or more | number, rate) ≤ α at that look, one α for all looks: the largest for
    which the whole trial stops with probability ≤ `level` at an acceptable `rate`.

    Ivanova, Qaqish & Schell 2005, doi:10.1111/j.1541-0420.2005.00311.x, section 2. α runs over the finitely many
    tails there are, so that the largest is found exactly. Raises CannotBe."""
    check_looks(looks)
    if not (0 < rate < 1 and 0 < level < 1):
        raise CannotBe(f"acceptable rate {rate}, level {level}: between 0 and 1")
    tails = [special.bdtrc(np.arange(number), number, rate) for number in looks]
    nominal = np.unique(np.concatenate(tails))
    low, high = 0, len(nominal)
    while low < high:
        middle = (low + high) // 2
        if stop_probability(_below(looks, tails, float(nominal[middle])), rate) <= level:
            low = middle + 1
        else:
            high = middle
    return _below(looks, tails, float(nominal[low - 1]) if low else -1.0)


def _below(looks: tuple[int, ...], tails: list[Array], alpha: float) -> StoppingRule:
    # tails[k][x] is P(more than x events), so the count that stops is x + 1.
    counts = tuple(None if (at := _found(tail <= alpha)) is None else at + 1 for tail in tails)
    return StoppingRule(tuple(looks), counts)


def _found(met: "np.ndarray") -> int | None:
    return int(np.argmax(met)) if met.any() else None


def _first(met: "np.ndarray") -> int | None:
    """The fewest events that meet the rule; a rule that stops without any event cannot be."""
    at = _found(met)
    if at == 0:
        raise CannotBe(
            "a rule that stops the trial without an event: raise the certainty or weaken the prior"
        )
    return at


def _check(threshold: float, certainty: float, prior: Pair) -> None:
    if not (0 < threshold < 1 and 0 < certainty < 1):
        raise CannotBe(f"threshold {threshold}, certainty {certainty}: between 0 and 1")
    if min(prior) <= 0:
        raise CannotBe(f"beta prior {prior}: both above 0")
