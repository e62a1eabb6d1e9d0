"""Is the newest result of a measure inside its limit, and fresh enough?"""

from collections.abc import Callable
from datetime import datetime

from cordula.display import quantity
from cordula.events.course import Examined
from cordula.events.laboratory import Counted
from cordula.journey.case import Case
from cordula.journey.found import Found, met, not_met, unknown
from cordula.journey.limits import bounded, in_words, passes, span
from cordula.journey.tests import running
from cordula.journey.wording import lasting, measure, timepoint
from cordula.protocols.criteria import Measured
from cordula.vocabulary.quantity import UnitError
from cordula.vocabulary.words import _

Result = Counted | Examined


def measured(rule: Measured, case: Case) -> Found:
    find = _OF.get(rule.of)
    result = find(rule, case) if find else None
    if result is None:
        return _no_result(rule, case)
    if result.at > case.now:
        return unknown(_("{told} It is dated in the future.").format(told=_told(rule, result)))
    return _compared(rule, result, case)


def _compared(rule: Measured, result: Result, case: Case) -> Found:
    told = _told(rule, result)
    if not bounded(rule.limit):
        return unknown(_("{told} There is no limit to compare it with.").format(told=told), result)
    try:
        inside = passes(result.result, rule.limit)
    except UnitError as fault:
        return unknown(f"{told} {fault}.", result)
    if not inside:
        return not_met(told, result)
    return _fresh(rule, result, told, case)


def _fresh(rule: Measured, result: Result, told: str, case: Case) -> Found:
    if rule.not_older_than is None:
        return met(told, result)
    stale_at: datetime = result.at + span(rule.not_older_than)
    if case.as_of <= stale_at:
        return met(told, result, due=stale_at)
    age = lasting(case.as_of - result.at, rule.not_older_than)
    says = _("{told} It is {age} old (limit {limit}).")
    return not_met(says.format(told=told, age=age, limit=quantity(rule.not_older_than)), result)


def _told(rule: Measured, result: Result) -> str:
    at = f", {timepoint(result.timepoint, rule.of).lower()}" if result.timepoint else ""
    limit = _(" (limit {limit})").format(limit=in_words(rule.limit)) if bounded(rule.limit) else ""
    shown = quantity(result.result, rule.measure if _known(rule) else None)
    return f"{measure(rule.measure)} {shown}{at}{limit}."


def _known(rule: Measured) -> bool:
    from cordula.vocabulary.measures import measures

    return rule.measure in measures()


def _no_result(rule: Measured, case: Case) -> Found:
    if rule.of == "unit" and (waiting := running(rule.measure, case)) is not None:
        return waiting
    at = f", {timepoint(rule.timepoint, rule.of).lower()}" if rule.timepoint else ""
    return unknown(_("{measure}{at}: not recorded.").format(measure=measure(rule.measure), at=at))


def _of_unit(rule: Measured, case: Case) -> Counted | None:
    if case.unit is None:
        return None
    return case.unit.count(rule.measure, rule.timepoint, rule.cell_type)


def _of_infant(rule: Measured, case: Case) -> Examined | None:
    found = case.infant.examined(rule.measure) if case.infant else []
    return next((e for e in reversed(found) if rule.timepoint in (None, e.timepoint)), None)


_OF: dict[str, Callable[[Measured, Case], Result | None]] = {
    "unit": _of_unit,
    "infant": _of_infant,
}
