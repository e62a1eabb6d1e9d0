import tomllib
from pathlib import Path

import pytest

from cordula.labels.din import Din
from cordula.labels.errors import LabelError
from cordula.labels.european import SingleEuropeanCode, split_number
from cordula.labels.product import ProductCode
from cordula.labels.scan import expect, scan

FOLDER = Path(__file__).parents[3] / "vectors" / "isbt128"
FILE = tomllib.loads((FOLDER / "european.toml").read_text("utf-8"))
DONATION = "IE0TE999R019917123456"


@pytest.mark.parametrize("vector", FILE["code"], ids=lambda v: v["printed"])
def test_the_code_is_read_from_print_and_from_a_bar_code(vector):
    printed = SingleEuropeanCode.parse_printed(vector["printed"])
    scanned = expect(scan(vector["scan"]), SingleEuropeanCode)
    names = set(vector) - {"scan", "printed", "origin", "computed"}
    assert printed == scanned
    assert {name: getattr(scanned, name) for name in names} == {n: vector[n] for n in names}
    assert (scanned.expiry is None) == ("expiry" not in vector)


@pytest.mark.parametrize("vector", FILE["code"], ids=lambda v: v["printed"])
def test_the_code_formats_back_to_print_and_to_a_bar_code(vector):
    code = SingleEuropeanCode.parse(vector["scan"])
    assert (code.format(), code.format_printed()) == (vector["scan"], vector["printed"])


@pytest.mark.parametrize("vector", FILE["product_sequence"], ids=lambda v: v["text"])
def test_a_european_tissue_code_is_read(vector):
    code = SingleEuropeanCode.parse_printed(f"SEC: {DONATION} {vector['text']}")
    assert code.coding_system == vector["coding_system"]
    assert (code.product_number, code.split_number) == (
        vector["product_number"],
        vector["split_number"],
    )
    assert code.expiry == vector["expiry"]
    assert code.product_sequence == vector["text"]


@pytest.mark.parametrize("vector", FILE["from_product"], ids=lambda v: v["text"])
def test_the_code_follows_from_an_isbt_product(vector):
    product = ProductCode.parse(vector["product"])
    din = Din.parse("=R01991712345600")
    code = SingleEuropeanCode.of("IE", "0TE999", din, product, vector["expiry"])
    assert code.donation_sequence == DONATION
    assert code.product_sequence == vector["text"]


def test_a_division_of_six_characters_does_not_fit_the_code():
    with pytest.raises(LabelError, match="the site needs a rule"):
        split_number(ProductCode.parse("=<S1295V99"))


def test_the_small_letter_of_a_division_is_kept():
    assert SingleEuropeanCode.parse(f"&,4{DONATION}A00S14160Ab20161231").split_number == "0Ab"


@pytest.mark.parametrize(
    "text",
    [
        f"{DONATION} A00S138400020170110",
        f"SEC: {DONATION}A00S138400020170110",
        f"SEC: {DONATION}  A00S138400020170110",
        f"SEC: {DONATION} A00S13840002017011",
    ],
)
def test_a_printed_code_that_is_not_complete_is_refused(text):
    with pytest.raises(LabelError, match="21 characters for the donation"):
        SingleEuropeanCode.parse_printed(text)


@pytest.mark.parametrize(
    ("old", "new"), [("IE", "I9"), (" A00S", " X00S"), ("20170110", "20170132")]
)
def test_a_printed_code_is_refused_at_its_own_character(old, new):
    text = f"SEC: {DONATION} A00S138400020170110".replace(old, new)
    with pytest.raises(LabelError) as refusal:
        SingleEuropeanCode.parse_printed(text)
    wrong = text[refusal.value.position - 1 :]
    assert wrong.startswith({"I9": "9", " X00S": "X", "20170132": "32"}[new])
