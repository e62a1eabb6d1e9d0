"""What is known of the difference, and of each share of events, with a prior that says next to nothing?"""

from dataclasses import dataclass
from math import isfinite, isinf
from typing import TYPE_CHECKING

from cordula.trial.monitoring.safety import SafetyCount
from cordula.trial.monitoring.statistic import Statistic

if TYPE_CHECKING:
    from cordula.stats.bayes import NormalPosterior, StudentPosterior

# Half a child with and half a child without the event: Jeffreys' prior.
JEFFREYS = (0.5, 0.5)
TAIL = 0.025


@dataclass(frozen=True, slots=True)
class Posterior:
    """above: the probability that it exceeds `than`; the median and the middle 95 % of what is believed."""

    of: str
    median: float
    low: float
    high: float
    than: float
    above: float


def difference(of: str, found: Statistic) -> Posterior | None:
    """Of the difference first arm − last arm, with a flat prior; None where nothing could be estimated.

    A flat prior gives back what the data say alone: the t interval with its degrees of freedom, Gelman et al. 2013,
    section 3.2. It is not a prior that anybody believes, and it is told so."""
    from cordula.stats.bayes import NormalPosterior, StudentPosterior

    if not (isfinite(found.error) and found.error > 0 and found.degrees > 0):
        return None
    if isinf(found.degrees):
        return _told(of, NormalPosterior(found.estimate, found.error), 0.0)
    return _told(of, StudentPosterior(found.estimate, found.error, found.degrees), 0.0)


def share(count: SafetyCount) -> Posterior | None:
    """Of the share with the event of a safety rule: its own prior, or Jeffreys’ where it has none."""
    from cordula.stats.bayes import binomial

    if count.counted == 0:
        return None
    prior = tuple(float(number) for number in count.rule.prior) or JEFFREYS
    found = binomial((prior[0], prior[1]), count.events, count.counted)
    than = float(count.rule.acceptable)
    low, median, high = (float(found.quantile(p)) for p in (TAIL, 0.5, 1 - TAIL))
    return Posterior(count.rule.id, median, low, high, than, float(found.above(than)))


def _told(of: str, found: "NormalPosterior | StudentPosterior", than: float) -> Posterior:
    low, median, high = (float(found.quantile(p)) for p in (TAIL, 0.5, 1 - TAIL))
    return Posterior(of, median, low, high, than, float(found.above(than)))
