"""How is a group of a study told: its number with its kind of spread, and how far the number may be trusted?"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from cordula.evidence.words import in_words
from cordula.vocabulary.words import _ as core
from cordula_web.clinic.evidence.numbers import signed

Values = Mapping[str, Any]
BY_NAME = ("secondary", "memory")


def flag_words(flag: str) -> str:
    """Every number says how it came here; what was not seen in its source is told as plainly as what was."""
    told = core(in_words("flags", flag))
    return (
        _("{flag}; pooled only if asked for by name").format(flag=told) if flag in BY_NAME else told
    )


def arm_words(study: Values | None, arm: Values) -> str:
    """“Surgery alone: 2.2 ± 3.1 (standard deviation), n 7”."""
    named = study["arms"].get(arm["arm"]) if study else None
    name = core(named["words"]) if named else arm["arm"].replace("_", " ")
    n = arm.get("n")
    count = f", n {n}" if n is not None and arm.get("events") is None else ""
    return f"{name}: {_value(arm)}{count}"


def _value(arm: Values) -> str:
    if arm.get("events") is not None:
        return _("{events} of {n}").format(events=arm["events"], n=arm["n"])
    for key, word in (("mean", ""), ("median", _("median "))):
        if arm.get(key) is not None:
            return f"{word}{number(arm[key])}{_spread(arm)}"
    return _("not told")


def _spread(arm: Values) -> str:
    """Between which limits, or how far around; its kind is always said."""
    kind = core(in_words("spreads", arm.get("spread_is") or "not_stated"))
    if arm.get("spread") is not None:
        return f" ± {number(arm['spread'])} ({kind})"
    if arm.get("low") is None and arm.get("high") is None:
        return _(", its spread not told")
    limits = _("{low} to {high}").format(low=number(arm.get("low")), high=number(arm.get("high")))
    return f" ({level(arm)}{limits})" if arm.get("level") else f" ({kind} {limits})"


def level(told: Values) -> str:
    """“95% from ”, where the source says of which level its interval is."""
    share = told.get("level")
    return _("{share}% from ").format(share=f"{100 * share:g}") if share else ""


def number(value: float | None) -> str:
    """As it is written in the study's file."""
    return _("not told") if value is None else signed(str(value))
