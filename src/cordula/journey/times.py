"""Is a length of time, or the child's age, inside its limit?"""

from calendar import monthrange
from datetime import date, datetime, timedelta
from functools import lru_cache

from cordula.journey.case import Case
from cordula.journey.found import Found, met, not_met, unknown
from cordula.journey.limits import bounded, in_words, lower, span, time_passes, too_long, upper
from cordula.journey.wording import aged, amount, lasting, months_in_words, sentence
from cordula.protocols.criteria import AgeAt, Limit, WithinTime
from cordula.protocols.moments import MOMENTS
from cordula.vocabulary.quantity import Quantity
from cordula.vocabulary.words import _


def within_time(rule: WithinTime, case: Case) -> Found:
    start, end = case.moment(rule.start), case.moment(rule.end)
    if start is None:
        return unknown(_not_recorded(rule.start))
    if not bounded(rule.limit):
        return unknown(_("There is no limit to compare the time with."))
    if end is None:
        return _running(rule, start, case)
    if end < start:
        return unknown(_backwards(rule))
    return _ended(rule, start, end)


def _ended(rule: WithinTime, start: datetime, end: datetime) -> Found:
    time, most = end - start, upper(rule.limit)
    says = _("{time} from {start} to {end} (limit {limit}).").format(
        time=lasting(time, most or lower(rule.limit)),
        start=_moment(rule.start),
        end=_moment(rule.end),
        limit=in_words(rule.limit),
    )
    # Where the end is now, the limit still runs.
    due = start + span(most) if rule.end == "now" and most is not None else None
    return (met if time_passes(time, rule.limit) else not_met)(says, due=due)


def _running(rule: WithinTime, start: datetime, case: Case) -> Found:
    """The end has not come. Nothing is met yet, but a limit can already be passed."""
    time, most = case.now - start, upper(rule.limit)
    if time < timedelta(0):
        return unknown(_("{start} lies in the future.").format(start=_capital(rule.start)))
    so_far = lasting(time, most or lower(rule.limit))
    if too_long(time, rule.limit):
        says = _("{time} since {start}, and no end yet (limit {limit}).")
        words = {"time": so_far, "start": _moment(rule.start), "limit": in_words(rule.limit)}
        return not_met(says.format(**words), due=start + span(most) if most else None)
    if most is None:
        return unknown(
            _("{time} since {start} so far.").format(time=so_far, start=_moment(rule.start))
        )
    left = lasting(start + span(most) - case.now, most)
    says = _("{time} so far, {left} left.").format(time=so_far, left=left)
    return unknown(says, due=start + span(most))


def age_at(rule: AgeAt, case: Case) -> Found:
    born, at = case.moment("born"), case.moment(rule.moment)
    if born is None or at is None:
        return unknown(_not_recorded("born" if born is None else rule.moment))
    first, last = case.calendar_day(born), case.calendar_day(at)
    if at < born or last < first:
        return unknown(_("{moment} lies before the birth.").format(moment=_capital(rule.moment)))
    if not bounded(rule.limit):
        return unknown(_("There is no limit to compare the age with."))
    says = _("{age} at {moment} (limit {limit}).").format(
        age=aged(first, last), moment=_moment(rule.moment), limit=_age_limit(rule.limit)
    )
    return (met if _age_passes(at - born, first, last, rule.limit) else not_met)(sentence(says))


def _age_passes(old: timedelta, first: date, last: date, limit: Limit) -> bool:
    def sign(bound: Quantity) -> int:
        """Minus, nought or plus: the age is below, at, or above the bound."""
        if (months := _whole_months(bound)) is None:
            return _sign(old, span(bound))
        return _sign(last, _months_later(first, months))

    return (
        (limit.at_least is None or sign(limit.at_least) >= 0)
        and (limit.at_most is None or sign(limit.at_most) <= 0)
        and (limit.more_than is None or sign(limit.more_than) > 0)
        and (limit.less_than is None or sign(limit.less_than) < 0)
    )


def _sign(one: date | timedelta, other: date | timedelta) -> int:
    return (one > other) - (one < other)  # type: ignore[operator]


def _whole_months(bound: Quantity) -> int | None:
    """Months and years are counted by the calendar, as birthdays are: never as 30.4 days."""
    months = bound.value * {"mo": 1, "a": 12}.get(bound.unit, 0)
    return int(months) if months and months == int(months) else None


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last day where the month is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@lru_cache(maxsize=1024)
def _age_limit(limit: Limit) -> str:
    bounds = (limit.at_least, limit.at_most, limit.more_than, limit.less_than)
    if not any(bound and bound.unit in ("mo", "a") for bound in bounds):
        return in_words(limit)
    low, most, over, under = (b and months_in_words(b, amount) for b in bounds)
    if low and most:
        return _("{low} to {high}").format(low=low, high=most)
    told = (
        low and _("{bound} or more").format(bound=low),
        over and _("more than {bound}").format(bound=over),
        most and _("{bound} or less").format(bound=most),
        under and _("less than {bound}").format(bound=under),
    )
    return _(" and ").join(words for words in told if words)


def _moment(name: str) -> str:
    return MOMENTS.get(name, name.replace("_", " "))


def _capital(name: str) -> str:
    return sentence(_moment(name))


def _not_recorded(name: str) -> str:
    return _("{moment} is not recorded.").format(moment=_capital(name))


def _backwards(rule: WithinTime) -> str:
    return _("{end} is recorded before {start}. One of them is wrong.").format(
        end=_capital(rule.end), start=_moment(rule.start)
    )
