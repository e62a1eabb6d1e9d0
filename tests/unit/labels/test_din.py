import tomllib
from pathlib import Path

import pytest

from cordula.labels import flags
from cordula.labels.din import Din, read_typed_din
from cordula.labels.errors import LabelError
from cordula.labels.flags import FlagKind
from cordula.labels.scan import scan

FOLDER = Path(__file__).parents[3] / "vectors" / "isbt128"
VECTORS = tomllib.loads((FOLDER / "check_characters.toml").read_text("utf-8"))
REFUSED = tomllib.loads((FOLDER / "refused.toml").read_text("utf-8"))["typed"]


@pytest.mark.parametrize("vector", VECTORS["din"], ids=lambda v: v["number"])
def test_the_check_character_and_the_type_3_flags_belong_to_the_number(vector):
    number = vector["number"]
    din = Din(number[:5], number[5:7], number[7:])
    assert (din.check_character, din.check_flags) == (vector["character"], vector["flags"])
    assert Din.parse("=" + number + vector["flags"]) == din


@pytest.mark.parametrize("vector", VECTORS["din"], ids=lambda v: v["number"])
def test_every_other_type_3_flag_is_refused(vector):
    for wrong in {str(number) for number in range(60, 97)} - {vector["flags"]}:
        with pytest.raises(LabelError, match=vector["flags"]):
            Din.parse("=" + vector["number"] + wrong)


@pytest.mark.parametrize("vector", VECTORS["typed"], ids=lambda v: v["text"])
def test_a_typed_number_is_read_with_its_check_character(vector):
    assert read_typed_din(vector["text"]).number == vector["number"]


@pytest.mark.parametrize("vector", REFUSED, ids=lambda v: v["why"])
def test_a_typed_number_that_cannot_be_trusted_is_refused(vector):
    with pytest.raises(LabelError) as refusal:
        read_typed_din(vector["text"])
    assert refusal.value.position == vector.get("position")
    assert vector["expected"] in refusal.value.expected
    assert "[001]" in refusal.value.structure


def test_the_refusal_of_a_typed_number_does_not_give_the_check_character_away():
    with pytest.raises(LabelError) as refusal:
        read_typed_din("A9990 26 000001 B")
    assert " S" not in str(refusal.value).replace("Typed", "")
    assert "“B”" in refusal.value.found


def test_two_labels_of_one_donation_are_one_donation():
    bag, tube = Din.parse("=A99902600000100"), Din.parse("=A99902600000107")
    assert bag == tube
    assert len({bag, tube}) == 1
    assert bag.format() != tube.format()


def test_donations_that_differ_in_one_character_are_two():
    assert Din("A9990", "26", "000001") != Din("A9990", "26", "000002")


def test_a_number_is_printed_in_groups_with_its_check_character_apart():
    din = Din("A9990", "26", "000001", "07")
    assert din.eye_readable == "A9990 26 000001"
    assert din.parts == ("A9990", "26", "000001", "07", "S")


def test_type_3_flags_are_never_printed():
    assert Din("A9990", "26", "000001", "88").parts.flags == ""


def test_letters_within_the_facility_number_are_allowed_and_remarked_on():
    assert "letters" in scan("=ABC992600000100").remarks[0]
    assert scan("=A99902600000100").remarks == ()


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("00", FlagKind.NONE),
        ("01", FlagKind.PROCESS),
        ("13", FlagKind.PROCESS),
        ("14", FlagKind.RESERVED),
        ("15", FlagKind.PROCESS),
        ("19", FlagKind.PROCESS),
        ("20", FlagKind.LOCAL),
        ("59", FlagKind.LOCAL),
        ("60", FlagKind.CHECK),
        ("96", FlagKind.CHECK),
        ("97", FlagKind.RESERVED),
        ("A1", FlagKind.RESERVED),
    ],
)
def test_the_kind_of_a_flag_follows_from_its_value(value, kind):
    assert flags.kind(value) is kind


def test_a_flag_means_something_only_where_it_means_the_same_everywhere():
    assert flags.meaning("15") == "container 5 of a set"
    assert flags.meaning("20") is None


@pytest.mark.parametrize(
    "fields",
    [
        ("A999", "26", "0000001"),  # fits 13 characters together, yet no part fits its own
        ("A9990", "26", "00001"),
        ("a9990", "26", "000001"),
        ("A9990", "26", "00000A"),
        ("A9990", "26", "000001", "0"),
        ("A9990", "26", "000001", "89"),
    ],
)
def test_a_number_that_could_not_be_read_cannot_be_made(fields):
    with pytest.raises(LabelError):
        Din(*fields)
