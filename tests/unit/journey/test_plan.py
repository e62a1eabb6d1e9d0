from dataclasses import replace

import pytest

from cordula.journey import plan
from cordula.journey.plan import made_ready, plan_of
from cordula.vocabulary.words import activate, deactivate
from tests.unit.journey.cast import PROTOCOL, STEPS, gate, judged, step, whole_life


def test_a_protocol_is_made_ready_once() -> None:
    assert plan_of(PROTOCOL) is plan_of(PROTOCOL)


def test_two_protocols_with_one_digest_never_share_a_plan() -> None:
    shorter = replace(PROTOCOL, gates=PROTOCOL.gates[:1])
    assert len(plan_of(PROTOCOL).gates) == 12
    assert len(plan_of(shorter).gates) == 1


def test_each_language_has_its_own_plan() -> None:
    english = plan_of(PROTOCOL)
    token = activate("qq")
    try:
        assert plan_of(PROTOCOL) is not english
    finally:
        deactivate(token)
    assert plan_of(PROTOCOL) is english


def test_only_the_newest_plans_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "_KEPT", 2)
    for _ in range(5):
        newest = replace(PROTOCOL)
        kept = plan_of(newest)
    assert len(plan._plans) == 2
    assert plan_of(newest) is kept


def test_a_plan_asked_for_again_outlives_those_asked_for_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(plan, "_KEPT", 2)
    others = [replace(PROTOCOL) for _ in range(3)]
    favourite = plan_of(PROTOCOL)
    for other in others:
        plan_of(other)
        assert plan_of(PROTOCOL) is favourite


def test_a_step_asks_for_everything_behind_it() -> None:
    ready = {s.step.id: s for s in made_ready(PROTOCOL).steps}
    assert ready["give"].steps == {"thaw", "arrive", "ship", "release", "receive", "collect"}
    assert ready["give"].gates == {g.id for g in PROTOCOL.gates}
    assert ready["ship"].gates.isdisjoint({"dose", "child", "bedside"})


def test_steps_that_wait_for_one_another_are_out_of_reach() -> None:
    circle = (step("a", "birth", "Born", "b"), step("b", "birth", "Born", "a"))
    after = step("c", "birth", "Born", "b")
    ready = made_ready(replace(PROTOCOL, steps=(*STEPS, *circle, after)))
    assert {s.step.id for s in ready.steps if not s.reachable} == {"a", "b", "c"}


def test_a_gate_of_a_stage_that_is_not_there_comes_last() -> None:
    strange = replace(PROTOCOL, gates=(gate("x", "nowhere"), *PROTOCOL.gates))
    assert judged(whole_life(), protocol=strange).gate("x").number == 20


def test_a_gate_without_criteria_is_never_met() -> None:
    empty = replace(PROTOCOL, gates=(gate("x", "birth"), *PROTOCOL.gates))
    assert not judged(whole_life(), protocol=empty).gate("x").status.opens
