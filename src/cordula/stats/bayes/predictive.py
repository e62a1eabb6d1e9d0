"""How probable is it, with what is known today, that the trial will succeed at its end?"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import special

from cordula.stats.bayes.posteriors import Array, binomial, normal_known_variance
from cordula.stats.refusals import CannotBe, finite, whole

Pair = tuple[float, float]
Numbers = tuple[int, int]


@dataclass(frozen=True)
class PredictiveProbability:
    """Of success at the end; the fewest further events that bring it (None: none can); and P(p > null) at
    the end after each number of further events, shape (remaining + 1,)."""

    probability: float
    fewest_further: int | None
    certainties: Array


def further_events(prior: Pair, events: int, number: int, further: int) -> Array:
    """P(y more events among `further` infants), y = 0 … further: beta-binomial, shape (further + 1,)."""
    known = binomial(prior, events, number)
    whole(0, events=events, number=number, further=further)
    y = np.arange(further + 1.0)
    ways = -special.betaln(y + 1, further - y + 1) - np.log(further + 1)
    told = special.betaln(known.a + y, known.b + further - y) - special.betaln(known.a, known.b)
    return np.asarray(np.exp(ways + told))


def predictive_probability(
    events: int,
    number: int,
    final_number: int,
    null_rate: float,
    certainty: float,
    prior: Pair = (1.0, 1.0),
) -> PredictiveProbability:
    """One arm: the chance that P(p > null_rate | all final_number) > certainty, after `events` of `number`.

    Lee & Liu 2008, doi:10.1177/1740774508089279, section 2. Raises CannotBe."""
    if not (0 <= number <= final_number and 0 < null_rate < 1 and 0 < certainty < 1):
        raise CannotBe(
            f"{number} of {final_number}, null {null_rate}, certainty {certainty}: 0–1, in order"
        )
    further = final_number - number
    chances = further_events(prior, events, number, further)
    y = np.arange(further + 1.0)
    a, b = prior[0] + events + y, prior[1] + number - events + further - y
    certainties = np.asarray(special.betaincc(a, b, null_rate))
    wins = certainties > certainty
    fewest = int(np.argmax(wins)) if wins.any() else None
    return PredictiveProbability(min(float(chances[wins].sum()), 1.0), fewest, certainties)


def predictive_success_binary(
    events: Numbers,
    numbers: Numbers,
    final_numbers: Numbers,
    success: NDArray[np.bool_],
    prior_1: Pair = (1.0, 1.0),
    prior_2: Pair = (1.0, 1.0),
) -> float:
    """Two arms: the chance to end in `success`, a table of the final counts, shape final numbers + 1.

    The table may say P(p₁ > p₂) > c (`superiority_table`), or the verdict of any exact test. Raises CannotBe."""
    _pairs(events, numbers, final_numbers)
    further = final_numbers[0] - numbers[0], final_numbers[1] - numbers[1]
    wanted = final_numbers[0] + 1, final_numbers[1] + 1
    if min(further) < 0 or np.shape(success) != wanted:
        raise CannotBe(
            f"{numbers} of {final_numbers}, a table of {np.shape(success)}: it must be {wanted}"
        )
    chances_1 = further_events(prior_1, events[0], numbers[0], further[0])
    chances_2 = further_events(prior_2, events[1], numbers[1], further[1])
    open_part = success[
        events[0] : events[0] + further[0] + 1, events[1] : events[1] + further[1] + 1
    ]
    return float(np.einsum("i,ij,j->", chances_1, open_part.astype(float), chances_2))


def predictive_success_normal(
    means: Pair,
    numbers: Numbers,
    final_numbers: Numbers,
    sigmas: Pair,
    certainty: float,
    margin: float = 0.0,
    prior_1: Pair = (0.0, np.inf),
    prior_2: Pair = (0.0, np.inf),
    judged_by: Literal["posterior", "estimate"] = "posterior",
) -> float:
    """Two arms of normal outcomes, standard deviations known: the chance that the end says μ₁ > μ₂ + margin.

    posterior: P(μ₁ − μ₂ > margin) > certainty with the same priors; estimate: the z statistic above its
    quantile at `certainty`, the priors only foretell. priors: mean and sd of each arm (inf: flat, needs data).
    Spiegelhalter, Abrams & Myles 2004, section 6.6. Raises CannotBe."""
    _pairs(means, numbers, final_numbers, sigmas)
    if judged_by not in ("posterior", "estimate"):
        raise CannotBe(f"judged by {judged_by!r}: posterior or estimate")
    finite(margin=margin, mean_1=means[0], mean_2=means[1], sigma_1=sigmas[0], sigma_2=sigmas[1])
    if not 0 < certainty < 1 or any(n > m for n, m in zip(numbers, final_numbers, strict=True)):
        raise CannotBe(
            f"certainty {certainty}, {numbers} of {final_numbers}: 0–1, none above its end"
        )
    arms = [
        _arm(*each, judged_by)
        for each in zip((prior_1, prior_2), means, numbers, final_numbers, sigmas, strict=True)
    ]
    centre = arms[0][0] - arms[1][0] - margin
    needed = float(special.ndtri(certainty)) * np.sqrt(arms[0][2] + arms[1][2])
    unknown = np.sqrt(arms[0][1] + arms[1][1])
    if unknown == 0:
        return float(centre > needed)
    return float(special.ndtr((centre - needed) / unknown))


def _pairs(*each: tuple[float, ...]) -> None:
    """Two arms have two of everything."""
    for one in each:
        if np.shape(one) != (2,):
            raise CannotBe(f"{one}: one number for arm 1 and one for arm 2")


def _arm(
    prior: Pair, mean: float, number: int, final: int, sigma: float, judged_by: str
) -> tuple[float, float, float]:
    """The final mean that is judged: what is expected of it, its variance as seen today, its own variance then."""
    now = normal_known_variance(prior, mean, number, sigma)
    if judged_by == "posterior":
        then = normal_known_variance(prior, mean, final, sigma).sd ** 2
        return now.mean, max(now.sd**2 - then, 0.0), then
    further = final - number
    expected = (number * mean + further * now.mean) / final if number else now.mean
    spread = (further / final) ** 2 * (now.sd**2 + sigma**2 / further) if further else 0.0
    return expected, spread, sigma**2 / final
