"""A plot says what its table says, speaks to a screen reader, and brings nothing from outside."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from cordula.evidence.plots import Figure, figures
from cordula.evidence.pooling import pool
from tests.unit.evidence.cast import asking, counted, known, result, study

SVG = "{http://www.w3.org/2000/svg}"


def drawn(question: str, months: int) -> dict[str, Figure]:
    return {one.name: one for one in figures(pool(question, months))}


@pytest.fixture(scope="module")
def volume() -> dict[str, Figure]:
    return drawn("cord-blood-volume", 0)


def test_forest_funnel_and_beliefs_are_drawn_where_there_is_something_to_draw(
    volume: dict[str, Figure],
) -> None:
    assert set(volume) == {
        "cord-blood-volume-0mo-forest",
        "cord-blood-volume-0mo-funnel",
        "cord-blood-volume-0mo-prior-to-posterior",
    }
    assert set(drawn("rv-longitudinal-strain", 3)) == {"rv-longitudinal-strain-3mo-forest"}
    assert not drawn("rvef-level", 12) or all("forest" in name for name in drawn("rvef-level", 12))


def test_each_has_a_title_and_a_description_that_name_it(volume: dict[str, Figure]) -> None:
    for figure in volume.values():
        root = ElementTree.fromstring(figure.svg[figure.svg.index("<svg") :])
        assert root.get("role") == "img"
        for key, text in (("title", figure.title), ("desc", figure.description)):
            found = root.find(f"{SVG}{key}")
            assert found is not None
            assert found.text == text
            assert found.get("id") in str(root.get("aria-labelledby"))


def test_no_font_no_picture_and_no_address_is_fetched(volume: dict[str, Figure]) -> None:
    for figure in volume.values():
        assert "@font-face" not in figure.svg
        assert "<image" not in figure.svg
        assert not re.search(r'(?:href|src)="(?!#)', figure.svg)
        assert "IBM Plex Sans" in figure.svg


def test_the_same_answer_is_drawn_with_the_same_bytes(volume: dict[str, Figure]) -> None:
    assert drawn("cord-blood-volume", 0) == volume


def test_every_number_of_the_table_is_in_the_picture(volume: dict[str, Figure]) -> None:
    forest = volume["cord-blood-volume-0mo-forest"]
    headings, *rows = forest.rows
    at = [headings.index(name) for name in ("Study", "Estimate", "Low", "High")]
    text = re.sub(r"\s+", " ", forest.svg)
    for row in rows:
        name, *numbers = (row[i] for i in at)
        assert name in text
        for number in numbers:
            assert f"{float(number):.1f}".replace("-", "−") in text, (name, number)


def test_a_study_of_which_only_a_direction_is_known_is_drawn_in_words() -> None:
    forest = drawn("rv-longitudinal-strain", 3)["rv-longitudinal-strain-3mo-forest"]
    assert "against cells, P 0.032 (numbers not read)" in forest.svg
    assert forest.rows[1][0] == "Mayo phase IIb"
    change = drawn("rvef-change", 12)["rvef-change-12mo-forest"]
    assert "against cells" in change.svg


def test_a_limit_without_end_is_drawn_to_the_edge() -> None:
    zero = result(counted("cells", 0, 12), counted("control", 3, 11), measure="transplant")
    asked = asking("odds_ratio", "transplant", unit="ratio")
    (forest,) = figures(pool(asked, 12, known=known(study("one", zero))))
    assert "0.00 to" in re.sub(r"\s+", " ", forest.svg)


def test_both_files_are_written_side_by_side(tmp_path: Path, volume: dict[str, Figure]) -> None:
    picture, table = volume["cord-blood-volume-0mo-forest"].write(tmp_path)
    assert picture.read_text(encoding="utf-8").lstrip().startswith(("<?xml", "<svg"))
    assert table.read_text(encoding="utf-8").startswith("Study,Design,Children,Estimate")
