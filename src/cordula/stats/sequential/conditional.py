"""Given what has been seen, how likely is it that the trial will reject in the end?"""

from dataclasses import dataclass
from math import ceil, inf, isfinite, pi, sqrt

import numpy as np

from cordula.stats.asked import asked
from cordula.stats.refusals import CannotBe, finite, whole
from cordula.stats.sequential.boundaries import Boundaries
from cordula.stats.sequential.power import stopping
from cordula.stats.sequential.quadrature import REACH, Floats, legendre, nodes_for
from cordula.stats.sequential.solving import crossings


@dataclass(frozen=True, slots=True)
class ConditionalPower:
    """Probabilities to reject above at each look to come, under this drift, given what has been seen."""

    drift: float
    rejected: tuple[float, ...]

    @property
    def overall(self) -> float:
        return sum(self.rejected)


@asked
def conditional_power(
    plan: Boundaries, look: int, z: float, drift: float | None = None, futility: bool = True
) -> ConditionalPower:
    """The power that is left after look `look` (from 1) showed z, under this drift.

    drift: the effect times √(information at the last look); where none is given, the one seen, z √(I_K/I_k).
    futility: whether futility bounds to come are followed. Source: Jennison & Turnbull 2000, chapter 10."""
    _check(plan, look, z)
    information = plan.information
    if drift is None:
        drift = z * sqrt(information[-1] / information[look - 1])
    finite(drift=drift)
    mean = tuple(drift * (i - information[look - 1]) / sqrt(information[-1]) for i in information)
    found = stopping_after(plan, look, z, mean[look:], futility)
    return ConditionalPower(drift, tuple(found[0].tolist()))


@asked
def conditional_error(plan: Boundaries, look: int, z: float) -> float:
    """The probability to reject at a later look without any effect, given z now: what a redesign may spend.

    Futility bounds count only where they are binding (Müller & Schäfer 2001, Biometrics 57, 886)."""
    binding = plan.binding and plan.sides == 1
    return conditional_power(plan, look, z, 0.0, futility=binding).overall


@asked
def predictive_power(
    plan: Boundaries,
    look: int,
    z: float,
    prior_drift: float = 0.0,
    prior_sd: float = inf,
    futility: bool = True,
) -> float:
    """Conditional power averaged over what is now believed of the effect.

    The prior of the drift is normal with this mean and standard deviation, flat where the latter is infinite
    (Spiegelhalter, Freedman & Blackburn 1986, Control Clin Trials 7, 8)."""
    _check(plan, look, z)
    finite(prior_drift=prior_drift)
    share = plan.information[look - 1] / plan.information[-1]
    precision = share + _precision(prior_sd)
    mean = (z * sqrt(share) + prior_drift * _precision(prior_sd)) / precision
    drifts, weights = _normal_nodes(mean, 1.0 / sqrt(precision))
    powers = [conditional_power(plan, look, z, d, futility).overall for d in drifts]
    return float(weights @ np.array(powers))


@asked
def assurance(plan: Boundaries, mean: float, sd: float, after: int = 0) -> float:
    """The power averaged over a normal prior of the drift; with `after`, given that look was passed undecided.

    Source: O'Hagan, Stevens & Campbell 2005 (Pharm Stat 4, 187)."""
    if not 0 <= after < plan.looks:
        raise CannotBe(f"after look {after} of {plan.looks}; a look before the last is needed")
    finite(mean=mean)
    drifts, weights = _normal_nodes(mean, sd)
    found = np.array([stopping(plan, drift) for drift in drifts])
    later = found[:, 0, after:].sum(axis=1)
    passed = 1.0 - found[:, :, :after].sum(axis=(1, 2))
    return float((weights @ later) / (weights @ passed))


def stopping_after(
    plan: Boundaries, look: int, z: float, mean: tuple[float, ...], futility: bool
) -> Floats:
    """Crossing probabilities of the looks to come, shape (3, K − k): bounds moved by what was seen.

    mean: expected growth of the score √I·Z from now to each look to come, in the plan's information."""
    if futility and any(plan.inner[look:-1]):
        raise CannotBe(
            "inner futility bounds of a two-sided design are not followed after a look; set futility to False"
        )
    now, ahead = plan.information[look - 1], np.array(plan.information[look:])
    rest, start = ahead - now, z * sqrt(now)
    lower = np.array(plan.lower[look:])
    if plan.sides == 1 and not futility:
        lower[:] = -inf
    edges = [np.array(plan.critical[look:]), lower]
    moved = [(edge * np.sqrt(ahead) - start - np.array(mean)) / np.sqrt(rest) for edge in edges]
    x, w = legendre(nodes_for(tuple(rest.tolist())))
    return crossings(rest, moved[0], moved[1], np.zeros(rest.size), 0.0, x, w)


def _check(plan: Boundaries, look: int, z: float) -> None:
    whole(1, look=look)
    if look >= plan.looks:
        raise CannotBe(
            f"look {look} of {plan.looks}; conditional power needs a look before the last"
        )
    if not isfinite(z):
        raise CannotBe(f"z is {z}; a finite number is needed")


def _precision(sd: float) -> float:
    if not sd > 0:
        raise CannotBe(f"the standard deviation of the prior is {sd}; it must be above 0")
    return 1.0 / (sd * sd)


def _normal_nodes(mean: float, sd: float) -> tuple[Floats, Floats]:
    """Nodes and weights of N(mean, sd²); power changes over one unit of drift, so the nodes stay nearer."""
    if not (sd > 0 and isfinite(sd)):
        raise CannotBe(f"the standard deviation of the drift is {sd}; a number above 0 is needed")
    count = 16 * ceil(pi / 2 * 2 * REACH * max(1.0, sd) / 0.6 / 16)
    x, w = legendre(min(count, 1024))
    weight = REACH * w * np.exp(-0.5 * (REACH * x) ** 2) / sqrt(2 * pi)
    return mean + sd * REACH * x, weight
