from timeit import timeit

import pytest

from cordula.labels.blood_group import BloodGroup
from cordula.labels.dates import Expiry
from cordula.labels.din import Din
from cordula.labels.errors import LabelError
from cordula.labels.scan import expect, scan
from cordula.labels.undecoded import RedCellAntigens


@pytest.mark.parametrize("prefix", ["]C0", "]C4", "]d1", "]c0", "]Q1"])
@pytest.mark.parametrize("suffix", ["", "\r", "\r\n", "\t", " "])
def test_the_symbology_and_the_suffix_of_the_scanner_are_taken_off(prefix, suffix):
    read = scan(f"{prefix}=A99902600000100{suffix}")
    assert read.symbology == prefix
    assert read.raw == f"{prefix}=A99902600000100{suffix}"
    assert read.text == "=A99902600000100"
    assert expect(read, Din).number == "A999026000001"


def test_without_a_symbology_there_is_none():
    assert scan("=A99902600000100").symbology is None


def test_positions_count_every_character_that_the_scanner_sent():
    with pytest.raises(LabelError) as refusal:
        scan("  ]C0=A9990260000X100")
    assert refusal.value.position == 18
    assert "  ]C0=A9990260000X100"[18 - 1] == "X"


def test_a_red_cell_antigen_string_is_no_blood_group():
    antigens = scan("=\\620000000000000000")
    assert expect(antigens, RedCellAntigens).content.startswith("6200")
    with pytest.raises(LabelError) as refusal:
        expect(antigens, BloodGroup)
    assert refusal.value.structure == "Blood group ABO and RhD [002]"
    assert refusal.value.found == "Red-cell antigens [012]"
    assert refusal.value.position == 1
    assert str(refusal.value) == (
        "Blood group ABO and RhD [002], character 1: expected this structure; found Red-cell antigens [012]."
    )


def test_a_red_cell_antigen_string_is_refused_where_a_blood_group_is_read_directly():
    with pytest.raises(LabelError, match="identifier =%"):
        BloodGroup.parse("=\\620000000000000000")


def test_a_supply_expiry_is_no_expiry_of_a_product():
    with pytest.raises(LabelError) as refusal:
        expect(scan("=]202703"), Expiry)
    assert refusal.value.structure == "Expiry date [004] or [005]"
    assert refusal.value.found == "Supply expiry month [026]"


def test_both_forms_of_an_expiry_answer_the_same_question():
    assert expect(scan("=>026326"), Expiry).day == expect(scan("&>0263261405"), Expiry).day


def test_what_the_scanner_sent_is_shown_without_invisible_characters():
    with pytest.raises(LabelError) as refusal:
        scan("\x02=A99902600000100")
    assert refusal.value.found == "“\\x02=”"


def test_a_long_wrong_scan_is_shown_short():
    with pytest.raises(LabelError) as refusal:
        scan("=%6200" + "?" * 500)
    assert len(str(refusal.value)) < 160


def test_a_compound_message_is_read_in_well_under_a_millisecond():
    text = "=+05000=Z54991712345600=%T300=<T0416003&>0183652359&,4PL001499Z549917123456A00T041600320181231"
    best = min(timeit(lambda: scan(text), number=20) / 20 for _ in range(5))
    assert best < 0.001
