"""What do the rows of scanned things, and the red page of a mismatch, need to be told?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cordula_web.frame.parts.page import Action, Text


@dataclass(frozen=True)
class Check:
    """One thing to be scanned; it is met once it was, and was the right one."""

    title: Text
    text: Text
    status: str = "not_started"
    din: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Alarm:
    """The whole page turns red. It offers nothing but its own two or three actions."""

    title: Text
    sentence: Text
    expected: Text = ""
    expected_din: str = ""
    scanned: Text = ""
    scanned_din: str = ""
    actions: Sequence[Action] = ()


@dataclass(frozen=True)
class Clock:
    """How long is left. Without script the page shows the time of day at which it ends."""

    ends_at: datetime
    now: datetime
    title: Text = ""
    over: Text = ""

    @property
    def is_over(self) -> bool:
        return self.now >= self.ends_at
