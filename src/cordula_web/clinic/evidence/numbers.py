"""How are the numbers of an answer written: with the digits that mean something, a true minus, and their unit?"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordula.display import MINUS
from cordula.evidence.wording import ratio_words
from cordula.vocabulary.words import _ as core

Values = Mapping[str, Any]


def value(answer: Values, number: float | None) -> str:
    """None is a limit without end."""
    if number is None:
        return _("no limit")
    if answer["unit"] == "proportion":
        return f"{100 * number:.0f}%"
    return signed(f"{number:.{2 if answer['unit'] == 'ratio' else 1}f}")


def interval(answer: Values, found: Values) -> str:
    """“0.7 to 10.5”."""
    told = _("{low} to {high}")
    return told.format(low=value(answer, found["low"]), high=value(answer, found["high"]))


def estimate(answer: Values, found: Values) -> str:
    """“5.6 percentage points (95% from 0.7 to 10.5)”."""
    told = _("{estimate} (95% from {interval})")
    number = f"{value(answer, found['estimate'])}{unit(answer)}"
    return told.format(estimate=number, interval=interval(answer, found))


def unit(answer: Values) -> str:
    if answer["unit"] == "proportion":
        return ""
    if answer["unit"] == "ratio":
        return f" {ratio_words(answer['effect'])}"
    return f" {core(answer['unit'])}"


def signed(text: str) -> str:
    return text.replace("-", MINUS)


def plain(number: float | None) -> str:
    """Four significant digits, for what stays on the pooled scale."""
    return _("no limit") if number is None else signed(f"{number:.4g}")


def months(number: float | None) -> str:
    """“12 months”; nought is the time of the procedure itself."""
    if number is None:
        return ""
    if number == 0:
        return _("At the procedure")
    count = int(number) if number == int(number) else number
    return ngettext("{count} month", "{count} months", int(number)).format(count=count)


def children(number: int | None) -> str:
    if number is None:
        return _("number of children not read")
    return ngettext("{count} child", "{count} children", number).format(count=number)
