"""What does one study say on the scale that is pooled, and from which of its numbers is that known?

The arithmetic stands in `cordula.stats`; here is only decided which of it a study's numbers allow."""

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

from cordula.evidence.questions import Question
from cordula.evidence.scales import back_from
from cordula.evidence.study import ArmResult, Result
from cordula.vocabulary.words import said_later

SDS = ("sd", "sd_assumed", "se")
Counts = tuple[int, int, int, int]

BY_P_VALUE = said_later("difference and its P value")
BY_COUNTS = said_later("events of n")
AS_TOLD = said_later("estimate and interval of the source")


class NotEnough(Exception):
    """The numbers of this result do not tell an effect; the message says which is missing."""


@dataclass(frozen=True, slots=True)
class Effect:
    """`estimate`, `low`, `high` in the unit of the question; `y` and `se` on the pooled scale, None where a cell is zero."""

    estimate: float
    low: float
    high: float
    y: float | None
    se: float | None
    how: str
    n: int | None


def effect_of(asked: Question, result: Result) -> Effect:
    """Raises NotEnough with what is missing."""
    ways: dict[str, Callable[[Question, Result], Effect]] = {
        "mean_difference": _mean_difference,
        "standardised_mean_difference": _standardised,
        "difference": _between,
        "hazard_ratio": _between,
        "odds_ratio": _ratio_of_counts,
        "risk_ratio": _ratio_of_counts,
        "risk_difference": _ratio_of_counts,
        "mean": _mean,
        "proportion": _proportion,
    }
    return ways[asked.effect](asked, result)


def control_of(result: Result) -> ArmResult | None:
    """The group without cells: at the same time, or from the records."""
    return result.arm("control") or result.arm("historical")


def _pair(result: Result) -> tuple[ArmResult, ArmResult]:
    cells, control = result.arm("cells"), control_of(result)
    if cells is None or control is None:
        raise NotEnough(said_later("there is no control group to compare with"))
    return cells, control


def _mean_difference(asked: Question, result: Result) -> Effect:
    if result.between is not None:
        return _between(asked, result)
    cells, control = _pair(result)
    if cells.mean is None or control.mean is None:
        raise NotEnough(said_later("its means were not read"))
    if None not in (cells.n, control.n, cells.spread, control.spread):
        return _from_spreads(cells, control)
    return _from_p(float(cells.mean - control.mean), result)


def _from_spreads(cells: ArmResult, control: ArmResult) -> Effect:
    """Welch's interval beside the estimate: a few children need Student's t, which the normal would shorten."""
    from cordula.stats.models.two_samples import welch_t
    from cordula.stats.synthesis.continuous import mean_difference

    one, two = _moments(cells), _moments(control)
    found = mean_difference(*([value] for value in (*one, *two)))
    told = welch_t(_sample(*one), _sample(*two)).difference
    y, se = float(found.y[0]), float(found.se[0])
    how = said_later("means, standard deviations and n of both arms; interval by Welch")
    return Effect(y, told.lower, told.upper, y, se, how, one[2] + two[2])


def _standardised(asked: Question, result: Result) -> Effect:
    """Hedges' g, for measures that studies take in different units."""
    from cordula.stats.models.estimate import estimated
    from cordula.stats.synthesis.continuous import standardised_mean_difference

    one, two = (_moments(arm) for arm in _pair(result))
    found = standardised_mean_difference(*([value] for value in (*one, *two)))
    told = estimated(float(found.y[0]), float(found.se[0]))
    how = said_later("Hedges' g from means, standard deviations and n")
    return Effect(told.value, told.lower, told.upper, told.value, told.se, how, one[2] + two[2])


def _moments(arm: ArmResult) -> tuple[float, float, int]:
    from cordula.stats.synthesis.recovery import sd_of_se

    if arm.mean is None or arm.spread is None or arm.n is None:
        raise NotEnough(f"the mean, its spread or n of “{arm.arm}” was not read")
    if arm.spread_is not in SDS:
        raise NotEnough(f"the spread of “{arm.arm}” is no standard deviation")
    spread = float(arm.spread)
    sd = float(sd_of_se([spread], [arm.n])[0]) if arm.spread_is == "se" else spread
    return float(arm.mean), sd, arm.n


def _sample(mean: float, sd: float, n: int) -> list[float]:
    """Any n values with exactly this mean and SD: all that Welch's test uses of a sample."""
    steps = [i - (n - 1) / 2 for i in range(n)]
    size = sqrt(sum(step * step for step in steps) / (n - 1))
    return [mean + sd * step / size for step in steps]


