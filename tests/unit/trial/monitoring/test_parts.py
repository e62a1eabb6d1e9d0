"""What the ledger says at one size stays so for ever, and nothing of an arm reaches the open part."""

from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from cordula.events.event import Event
from cordula.events.randomisation import AllocationListCommitted, Randomised
from cordula.stats.refusals import CannotBe
from cordula.stats.streams import stream
from cordula.trial.allocation import NotTheList, draw_list
from cordula.trial.monitoring import (
    Plan,
    arms_of,
    closed_part,
    courses_of,
    entered_of,
    frozen,
    interim,
    open_part,
    plan_of,
)
from cordula.trial.monitoring.accrual import completeness, state_of
from cordula.trial.monitoring.plan import MONTH
from cordula.trial.monitoring.statistic import Statistic
from cordula.vocabulary.identifiers import ProtocolId
from tests.unit.trial.monitoring.children import (
    BEGIN,
    LATER,
    ROOT,
    WHO,
    by_place,
    child,
    died,
    enrolled,
    facts,
    given,
    infant,
    operated,
)
from tests.unit.trial.plans import PLAIN, protocol, with_

ACCRUAL = PLAIN.replace('title = "Nothing differs"', 'title = "Nothing differs"\naccrual = "4 /mo"')


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    return plan_of(protocol(tmp_path, ACCRUAL))


def twelve() -> list[Event]:
    """Twelve children, one a day; every second one was given cells."""
    events = [e for n in range(12) for e in child(n, n, 30 + n % 5, (n * 7 % 11) - 4.0)]
    return events + [given(n, n) for n in range(0, 12, 2)]


def test_what_is_recorded_beyond_the_size_is_not_seen(plan: Plan) -> None:
    events = sorted(twelve(), key=lambda event: event.at)
    short = facts(events, LATER, size=20)

    longer = facts([*events, died(3, 500)], LATER, size=20)

    assert open_part(plan, short) == open_part(plan, longer)
    assert open_part(plan, short).made.size == 20
    assert open_part(plan, facts(events)) != open_part(plan, short)


def test_entries_are_put_in_the_order_of_the_ledger(plan: Plan) -> None:
    from cordula.trial.monitoring import Told

    told = [Told(i, e, (e.infant,)) for i, e in enumerate(child(1, 0, 30, 2))]  # type: ignore[attr-defined]

    one = frozen(told, size=9, root=ROOT, at=LATER)

    assert one == frozen(reversed(told), size=9, root=ROOT, at=LATER)
    assert [name for name, _ in one.infants] == [infant(1)]


def test_a_child_enters_with_the_operation_where_nobody_draws_lots(plan: Plan) -> None:
    only_enrolled = [enrolled(1), *child(2, 5, 30, 2)]

    found = entered_of(plan, facts(only_enrolled))

    assert [one.infant for one in found] == [infant(2)]
    assert found[0].entered == BEGIN + timedelta(days=5)


def test_children_beyond_the_planned_number_are_counted_and_not_analysed(tmp_path: Path) -> None:
    plan = plan_of(protocol(tmp_path, with_(PLAIN, participants="10", looks='["1"]')))
    found = facts(twelve())

    told = open_part(plan, found).accrual

    assert (told.planned, told.entered, told.beyond) == (10, 10, 2)
    assert len(courses_of(plan, found)) == 10


def test_accrual_stands_beside_what_was_planned(plan: Plan) -> None:
    told = open_part(plan, facts(twelve(), BEGIN + timedelta(days=45))).accrual

    assert [(m.month, m.entered, m.planned) for m in told.months] == [(1, 12, 4.0), (2, 12, 8.0)]


def test_a_visit_is_done_missed_ahead_or_was_never_reached(plan: Plan) -> None:
    events = [
        *child(1, 0, 30, 2.0),
        *child(2, 0, 30, float("nan")),
        *child(3, 80, 30, float("nan")),
        *child(4, 0, 30, float("nan")),
        died(4, 20),
    ]
    now = BEGIN + 3 * MONTH + timedelta(days=1)
    found = facts(events, now)
    own = {one.infant: one for one in courses_of(plan, found)}

    told = [state_of(plan.visits[0], own[infant(n)], now) for n in (1, 2, 3, 4)]
    one = completeness(plan, tuple(own.values()), found)[0]

    assert told == ["done", "missed", "ahead", "died"]
    assert (one.due, one.done, one.missed, one.died, one.ahead) == (2, 1, 1, 1, 1)
    assert one.share == 0.5


def test_the_arms_are_told_apart_by_what_was_given_and_it_is_said(plan: Plan) -> None:
    found = facts(twelve())
    arms = arms_of(plan.design, found, plan.operation, {})

    closed = closed_part(plan, [(found, arms)])

    assert arms.origin == "given"
    assert [one.children for one in closed.arms] == [6, 6]
    assert "not a randomised comparison" in closed.warning
    assert closed.interims[0].statistic.counted == (6, 6)


def test_the_open_part_says_nothing_of_an_arm(plan: Plan) -> None:
    told = repr(asdict(open_part(plan, facts(twelve()))))

    for arm in plan.design.arms:
        assert f"'{arm.id}'" not in told
        assert arm.title not in told


