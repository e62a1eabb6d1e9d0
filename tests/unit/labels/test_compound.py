import tomllib
from pathlib import Path

import pytest

from cordula.labels.compound import CompoundMessage
from cordula.labels.din import Din
from cordula.labels.errors import LabelError
from cordula.labels.scan import expect, scan
from cordula.labels.undecoded import National

FOLDER = Path(__file__).parents[3] / "vectors" / "isbt128"
FILE = tomllib.loads((FOLDER / "compound.toml").read_text("utf-8"))
ORDERS = {v["order"]: tuple(v["structures"]) for v in FILE["numbered"]}


@pytest.mark.parametrize("vector", FILE["message"] + FILE["numbered"], ids=lambda v: v["origin"])
def test_a_compound_message_is_read_and_formats_back(vector):
    message = scan(vector["scan"], ORDERS)
    assert [s.structure_number for s in message.structures] == vector["structures"]
    assert message.compound.order == vector["order"]
    assert message.text == vector["scan"]
    assert CompoundMessage(message.structures, vector["order"]).format() == vector["scan"]


@pytest.mark.parametrize("vector", FILE["message"], ids=lambda v: v["origin"])
def test_every_other_count_is_refused(vector):
    count = int(vector["scan"][2:4])
    for wrong in set(range(100)) - {count}:
        with pytest.raises(LabelError) as refusal:
            scan(f"=+{wrong:02}" + vector["scan"][4:])
        assert refusal.value.structure == "Compound message [023]"


def test_a_numbered_order_is_refused_where_the_site_has_not_loaded_it():
    with pytest.raises(LabelError, match="table of compound messages"):
        scan(FILE["numbered"][0]["scan"])


def test_a_numbered_order_is_refused_where_the_structures_stand_otherwise():
    with pytest.raises(LabelError, match="034, 001, 032, 004") as refusal:
        scan(FILE["numbered"][0]["scan"], {"035": ("034", "001", "032", "004")})
    assert refusal.value.found == "034, 032, 001, 004"


@pytest.mark.parametrize("vector", FILE["pair"], ids=lambda v: "+".join(v["structures"]))
def test_a_pair_read_as_one_is_two_structures(vector):
    pair = scan(vector["scan"])
    assert [s.structure_number for s in pair.structures] == vector["structures"]
    assert pair.text == vector["scan"]
    assert pair.compound is None


def test_each_of_a_pair_is_read_alone_too():
    for vector in FILE["pair"]:
        for structure in scan(vector["scan"]).structures:
            assert scan(structure.format()).structures == (structure,)


def test_a_compound_message_of_nothing_or_of_national_structures_cannot_be_made():
    with pytest.raises(LabelError, match="01 to 99"):
        CompoundMessage(())
    with pytest.raises(LabelError, match="ISBT 128 itself"):
        CompoundMessage((National("&a", "x"),))


def test_two_different_donations_in_one_message_are_no_answer_to_which_donation():
    message = scan("=+02000=A99902600000100=A99902600000200")
    with pytest.raises(LabelError, match="once"):
        expect(message, Din)


def test_one_donation_twice_in_a_message_is_one_donation():
    message = scan("=+02000=A99902600000100=A99902600000107")
    assert expect(message, Din).number == "A999026000001"
