"""Until when may thawed cells be given? The protocol's window, from the end of the thaw."""

from datetime import timedelta

from cordula.journey.judge import judge
from cordula.protocols.load import named
from cordula_web.clinic.theatre.window import expires_at
from tests import cast
from tests.unit.journey import cast as journey

PRACTICE = named("practice-mnc-stage-2")


def test_the_window_begins_at_the_end_of_the_thaw():
    unit, infant = journey.histories(journey.whole_life()[:-3])
    verdict = judge(PRACTICE, unit, infant, cast.after_birth(days=172, minutes=5))
    end_of_thaw = unit.moment("thawed")
    assert expires_at(PRACTICE, verdict, unit) == end_of_thaw + timedelta(minutes=30)


def test_before_the_thaw_no_window_has_begun():
    unit, infant = journey.histories(journey.before_thaw())
    verdict = judge(PRACTICE, unit, infant, cast.after_birth(days=172))
    assert expires_at(PRACTICE, verdict, unit) is None


def test_a_protocol_without_a_window_sets_no_time():
    unit, infant = journey.histories(journey.whole_life()[:-3])
    verdict = judge(journey.PROTOCOL, unit, infant, cast.after_birth(days=172, minutes=5))
    assert expires_at(journey.PROTOCOL, verdict, unit) is None
