"""A country's file changes the page, and a wrong one is refused with its file and line."""

from pathlib import Path

import pytest

from cordula.decision_aid import guards
from cordula.decision_aid.page import draw
from cordula.decision_aid.reading import read
from cordula.decision_aid.refusal import AidRefused
from cordula.decision_aid.site import read_site
from tests.unit.decision_aid.conftest import TODAY

BORDURIA = """
country = "Borduria"

[figures]
fee = { stated = 4200, why = "the only bank's price", source = "price-list" }

[texts]
pay_cost = { words = "In Borduria {fee} crowns, once.", cites = ["price-list"] }
law = { words = "Only the state may store cord blood.", cites = ["act"] }
banks = { words = "There is one bank, in Szohôd.", cites = ["price-list"] }

[[references]]
key = "price-list"
words = "Price list of the bank, 2026."

[[references]]
key = "act"
words = "Act on tissues, 2019."
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "borduria.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_country_brings_prices_law_and_banks(tmp_path: Path) -> None:
    site = read_site(written(tmp_path, BORDURIA))
    aid = read(site)
    page = draw(aid, site, TODAY)
    assert guards.check(aid) == []
    cost = next(row for row in page.rows if "cost" in row.title).cells[2]
    assert cost.words == "In Borduria 4,200 crowns, once."
    assert cost.source_words == "Source\u00a014"
    where = dict(page.about.facts)["Where you live"]
    assert where.startswith("Borduria. Only the state may store cord blood.")
    assert "USA" not in str(page.rows)
    assert [one.words for one in page.about.references][-2:] == [
        "Price list of the bank, 2026.",
        "Act on tissues, 2019.",
    ]


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("country =", "contry =", "borduria.toml:2: “contry” is not a key"),
        ("pay_cost =", "pay_costs =", "borduria.toml:7: “pay_cost” is missing"),
        (', source = "price-list" }', " }", "borduria.toml:5: “source” is missing"),
        ('words = "Act on tissues, 2019."', "", "“words” is missing"),
        ("[figures]", "[figures", "cannot be read"),
    ],
)
def test_a_wrong_file_is_refused_by_line(
    tmp_path: Path, before: str, after: str, says: str
) -> None:
    path = written(tmp_path, BORDURIA.replace(before, after))
    with pytest.raises(AidRefused) as refused:
        read_site(path)
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("{fee} crowns", "4200 crowns", "borduria.toml:8: “4200” is a number without a source"),
        ('law = { words = "Only', 'law = { words = "A proven cure. Only', "may not stand"),
        ('"Only the state may store cord blood.", cites = ["act"]', '"x insurance"', "needs a"),
        ('cites = ["act"]', 'cites = ["price-list"]', "“act” is cited nowhere"),
    ],
)
def test_the_guards_read_a_country_s_words_too(
    tmp_path: Path, before: str, after: str, says: str
) -> None:
    aid = read(read_site(written(tmp_path, BORDURIA.replace(before, after))))
    assert says in "\n".join(map(str, guards.check(aid)))


def test_a_test_with_nobody_is_no_test(tmp_path: Path) -> None:
    tried = '\n[[tried]]\nwho = "parents"\npeople = 0\non = 2026-12-03\nreport = "None"\n'
    with pytest.raises(AidRefused, match="says how many took part"):
        read_site(written(tmp_path, BORDURIA + tried))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AidRefused, match="there is no such file"):
        read_site(tmp_path / "nowhere.toml")
