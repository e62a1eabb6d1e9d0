"""The parents' page answers anybody, keeps nothing, and is refused rather than wrong."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.test import Client
from pypdf import PdfReader

from cordula.decision_aid.site import SHIPPED
from cordula_web.families import languages
from cordula_web.families.languages import Language, wanted
from cordula_web.people.permissions import PUBLIC, table

ADDRESSES = ("/aid/en/cord-blood", "/aid/en/cord-blood.pdf", "/aid/en/claims", "/aid/en/heart")


def test_every_address_of_the_room_is_public() -> None:
    rows = [row for row in table() if row.name.startswith("families:")]
    assert len(rows) == 5
    for row in rows:
        assert row.permission is not None
        assert row.permission.who == PUBLIC
        assert row.methods == {"GET", "HEAD"}


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_stranger_reads_it_without_a_cookie_and_without_the_database(
    stranger: Client, address: str
) -> None:
    # The fixture that opens the database is not asked for: a query would fail here.
    answer = stranger.get(address)
    assert answer.status_code == 200
    assert not answer.cookies
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("address", ADDRESSES[::2])
def test_a_page_holds_no_script_no_form_and_no_outside_part(stranger: Client, address: str) -> None:
    page = stranger.get(address).content.decode()
    assert not re.search(r"<(script|form|iframe|object|link[^>]+preconnect)", page)
    assert not re.search(r'(?:src|srcset|action)="(?:https?:)?//', page)
    assert "style=" not in page


def test_it_leads_to_the_reader_s_language(stranger: Client) -> None:
    answer = stranger.get("/aid", headers={"Accept-Language": "de-CH, en;q=0.5"})
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/aid/en/cord-blood"


def test_the_first_language_that_there_is_is_chosen() -> None:
    some = [Language("en", "English", False), Language("ar", "العربية", True)]
    assert wanted("de, ar-EG;q=0.8, en;q=0.5", some).code == "ar"
    assert wanted("", some).code == "en"


@pytest.mark.parametrize("address", ["/aid/xx/cord-blood", "/aid/xx/claims", "/aid/en/lungs"])
def test_a_language_or_page_that_is_not_there_is_not_found(stranger: Client, address: str) -> None:
    assert stranger.get(address).status_code == 404


def test_the_order_is_that_of_the_design(stranger: Client) -> None:
    page = stranger.get("/aid/en/cord-blood").content.decode()
    sections = ["short", "choices", "trade-off", "largest", "use", "values", "ask", "unknown"]
    places = [page.index(f'id="{one}"') for one in [*sections, "about"]]
    assert places == sorted(places)
    assert page.count("<h1") == 1
    columns = re.findall(r'<th scope="col">([^<]+)<small>', page)[:4]
    assert columns[0] == "Let it flow to your baby"


def test_the_page_says_draft_and_what_is_missing(stranger: Client) -> None:
    page = stranger.get("/aid/en/cord-blood").content.decode()
    assert "<b>Draft.</b> Do not use this page to make a decision." in page
    assert "parents have not tried this page" in page


def test_a_site_of_its_own_is_shown_at_once(
    stranger: Client, settings: Any, tmp_path: Path
) -> None:
    own = tmp_path / "own.toml"
    own.write_text(SHIPPED.read_text().replace("In the USA about", "Here it is"))
    settings.CORDULA_AID_SITE = own
    assert "Here it is $1,000" in stranger.get("/aid/en/cord-blood").content.decode()


def test_a_wrong_site_file_is_refused_with_its_line(
    stranger: Client, settings: Any, tmp_path: Path
) -> None:
    own = tmp_path / "own.toml"
    own.write_text(SHIPPED.read_text().replace("${first_low}", "$1000"))
    settings.CORDULA_AID_SITE = own
    for address in ADDRESSES[:2]:
        answer = stranger.get(address)
        assert answer.status_code == 503
        page = answer.content.decode()
        assert re.search(r"own\.toml:\d+: “1000” is a number without a source", page)
        assert str(tmp_path) not in page
        assert "Ask your midwife or doctor." in page


def test_the_site_says_so_when_it_starts(settings: Any, tmp_path: Path) -> None:
    assert not [one for one in run_checks() if one.id == "families.E001"]
    settings.CORDULA_AID_SITE = tmp_path / "nowhere.toml"
    (found,) = [one for one in run_checks() if one.id == "families.E001"]
    assert "nowhere.toml:1: there is no such file" in found.msg


def test_a_corrected_file_is_read_again(stranger: Client, settings: Any, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text("country = 7\n")
    settings.CORDULA_AID_SITE = own
    assert stranger.get("/aid/en/cord-blood").status_code == 503
    own.write_text(SHIPPED.read_text())
    assert stranger.get("/aid/en/cord-blood").status_code == 200


def test_half_a_language_is_neither_offered_nor_shown(
    stranger: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    catalogue = tmp_path / "es/LC_MESSAGES/cordula.mo"
    catalogue.parent.mkdir(parents=True)
    catalogue.touch()
    monkeypatch.setattr(languages, "CATALOGUES", tmp_path)
    assert (
        "Español".casefold() not in stranger.get("/aid/en/cord-blood").content.decode().casefold()
    )
    half = stranger.get("/aid/es/cord-blood")
    assert half.status_code == 503
    assert "not translated into “es”" in half.content.decode()


def test_the_same_page_comes_on_paper(stranger: Client) -> None:
    answer = stranger.get("/aid/en/cord-blood.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert len(PdfReader(io.BytesIO(answer.content)).pages) == 3
