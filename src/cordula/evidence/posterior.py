"""What may be believed of the effect, under the main prior of the heterogeneity and under others?"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cordula.evidence.answer import Estimate, Input, PriorRow
from cordula.evidence.questions import Question
from cordula.evidence.refusal import PoolingRefused
from cordula.evidence.scales import Back, back_from, estimate, usable
from cordula.evidence.words import read_own
from cordula.vocabulary.words import said_later

if TYPE_CHECKING:
    from cordula.stats.synthesis.hierarchical import Hierarchical
    from cordula.stats.synthesis.priors import TauPrior

MAIN = "hierarchical posterior, {prior} for the heterogeneity"
FURTHER = said_later("a further study's truth, by the same posterior")


def tau_prior(text: str) -> "TauPrior":
    """A prior by its name and number, such as ``half_normal 2``; ``uniform`` alone is the improper one."""
    from cordula.stats.synthesis import priors

    name, _, scale = text.partition(" ")
    if not scale:
        return priors.improper(name)
    ways = {
        "half_normal": priors.half_normal,
        "half_cauchy": priors.half_cauchy,
        "uniform": priors.uniform,
        "exponential": priors.exponential,
    }
    if name not in ways:
        raise PoolingRefused(f"“{text}” is no prior; one of {', '.join(ways)} with its scale is.")
    return ways[name](float(scale))


def posterior(asked: Question, inputs: Sequence[Input], prior: str) -> "Hierarchical":
    """Raises PoolingRefused where quadrature finds no answer, with its reason."""
    from cordula.stats.refusals import NotConverged
    from cordula.stats.synthesis.hierarchical import hierarchical

    y, se = usable(inputs)
    found = hierarchical(y, se, tau_prior(prior))
    if isinstance(found, NotConverged):
        raise PoolingRefused(f"{asked.id} under {prior}: {found.reason}.")
    return found


def told(asked: Question, found: "Hierarchical") -> tuple[Estimate, Estimate]:
    """The mean effect, and where a further study's truth may lie."""
    back = back_from(asked.scale)
    main = MAIN.format(prior=found.prior.name)
    return (
        estimate(back, found.mu.median, found.mu, main),
        estimate(back, found.prediction.median, found.prediction, FURTHER),
    )


def shrunk(inputs: Sequence[Input], found: "Hierarchical", back: Back) -> Iterator[dict[str, Any]]:
    """Each study's own truth, drawn towards the others."""
    for at, one in enumerate(one for one in inputs if one.y is not None):
        own = found.shrinkage(at)
        yield {
            "study": one.study,
            "name": one.name,
            "estimate": back(own.median),
            "low": back(own.lower),
            "high": back(own.upper),
        }


def sensitivity(asked: Question, inputs: Sequence[Input]) -> tuple[PriorRow, ...]:
    """The same studies under every prior of the question's panel; empty where nothing can be pooled."""
    if not usable(inputs)[0]:
        return ()
    return tuple(_row(asked, inputs, prior, at == 0) for at, prior in enumerate(asked.tau.priors))


def _row(asked: Question, inputs: Sequence[Input], prior: str, main: bool) -> PriorRow:
    back = back_from(asked.scale)
    try:
        found = posterior(asked, inputs, prior)
    except PoolingRefused as refused:
        return PriorRow(prior=prior, main=main, reason=str(refused))
    return PriorRow(
        prior=found.prior.name,
        main=main,
        estimate=back(found.mu.median),
        low=back(found.mu.lower),
        high=back(found.mu.upper),
        prediction_low=back(found.prediction.lower),
        prediction_high=back(found.prediction.upper),
        tau=found.tau.median,
        tau_low=found.tau.lower,
        tau_high=found.tau.upper,
    )


def bias_adjusted(asked: Question, inputs: Sequence[Input]) -> Estimate | None:
    """As the main posterior, with room in each study for what its design alone may do (certainty.toml, bias)."""
    from cordula.stats.synthesis import bias

    kept = [one for one in inputs if one.y is not None]
    if not kept or not asked.compares:
        return None
    rule = read_own("certainty.toml")["bias"]
    sds = [rule["factor"][one.design] * asked.tau.design_sd for one in kept]
    judged = [[bias.Bias(one.design, 0.0, sd**2)] for one, sd in zip(kept, sds, strict=True)]
    freed = bias.bias_adjusted(*usable(kept), judged)
    widened = [replace(one, se=float(se)) for one, se in zip(kept, freed.se, strict=True)]
    found = posterior(asked, widened, asked.tau.priors[0])
    back = back_from(asked.scale)
    return estimate(back, found.mu.median, found.mu, f"as the posterior, with {rule['method']}")
