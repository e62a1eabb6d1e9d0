"""Which moment does somebody mean who writes 08:05? The last time it was 08:05 here."""

from datetime import datetime, time, timedelta

# Clocks on walls and in hands differ a little.
AHEAD = timedelta(minutes=5)


def last_time_it_was(clock: time, now: datetime) -> datetime:
    """`now` carries the zone in which the clock was read. Near midnight this is often yesterday."""
    today = datetime.combine((now + AHEAD).date(), clock, now.tzinfo)
    for moment in (today.replace(fold=1), today):
        if moment <= now + AHEAD:
            return moment
    return datetime.combine((now + AHEAD).date() - timedelta(days=1), clock, now.tzinfo)


def next_time_it_is(clock: time, now: datetime) -> datetime:
    """The first moment from now on at which the clock shows this."""
    today = datetime.combine(now.date(), clock, now.tzinfo)
    return today if today >= now else today + timedelta(days=1)
