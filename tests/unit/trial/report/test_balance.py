"""The balance of the arms is told list by list in the closed report, and nowhere else."""

from datetime import UTC, datetime

from cordula.events.before_birth import Enrolled
from cordula.events.event import Event
from cordula.events.randomisation import AllocationListCommitted, Randomised
from cordula.protocols import load
from cordula.stats.streams import stream
from cordula.trial.allocation import History, draw_list
from cordula.trial.design import design_of
from cordula.trial.report import Document, with_balance
from cordula.trial.report.document import Section
from cordula.vocabulary.identifiers import AccountId, InfantId, ProtocolId

NOW, WHO = datetime(2026, 11, 22, 9, 0, tzinfo=UTC), AccountId("statistician")
DESIGN = design_of(load.named("practice-mnc-stage-2"))
CLOSED = Document(
    kind="closed", name="closed", title="Closed", lead="", facts=(),
    sections=(Section(heading="Arms"), Section(heading="Visits by arm")),
)  # fmt: skip


def told(arms: list[str]) -> tuple[History, dict[InfantId, str]]:
    listed = draw_list("main", DESIGN, 12, stream(1, "allocation"))
    events: list[Event] = [
        AllocationListCommitted(
            by=WHO, at=NOW, protocol_file=ProtocolId("p"), version="1", digest="0" * 64,
            list_name="main", method=listed.method, places=12, root=listed.root,
        )
    ]  # fmt: skip
    found = {}
    for number, arm in enumerate(arms, start=1):
        infant, draw = InfantId(f"infant-{number}"), listed.draw(number)
        events.append(
            Enrolled(by=WHO, at=NOW, infant=infant, protocol="p", version="1", digest="0" * 64)
        )
        events.append(
            Randomised(
                by=WHO, at=NOW, infant=infant, protocol_file=ProtocolId("p"), list_name="main",
                number=number, sealed=draw.sealed, proof=draw.proof,
            )
        )  # fmt: skip
        found[infant] = arm
    return History.replay(events), found


def test_draws_are_counted_by_list_and_arm_and_the_lead_is_said() -> None:
    history, arms = told(["cells", "cells", "control", "cells"])

    report = with_balance(CLOSED, DESIGN, history, arms, "One sentence more.")

    assert [one.heading for one in report.sections] == ["Arms", "Allocation", "Visits by arm"]
    section = report.sections[1]
    assert section.tables[0].rows == (("main", "3", "1"),)
    assert section.said == (
        "“Stage II with cells” is 1 child ahead of its share of the draws.",
        "One sentence more.",
    )


def test_arms_that_are_level_or_behind_are_said_so() -> None:
    level, behind = told(["cells", "control"]), told(["control"])

    assert "is level with its share" in with_balance(CLOSED, DESIGN, *level).sections[1].said[0]
    assert "0.5 children behind" in with_balance(CLOSED, DESIGN, *behind).sections[1].said[0]


def test_a_child_whose_arm_is_not_known_is_not_counted_and_no_draw_is_no_section() -> None:
    history, arms = told(["cells", "control"])

    one = with_balance(CLOSED, DESIGN, history, dict(list(arms.items())[:1]))

    assert one.sections[1].tables[0].rows == (("main", "1", "0"),)
    assert with_balance(CLOSED, DESIGN, History(), {}) == CLOSED
