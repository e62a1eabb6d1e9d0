"""What was scanned or typed? A label, a wristband, a badge; nothing is taken for what it is not."""

import pytest

from cordula_web.people import identities
from cordula_web.records import queries
from cordula_web.records.scanned import Scanned, matches_infant, matches_mother, read
from tests import cast, site

LABEL = f"={cast.DIN}00"


@pytest.mark.parametrize("text", [LABEL, f"]C0{LABEL}", LABEL.lower(), f"  {LABEL}\n"])
def test_a_donation_number_is_read_however_the_scanner_sends_it(text):
    assert read(text).din == cast.DIN


def test_number_and_product_are_read_as_one():
    scanned = read(f"{LABEL}=<D00020A0")
    assert scanned.product_of(cast.DIN) == cast.VIAL_A


@pytest.mark.parametrize("text", ["A9999 26 123456 T", "a999926123456t"])
def test_a_typed_number_needs_its_check_character(text):
    assert read(text).din == cast.DIN
    assert read(text[:-1]).problem == "Type the boxed check character too, or scan the label."
    wrong = read(text[:-1] + "A")
    assert wrong.din is None
    assert "check character" in wrong.problem


@pytest.mark.parametrize("text", ["&/CHA999926000001", "CHA999926000001", "cha9999 26000001"])
def test_a_wristband_carries_the_chain_of_identity(text):
    assert read(text).chain == cast.CHAIN


def test_another_structure_is_named_and_not_taken():
    scanned = read("=%5100")
    assert scanned.din is None
    assert "Scan the donation number" in scanned.problem


def test_a_badge_is_a_badge():
    assert read(" BDG:nurse ").badge == "BDG:nurse"


@pytest.fixture
def lina(db):
    site.people_the_site()
    site.record_life(cast.before_birth()[:2])
    identities.save(
        cast.NOOR, identities.Identity(family_name="N", hospital_number="77 88"), "st-anna"
    )
    return queries.infant(cast.LINA, site=site.HERE)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (str(cast.CHAIN), True),
        ("lina", True),
        ("4471 0926", True),
        ("&/CHA999926000002", False),
        ("7788", False),
        ("mother-of-lina", False),
        ("a box of gloves", None),
        ("", None),
    ],
)
def test_a_wristband_is_hers_anothers_or_nobodys(lina, text, answer):
    assert matches_infant(read(text), lina, site.HERE) is answer


def test_the_mothers_wristband_is_the_mothers(lina):
    assert matches_mother(Scanned(words="mother-of-lina"), cast.MOTHER, site.HERE) is True
    assert matches_mother(Scanned(words="lina"), cast.MOTHER, site.HERE) is False
    assert matches_mother(Scanned(words="nobody"), cast.MOTHER, site.HERE) is None
