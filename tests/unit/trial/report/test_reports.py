"""A report says the same on every kind of paper, names what it was made from, and hides nothing behind a picture."""

from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from cordula.cli.main import assemble
from cordula.protocols import load
from cordula.trial.design import design_of
from cordula.trial.monitoring import arms_of, closed_part, open_part, plan_of
from cordula.trial.report import Document, closed_report, html, open_report, pdf, simulated, write
from cordula.trial.scenarios import scenarios_of
from cordula.trial.simulation import simulate
from tests.unit.trial.monitoring.children import child, died, facts, given

MADE = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PRACTICE, UNRANDOMISED = "practice-mnc-stage-2", "autologous-mnc-stage-2"


@pytest.fixture(scope="module")
def of_practice() -> Document:
    protocol = load.named(PRACTICE)
    design, scenarios = design_of(protocol), scenarios_of(protocol)
    return simulated(design, scenarios, [simulate(design, s, 200, 1) for s in scenarios.values()])


@pytest.fixture(scope="module")
def parts() -> tuple[Document, Document]:
    plan = plan_of(load.named(PRACTICE))
    events = [e for n in range(12) for e in child(n, n, 30 + n % 5, (n * 7 % 11) - 4.0)]
    events += [given(n, n) for n in range(0, 12, 2)] + [died(2, 12)]
    found = facts(events)
    arms = arms_of(plan.design, found, plan.operation, {})
    closed = closed_part(plan, [(found, arms)])
    return open_report(plan, open_part(plan, found)), closed_report(plan, closed)


class Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.told: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.told.append(data)


def read(page: str) -> Words:
    found = Words()
    found.feed(page)
    return found


def on_paper(document: Document) -> str:
    pages = PdfReader(BytesIO(pdf(document, MADE))).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def test_a_simulation_s_report_names_digest_seed_and_versions(of_practice: Document) -> None:
    told = dict(of_practice.facts)

    assert told["Digest of the protocol"] == load.named(PRACTICE).digest
    assert told["Seed"] == "1"
    assert "numpy" in told["Versions"]


def test_a_design_with_looks_tells_the_estimate_that_allows_for_them(
    of_practice: Document,
) -> None:
    in_numbers = [
        table
        for section in of_practice.sections
        for table in section.tables
        if table.caption == "In numbers"
    ]

    assert len(in_numbers) == 3
    for table in in_numbers:
        told = dict(table.rows)["Bias of the median-unbiased estimate"]
        assert "above the truth in" in told
        assert "as often as below" in table.note
        assert table.note in html(of_practice)
    assert "asoftenasbelow" in on_paper(of_practice)


def test_every_picture_has_its_table_beside_it(of_practice: Document) -> None:
    pictured = [one for one in of_practice.sections if one.figure is not None]

    assert {one.figure.name for one in pictured if one.figure} == {
        "power", "bounds", "entries", "stopping-deaths",
    }  # fmt: skip
    for one in pictured:
        assert one.figure is not None
        assert one.figure.rows[1:] in [table.rows for table in one.tables]
        assert f'<title id="{one.figure.name}-title">' in one.figure.svg


def test_page_and_paper_say_every_cell(of_practice: Document) -> None:
    page = "".join("".join(read(html(of_practice)).told).split())
    paper = on_paper(of_practice)

    for section in of_practice.sections:
        for table in section.tables:
            for row in table.rows:
                for cell in row:
                    assert "".join(cell.split()) in page
                    assert "".join(cell.split()) in paper


def test_the_page_fetches_and_runs_nothing(of_practice: Document) -> None:
    page = html(of_practice)

    assert not {"script", "link", "img", "iframe"} & set(read(page).tags)
    assert "src=" not in page
    assert read(page).tags.count("h1") == 1


def test_the_paper_is_tagged_and_the_same_for_the_same_moment(of_practice: Document) -> None:
    one, other = pdf(of_practice, MADE), pdf(of_practice, MADE)

    root = PdfReader(BytesIO(one)).trailer["/Root"]
    assert one == other
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("en")


def test_arms_that_nobody_drew_lots_for_are_warned_of() -> None:
    protocol = load.named(UNRANDOMISED)
    design, scenarios = design_of(protocol), scenarios_of(protocol)
    chosen = [s for s in scenarios.values() if s.selection] or list(scenarios.values())[:1]

    told = simulated(design, scenarios, [simulate(design, one, 100, 1) for one in chosen])

    assert any("not randomised" in text for text in told.sections[0].warnings)
    assert "Warning." in html(told)


def test_open_and_closed_say_on_every_page_which_they_are(
    parts: tuple[Document, Document],
) -> None:
    for document, word in zip(parts, ("OPEN PART", "CLOSED PART"), strict=True):
        pages = PdfReader(BytesIO(pdf(document, MADE))).pages
        assert all(word in page.extract_text() for page in pages)
        assert word in html(document)


def test_the_open_part_names_no_arm_in_any_cell(parts: tuple[Document, Document]) -> None:
    plan = plan_of(load.named(PRACTICE))
    page = html(parts[0])

    for arm in plan.design.arms:
        assert arm.title not in page
    assert all(arm.title in html(parts[1]) for arm in plan.design.arms)


def test_a_met_safety_bound_comes_first_in_its_section(parts: tuple[Document, Document]) -> None:
    section = next(one for one in parts[1].sections if one.heading.startswith("Safety"))

    # One death of six: below the bound of 3 among 5 to 12.
    assert not section.warnings
    assert section.said == ("The rule does not stop the trial.",)
    assert ("Children with the event, of those counted", "1 of 6") in section.tables[0].rows


def test_a_report_names_the_size_and_the_root_it_was_made_from(
    parts: tuple[Document, Document],
) -> None:
    for document in parts:
        told = dict(document.facts)
        assert told["Root of the tree at that size"] == "0" * 64
        assert int(told["Entries of the ledger seen"]) > 12


def test_no_report_calls_anything_safe_or_speaks_of_benefit(
    of_practice: Document, parts: tuple[Document, Document]
) -> None:
    for document in (of_practice, *parts):
        told = " ".join(read(html(document)).told).lower()
        for word in (" safe ", " safe.", "benefit", " cure", "repairs", "effective"):
            assert word not in told


def test_files_are_written_side_by_side(of_practice: Document, tmp_path: Path) -> None:
    written = write(of_practice, tmp_path / "new" / "folder", MADE)

    assert {one.suffix for one in written} == {".html", ".pdf", ".svg", ".csv"}
    assert all(one.stat().st_size for one in written)


def test_the_command_writes_the_report(tmp_path: Path) -> None:
    told = CliRunner().invoke(
        assemble(), ["simulate", PRACTICE, "--trials", "100", "--report", str(tmp_path)]
    )

    assert told.exit_code == 0, told.output
    assert (tmp_path / f"simulation-{PRACTICE}.pdf").exists()
    assert "Wrote" in told.stderr


def test_a_report_of_a_comparison_is_refused_in_one_line(tmp_path: Path) -> None:
    told = CliRunner().invoke(
        assemble(), ["simulate", PRACTICE, "--truths", "0,1", "--report", str(tmp_path)]
    )

    assert told.exit_code != 0
    assert not list(tmp_path.iterdir())


def test_a_report_of_practice_says_so_in_the_mark_of_every_page(
    parts: tuple[Document, Document],
) -> None:
    for document in parts:
        real = replace(document, practice=False)
        assert "PRACTICE DATA" in html(document)
        assert "PRACTICE DATA" not in html(real)
        pages = PdfReader(BytesIO(pdf(document, MADE))).pages
        assert all("PRACTICE DATA" in page.extract_text() for page in pages)
