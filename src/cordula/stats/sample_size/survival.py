"""How many events, and how many infants, show a ratio of hazards?"""

from dataclasses import dataclass
from math import inf, log, sqrt

from cordula.stats.asked import asked
from cordula.stats.refusals import CannotBe
from cordula.stats.sample_size.follow_up import Accrual, Course, Hazard, constant
from cordula.stats.sample_size.size import check, positive, quantiles
from cordula.stats.sequential.normal import lower_tail, upper_quantile


@dataclass(frozen=True, slots=True)
class SurvivalSize:
    """Infants of both arms together and the events expected of them, not yet whole."""

    n: float
    events: float


@asked
def schoenfeld_events(
    hazard_ratio: float,
    alpha: float = 0.025,
    sides: int = 1,
    power: float = 0.8,
    ratio: float = 1.0,
    null: float = 1.0,
) -> float:
    """Events for the log-rank test: (z_α + z_β)²(1 + r)²/(r ln² HR) (Schoenfeld 1981, Biometrika 68, 316)."""
    effect = _log_ratio(hazard_ratio, alpha, sides, power, ratio, null)
    return (sum(quantiles(alpha, sides, power)) / effect) ** 2 * (1 + ratio) ** 2 / ratio


@asked
def freedman_events(
    hazard_ratio: float,
    alpha: float = 0.025,
    sides: int = 1,
    power: float = 0.8,
    ratio: float = 1.0,
) -> float:
    """Events for the log-rank test: (z_α + z_β)²(1 + r HR)²/(r(1 − HR)²) (Freedman 1982, Stat Med 1, 121)."""
    _log_ratio(hazard_ratio, alpha, sides, power, ratio, 1.0)
    both = sum(quantiles(alpha, sides, power))
    return (both * (1 + ratio * hazard_ratio) / (1 - hazard_ratio)) ** 2 / ratio


@asked
def power_of_events(
    events: float,
    hazard_ratio: float,
    alpha: float = 0.025,
    sides: int = 1,
    ratio: float = 1.0,
    null: float = 1.0,
) -> float:
    """Power of the log-rank test with this number of events, by Schoenfeld's formula."""
    check(alpha, sides, None, ratio)
    positive(events=events, hazard_ratio=hazard_ratio, null=null)
    drift = survival_drift(hazard_ratio, events, ratio, null)
    return lower_tail(drift - upper_quantile(alpha / sides))


def survival_drift(
    hazard_ratio: float, events: float, ratio: float = 1.0, null: float = 1.0
) -> float:
    """The mean of the log-rank z in the direction of the effect: |ln HR| √(d r)/(1 + r)."""
    return abs(log(hazard_ratio / null)) * sqrt(events * ratio) / (1 + ratio)


@asked
def survival_size(
    hazard_ratio: float,
    hazard: Hazard,
    accrual: Accrual,
    follow_up: float,
    alpha: float = 0.025,
    sides: int = 1,
    power: float = 0.8,
    ratio: float = 1.0,
    loss: float | tuple[float, float] = 0.0,
    null: float = 1.0,
) -> SurvivalSize:
    """Schoenfeld's events, and the infants to enrol so that they are expected at the end.

    hazard: of arm 2 (control); arm 1 has hazard_ratio times it. follow_up: of the last infant enrolled, in the
    unit of accrual. loss: dropout hazard, of both arms or of each."""
    events = schoenfeld_events(hazard_ratio, alpha, sides, power, ratio, null)
    course = course_of(hazard_ratio, hazard, accrual, ratio, loss)
    return SurvivalSize(infants_for(events, course, accrual.end + follow_up), events)


@asked
def infants_for(events: float, course: Course, time: float) -> float:
    """Infants to enrol so that these events are expected by this calendar time."""
    positive(events=events)
    share = course.event_share(time)
    if not share > 0:
        raise CannotBe(f"no event is expected by {time}; a hazard above 0 and more time are needed")
    return events / share


@asked
def lachin_foulkes(
    hazard_ratio: float,
    hazard: float,
    accrual: float | Accrual,
    follow_up: float,
    alpha: float = 0.025,
    sides: int = 1,
    power: float = 0.8,
    ratio: float = 1.0,
    loss: float | tuple[float, float] = 0.0,
) -> SurvivalSize:
    """Infants for a test of two exponential hazards with dropout (Lachin & Foulkes 1986, Biometrics 42, 507).

    On the scale of ln HR: variances from the events expected under H₁, and under H₀ with the weighted mean of the
    hazards in both arms. hazard: of arm 2 (control). accrual: its duration if even. follow_up: of the last infant."""
    effect = _log_ratio(hazard_ratio, alpha, sides, power, ratio, 1.0)
    spans = accrual if isinstance(accrual, Accrual) else Accrual((0.0, accrual))
    positive(hazard=hazard, follow_up=spans.end + follow_up)
    share, end = ratio / (1 + ratio), spans.end + follow_up
    loss_1, loss_2 = loss if isinstance(loss, tuple) else (loss, loss)
    for one in (loss_1, loss_2):
        if not 0 <= one < inf:
            raise CannotBe(f"the hazard of loss is {one}; it must be 0 or more")
    pooled = share * hazard_ratio * hazard + (1 - share) * hazard
    seen = [spans.event_share(end, constant(h), l) for h, l in
            ((hazard_ratio * hazard, loss_1), (hazard, loss_2), (pooled, loss_1), (pooled, loss_2))]  # fmt: skip
    true = 1 / (share * seen[0]) + 1 / ((1 - share) * seen[1])
    null = 1 / (share * seen[2]) + 1 / ((1 - share) * seen[3])
    z_alpha, z_beta = quantiles(alpha, sides, power)
    n = ((z_alpha * sqrt(null) + z_beta * sqrt(true)) / effect) ** 2
    return SurvivalSize(n, n * (share * seen[0] + (1 - share) * seen[1]))


@asked
def course_of(
    hazard_ratio: float,
    hazard: Hazard,
    accrual: Accrual,
    ratio: float = 1.0,
    loss: float | tuple[float, float] = 0.0,
) -> Course:
    """Two arms with proportional hazards, arm 2 having `hazard`."""
    loss_1, loss_2 = loss if isinstance(loss, tuple) else (loss, loss)
    if min(loss_1, loss_2) < 0:
        raise CannotBe(f"the hazards of loss are {loss_1} and {loss_2}; none may be below 0")
    return Course(accrual, hazard.times(hazard_ratio), hazard, loss_1, loss_2, ratio)


def _log_ratio(
    hazard_ratio: float, alpha: float, sides: int, power: float, ratio: float, null: float
) -> float:
    check(alpha, sides, power, ratio)
    positive(hazard_ratio=hazard_ratio, null=null)
    if hazard_ratio == null:
        raise CannotBe(
            f"the hazard ratio is {hazard_ratio}, as H₀ says; no number of events shows that"
        )
    return log(hazard_ratio / null)
