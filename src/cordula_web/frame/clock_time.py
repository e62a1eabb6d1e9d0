"""Which moment does somebody mean who writes 08:05? The last time it was 08:05 here."""

from datetime import UTC, datetime, time, timedelta

# Clocks on walls and in hands differ a little.
AHEAD = timedelta(minutes=5)


def last_time_it_was(clock: time, now: datetime) -> datetime:
    """`now` carries the zone in which the clock was read. Near midnight this is often yesterday."""
    # Moments of one zone compare by their clocks, which is wrong in the hour that comes twice: hence UTC.
    latest = now.astimezone(UTC) + AHEAD
    today = datetime.combine(latest.astimezone(now.tzinfo).date(), clock, now.tzinfo)
    for moment in (today.replace(fold=1), today):
        if moment.astimezone(UTC) <= latest:
            return moment
    return datetime.combine(today.date() - timedelta(days=1), clock, now.tzinfo)


def next_time_it_is(clock: time, now: datetime) -> datetime:
    """The first moment from now on at which the clock shows this."""
    today = datetime.combine(now.date(), clock, now.tzinfo)
    if today.astimezone(UTC) >= now.astimezone(UTC):
        return today
    return today + timedelta(days=1)
