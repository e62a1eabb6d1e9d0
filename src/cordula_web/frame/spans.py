"""How far away is a moment, as finely as somebody plans by it?"""

from datetime import timedelta

from cordula import display

DAY = timedelta(days=1)


def rough(length: timedelta) -> str:
    """To the minute within a day, to the hour beyond it: nobody plans the minutes of next week."""
    return display.duration(length, smallest="hr" if length >= DAY else "min")
