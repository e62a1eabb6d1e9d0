"""How many infants or events does a trial with interim looks need, and what power has it with a given number?

The size of the one-look design times the inflation factor of its bounds (Jennison & Turnbull 2000, chapter 3)."""

from dataclasses import dataclass
from math import sqrt

from cordula.stats.asked import asked
from cordula.stats.refusals import CannotBe
from cordula.stats.sample_size import means, rates, survival
from cordula.stats.sample_size.follow_up import Accrual, Course, Hazard
from cordula.stats.sample_size.size import Size, divided, positive
from cordula.stats.sequential.boundaries import Boundaries
from cordula.stats.sequential.normal import upper_quantile
from cordula.stats.sequential.power import Characteristics, Power, characteristics, power


@dataclass(frozen=True, slots=True)
class SequentialSize:
    """Infants of both arms: at most, by each look, and on average under no, half and the whole effect."""

    maximum: Size
    by_look: tuple[float, ...]
    expected_null: float
    expected_half: float
    expected_alternative: float


@dataclass(frozen=True, slots=True)
class SequentialPower:
    """The design under one truth, and how many infants it takes on average."""

    power: Power
    expected_n: float


@dataclass(frozen=True, slots=True)
class SequentialSurvival:
    """Infants, events and calendar times of a trial that looks after given numbers of events.

    Durations are the mean time to the end of the trial; events and infants are of both arms together."""

    n: float
    events: float
    events_by_look: tuple[float, ...]
    times: tuple[float, ...]
    power: Power
    expected_events: float
    expected_duration: float


@asked
def sequential_means(
    plan: Boundaries,
    difference: float,
    sd: float,
    power: float = 0.8,
    ratio: float = 1.0,
    normal: bool = False,
) -> SequentialSize:
    """Size of a group-sequential comparison of two means (t test, or z where `normal`)."""
    fixed = means.two_means(difference, sd, plan.alpha, plan.sides, power, ratio, normal)
    return _inflated(plan, fixed.total, ratio, power)


@asked
def sequential_rates(
    plan: Boundaries,
    p_1: float,
    p_2: float,
    power: float = 0.8,
    ratio: float = 1.0,
    null: float | None = None,
    null_ratio: float | None = None,
) -> SequentialSize:
    """Size of a group-sequential score test of two rates."""
    fixed = rates.two_rates(p_1, p_2, plan.alpha, plan.sides, power, ratio, null, null_ratio)
    return _inflated(plan, fixed.total, ratio, power)


@asked
def sequential_power_means(
    plan: Boundaries,
    n: float,
    difference: float,
    sd: float,
    ratio: float = 1.0,
    normal: bool = False,
) -> SequentialPower:
    """Power for two means with n infants at the last look; difference is in the direction to be shown.

    With the t test the drift is that of the z test of equal one-look power. `power.overall` is the power in that
    direction; with two sides `power.overall_both` counts a rejection in the wrong one as well."""
    positive(n=n, sd=sd, ratio=ratio)
    drift = difference / sd * sqrt(n * ratio) / (1 + ratio)
    return _powered(plan, drift if normal else _t_drift(plan, drift, n - 2), n)


@asked
def sequential_power_one_mean(
    plan: Boundaries, n: float, difference: float, sd: float, normal: bool = False
) -> SequentialPower:
    """Power for one mean, or paired differences, with n infants at the last look."""
    positive(n=n, sd=sd)
    drift = difference / sd * sqrt(n)
    return _powered(plan, drift if normal else _t_drift(plan, drift, n - 1), n)


@asked
def sequential_power_rates(
    plan: Boundaries,
    n: float,
    p_1: float,
    p_2: float,
    ratio: float = 1.0,
    null: float | None = None,
    null_ratio: float | None = None,
    upper: bool = True,
) -> SequentialPower:
    """Power of the score test of two rates with n infants at the last look; upper: p₁ greater is to be shown."""
    positive(n=n, ratio=ratio)
    under = rates.rates_under(p_1, p_2, ratio, null, null_ratio)
    z = upper_quantile(plan.alpha / plan.sides)
    apart = under.distance if upper else -under.distance
    drift = z + (apart * sqrt(n) - z * under.sd_null) / under.sd_true
    return _powered(plan, drift, n)


