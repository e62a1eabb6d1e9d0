"""From cord to heart: each row says what was found, who must act, and by when; and offers only what may be done."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cordula.events.course import Weighed
from cordula.journey.verdict import Gate, StepState, Verdict
from cordula.protocols.criteria import Limit
from cordula.protocols.protocol import Protocol
from cordula_web.clinic.answer_strip import BLOCKERS_MAX, strip
from cordula_web.clinic.deadlines import ladder
from cordula_web.clinic.dose_box import working
from cordula_web.clinic.offers import Offers
from cordula_web.clinic.thread import due_words, thread
from cordula_web.frame import parts
from cordula_web.frame.addresses import address
from cordula_web.frame.parts import GateRow, Thread
from cordula_web.people.duties import People
from tests import cast
from tests.unit.clinic.conftest import acting
from tests.unit.journey import cast as journey

NOW = cast.after_birth(days=160)
PEOPLE = People(
    printed={cast.MIDWIFE: "J. Lindqvist", cast.SECOND_MIDWIFE: "P. Osei"},
    titles={cast.MIDWIFE: "midwife"},
    holders={"quality": ("K. Adeyemi",), "technologist": ("T. Brandt", "S. Wu")},
)


def drawn(verdict: Verdict, role: str = "surgeon") -> Thread:
    offers = Offers(acting(role), journey.PROTOCOL, cast.DIN, cast.LINA, bool(verdict.stopped))
    return thread(verdict, offers, PEOPLE)


def row(verdict: Verdict, title: str, role: str = "surgeon") -> GateRow:
    rows = [row for stage in drawn(verdict, role).stages for row in stage.rows]
    return next(row for row in rows if row.title == title)


def test_rows_stand_in_the_order_of_life_under_one_count() -> None:
    verdict = journey.judged(journey.before_release(), NOW)
    numbers = [int(row.number) for stage in drawn(verdict).stages for row in stage.rows]
    assert numbers == list(range(1, len(verdict.gates) + len(verdict.steps) + 1))


def test_a_met_gate_names_those_who_closed_it() -> None:
    consent = row(journey.judged(journey.before_release(), NOW), "Consent")
    assert [(who.name, who.role) for who in consent.who] == [("J. Lindqvist", "midwife")]
    assert consent.at == cast.after_birth(days=-20)


def test_an_open_gate_names_the_one_person_or_else_the_role() -> None:
    verdict = journey.judged(cast.before_birth() + cast.birth(), NOW)
    assert row(verdict, "Identity").status == "met"
    assert [who.name for who in row(verdict, "Storage").who] == ["K. Adeyemi"]
    assert [who.name for who in row(verdict, "Sterility").who] == ["Technologist"]


def test_nobody_is_asked_to_act_once_the_journey_has_stopped() -> None:
    events = [*cast.before_birth(), *cast.birth(), journey_stop()]
    verdict = journey.judged(events, NOW)
    assert verdict.stopped
    rows = [row for stage in drawn(verdict, "technologist").stages for row in stage.rows]
    gates = [row for row in rows if row.id.startswith("gate-") and row.status == "unknown"]
    assert gates
    assert all(not row.who and not row.due for row in gates)
    assert all(not row.actions for row in rows)


def journey_stop() -> object:
    from cordula.events.release import Discarded

    return Discarded(
        unit=cast.UNIT,
        reason="damaged",
        witness=cast.QUALITY,
        by=cast.TECHNOLOGIST,
        at=cast.after_birth(days=30),
    )


def test_every_rule_of_a_gate_can_be_looked_up() -> None:
    rules = row(journey.judged(journey.before_release(), NOW), "Collection").rules
    assert [rule.found for rule in rules]
    assert {str(rule.source) for rule in rules} == {"Practice protocol"}
    assert not any(rule.open for rule in rules)


def test_a_rule_that_nobody_could_source_says_so() -> None:
    open_rule = replace(journey.VOLUME, open=True)
    protocol: Protocol = replace(
        journey.PROTOCOL,
        gates=tuple(
            replace(gate, criteria=(open_rule,)) if gate.id == "collection" else gate
            for gate in journey.PROTOCOL.gates
        ),
    )
    verdict = journey.judged(journey.before_release(), NOW, protocol)
    assert [rule.open for rule in row(verdict, "Collection").rules] == [True]


# --- What is offered ------------------------------------------------------------------------------


def test_a_weight_is_offered_to_those_who_may_weigh_and_to_nobody_else() -> None:
    verdict = journey.judged(journey.before_release(), NOW)
    assert not row(verdict, "Dose").status.opens  # type: ignore[attr-defined]
    assert [a.url for a in row(verdict, "Dose", "ward_nurse").actions] == ["/child/lina/weigh"]
    assert not row(verdict, "Dose", "technologist").actions


def test_a_met_gate_and_a_blocked_step_offer_nothing() -> None:
    verdict = journey.judged(journey.before_release(), NOW)
    assert not row(verdict, "Consent", "donor_coordinator").actions
    assert not row(verdict, "Thaw", "technologist").actions


def test_the_thaw_is_offered_when_it_may_be_done() -> None:
    verdict = journey.judged(journey.before_thaw(), journey.THEATRE_DAY)
    assert verdict.may("thaw")
    page = address("clinic:thaw", {"din": cast.DIN})
    offered = [action.url for action in row(verdict, "Thaw", "technologist").actions]
    assert offered == [page] * bool(page)
    assert not row(verdict, "Thaw", "surgeon").actions


# --- When -----------------------------------------------------------------------------------------


def test_a_deadline_is_a_moment_and_how_far_it_is() -> None:
    told = due_words(NOW + timedelta(hours=5), NOW)
    assert told == "by 11-Nov-2026\u00a007:27 (in\u00a05hr)"


def test_what_is_late_says_by_how_much() -> None:
    assert due_words(NOW - timedelta(days=3), NOW).startswith("3d overdue")


def test_a_stage_that_is_open_shows_the_moment_it_must_be_done_by() -> None:
    verdict = journey.judged(cast.before_birth() + cast.birth() + [planned()], NOW)
    release = next(stage for stage in drawn(verdict).stages if stage.title == "Release")
    assert str(release.when).startswith("by 22-Nov-2026\n")


def planned() -> object:
    return replace(cast.theatre()[0], at=cast.after_birth(days=145))


# --- The answers, the ladder and the dose ---------------------------------------------------------


def test_what_blocks_leads_to_its_row() -> None:
    verdict = journey.judged(
        journey.without(type(journey.answers()[0]), journey.before_release()), NOW
    )
    unit, _ = journey.histories(journey.before_release())
    blockers = strip(unit, verdict).use.blockers
    ids = {row.id for stage in drawn(verdict).stages for row in stage.rows}
    assert blockers
    assert all(blocker.url.removeprefix("#") in ids for blocker in blockers)


def test_more_blockers_than_fit_are_counted() -> None:
    verdict = journey.judged(cast.before_birth(), NOW)
    unit, _ = journey.histories(cast.before_birth())
    use = strip(unit, verdict).use
    assert len(use.blockers) == BLOCKERS_MAX
    assert "more are open" in str(use.sentence)


def test_without_a_protocol_the_answer_is_not_known() -> None:
    unit, _ = journey.histories(cast.before_birth() + cast.birth())
    answers = strip(unit, None, why_no_verdict="Enrolled in no protocol.")
    assert (str(answers.use.answer), answers.use.sentence) == (
        "Not known",
        "Enrolled in no protocol.",
    )
    assert answers.dose is None


@pytest.mark.parametrize(
    ("kg", "hours_before", "shown"),
    [
        ("6.8", 2, "0.68\u00a0mL"),
        ("6.8", 99, "0.68\u00a0mL"),
        ("0.9", 2, "No\u00a0dose"),
        ("0.9", 99, "No\u00a0dose"),
    ],
)
def test_a_dose_outside_its_range_never_stands_in_large_letters(kg, hours_before, shown) -> None:
    protocol = with_least_volume()
    dose = strip_of(kg, hours_before, protocol).dose
    assert dose is not None
    assert str(dose.dose) == shown


def strip_of(kg: str, hours_before: int, protocol: Protocol) -> parts.Verdict:
    """The answers for a child of this weight, weighed so long before the thaw."""
    weighed = Weighed(
        infant=cast.LINA,
        weight=cast.q(kg, "kg"),
        by=cast.NURSE,
        at=journey.THEATRE_DAY - timedelta(hours=hours_before),
    )
    events = [e for e in journey.before_thaw() if not isinstance(e, Weighed)] + [weighed]
    unit, _ = journey.histories(events)
    return strip(unit, journey.judged(events, journey.THEATRE_DAY, protocol), protocol.dose)


def with_least_volume() -> Protocol:
    """The practice protocol with a volume that only a child of some size can have."""
    rule = replace(journey.DOSE_RULE, volume=Limit(at_least=cast.q("0.5", "mL")))
    return replace(journey.PROTOCOL, dose=rule)


def test_the_working_ends_in_the_dose_for_each_kg_and_lies_on_its_gauge() -> None:
    verdict = journey.judged(journey.before_thaw(), journey.THEATRE_DAY)
    box = working(verdict.dose)
    assert box is not None
    assert box.total is not None
    assert box.gauge is not None
    assert box.gauge.inside
    assert str(box.total.value) == "3.6\u00a0million\u00a0per\u00a0kg"


def test_there_is_no_ladder_where_there_is_nothing_to_be_ready_for() -> None:
    assert ladder(journey.judged(journey.whole_life(), cast.after_birth(days=180))) is None


def test_a_deadline_that_passed_is_drawn_as_missed() -> None:
    late = cast.after_birth(days=172)
    verdict = journey.judged(cast.before_birth() + cast.birth() + [planned()], late)
    drawn_ladder = ladder(verdict)
    assert drawn_ladder is not None
    assert "missed" in {rung.kind for rung in drawn_ladder.rungs}


def test_gate_ids_are_those_of_the_protocol() -> None:
    verdict = journey.judged(journey.before_release(), NOW)
    gate = verdict.gates[0]
    assert isinstance(gate, Gate)
    assert row(verdict, gate.title).id == f"gate-{gate.id}"


@pytest.mark.parametrize(
    ("shipped", "address"), [(False, "/incoming"), (True, f"/unit/{cast.DIN}/receive")]
)
def test_what_was_sent_to_theatre_is_received_there(shipped: bool, address: str) -> None:
    first = journey.judged(journey.before_release(), NOW).steps[0]
    step = replace(first, event="Received", state=StepState.READY)
    offers = Offers(acting("technologist"), journey.PROTOCOL, cast.DIN, cast.LINA, shipped=shipped)
    assert [action.url for action in offers.for_step(step)] == [address]
