"""How does a stopping rule act when the event rate is acceptable, and when it is not? Exactly, for any looks."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from cordula.stats.asked import asked
from cordula.stats.bayes.posteriors import Array
from cordula.stats.bayes.walk import walk
from cordula.stats.refusals import CannotBe
from cordula.stats.stopping.rule import StoppingRule


@dataclass(frozen=True)
class SafetyCharacteristics:
    """At each true rate, shape (R,), unless said otherwise.

    stop: P(stopping at any look, the last included); expected_number and expected_events of infants observed;
    by_look: P(stopping at each look), shape (R, K); delay: infants observed until stopping, on average when it
    stops (NaN where it never does); half: by how many infants it has stopped in half of all trials (None: not)."""

    rates: Array
    stop: Array
    expected_number: Array
    expected_events: Array
    by_look: Array
    delay: Array
    half: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Detection:
    """A rate that turns bad after some infants. false_alarm: P(stopping before it turns); detected: P(stopping
    after, if not before); delay: infants from the turn to the stop, on average when detected (None: never)."""

    false_alarm: float
    detected: float
    delay: float | None


@asked
def operating_characteristics(rule: StoppingRule, rates: ArrayLike) -> SafetyCharacteristics:
    """Exact operating characteristics at constant true rates, shape (R,). Raises CannotBe."""
    theta = np.atleast_1d(np.asarray(rates, float))
    if theta.ndim != 1 or not theta.size:
        raise CannotBe(f"true rates of shape {theta.shape}: a list of one or more")
    stopped = np.array([_stopped(rule, np.full(rule.number, p)) for p in theta])
    infants = np.arange(rule.number + 1)
    stop = stopped.sum(axis=1)
    reached = stopped @ infants
    number = reached + rule.number * (1 - stop)
    delay = np.divide(reached, stop, out=np.full_like(stop, np.nan), where=stop > 0)
    by_look = stopped[:, list(rule.looks)]
    # By Wald's identity the expected events are the rate times the expected infants.
    return SafetyCharacteristics(
        theta, stop, number, theta * number, by_look, delay, tuple(map(_half, stopped))
    )


@asked
def stop_probability(rule: StoppingRule, rate: float) -> float:
    """P(stopping at any look) at one constant true rate: at an acceptable rate, the false alarms."""
    return float(_stopped(rule, np.full(rule.number, rate)).sum())


@asked
def detection(rule: StoppingRule, before: float, after: float, turn: int) -> Detection:
    """What happens when the true rate goes from `before` to `after` once `turn` infants are observed.

    Raises CannotBe."""
    if turn not in range(rule.number):
        raise CannotBe(f"a rate that turns after {turn} infants: 0 to {rule.number - 1}")
    chances = np.where(np.arange(rule.number) < turn, before, after)
    stopped = _stopped(rule, chances)
    false_alarm, late = float(stopped[: turn + 1].sum()), stopped[turn + 1 :]
    caught = float(late.sum())
    delay = float(late @ np.arange(1, len(late) + 1)) / caught if caught > 0 else None
    return Detection(false_alarm, caught / (1 - false_alarm) if false_alarm < 1 else 0.0, delay)


def _stopped(rule: StoppingRule, chances: Array) -> Array:
    """P(stopping after each infant), shape (N + 1,)."""
    never = np.full(rule.number, -1.0)
    high = np.full(rule.number, rule.number + 1.0)
    for number, count in zip(rule.looks, rule.counts, strict=True):
        if count is not None:
            high[number - 1] = count
    return np.asarray(walk(chances, never, high)[1])


def _half(stopped: Array) -> int | None:
    reached = np.cumsum(stopped) >= 0.5
    return int(np.argmax(reached)) if reached.any() else None
