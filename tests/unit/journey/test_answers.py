from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from cordula.events.before_birth import ConsentWithdrawn
from cordula.events.collection import CollectionStopped, IdentityChecked
from cordula.events.course import Weighed
from cordula.events.event import Event
from cordula.events.laboratory import Counted
from cordula.events.release import Discarded, Rejected
from cordula.events.theatre import AdministrationStopped
from cordula.journey.answers import can_it_be_used, planned_dose, will_it_be_ready
from cordula.journey.verdict import Status, Verdict
from cordula.journey.whereabouts import is_there_a_unit
from tests import cast
from tests.cast import LINA, MIDWIFE, QUALITY, SURGEON, UNIT, count
from tests.unit.journey.cast import (
    OPERATION,
    PROTOCOL,
    THEATRE_DAY,
    before_release,
    before_thaw,
    histories,
    judged,
    whole_life,
    without,
)
from tests.unit.journey.test_ladder import NOW, open_gates

STOPPED = CollectionStopped(unit=UNIT, infant=LINA, reason="mother", by=MIDWIFE, at=THEATRE_DAY)
REJECTED = Rejected(unit=UNIT, reason="viability", by=QUALITY, at=THEATRE_DAY)
GIVING_STOPPED = AdministrationStopped(
    unit=UNIT, infant=LINA, reason="child", by=SURGEON, at=THEATRE_DAY
)
DISCARDED = Discarded(unit=UNIT, reason="rejected", witness=SURGEON, by=QUALITY, at=THEATRE_DAY)


@pytest.mark.parametrize(
    ("events", "word", "says"),
    [
        (before_release(), "Yes", "The child's own cells. Identity matches."),
        (without(IdentityChecked, before_release()), "Yes", "Identity is not checked yet."),
        (cast.before_birth(), "Not yet", "Nothing is collected yet."),
        (
            [*cast.before_birth(), STOPPED],
            "No",
            "Nothing was collected. Reason: The mother needs us.",
        ),
        (
            [*before_release(), DISCARDED],
            "No",
            "The unit was destroyed. Reason: The unit was rejected.",
        ),
        (
            [*before_release(), REJECTED],
            "No",
            "The unit was rejected. Reason: Too few cells alive. Left in storage: 2 vials.",
        ),
        (
            whole_life(),
            "Given",
            "The cells were given 23-Nov-2026 02:47. Left in storage: 1 vial.",
        ),
        (
            [*whole_life(), DISCARDED],
            "Given",
            "The cells were given 23-Nov-2026 02:47. Nothing is left in storage.",
        ),
        (
            [*before_thaw(), GIVING_STOPPED],
            "Stopped",
            "Reason: The child’s condition. Left in storage: 1 vial.",
        ),
    ],
)
def test_there_is_a_unit_once_it_is_collected_and_until_it_is_gone(
    events: list[Event], word: str, says: str
) -> None:
    unit, _ = histories(events)
    answer = is_there_a_unit(unit)
    assert answer.word == word
    assert says in answer.says.replace("\xa0", " ")


def test_when_the_cells_were_given_is_told_in_the_zone_of_the_reader() -> None:
    unit, _ = histories(whole_life())
    answer = is_there_a_unit(unit, ZoneInfo("Asia/Tokyo"))
    assert "23-Nov-2026\xa011:47" in answer.says
    assert answer.status is Status.MET
    gone, _ = histories([*whole_life(), DISCARDED])
    assert is_there_a_unit(gone).status is Status.NOT_NEEDED


def test_no_unit_is_said_so() -> None:
    assert is_there_a_unit(None).says == "There is no unit for this child."


def test_it_cannot_be_used_yet_while_gates_before_the_release_are_open() -> None:
    answer = can_it_be_used(judged(open_gates(), NOW))
    assert (answer.word, answer.says) == ("Not yet", "7 of 12 gates are met.")
    assert [row.id for row in answer.blockers] == [
        "questionnaire",
        "sterility",
        "genetics",
        "release",
    ]


