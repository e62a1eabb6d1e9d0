from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from cordula.events.collection import Received
from cordula.events.event import Event
from cordula.events.laboratory import Tested
from cordula.events.release import Released, ReleaseRevoked, Returned, Shipped, Signed
from cordula.events.sealed import Sealed
from cordula.events.theatre import Thawed
from cordula.journey.verdict import Status, StepState
from cordula.protocols.protocol import Protocol
from tests import cast
from tests.cast import DIRECTOR, LINA, QUALITY, SURGEON, UNIT, after_birth, signature
from tests.unit.journey.cast import (
    OPERATION,
    PROTOCOL,
    STEPS,
    THEATRE_DAY,
    before_release,
    before_thaw,
    judged,
    step,
    whole_life,
    without,
)

REVOKED = ReleaseRevoked(
    unit=UNIT, infant=LINA, reason=Sealed("0" * 64), by=QUALITY, at=THEATRE_DAY
)


def with_step(name: str, **fields: Any) -> Protocol:
    changed = (replace(s, **fields) if s.id == name else s for s in STEPS)
    return replace(PROTOCOL, steps=tuple(changed))


def test_steps_become_ready_one_after_the_other() -> None:
    events, ready = whole_life(), []
    for count in range(len(events) + 1):
        verdict = judged(events[:count], THEATRE_DAY + timedelta(hours=2))
        ready.append(tuple(s.id for s in verdict.steps if s.state is StepState.READY))
    seen = [names for before, names in zip([(), *ready], ready) if names != before]
    assert [names for names in seen if names] == [
        ("collect",),
        ("receive",),
        ("release",),
        ("ship",),
        ("arrive",),
        ("thaw",),
        ("give",),
    ]


def test_every_step_of_a_whole_life_is_done_with_its_time_and_its_person() -> None:
    verdict = judged(whole_life(), THEATRE_DAY + timedelta(hours=2))
    assert {s.state for s in verdict.steps} == {StepState.DONE}
    assert {s.status for s in verdict.steps} == {Status.MET}
    assert verdict.step("give").done_by == SURGEON
    assert verdict.step("receive").done_at == after_birth(hours=18)
    assert verdict.step("arrive").done_at == THEATRE_DAY - timedelta(minutes=10)
    assert verdict.next_step is None


def test_an_open_gate_locks_its_step_and_is_named_by_its_number() -> None:
    release = judged(without(Tested, before_release())).step("release")
    assert release.state is StepState.BLOCKED
    assert release.status is Status.LOCKED
    assert release.because == "Opens when gate 10 is met. Needs two signatures."


def test_several_open_gates_are_named_together() -> None:
    events = [e for e in without(Tested, before_release()) if type(e).__name__ != "Reviewed"]
    release = judged(events).step("release")
    assert release.because == "Opens when gates 10 and 11 are met. Needs two signatures."


def test_a_step_whose_open_gates_are_all_unknown_is_not_known() -> None:
    events = [e for e in before_release() if type(e).__name__ != "Reviewed"]
    release = judged(events).step("release")
    assert (release.state, release.status) == (StepState.UNKNOWN, Status.LOCKED)


def test_a_later_step_is_not_started_and_says_what_comes_first() -> None:
    thaw = judged(before_release()).step("thaw")
    assert (thaw.state, thaw.status) == (StepState.BLOCKED, Status.NOT_STARTED)
    assert thaw.because == "After “Arrive”. Use within 30min."


def test_a_step_that_waits_for_nothing_else_can_be_done_now() -> None:
    thaw = judged(before_thaw()).step("thaw")
    assert (thaw.state, thaw.status) == (StepState.READY, Status.NOT_STARTED)
    assert thaw.because == "Can be done now. Use within 30min."


@pytest.mark.parametrize(
    "fields",
    [
        {"waits_for": ("arrive", "nowhere")},
        {"event": "Teleported"},
        {"waits_for": ("arrive", "give")},
        {"waits_for": ("thaw",)},
    ],
    ids=["unknown name", "unknown event", "circle", "itself"],
)
def test_a_step_the_protocol_does_not_make_sense_of_is_never_ready(fields: dict[str, Any]) -> None:
    thaw = judged(before_thaw(), protocol=with_step("thaw", **fields)).step("thaw")
    assert (thaw.state, thaw.status) == (StepState.UNKNOWN, Status.UNKNOWN)


def test_steps_may_stand_in_any_order_in_the_file() -> None:
    backwards = replace(PROTOCOL, steps=STEPS[::-1])
    assert judged(before_thaw(), protocol=backwards).may("thaw")


def test_the_last_moment_for_a_step_is_counted_back_from_the_operation() -> None:
    assert judged(before_release()).step("release").due == OPERATION - timedelta(hours=15)
    assert judged(before_thaw()).step("release").due is None


def test_a_release_taken_back_opens_the_release_again_and_closes_what_follows() -> None:
    verdict = judged([*before_thaw(), REVOKED], THEATRE_DAY + timedelta(minutes=1))
    release = verdict.step("release")
    assert release.state is StepState.READY
    assert release.status is Status.WAITING_SIGNATURE
    assert release.because.startswith("The release was taken back 23-Nov-2026\xa002:27.")
    assert {verdict.step(n).state for n in ("ship", "arrive", "thaw")} == {StepState.BLOCKED}