def _from_p(estimate: float, result: Result) -> Effect:
    from cordula.stats.models.estimate import estimated
    from cordula.stats.synthesis.recovery import se_of_p

    if result.p is None or result.p_compares != "arms":
        raise NotEnough(
            said_later("no standard deviation, interval or P value of the difference was read")
        )
    if result.p[0] in "<>":
        raise NotEnough(f"only P {result.p} was read, which tells no standard error")
    se = float(se_of_p([estimate], [float(result.p)])[0])
    told = estimated(estimate, se)
    return Effect(estimate, told.lower, told.upper, estimate, se, BY_P_VALUE, None)


def _between(asked: Question, result: Result) -> Effect:
    from cordula.stats.synthesis.hazards import log_hazard_ratio
    from cordula.stats.synthesis.recovery import se_of_interval

    told = result.between
    if told is None:
        raise NotEnough(said_later("the source gives no comparison of the arms"))
    if told.low is None or told.high is None:
        raise NotEnough(said_later("its interval was not read"))
    estimate, low, high = (float(x) for x in (told.estimate, told.low, told.high))
    level = float(told.level) if told.level is not None else 0.95
    if asked.scale == "log":
        found = log_hazard_ratio([estimate], [low], [high], level)
        y, se = float(found.y[0]), float(found.se[0])
    else:
        y, se = estimate, float(se_of_interval([low], [high], level)[0])
    return Effect(estimate, low, high, y, se, AS_TOLD, told.n)


def _ratio_of_counts(asked: Question, result: Result) -> Effect:
    """With a cell of zero an odds ratio has its exact limits and leaves y and se empty: it is then pooled as counts."""
    from cordula.stats.refusals import CannotBe

    cells, control = _pair(result)
    if cells.events is None or control.events is None or cells.n is None or control.n is None:
        raise NotEnough(said_later("events or n of both arms were not read"))
    told = (cells.events, cells.n, control.events, control.n)
    try:
        if asked.effect == "odds_ratio" and 0 in (
            told[0],
            told[2],
            told[1] - told[0],
            told[3] - told[2],
        ):
            return _exact(told)
        return _by_ratio(asked, told)
    except CannotBe as refused:
        raise NotEnough(str(refused)) from refused


def _exact(told: Counts) -> Effect:
    from cordula.evidence.counts import exact_odds

    found = exact_odds(*([count] for count in told))
    how = said_later("events of n; exact conditional interval")
    return Effect(found.estimate, found.low, found.high, None, None, how, told[1] + told[3])


def _by_ratio(asked: Question, told: Counts) -> Effect:
    from cordula.stats.models.estimate import estimated
    from cordula.stats.synthesis import binary

    ways = {
        "odds_ratio": binary.log_odds_ratio,
        "risk_ratio": binary.log_risk_ratio,
        "risk_difference": binary.risk_difference,
    }
    found = ways[asked.effect](*([count] for count in told))
    if not found.y.size:
        raise NotEnough(
            said_later("no child, or every child, had the event: nothing is said of a ratio")
        )
    own = estimated(float(found.y[0]), float(found.se[0]))
    back = back_from(asked.scale)
    n = told[1] + told[3]
    return Effect(
        back(own.value), back(own.lower), back(own.upper), own.value, own.se, BY_COUNTS, n
    )


def _mean(asked: Question, result: Result) -> Effect:
    from cordula.stats.models.estimate import estimated
    from cordula.stats.synthesis.recovery import se_of_sd

    arm = result.arm(asked.arm)
    if arm is None:
        raise NotEnough(f"there is no group “{asked.arm}”")
    if arm.median is not None:
        raise NotEnough(said_later("a median with a range tells no mean and no standard error"))
    mean, sd, n = _moments(arm)
    told = estimated(mean, float(se_of_sd([sd], [n])[0]), n - 1)
    how = said_later("mean, standard deviation and n; interval by Student's t")
    return Effect(mean, told.lower, told.upper, mean, told.se, how, n)


def _proportion(asked: Question, result: Result) -> Effect:
    from scipy.stats import binomtest

    from cordula.stats.synthesis.proportions import logit_proportion

    arm = result.arm(asked.arm)
    if arm is None or arm.events is None or arm.n is None:
        raise NotEnough(f"events and n of the group “{asked.arm}” were not read")
    exact = binomtest(arm.events, arm.n).proportion_ci(0.95, method="exact")
    y, se = None, None
    if 0 < arm.events < arm.n:
        found = logit_proportion([arm.events], [arm.n])
        y, se = float(found.y[0]), float(found.se[0])
    how = said_later("events of n; exact interval (Clopper and Pearson)")
    return Effect(arm.events / arm.n, float(exact.low), float(exact.high), y, se, how, arm.n)
