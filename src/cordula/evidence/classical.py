"""What do the classical estimators say: one common effect, random effects, heterogeneity, and each study left out?"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cordula.evidence.answer import Estimate, Heterogeneity, Input, WithoutOne
from cordula.evidence.questions import Question
from cordula.evidence.scales import back_from, estimate, usable
from cordula.vocabulary.words import said_later

if TYPE_CHECKING:
    from cordula.stats.refusals import NotConverged
    from cordula.stats.synthesis.pooling import Pooled as Fit

# Never narrower than Wald's interval: Hartung–Knapp's may be, with two or three studies that agree by chance.
TEST = "adhoc"
RANDOM = said_later("random effects, REML, modified Hartung–Knapp–Sidik–Jonkman")
COMMON = said_later("one common effect, inverse variance")


def common(asked: Question, inputs: Sequence[Input]) -> Estimate:
    from cordula.stats.synthesis.pooling import fixed_effect

    found = fixed_effect(*usable(inputs))
    return estimate(back_from(asked.scale), found.estimate, found, COMMON)


def random(inputs: Sequence[Input]) -> "Fit | None":
    """None where scoring does not settle."""
    from cordula.stats.refusals import NotConverged
    from cordula.stats.synthesis.pooling import random_effects

    found = random_effects(*usable(inputs), method="REML", test=TEST)
    return None if isinstance(found, NotConverged) else found


def told(asked: Question, found: "Fit") -> Estimate:
    return estimate(back_from(asked.scale), found.estimate, found, RANDOM)


def heterogeneity(found: "Fit") -> Heterogeneity:
    """On the pooled scale."""
    low, high = found.tau2_lower, found.tau2_upper
    return Heterogeneity(
        tau=found.tau,
        tau_low=None if low is None else low**0.5,
        tau_high=None if high is None else high**0.5,
        q=found.Q,
        q_p=found.Q_p,
        i2=found.I2,
        method=said_later("REML; limits of τ by Q-profile"),
    )


def leave_one_out(asked: Question, inputs: Sequence[Input]) -> tuple[WithoutOne, ...]:
    """The random-effects answer without each study in turn; nothing to leave out below three."""
    from cordula.stats.synthesis.pooling import leave_one_out as each

    kept = [one for one in inputs if one.y is not None]
    if len(kept) < 3:
        return ()
    found = each(*usable(kept), method="REML", test=TEST)
    return tuple(_without(asked, one, fit) for one, fit in zip(kept, found, strict=True))


def _without(asked: Question, one: Input, fit: "Fit | NotConverged") -> WithoutOne:
    from cordula.stats.refusals import NotConverged

    if isinstance(fit, NotConverged):
        return WithoutOne(
            without=one.study, name=one.name, estimate=None, low=None, high=None, reason=fit.reason
        )
    rest = told(asked, fit)
    return WithoutOne(
        without=one.study, name=one.name, estimate=rest.estimate, low=rest.low, high=rest.high
    )
