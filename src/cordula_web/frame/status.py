"""How does each answer of the journey look: which shape, which word, which colour, and in which order?

Shape, word and colour always appear together (interface, section 5), so that a page read in grey,
by ear or in print says the same. The keys are the values of `cordula.journey.verdict.Status`.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Look:
    icon: str
    word: str | Promise
    tone: str  # the class in the style sheet: met, not, wait, lock, exception, todo
    order: int  # what stops the journey stands first in a list
    thread: str = "dotted"  # the thread is solid as far as the facts go
    open: bool = False  # somebody has to act


LOOKS: dict[str, Look] = {
    "not_met": Look("not", _("Not met"), "not", 1, open=True),
    "unknown": Look("unknown", _("Not known"), "wait", 2, open=True),
    "waiting_signature": Look("sign", _("Waiting for a signature"), "wait", 3, open=True),
    "waiting_result": Look("wait", _("Waiting for a result"), "wait", 4, open=True),
    "locked": Look("lock", _("Locked"), "lock", 5),
    "not_started": Look("ring", _("Not started"), "todo", 6),
    "exception": Look("exception", _("Met by exception"), "exception", 7, "solid"),
    "met_with_note": Look("met", _("Met, with a note"), "met", 8, "solid"),
    "met": Look("met", _("Met"), "met", 9, "solid"),
    "not_needed": Look("not_needed", _("Not needed"), "lock", 10, "solid"),
    "withdrawn": Look("withdrawn", _("Withdrawn"), "lock", 11),
}


def look(status: object) -> Look:
    """The look of a status, given as the enum's member or as its value."""
    key = str(getattr(status, "value", status))
    try:
        return LOOKS[key]
    except KeyError:
        raise ValueError(
            f"No look is known for the status {key!r}; known are {', '.join(LOOKS)}."
        ) from None
