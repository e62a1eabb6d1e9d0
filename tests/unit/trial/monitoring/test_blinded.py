"""Nothing of the arms is in the open part, whatever the endpoint is and on whatever paper it stands."""

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from cordula.events.event import Event
from cordula.trial.design import Arm
from cordula.trial.monitoring import Plan, arms_of, closed_part, open_part, plan_of
from cordula.trial.report import Document, closed_report, html, open_report, pdf, write
from tests.unit.trial.monitoring.children import child, died, facts, given, operated
from tests.unit.trial.monitoring.designs import KINDS, moment
from tests.unit.trial.plans import protocol

MADE = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
# Words that stand nowhere else, so that one of them in the open part can only have come from an arm.
MARKS = ("zanzibarcells", "ZANZIBAR TITLE", "quaggacontrol", "QUAGGA TITLE")
# What only a comparison of arms would say.
COMPARED = (
    "first arm", "last arm", "bound", "Share of the level", "Repeated confidence", "Power that is left",
    "Probability", "CLOSED PART",
)  # fmt: skip


def marked(folder: Path, kind: str) -> Plan:
    """A plan of this kind whose arms have the names above."""
    plan = plan_of(protocol(folder, KINDS[kind]()))
    arms = (Arm(id=MARKS[0], title=MARKS[1]), Arm(id=MARKS[2], title=MARKS[3]))
    return replace(plan, design=replace(plan.design, arms=arms))


def events(treated: int) -> list[Event]:
    """Twelve children; every second one from `treated` on was given cells; some died or were operated again."""
    told = [e for n in range(12) for e in child(n, n, 30 + n % 5, (n * 7 % 11) - 4.0)]
    told += [given(n, n) for n in range(treated, 12, 2)]
    return [
        *told,
        died(2, 150),
        died(5, 90),
        died(8, 120),
        operated(1, 70, "systemic_shunt"),
        operated(4, 99, "systemic_shunt"),
    ]


def open_of(plan: Plan, treated: int) -> Document:
    return open_report(plan, open_part(plan, facts(events(treated), moment(20))))


def every_word(document: Document, folder: Path) -> dict[str, str]:
    """Every form in which the part leaves the program, by a name of the form."""
    write(document, folder, MADE)
    pages = PdfReader(BytesIO(pdf(document, MADE))).pages
    told = {
        "json": json.dumps(asdict(document)),
        "html": html(document),
        "pdf": "\n".join(page.extract_text() for page in pages),
        "names": "\n".join(path.name for path in sorted(folder.rglob("*"))),
    }
    texts = (path for path in sorted(folder.rglob("*")) if path.suffix in (".svg", ".csv", ".html"))
    return told | {path.name: path.read_text(encoding="utf-8") for path in texts}


@pytest.mark.parametrize("kind", KINDS)
def test_no_form_of_the_open_part_says_a_word_of_an_arm(tmp_path: Path, kind: str) -> None:
    document = open_of(marked(tmp_path, kind), 0)

    told = every_word(document, tmp_path / "open")

    assert any(name.endswith(".svg") for name in told)
    for form, text in told.items():
        for word in (*MARKS, *COMPARED):
            assert word.lower() not in text.lower(), f"{word} in {form}"


@pytest.mark.parametrize("kind", KINDS)
def test_the_open_part_is_byte_for_byte_the_same_whoever_got_the_cells(
    tmp_path: Path, kind: str
) -> None:
    """In every form, so that no order of rows and no title of a picture can tell either."""
    plan = marked(tmp_path, kind)

    one = every_word(open_of(plan, 0), tmp_path / "one")
    other = every_word(open_of(plan, 1), tmp_path / "other")

    assert one == other
    assert pdf(open_of(plan, 0), MADE) == pdf(open_of(plan, 1), MADE)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_search_finds_the_arms_in_the_closed_part(tmp_path: Path, kind: str) -> None:
    """So that the two tests above would see a leak."""
    plan = marked(tmp_path, kind)
    pages = []
    for treated in (0, 1):
        now = facts(events(treated), moment(20))
        arms = arms_of(plan.design, now, plan.operation, {})
        part = closed_part(plan, [(now, arms)])
        assert not part.unanswered
        pages.append(html(closed_report(plan, part)))

    assert MARKS[1] in pages[0]
    assert MARKS[3] in pages[0]
    assert "first arm" in pages[0]
    assert pages[0] != pages[1]


def test_a_change_that_is_no_arm_s_is_seen_in_the_open_part(tmp_path: Path) -> None:
    """The open part does say something: one child more has died."""
    plan = marked(tmp_path, "rmst")
    more = [*events(0), died(7, 60)]

    one = open_of(plan, 0)
    other = open_report(plan, open_part(plan, facts(more, moment(20))))

    assert html(one) != html(other)


def test_no_number_of_the_open_part_depends_on_the_order_of_the_arms(tmp_path: Path) -> None:
    plan = marked(tmp_path, "win_ratio")
    turned = replace(plan, design=replace(plan.design, arms=tuple(reversed(plan.design.arms))))

    assert open_of(plan, 0) == open_of(turned, 0)
