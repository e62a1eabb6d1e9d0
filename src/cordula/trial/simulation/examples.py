"""Some of the simulated trials, one by one, as a reader may want to see them."""

from dataclasses import dataclass, replace

import numpy as np

from cordula.trial.rules import Reason
from cordula.trial.rules.looks import z_of
from cordula.trial.simulation.shown import Shown
from cordula.trial.simulation.trials import Trials, in_time


@dataclass(frozen=True, slots=True)
class ExampleLook:
    """One look: the difference (first arm − last arm), its standard error, and the z that the bounds judge."""

    look: int
    children: int
    estimate: float | None
    error: float | None
    z: float | None


@dataclass(frozen=True, slots=True)
class Example:
    """One trial up to where it stopped."""

    trial: int
    reason: str
    looks: tuple[ExampleLook, ...]


def first_trials(work: Trials, count: int) -> tuple[Example, ...]:
    """The first so many trials: the same that the characteristics counted first."""
    told = [one.shown(0, count) for one in work.outcomes]
    verdicts = work.stopped(told, [one.stopped(0, count) for one in work.safety]).verdicts
    shown = replace(told[0], entered=in_time(told).entered)
    return tuple(
        Example(
            trial + 1,
            Reason(int(verdicts.reason[trial])).name.lower(),
            tuple(_look(shown, trial, k) for k in range(int(verdicts.look[trial]) + 1)),
        )
        for trial in range(count)
    )


def _look(shown: Shown, trial: int, k: int) -> ExampleLook:
    return ExampleLook(
        look=k + 1,
        children=int(shown.entered[trial, k]),
        estimate=_told(shown.estimate[trial, k]),
        error=_told(shown.error[trial, k]),
        z=_told(z_of(shown.higher[trial, k])),
    )


def _told(value: object) -> float | None:
    number = float(np.asarray(value))
    return number if np.isfinite(number) else None
