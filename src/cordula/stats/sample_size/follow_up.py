"""How many events will there be by a time, when infants come in one after the other and some are lost?

Every time has one unit, the user's own (months, say); every rate is per that unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, expm1, inf, isfinite, log

from cordula.stats.asked import asked
from cordula.stats.refusals import CannotBe
from cordula.stats.sample_size.size import positive


@asked
@dataclass(frozen=True, slots=True)
class Hazard:
    """A hazard that is constant between the times in `starts` (the first is 0)."""

    rates: tuple[float, ...]
    starts: tuple[float, ...] = (0.0,)

    def __post_init__(self) -> None:
        if len(self.rates) != len(self.starts) or not self.rates or self.starts[0] != 0:
            raise CannotBe(
                f"hazards {self.rates} from {self.starts}; each needs its start, the first at 0"
            )
        if any(b <= a for a, b in pairwise(self.starts)):
            raise CannotBe(f"the starts of the hazard are {self.starts}; they must rise")
        if not all(isfinite(rate) and rate >= 0 for rate in self.rates):
            raise CannotBe(f"the hazards are {self.rates}; none may be below 0")

    def times(self, ratio: float) -> "Hazard":
        return Hazard(tuple(rate * ratio for rate in self.rates), self.starts)

    def events(self, follow_up: float, loss: float = 0.0) -> float:
        """P(an event within this follow-up, before being lost)."""
        return self._summed(follow_up, loss)[0]

    def events_summed(self, follow_up: float, loss: float = 0.0) -> float:
        """∫₀^s P(event within u) du, what even accrual asks for."""
        return self._summed(follow_up, loss)[1]

    def _summed(self, follow_up: float, loss: float) -> tuple[float, float]:
        happened, area, left = 0.0, 0.0, 1.0
        for rate, start, end in zip(self.rates, self.starts, (*self.starts[1:], inf), strict=True):
            width = min(follow_up, end) - start
            if width <= 0:
                break
            total = rate + loss
            gone = -expm1(-total * width)
            share = left * rate / total if total > 0 else 0.0
            area += happened * width + share * (width - (gone / total if total > 0 else width))
            happened += share * gone
            left *= exp(-total * width)
        return happened, area


@asked
def constant(rate: float) -> Hazard:
    """The same hazard at all times."""
    return Hazard((rate,))


@asked
def hazard_of_median(median: float) -> Hazard:
    """The constant hazard with this median time to the event."""
    if not median > 0:
        raise CannotBe(f"the median is {median}; it must be above 0")
    return constant(log(2) / median)


@asked
def hazard_of_share(share: float, time: float) -> float:
    """The constant rate by which this share is gone by this time: dropout of 5 % in 12 months, say."""
    if not (0 <= share < 1 and time > 0):
        raise CannotBe(
            f"a share of {share} by {time}; the share must lie from 0 to 1, the time above 0"
        )
    return -log(1 - share) / time


@asked
@dataclass(frozen=True, slots=True)
class Accrual:
    """Infants come evenly within each span: from times[i] to times[i + 1] with this share of the intensity."""

    times: tuple[float, ...]
    intensities: tuple[float, ...] = (1.0,)

    def __post_init__(self) -> None:
        if len(self.times) != len(self.intensities) + 1 or self.times[0] < 0:
            raise CannotBe(f"accrual at {self.intensities} between {self.times}; one span for each")
        if not all(b > a for a, b in pairwise(self.times)):
            raise CannotBe(f"the times of accrual are {self.times}; they must rise")
        if min(self.intensities) < 0 or not 0 < sum(self.intensities) < inf:
            raise CannotBe(f"the intensities are {self.intensities}; none below 0, and one above")

    @property
    def end(self) -> float:
        return self.times[-1]

    @property
    def spans(self) -> list[tuple[float, float, float]]:
        """Begin, end and the share of all infants per unit of time."""
        widths = [b - a for a, b in pairwise(self.times)]
        whole = sum(i * w for i, w in zip(self.intensities, widths, strict=True))
        shares = [i / whole for i in self.intensities]
        return [(a, b, s) for (a, b), s in zip(pairwise(self.times), shares, strict=True)]

    def enrolled(self, time: float) -> float:
        """The share of all infants enrolled by this time."""
        return sum(s * max(0.0, min(b, time) - a) for a, b, s in self.spans if time > a)

    def event_share(self, time: float, hazard: Hazard, loss: float = 0.0) -> float:
        """The share of all infants with an event by this calendar time."""
        total = 0.0
        for begin, end, share in self.spans:
            if time > begin:
                late = hazard.events_summed(max(0.0, time - end), loss)
                total += share * (hazard.events_summed(time - begin, loss) - late)
        return total


@asked
def even_accrual(duration: float) -> Accrual:
    """Infants come evenly from time 0 for this long."""
    return Accrual((0.0, duration))


@dataclass(frozen=True, slots=True)
class Course:
    """Two arms followed: who comes when, with which hazards of event and of loss, n₁ : n₂ = ratio : 1."""

    accrual: Accrual
    hazard_1: Hazard
    hazard_2: Hazard
    loss_1: float = 0.0
    loss_2: float = 0.0
    ratio: float = 1.0

    def __post_init__(self) -> None:
        positive(ratio=self.ratio)
        for loss in (self.loss_1, self.loss_2):
            if not 0 <= loss < inf:
                raise CannotBe(f"the hazard of loss is {loss}; it must be 0 or more")

    def event_share(self, time: float) -> float:
        """Of all infants of both arms, the share with an event by this calendar time."""
        first = self.accrual.event_share(time, self.hazard_1, self.loss_1)
        second = self.accrual.event_share(time, self.hazard_2, self.loss_2)
        return (self.ratio * first + second) / (1 + self.ratio)

    def events(self, time: float, total: float) -> float:
        """Events expected by this calendar time when `total` infants are enrolled in the end."""
        return total * self.event_share(time)

    def time_of(self, events: float, total: float) -> float:
        """The calendar time at which this many events are expected; refused where they never come."""
        from scipy.optimize import brentq

        high = self.accrual.end
        while self.events(high, total) < events:
            high *= 2
            if high > 1e6 * self.accrual.end:
                raise CannotBe(
                    f"{events:.1f} events are never reached with {total:.1f} infants; "
                    f"{self.events(high, total):.1f} are expected however long one waits"
                )
        found = brentq(lambda t: self.events(t, total) - events, 0.0, high, xtol=1e-12)
        return float(found)


@asked
def times_of_events(course: Course, events: Sequence[float], total: float) -> tuple[float, ...]:
    """The calendar times at which each of these numbers of events is expected."""
    positive(total=total)
    for count in events:
        positive(events=count)
    return tuple(course.time_of(count, total) for count in events)
