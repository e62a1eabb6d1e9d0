"""What is said to each scan, and who counts as a second person?"""

import logging
import re
from datetime import timedelta

import pytest

from cordula.events.laboratory import Counted, Processed
from cordula_web.frame import squares
from cordula_web.laboratory.scanning.meaning import heard
from cordula_web.records import queries
from tests import cast, site

OTHER_BAG = "=A99992612348100"
BAG = f"={cast.DIN}00"
NOW = cast.after_birth(hours=20.5)
COUNT = f"/unit/{cast.DIN}/count"


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (BAG, "bag"),
        (f"]C0{BAG}", "bag"),
        (BAG.lower(), "bag"),
        (f"  {BAG}\r\n", "bag"),
        ("BDG:second-technologist", "badge"),
        ("LOC:tank-3-rack-b-box-7", "place"),
        ("CMD:NEXT:7F3A", "command"),
        (squares.PREVIEW, "preview"),
        ("=%5300", "other"),
        ("=A999926", "unknown"),
        ("HELLO", "unknown"),
        ("", "unknown"),
    ],
)
def test_the_first_characters_say_what_was_scanned(raw, kind):
    assert heard(raw).kind == kind


def test_a_typed_number_needs_its_check_character():
    assert heard(str(cast.DIN)).kind == "unknown"
    assert "boxed check character" in heard(str(cast.DIN)).why


@pytest.fixture
def technologist(st_anna, clock):
    early = [*cast.before_birth(), *cast.birth()]
    site.record_life([*early, *(e for e in cast.laboratory() if isinstance(e, Processed))])
    clock(NOW)
    return site.browser(cast.TECHNOLOGIST, "technologist")


db = pytest.mark.django_db(transaction=True)


def scan(browser, text: str, unit: str = cast.DIN, page: str = "count"):
    form = {"scan": text, "unit": unit, "page": page}
    return browser.post("/scan", form, headers={"HX-Request": "true"})


def told(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.content.decode())).strip()


@db
@pytest.mark.parametrize(
    ("text", "words", "role"),
    [
        (BAG, "Bag matches this run.", "status"),
        (OTHER_BAG, "Wrong bag. Stop.", "alert"),
        (f"{BAG}=<D0001000", "This unit has no such product: D0001 00", "alert"),
        ("PREVIEW ONLY", "This is a preview on a screen. Scan the bag.", "alert"),
        ("=%5300", "Scan the bag.", "status"),
        ("LOC:tank-3-rack-b-box-7", "That is a place: Tank 3, rack B, box 7.", "status"),
        ("LOC:nowhere", "This place is not known here.", "status"),
        ("BDG:technologist", "This is your own badge.", "alert"),
        ("BDG:nobody", "This badge is not known here.", "status"),
        ("BDG:second-technologist", "S. Wu stands by.", "status"),
        ("XYZ 123", "Not known here.", "status"),
    ],
)
def test_every_scan_is_answered_in_words(technologist, text, words, role):
    answer = scan(technologist, text)
    assert answer.status_code == 200
    assert words in told(answer)
    assert f'role="{role}"' in answer.content.decode()


@db
def test_a_bag_opens_its_page_from_the_empty_bench(technologist):
    assert scan(technologist, BAG, unit="", page="bench").headers["HX-Redirect"] == COUNT


@db
def test_without_script_the_answer_stands_on_the_page(technologist):
    answer = technologist.post("/scan", {"scan": OTHER_BAG, "unit": cast.DIN, "page": "count"})
    assert answer.url == COUNT
    assert "Wrong bag. Stop." in told(technologist.get(COUNT))
    assert "Wrong bag. Stop." not in told(technologist.get(COUNT))


@db
def test_the_second_person_comes_with_the_answer_and_is_recorded(technologist):
    answer = scan(technologist, "BDG:second-technologist")
    assert 'id="second-person" hx-swap-oob="true"' in answer.content.decode()
    assert counted_by(technologist) == cast.SECOND_TECHNOLOGIST


@db
def test_a_badge_of_six_minutes_ago_counts_for_nothing(technologist, clock):
    scan(technologist, "BDG:second-technologist")
    clock(NOW + timedelta(minutes=6))
    assert counted_by(technologist) is None


@db
def test_a_badge_scanned_for_one_unit_counts_for_no_other(technologist):
    session = technologist.session
    session["second_person"] = {
        "din": "A999926123481",
        "account": str(cast.SECOND_TECHNOLOGIST),
        "at": NOW.isoformat(),
    }
    session.save()
    assert counted_by(technologist) is None


def counted_by(browser):
    page = browser.get(COUNT).content.decode()
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    browser.post(COUNT, {**form, "save": "yes", "value-volume": "21"})
    return queries.unit(cast.UNIT, site=site.HERE).latest(Counted).second_person


@db
def test_no_scan_is_written_to_the_log(technologist, caplog):
    caplog.set_level(logging.INFO)
    scan(technologist, "CANARY 4471 0926")
    scan(technologist, "BDG:second-technologist")
    ours = [r.getMessage() for r in caplog.records if "scanning" in r.name]
    assert ours == ["scan of unknown: unknown", "scan of badge: second"]
    assert "CANARY" not in caplog.text
    assert "Wu" not in caplog.text


@db
def test_no_code_on_the_bench_can_pass_for_a_bag(technologist):
    """Whatever is drawn in bars or squares reads PREVIEW ONLY or a command (hazard 1)."""
    page = technologist.get(COUNT).content.decode()
    drawn = re.findall(r'<div class="(?:bars|square)">(<svg.*?</svg>)', page, re.DOTALL)
    previews = {str(squares.code_128(squares.PREVIEW)), str(squares.data_matrix(squares.PREVIEW))}
    assert len(drawn) == 3
    assert set(drawn) == previews


@db
def test_another_sites_bag_is_not_there(technologist):
    answer = technologist.post(
        "/scan",
        {"scan": BAG, "unit": "A999926123481", "page": "count"},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 404
