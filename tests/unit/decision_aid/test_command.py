"""`cordula aid`: what it says, and how it ends."""

import json
from pathlib import Path

from click.testing import CliRunner, Result
from pypdf import PdfReader

from cordula.cli.aid import aid
from cordula.decision_aid.site import SHIPPED


def run(*words: str) -> Result:
    return CliRunner().invoke(aid, words)


def test_check_tells_the_checklist_and_what_is_missing() -> None:
    done = run("check", "--day", "2026-11-22")
    assert done.exit_code == 0
    assert "met             IPDAS 1:" in done.output
    assert "missing         IPDAS 12:" in done.output
    assert done.output.splitlines()[-1].startswith("Draft. Still missing: who paid for it;")


def test_check_judges_by_the_day_that_is_named() -> None:
    assert "not been checked again in time" in run("check", "--day", "2027-06-01").output
    assert "not been checked again in time" not in run("check", "--day", "2027-05-01").output


def test_check_for_programs() -> None:
    told = json.loads(run("check", "--json", "--day", "2026-11-22").output)
    assert told["problems"] == []
    assert {one["id"]: one["met"] for one in told["checklist"]}["IPDAS 12"] is False


def test_a_wrong_file_ends_with_1_and_a_line_for_each_fault(tmp_path: Path) -> None:
    wrong = tmp_path / "here.toml"
    wrong.write_text(SHIPPED.read_text().replace("${yearly_low}", "$90"))
    done = run("check", "--site-file", str(wrong))
    assert done.exit_code == 1
    assert "“90” is a number without a source" in done.output
    paper = tmp_path / "aid.pdf"
    assert run("pdf", str(paper), "--site-file", str(wrong)).exit_code == 1
    assert not paper.exists()


def test_pdf_writes_three_sheets(tmp_path: Path) -> None:
    paper = tmp_path / "aid.pdf"
    done = run("pdf", str(paper), "--day", "2026-11-22")
    assert done.exit_code == 0
    assert "Draft." in done.output
    assert len(PdfReader(paper).pages) == 3


def test_a_folder_that_is_not_there_is_bad_input(tmp_path: Path) -> None:
    done = run("pdf", str(tmp_path / "nowhere" / "aid.pdf"))
    assert done.exit_code == 2
    assert "cannot be written" in done.output


def test_a_language_without_a_translation_is_bad_input() -> None:
    done = run("check", "--language", "../xx")
    assert done.exit_code == 2
    assert "“../xx” has no translation; there is en" in done.output


def test_pdf_never_writes_over_what_is_no_pdf(tmp_path: Path) -> None:
    mine = tmp_path / "country.toml"
    mine.write_text("prices")
    done = run("pdf", str(mine))
    assert done.exit_code == 2
    assert mine.read_text() == "prices"
    paper = tmp_path / "aid.pdf"
    paper.write_bytes(b"%PDF-1.7 an older one")
    assert run("pdf", str(paper)).exit_code == 0
