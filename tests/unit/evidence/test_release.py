"""A release is the snapshot and its pictures: complete, with no styles, and what the answers say today."""

import re
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from cordula.evidence import snapshot
from cordula.evidence.answer import Answer
from cordula.evidence.plots import Figure, figures
from cordula.evidence.plots.bare import NoAttribute, bare
from cordula.evidence.release import index, picture, pictures, release

DAY = date(2026, 11, 22)
NEWEST = snapshot.names()[-1]


@pytest.fixture(scope="module")
def drawn() -> tuple[dict[str, Answer], dict[str, tuple[Figure, ...]]]:
    answers = snapshot.answered()
    return answers, {key: figures(one) for key, one in answers.items()}


def words(svg: str) -> list[str]:
    root = ElementTree.fromstring(svg)
    return [one.text or "" for one in root.iter("{http://www.w3.org/2000/svg}text")]


def told(found: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Without the digests: where other fonts are installed, a letter may stand elsewhere."""
    return {
        key: [{k: v for k, v in one.items() if k != "sha256"} for one in several]
        for key, several in found.items()
    }


def test_the_released_pictures_are_those_of_todays_answers(drawn: Any) -> None:
    answers, figures_of = drawn
    kept = pictures(NEWEST)
    assert told(kept) == told(index(answers, figures_of)), (
        "pictures and answers differ: release them with `cordula evidence snapshot YEAR-MONTH`"
    )
    for figure in (one for several in figures_of.values() for one in several):
        svg = picture(NEWEST, figure.name)
        assert svg is not None
        assert words(svg.decode()) == words(figure.svg)


def test_each_file_is_the_one_that_was_released() -> None:
    for one in (one for several in pictures(NEWEST).values() for one in several):
        svg = picture(NEWEST, one["name"])
        assert svg is not None
        assert sha256(svg).hexdigest() == one["sha256"], one["name"]


def test_no_picture_has_a_style_a_script_or_an_address() -> None:
    for one in (one for several in pictures(NEWEST).values() for one in several):
        svg = (picture(NEWEST, one["name"]) or b"").decode()
        assert not re.search(r"<style|style=|<script|\son\w+=|@import", svg), one["name"]
        assert not re.search(r'href="(?!#)', svg), one["name"]


def test_a_style_is_said_by_attributes_and_a_shorthand_is_refused() -> None:
    sheet = "<svg><defs><style>*{stroke-linejoin: round}</style></defs>"
    svg = f'{sheet}<path d="M 0 0" style="fill: none; stroke: #42555e"/></svg>'
    said = '<svg stroke-linejoin="round"><path d="M 0 0" fill="none" stroke="#42555e"/></svg>'
    assert bare(svg) == said
    with pytest.raises(NoAttribute, match="font"):
        bare('<svg><text style="font: 10px sans-serif"/></svg>')


def test_a_name_that_the_index_does_not_hold_is_no_picture() -> None:
    assert picture(NEWEST, "../2026-11") is None
    assert picture(NEWEST, "no-such-forest") is None
    assert picture("1999-01", "rvef-change-12mo-forest") is None


def test_a_release_leaves_no_picture_of_an_earlier_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, drawn: Any
) -> None:
    answers = {key: drawn[0][key] for key in ("death@96", "cord-blood-volume@0")}
    monkeypatch.setattr(snapshot, "answered", lambda: answers)
    (tmp_path / NEWEST).mkdir()
    (tmp_path / NEWEST / "gone-12mo-forest.svg").write_text("<svg/>")
    release(NEWEST, DAY, tmp_path)
    names = {path.stem for path in (tmp_path / NEWEST).glob("*.svg")}
    assert names == {o["name"] for s in pictures(NEWEST, tmp_path).values() for o in s}
    assert "cord-blood-volume-0mo-funnel" in names
