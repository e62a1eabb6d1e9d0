"""Is the newest result of a measure inside its limit, and fresh enough?"""

from cordula.journey.case import Case
from cordula.journey.found import Found, met, not_met, unknown
from cordula.journey.limits import bounded, in_words, passes, span
from cordula.journey.readings import Reading, reading
from cordula.journey.tests import running
from cordula.journey.wording import amount, lasting, measure, timepoint
from cordula.protocols.criteria import Measured
from cordula.vocabulary.measures import measures
from cordula.vocabulary.quantity import UnitError
from cordula.vocabulary.words import _


def measured(rule: Measured, case: Case) -> Found:
    result = reading(rule, case)
    if result is None:
        return _no_result(rule, case)
    told = _told(rule, result)
    if result.at > case.now:
        return unknown(_("{told} It is dated in the future.").format(told=told), result.event)
    if not bounded(rule.limit):
        says = _("{told} There is no limit to compare it with.")
        return unknown(says.format(told=told), result.event)
    return _compared(rule, result, told, case)


def _compared(rule: Measured, result: Reading, told: str, case: Case) -> Found:
    try:
        inside = all(passes(value, rule.limit) for value in result.values)
    except UnitError as fault:
        return unknown(f"{told} {fault}.", result.event)
    if not inside:
        return not_met(told, result.event)
    return _fresh(rule, result, told, case)


def _fresh(rule: Measured, result: Reading, told: str, case: Case) -> Found:
    if rule.not_older_than is None:
        return met(told, result.event)
    stale_at = result.at + span(rule.not_older_than)
    if case.as_of <= stale_at:
        return met(told, result.event, due=stale_at)
    age = lasting(case.as_of - result.at, rule.not_older_than)
    says = _("{told} It is {age} old (limit {limit}).").format(
        told=told, age=age, limit=amount(rule.not_older_than)
    )
    return not_met(says, result.event)


def _told(rule: Measured, result: Reading) -> str:
    """“Live cells: 94%, before freezing (limit more than 70%).”"""
    known = rule.measure if rule.measure in measures() else None
    values = _(" to ").join([amount(value, known) for value in result.values])
    limit = _(" (limit {limit})").format(limit=in_words(rule.limit)) if bounded(rule.limit) else ""
    return f"{measure(rule.measure)}: {values}{_when(result.timepoint, rule)}{limit}."


def _no_result(rule: Measured, case: Case) -> Found:
    if rule.of == "unit" and (waiting := running(rule.measure, case)) is not None:
        return waiting
    says = _("{measure}{when}: not recorded.")
    return unknown(says.format(measure=measure(rule.measure), when=_when(rule.timepoint, rule)))


def _when(key: str | None, rule: Measured) -> str:
    return f", {timepoint(key, rule.of).lower()}" if key else ""