def test_the_open_part_is_the_same_whoever_got_the_cells(plan: Plan) -> None:
    turned = [*(e for e in twelve() if type(e).__name__ != "Administered")]
    turned += [given(n, n) for n in range(1, 12, 2)]

    one, other = open_part(plan, facts(twelve())), open_part(plan, facts(turned))

    assert one == other


def test_drawn_arms_need_the_words_that_were_sealed(plan: Plan) -> None:
    drawn = draw_list("main", plan.design, 4, stream(1, "allocation"))
    events: list[Event] = [
        AllocationListCommitted(
            protocol_file=ProtocolId("small"), version="1", digest="2" * 64, list_name="main",
            method=drawn.method, places=4, root=drawn.root, by=WHO, at=BEGIN - timedelta(days=900),
        )
    ]  # fmt: skip
    for n in range(4):
        draw = drawn.draw(n + 1)
        events += child(n, n, 30, 1.0 + n)
        events.append(
            Randomised(
                infant=infant(n), protocol_file=ProtocolId("small"), list_name="main",
                number=n + 1, sealed=draw.sealed, proof=draw.proof, by=WHO,
                at=BEGIN + timedelta(days=n - 1),
            )
        )  # fmt: skip
    found, words = facts(events), {one.digest: one for one in drawn.disclosures}

    arms = arms_of(plan.design, found, plan.operation, words)

    assert arms.origin == "drawn"
    assert list(arms.of.values()) == [one.value for one in drawn.disclosures]
    assert entered_of(plan, found)[0].entered == BEGIN - timedelta(days=1)
    assert not arms_of(plan.design, found, plan.operation, {}).of
    swapped = dict(zip(words, reversed(words.values()), strict=True))
    with pytest.raises(NotTheList):
        arms_of(plan.design, found, plan.operation, swapped)


# --- Looks ------------------------------------------------------------------------------------


def at(settled: int, z: float) -> Statistic:
    from scipy.stats import norm

    return Statistic(z, 1.0, np.inf, float(norm.sf(z)), (settled // 2, settled // 2), settled)


def test_bounds_are_recalculated_where_a_look_came_unplanned(plan: Plan) -> None:
    endpoint = plan.design.endpoints["fac"]

    early = interim(plan.design, endpoint, [at(15, 2.0)])
    planned = interim(plan.design, endpoint, [at(20, 2.0)])

    assert (early.information, planned.information) == (15 / 40, 0.5)
    assert early.bounds[0].critical > planned.bounds[0].critical
    assert planned.bounds[0].critical == plan.design.looks.boundaries().critical[0]
    assert [b.held for b in early.bounds] == [True, False]


def test_a_look_that_saw_nobody_new_spends_nothing(plan: Plan) -> None:
    endpoint = plan.design.endpoints["fac"]

    once = interim(plan.design, endpoint, [at(15, 2.0)])
    again = interim(plan.design, endpoint, [at(15, 1.0), at(15, 2.0)])

    assert once == again
    twice = interim(plan.design, endpoint, [at(15, 1.0), at(20, 2.0)])
    assert twice.look == 2
    assert twice.bounds[1].spent > once.bounds[0].spent


def test_a_repeated_interval_is_wider_than_a_plain_one(plan: Plan) -> None:
    found = interim(plan.design, plan.design.endpoints["fac"], [at(20, 2.0)])

    assert found.low is not None
    assert found.high is not None
    assert found.low < 2.0 - 1.96
    assert found.high > 2.0 + 1.96


def test_without_information_there_is_no_look(plan: Plan) -> None:
    closed = closed_part(plan, [(facts([enrolled(1)]), by_place((), np.array([], np.int8)))])

    assert not closed.interims
    assert "no information" in closed.unanswered["fac"]
    with pytest.raises(CannotBe, match="no child"):
        interim(plan.design, plan.design.endpoints["fac"], [])


def test_a_death_is_left_out_or_counted_as_the_estimand_says(tmp_path: Path) -> None:
    estimand = """
[design.endpoints.estimand]
treatment = "Cells, against none"
population = "Children"
variable = "Change of area"
summary = "difference_of_means"
set_to = "-20 %"

[design.endpoints.estimand.intercurrent]
death = "composite"
transplant = "hypothetical"
unplanned_operation = "treatment_policy"
"""
    trial = ACCRUAL.replace('analysis = "ancova"\n', 'analysis = "t_test"\n' + estimand, 1)
    composite = plan_of(protocol(tmp_path, trial))
    events = [e for n in range(6) for e in child(n, n, 30, float("nan") if n == 5 else n)]
    events += [died(5, 9)]
    arms = by_place(("cells", "control"), np.array([0, 1, 0, 1, 0, 1], np.int8))

    found = closed_part(composite, [(facts(events), arms)]).interims[0].statistic

    assert found.counted == (3, 3)
    assert found.estimate == pytest.approx((0 + 2 + 4) / 3 - (1 + 3 - 20) / 3)


def test_an_operation_that_nobody_planned_is_an_event_of_the_course(plan: Plan) -> None:
    events = [*child(1, 0, 30, 2), operated(1, 30, "systemic_shunt")]

    one = courses_of(plan, facts(events))[0]

    assert list(one.times) == ["unplanned_operation"]
