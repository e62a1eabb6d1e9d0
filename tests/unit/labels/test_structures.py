import tomllib
from pathlib import Path

import pytest

from cordula.labels.dimensions import VOLUME_ML, Dimension, Dimensions
from cordula.labels.errors import LabelError
from cordula.labels.index import STRUCTURES, read_first
from cordula.labels.persons import Donor
from cordula.labels.scan import scan
from cordula.labels.undecoded import National, Retired, Undecoded

FOLDER = Path(__file__).parents[3] / "vectors" / "isbt128"
FILE = tomllib.loads((FOLDER / "structures.toml").read_text("utf-8"))
PADDING = tomllib.loads((FOLDER / "padding.toml").read_text("utf-8"))
REFUSED = tomllib.loads((FOLDER / "refused.toml").read_text("utf-8"))["scan"]


def plain(value):
    return list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize("vector", FILE["vector"], ids=lambda v: v["scan"])
def test_a_scan_is_read_into_its_fields(vector):
    (structure,) = scan(vector["scan"]).structures
    assert structure.structure_number == vector["structure"]
    read = {name: plain(getattr(structure, name)) for name in vector["fields"]}
    assert read == vector["fields"]


@pytest.mark.parametrize("vector", FILE["vector"], ids=lambda v: v["scan"])
def test_what_was_read_formats_back_to_the_same_characters(vector):
    (structure,) = scan(vector["scan"]).structures
    assert structure.format() == vector["scan"]
    assert type(structure).parse(vector["scan"]) == structure


def test_every_structure_of_the_index_has_a_vector():
    seen = {vector["structure"] for vector in FILE["vector"]} | {
        scan(vector["scan"]).structures[0].structure_number for vector in FILE["infection"]
    }
    numbers = {f"{number:03}" for number in range(1, 41)} - {"023"}  # see test_compound
    missing_date_layouts = numbers - seen
    assert {layout.number for kind in STRUCTURES for layout in kind.LAYOUTS} == numbers
    assert missing_date_layouts == {"038"}  # see test_european


@pytest.mark.parametrize("vector", REFUSED, ids=lambda v: v["text"] + " " + v["why"])
def test_a_scan_that_cannot_be_trusted_is_refused_with_its_place(vector):
    with pytest.raises(LabelError) as refusal:
        scan(vector["text"])
    assert vector["structure"] in refusal.value.structure
    assert refusal.value.position == vector["position"]
    assert vector["expected"] in refusal.value.expected


@pytest.mark.parametrize("vector", FILE["small_letters"], ids=lambda v: v["scan"])
def test_small_letters_are_understood_where_they_mean_nothing(vector):
    assert scan(vector["scan"]).text == vector["as_printed"]


def test_small_letters_are_never_changed_where_they_mean_something():
    for text in ("=%mq00", "=%MQ00", "=<S1295d00", "=)yXX00ab123", "&)00001234rz", "&#0105abc12"):
        assert scan(text).text == text


def test_a_structure_of_another_kind_is_refused_by_its_identifier_first():
    for kind in STRUCTURES:
        with pytest.raises(LabelError, match="identifier"):
            kind.parse("?" + FILE["vector"][0]["scan"])


@pytest.mark.parametrize("vector", PADDING["padded"], ids=lambda v: v["structure"])
def test_a_short_number_is_padded_with_zeros(vector):
    kinds = {layout.number: kind for kind in STRUCTURES for layout in kind.LAYOUTS}
    assert kinds[vector["structure"]].padded(*vector["values"]).format() == vector["scan"]


def test_retired_structures_are_read_and_say_so():
    for text in ("={", "=[", '="'):
        structure, _ = read_first(text + "0" * 18)
        assert isinstance(structure, Retired)
        assert "retired" in structure.name


def test_licensed_and_national_structures_keep_their_characters():
    assert isinstance(scan("&(ZZ999").structures[0], Undecoded)
    national = scan("&qany thing").structures[0]
    assert national == National("&q", "any thing")
    assert national.name == "National structure &q"


@pytest.mark.parametrize("identifier", ["&A", "=a", "&", "&aa", "&1"])
def test_a_national_structure_has_an_identifier_of_its_own(identifier):
    with pytest.raises(LabelError, match="from &a to &z"):
        National(identifier, "any thing")


def test_dimensions_are_decimals_with_their_places():
    (structure,) = scan("&$0201000100050100" + "01000200120200").structures
    assert structure == Dimensions(
        (Dimension("01", VOLUME_ML, "00050", 1), Dimension("01", "0002", "00120", 2))
    )
    assert [str(item.value) for item in structure.items] == ["5.0", "1.20"]


def test_a_donor_number_has_a_check_character_for_print():
    assert (
        Donor("A9999", "0000222244445555").check_character
        in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"
    )
