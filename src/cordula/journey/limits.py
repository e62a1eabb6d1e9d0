"""Is a value inside a limit, and how is the limit said?"""

from datetime import timedelta
from decimal import Decimal
from functools import lru_cache

from cordula.display import range_text
from cordula.protocols.criteria import Limit
from cordula.vocabulary.quantity import Quantity

_MICROSECOND = timedelta(microseconds=1)


def bounded(limit: Limit | None) -> bool:
    """Whether the limit says anything. One that does not is never passed."""
    return limit is not None and (
        limit.at_least is not None
        or limit.at_most is not None
        or limit.more_than is not None
        or limit.less_than is not None
    )


def passes(value: Quantity, limit: Limit) -> bool:
    """Whether the value is inside. Raises UnitError where the units measure different things."""
    return (
        bounded(limit)
        and (limit.at_least is None or value >= limit.at_least)
        and (limit.at_most is None or value <= limit.at_most)
        and (limit.more_than is None or value > limit.more_than)
        and (limit.less_than is None or value < limit.less_than)
    )


def time_passes(time: timedelta, limit: Limit) -> bool:
    """Whether a length of time is inside; exact to the microsecond."""
    return too_short(time, limit) is False and too_long(time, limit) is False and bounded(limit)


def too_long(time: timedelta, limit: Limit) -> bool:
    long = Decimal(time // _MICROSECOND)
    return (limit.at_most is not None and long > microseconds(limit.at_most)) or (
        limit.less_than is not None and long >= microseconds(limit.less_than)
    )


def too_short(time: timedelta, limit: Limit) -> bool:
    long = Decimal(time // _MICROSECOND)
    return (limit.at_least is not None and long < microseconds(limit.at_least)) or (
        limit.more_than is not None and long <= microseconds(limit.more_than)
    )


@lru_cache(maxsize=1024)
def microseconds(time: Quantity) -> Decimal:
    return time.to("s").value * 1_000_000


@lru_cache(maxsize=1024)
def span(time: Quantity) -> timedelta:
    """A length of time as the calendar counts it, to the microsecond below."""
    return timedelta(microseconds=int(microseconds(time)))


def upper(limit: Limit | None) -> Quantity | None:
    if limit is None:
        return None
    return limit.at_most if limit.at_most is not None else limit.less_than


def lower(limit: Limit | None) -> Quantity | None:
    if limit is None:
        return None
    return limit.at_least if limit.at_least is not None else limit.more_than


# Comparing a limit with another costs more than saying it, so what was said is found again by which
# limit it is. Each stays with its words, and so no other can ever stand at the same address.
_SAID: dict[int, tuple[Limit, str]] = {}
_MOST_SAID = 4096


def in_words(limit: Limit) -> str:
    """The limit as people say it: “70% or more”, “1 to 3 million per kg”."""
    said = _SAID.get(id(limit))
    if said is None:
        if len(_SAID) >= _MOST_SAID:
            _SAID.clear()
        said = _SAID[id(limit)] = (limit, _said(limit))
    return said[1]


def _said(limit: Limit) -> str:
    return range_text(
        limit.at_least, limit.at_most, more_than=limit.more_than, less_than=limit.less_than
    )
