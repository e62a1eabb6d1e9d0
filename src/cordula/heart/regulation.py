"""What does the body do about it? Reflexes and volume regulation as an outer loop, only where it is asked for.

The body holds a pressure by changing a resistance, its heart rate or its blood volume. How far each child's can is not
known, so the bounds are part of the question and what was needed is part of the answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cordula.heart.circuit import Circuit
from cordula.heart.cohort_state import CohortState, steady_many
from cordula.heart.expression import Values
from cordula.heart.levers import pulled

MOST_TURNS = 40
# The first trial step, in the logarithm of the factor, and the most by which one turn may change it.
FIRST, MOST = 0.05, 0.4


@dataclass(frozen=True, slots=True)
class Held:
    """One thing that is held: an outcome, at a value for each infant or for all, by a lever within bounds."""

    outcome: str
    at: Values | float
    by: str
    tolerance: float = 0.02
    least: float = 0.25
    most: float = 4.0


BAROREFLEX = "systemic_resistance"
VOLUME = "blood_volume"


@dataclass(frozen=True, slots=True)
class Regulated:
    """The state that is held, the factor on each lever that holds it, and a reason wherever it could not be held."""

    state: CohortState
    factors: Mapping[str, Values]
    reasons: NDArray[np.str_]


def held(
    circuit: Circuit,
    parameters: Mapping[str, Values],
    holding: Sequence[Held],
    **how: float,
) -> Regulated:
    """The periodic state in which every `holding` is met, by secants in the logarithm of each factor.

    `how`: as `steady_many`. Without any `holding` this is `steady_many` itself."""
    state = steady_many(circuit, parameters, **how)  # type: ignore[arg-type]
    logs = np.zeros((len(holding), len(state)))
    slopes = np.full_like(logs, np.nan)
    before, missed = logs.copy(), _missed(state, holding)
    for turn in range(MOST_TURNS):
        if not _open(missed, holding).any():
            break
        following = _following(logs, slopes, missed, holding, turn)
        before, logs = logs, following
        levers = {h.by: np.exp(log) for h, log in zip(holding, logs, strict=True)}
        state = steady_many(circuit, pulled(circuit, parameters, levers), **how)  # type: ignore[arg-type]
        now = _missed(state, holding)
        with np.errstate(all="ignore"):
            found = (now - missed) / (logs - before)
        slopes = np.where(np.isfinite(found) & (found != 0), found, slopes)
        missed = now
    factors = {h.by: np.exp(log) for h, log in zip(holding, logs, strict=True)}
    return Regulated(state, factors, _reasons(state, missed, factors, holding))


def _missed(state: CohortState, holding: Sequence[Held]) -> Values:
    return np.stack([state[h.outcome] - h.at for h in holding]) if holding else np.zeros((0, 1))


def _open(missed: Values, holding: Sequence[Held]) -> NDArray[np.bool_]:
    tolerances = np.array([h.tolerance for h in holding])[:, None]
    return np.asarray(np.abs(missed) > tolerances)


def _following(
    logs: Values, slopes: Values, missed: Values, holding: Sequence[Held], turn: int
) -> Values:
    """A secant step where a slope is known, a small step to learn it where it is not; one lever at a time at first."""
    with np.errstate(all="ignore"):
        steps = np.where(np.isfinite(slopes), -missed / slopes, 0.0)
    learning = turn if turn < len(holding) else -1
    if learning >= 0:
        steps[:] = 0.0
        steps[learning] = FIRST
    steps = np.where(_open(missed, holding) | (learning >= 0), np.clip(steps, -MOST, MOST), 0.0)
    low = np.log([h.least for h in holding])[:, None]
    high = np.log([h.most for h in holding])[:, None]
    return np.asarray(np.clip(logs + steps, low, high))


def _reasons(
    state: CohortState,
    missed: Values,
    factors: Mapping[str, Values],
    holding: Sequence[Held],
) -> NDArray[np.str_]:
    reasons = state.reasons.astype("U200")
    for number, h in enumerate(holding):
        for lane in np.flatnonzero(_open(missed[number], [h])[0] & (reasons == "")):
            reasons[lane] = (
                f"{h.outcome} could not be held by {h.by}: it is {missed[number][lane]:+.2f} away "
                f"at a factor of {factors[h.by][lane]:.2f}, and {h.least:g} to {h.most:g} are allowed"
            )
    return reasons
