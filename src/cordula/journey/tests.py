"""Is a test of the unit final, and is its newest result one that passes?"""

from datetime import datetime

from cordula.events.laboratory import Tested, TestStarted
from cordula.journey.case import Case
from cordula.journey.found import Found, met, not_met, unknown
from cordula.journey.verdict import Status
from cordula.journey.wording import lasting, test, test_result
from cordula.protocols.criteria import TestPassed
from cordula.units.unit import Unit
from cordula.vocabulary.words import _


def passed(rule: TestPassed, case: Case) -> Found:
    newest = case.unit.test(rule.test) if case.unit else None
    if newest is not None and newest.result not in rule.results:
        return not_met(_failed(newest), newest)
    if (waiting := running(rule.test, case)) is not None:
        return waiting
    if newest is None:
        return unknown(_("{test}: not recorded.").format(test=test(rule.test)))
    if not newest.final:
        return unknown(_("{told} Not final.").format(told=_told(newest)), newest)
    return met(_told(newest), newest)


def running(key: str, case: Case) -> Found | None:
    """A test that was set up and has no final result yet, with the day it is due."""
    started = _unanswered(key, case.unit) if case.unit else None
    if started is None:
        return None
    interim = case.unit.test(key) if case.unit else None
    reading = _reading(interim) if interim and interim.at >= started.at else ""
    says = f"{test(key)}. {_day_of(started, case)} {reading}".strip()
    return Found(Status.WAITING_RESULT, says, started.due, (started,))


def _unanswered(key: str, unit: Unit) -> TestStarted | None:
    """The newest test set up without a final result after it, of the same product where one is named."""
    finals = [t for t in unit.all(Tested) if t.test == key and t.final]
    for started in reversed(unit.all(TestStarted)):
        if started.test == key and not any(_answers(final, started) for final in finals):
            return started
    return None


def _answers(final: Tested, started: TestStarted) -> bool:
    of_the_same = started.product is None or final.product in (None, started.product)
    return of_the_same and final.at >= started.at


def _day_of(started: TestStarted, case: Case) -> str:
    """“Day 13 of 14.”, or how late it is."""
    if case.now > started.due:
        late = lasting(case.now - started.due)
        return _("The result was due {due}, {late} ago.").format(
            due=case.time(started.due), late=late
        )
    days = (started.due - started.at).days
    if days < 1:
        return _("The result is due {due}.").format(due=case.time(started.due))
    day = min(days, _whole_days(started.at, case.now) + 1)
    return _("Day {day} of {days}.").format(day=day, days=days)


def _whole_days(start: datetime, end: datetime) -> int:
    return max(0, (end - start).days)


def _reading(interim: Tested) -> str:
    return _("{result} so far.").format(result=test_result(interim.test, interim.result))


def _told(tested: Tested) -> str:
    result = test_result(tested.test, tested.result)
    return f"{test(tested.test)}: {result[:1].lower()}{result[1:]}."


def _failed(tested: Tested) -> str:
    organism = f" {tested.organism}." if tested.organism else ""
    return f"{_told(tested)}{organism}"