def test_it_can_be_used_while_a_release_is_in_force_and_its_gates_hold() -> None:
    answer = can_it_be_used(judged(before_thaw()))
    assert answer.word == "Yes"
    assert answer.says == "Released 01-Nov-2026\xa002:27."
    assert answer.blockers == ()


def test_a_gate_before_the_next_step_takes_the_yes_away() -> None:
    answer = can_it_be_used(judged(without(Weighed, before_thaw())))
    assert answer.word == "Not yet"
    assert [row.id for row in answer.blockers] == ["dose"]


def test_what_was_given_cannot_be_used_again() -> None:
    answer = can_it_be_used(judged(whole_life(), OPERATION))
    assert (answer.word, answer.status) == ("No", Status.NOT_NEEDED)
    assert answer.says == "The cells were given 23-Nov-2026\xa002:47."


def test_what_stops_the_journey_is_the_answer() -> None:
    withdrawn = ConsentWithdrawn(
        infant=LINA, units=(UNIT,), scopes=("use",), wish="discard", by=MIDWIFE, at=THEATRE_DAY
    )
    answer = can_it_be_used(judged([*before_thaw(), withdrawn]))
    assert (answer.word, answer.status) == ("No", Status.WITHDRAWN)
    assert "Consent was taken back" in answer.says
    assert can_it_be_used(judged([*before_thaw(), DISCARDED])).status is Status.NOT_MET


def test_without_a_release_step_every_gate_counts() -> None:
    steps = tuple(s for s in PROTOCOL.steps if s.id in ("collect", "receive"))
    answer = can_it_be_used(judged(before_thaw(), protocol=replace(PROTOCOL, steps=steps)))
    assert [row.id for row in answer.blockers] == ["bedside"]
    all_met = can_it_be_used(
        judged(whole_life()[:-1], OPERATION, protocol=replace(PROTOCOL, steps=steps))
    )
    assert (all_met.word, all_met.says) == ("Yes", "All gates are met.")


def test_the_planned_dose_is_called_a_plan_until_it_is_thawed() -> None:
    answer = planned_dose(judged(before_thaw()))
    assert answer is not None
    assert answer.title == "Planned dose at 6.8\xa0kg"
    assert answer.dose == "0.68\xa0mL"
    assert answer.says.replace("\xa0", " ") == (
        "24.5 million nucleated cells, 3.6 million per kg. "
        "A plan only, until the unit is released and thawed."
    )
    given = planned_dose(judged(whole_life(), OPERATION))
    assert given is not None
    assert given.title == "Dose at 6.8\xa0kg"
    assert "plan" not in given.says


def test_a_dose_outside_its_range_says_so_instead_of_its_cells() -> None:
    events = [*before_thaw(), count("tnc_concentration", "60", "10*6/mL", "pre_freeze")]
    answer = planned_dose(judged(events))
    assert answer is not None
    assert answer.status is Status.NOT_MET
    assert "outside the protocol range" in answer.says


def test_a_dose_that_is_not_known_shows_no_number() -> None:
    answer = planned_dose(judged(without(Counted, before_thaw())))
    assert answer is not None
    assert (answer.dose, answer.status) == ("Not known", Status.UNKNOWN)


def test_where_the_journey_is_stopped_there_is_no_dose() -> None:
    assert planned_dose(judged([*before_thaw(), DISCARDED])) is None


def sentence(verdict: Verdict) -> str:
    return will_it_be_ready(verdict).replace("\xa0", " ")


def test_whether_it_will_be_ready_is_told_by_the_first_deadline_and_what_must_pass() -> None:
    assert sentence(judged(open_gates(), NOW)) == (
        "It can be. The first deadline is Sun 22-Nov-2026 07:27. Gate 10 must pass."
    )
    too_late = judged(open_gates(timedelta(hours=19)), NOW)
    assert sentence(too_late) == "Not as planned: Gate 10: result due."
    assert sentence(judged(whole_life(), OPERATION)) == ""