@asked
def sequential_power_one_rate(
    plan: Boundaries, n: float, null: float, p: float, upper: bool = True
) -> SequentialPower:
    """Power of the normal score test of one rate with n infants at the last look."""
    positive(n=n)
    rates.check_rates(null, p)
    z = upper_quantile(plan.alpha / plan.sides)
    apart = (p - null if upper else null - p) * sqrt(n)
    drift = z + (apart - z * sqrt(null * (1 - null))) / sqrt(p * (1 - p))
    return _powered(plan, drift, n)


@asked
def sequential_survival(
    plan: Boundaries,
    hazard_ratio: float,
    hazard: Hazard,
    accrual: Accrual,
    follow_up: float,
    power: float = 0.8,
    ratio: float = 1.0,
    loss: float | tuple[float, float] = 0.0,
    null: float = 1.0,
) -> SequentialSurvival:
    """Infants and events of a group-sequential log-rank test, accrual and follow-up fixed beforehand."""
    fixed = survival.schoenfeld_events(hazard_ratio, plan.alpha, plan.sides, power, ratio, null)
    events = fixed * _characteristics(plan, power).inflation
    course = survival.course_of(hazard_ratio, hazard, accrual, ratio, loss)
    n = survival.infants_for(events, course, accrual.end + follow_up)
    return _followed(plan, course, n, events, hazard_ratio, null)


@asked
def sequential_power_survival(
    plan: Boundaries,
    n: float,
    events: float,
    hazard_ratio: float,
    hazard: Hazard,
    accrual: Accrual,
    ratio: float = 1.0,
    loss: float | tuple[float, float] = 0.0,
    null: float = 1.0,
) -> SequentialSurvival:
    """Power and calendar times of a group-sequential log-rank test with this many infants and events."""
    positive(n=n, events=events, hazard_ratio=hazard_ratio, null=null)
    course = survival.course_of(hazard_ratio, hazard, accrual, ratio, loss)
    return _followed(plan, course, n, events, hazard_ratio, null)


def _followed(
    plan: Boundaries, course: Course, n: float, events: float, hazard_ratio: float, null: float
) -> SequentialSurvival:
    shares = [value / plan.information[-1] for value in plan.information]
    by_look = tuple(events * share for share in shares)
    times = tuple(course.time_of(count, n) for count in by_look)
    found = power(plan, survival.survival_drift(hazard_ratio, events, course.ratio, null))
    duration = sum(p * time for p, time in zip(found.stopped, times, strict=True))
    expected = events * found.expected_information
    return SequentialSurvival(n, events, by_look, times, found, expected, duration)


def _inflated(plan: Boundaries, fixed: float, ratio: float, wanted: float) -> SequentialSize:
    about = _characteristics(plan, wanted)
    total = fixed * about.inflation
    by_look = tuple(total * value / plan.information[-1] for value in plan.information)
    spared = (about.expected_null, about.expected_half, about.expected_alternative)
    null, half, alternative = (fixed * value for value in spared)
    return SequentialSize(divided(total, ratio), by_look, null, half, alternative)


def _characteristics(plan: Boundaries, wanted: float) -> Characteristics:
    if plan.beta_spent and abs(plan.beta_spent[-1] - (1 - wanted)) > 1e-12:
        raise CannotBe(
            f"the design spends β = {plan.beta_spent[-1]}, the power asked for is {wanted}; "
            f"it must be {1 - plan.beta_spent[-1]}"
        )
    return characteristics(plan, None if plan.beta_spent else wanted)


def _t_drift(plan: Boundaries, drift: float, df: float) -> float:
    """The normal drift whose one-look power is that of the t test with this noncentrality."""
    one_sided = plan.alpha / plan.sides
    reached = means.t_power(abs(drift), df, one_sided, 1)
    found = upper_quantile(one_sided) - upper_quantile(reached)
    return found if drift >= 0 else -found


def _powered(plan: Boundaries, drift: float, n: float) -> SequentialPower:
    found = power(plan, drift)
    return SequentialPower(found, n * found.expected_information)
