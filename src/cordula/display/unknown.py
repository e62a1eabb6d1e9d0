"""What is written where there is no value? Three different things, and never a blank or a dash."""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from cordula.vocabulary.words import _

Value = TypeVar("Value")


class Unknown(StrEnum):
    """Nobody wrote it down; somebody asked and it is not known; somebody looked and there is none."""

    NOT_RECORDED = "Not recorded"
    NOT_KNOWN = "Not known"
    NONE_KNOWN = "None known"


def written(value: Value | Unknown | None, write: Callable[[Value], str]) -> str:
    """The value as `write` writes it, or the words for why there is none."""
    if value is None:
        value = Unknown.NOT_RECORDED
    if isinstance(value, Unknown):
        return _(value.value)
    return write(value)