def test_acts_before_a_release_was_taken_back_do_not_count_for_the_new_one() -> None:
    again = [replace(e, at=THEATRE_DAY + timedelta(minutes=5)) for e in cast.release()]
    now = THEATRE_DAY + timedelta(minutes=10)
    verdict = judged([*before_thaw(), REVOKED, *again], now)
    assert verdict.step("release").state is StepState.DONE
    assert verdict.next_step is not None
    assert verdict.next_step.id == "ship"
    shipped = next(e for e in whole_life() if isinstance(e, Shipped))
    later = replace(shipped, at=now)
    assert judged([*before_thaw(), REVOKED, *again, later], now).step("ship").done_at == now


def returned(at: datetime) -> Returned:
    return Returned(unit=UNIT, products=(cast.VIAL_A,), reason="unused", by=QUALITY, at=at)


def test_products_that_came_back_must_be_released_and_signed_for_again() -> None:
    back = returned(THEATRE_DAY)
    verdict = judged([*before_thaw(), back], THEATRE_DAY + timedelta(minutes=1))
    release = verdict.step("release")
    assert release.status is Status.WAITING_SIGNATURE
    assert [need.given_by for need in release.signatures] == [None, None]
    assert release.because.startswith("The products came back")
    assert not verdict.may("thaw")


def test_what_is_left_over_may_come_back_after_the_cells_were_given() -> None:
    later = THEATRE_DAY + timedelta(hours=3)
    verdict = judged([*whole_life(), returned(later)], later)
    assert {s.state for s in verdict.steps} == {StepState.DONE}


@pytest.mark.parametrize(
    "fields",
    [
        {"infant": cast.NOOR},
        {"protocol": "another-protocol"},
        {"digest": "9" * 64},
    ],
)
def test_a_release_for_another_child_or_another_version_is_no_release_here(
    fields: dict[str, Any],
) -> None:
    events = [replace(e, **fields) if isinstance(e, Released) else e for e in before_thaw()]
    verdict = judged(events)
    assert verdict.step("release").state is not StepState.DONE
    assert not verdict.may("thaw")


def test_a_release_that_misses_a_signature_is_not_done() -> None:
    verdict = judged(without(Signed, before_thaw()))
    release = verdict.step("release")
    assert release.status is Status.WAITING_SIGNATURE
    assert release.because == (
        "Signed: medical director. Waits for the signature of: quality assurance."
    )
    assert not verdict.may("thaw")


def test_a_signature_given_first_leaves_the_other_to_wait_for() -> None:
    first = cast.release()[0]
    release = judged([*before_release(), first]).step("release")
    assert (release.state, release.status) == (StepState.READY, Status.WAITING_SIGNATURE)
    assert [(n.role, n.given_by) for n in release.signatures] == [
        ("quality", QUALITY),
        ("medical_director", None),
    ]


def test_a_gate_that_opens_again_after_the_release_closes_the_thaw() -> None:
    grown = replace(
        next(e for e in whole_life() if isinstance(e, Tested)),
        result="growth",
        at=after_birth(days=160),
    )
    verdict = judged([*before_thaw(), grown])
    assert verdict.step("release").state is StepState.DONE
    assert not verdict.may("thaw")
    assert verdict.step("thaw").because == "Opens when gate 10 is met."


def test_an_arrival_before_the_shipment_is_the_laboratorys_and_not_theatres() -> None:
    received = [e for e in whole_life() if isinstance(e, Received)]
    events = [e for e in before_thaw() if e is not received[1] and e != received[1]]
    verdict = judged(events)
    assert verdict.step("receive").state is StepState.DONE
    assert verdict.step("arrive").state is StepState.READY
    only_theatre = [e for e in before_thaw() if e != received[0]]
    assert judged(only_theatre).step("receive").state is not StepState.DONE


def test_an_act_dated_in_the_future_is_not_done() -> None:
    thawed = next(e for e in whole_life() if isinstance(e, Thawed))
    events = [*before_thaw(), thawed]
    assert judged(events, thawed.at).step("thaw").state is StepState.DONE
    early = thawed.at - timedelta(seconds=1)
    assert judged(events, early).step("thaw").state is StepState.READY


def test_an_act_for_another_child_is_not_this_act() -> None:
    thawed = next(e for e in whole_life() if isinstance(e, Thawed))
    events: list[Event] = [*before_thaw(), replace(thawed, infant=cast.NOOR)]
    assert judged(events, thawed.at).step("thaw").state is StepState.READY


def test_an_act_of_the_childs_own_history_makes_a_step_done() -> None:
    enrol = step("enrol", "birth", "Enrolled")
    verdict = judged(before_release(), protocol=replace(PROTOCOL, steps=(enrol, *STEPS)))
    assert verdict.step("enrol").done_by == DIRECTOR


def test_rows_are_numbered_once_down_the_timeline() -> None:
    verdict = judged(before_release())
    rows = sorted([*verdict.gates, *verdict.steps], key=lambda row: row.number)
    assert [row.number for row in rows] == list(range(1, 20))
    assert [row.id for row in rows[:5]] == [
        "consent",
        "identity",
        "collection",
        "collect",
        "mother",
    ]
    assert verdict.step("release").number == 12


def test_the_signers_of_a_release_need_the_roles_the_protocol_names() -> None:
    nurse_signed = replace(cast.release()[0], signature=signature("nurse"))
    events = [*before_release(), nurse_signed, *cast.release()[1:]]
    assert judged(events).step("release").state is not StepState.DONE
