import pytest

from cordula.labels.division import Division
from cordula.labels.errors import LabelError
from cordula.labels.mpho import mpho_identifier
from cordula.labels.product import ProductCode
from cordula.labels.scan import check_division_present, scan

DIN, DIVISION = "=A99902600000100", "=,000012"


def scanned(*texts):
    return [structure for text in texts for structure in scan(text).structures]


@pytest.mark.parametrize("division", ["00", "A0", "Ab", "Z0", "99"])
def test_a_cell_therapy_product_has_a_collection_type_and_a_division_of_two(division):
    product = ProductCode.parse(f"=<S1295V{division}")
    assert (product.collection_type, product.division) == ("V", division)


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        ("=<S1295100", "autologous use only"),
        ("=<S1295X00", "autologous use only, biohazard"),
        ("=<S1295F00", "reserved for the family"),
        ("=<YA123V00", "volunteer donor, allogeneic"),
        ("=<X0123V00", "volunteer donor, allogeneic"),
        ("=<S1295Z00", None),  # a letter that ISBT 128 has not assigned
        ("=<DAX12100", None),  # a local code: only its facility knows
        ("=<T1295003", None),  # a tissue has no collection type
    ],
)
def test_the_collection_type_means_what_the_class_of_product_lets_it_mean(code, meaning):
    assert ProductCode.parse(code).collection_meaning == meaning


def test_small_and_capital_letters_are_different_collection_types():
    directed, paid = ProductCode.parse("=<S1295D00"), ProductCode.parse("=<S1295d00")
    assert directed != paid
    assert directed.collection_meaning != paid.collection_meaning


def test_a_division_scanned_apart_must_be_scanned():
    with pytest.raises(LabelError) as refusal:
        check_division_present(scanned(DIN, "=<S1295V99"))
    assert refusal.value.structure == "Product code [003]"
    assert "[032]" in refusal.value.expected
    check_division_present(scanned(DIN, "=<S1295V99", DIVISION))


def test_a_local_code_with_the_division_99_needs_the_scan_too():
    with pytest.raises(LabelError, match="032"):
        check_division_present(scanned("=<DAX12199"))


def test_a_division_beside_a_product_with_its_own_is_refused():
    with pytest.raises(LabelError, match="99"):
        check_division_present(scanned("=<S1295VA0", DIVISION))


def test_the_99th_pack_of_a_tissue_is_a_division_like_any_other():
    check_division_present(scanned("=<T1295099"))


def test_a_device_with_a_division_needs_no_product_code():
    check_division_present(scanned("=/A9997XYZ100T0479", DIN, DIVISION))


@pytest.mark.parametrize(
    "fields",
    [("S1295", None, "A0"), ("T1295", "0", "03"), ("S1295", "V0", "0"), ("S129", "V", "00")],
)
def test_a_product_code_that_could_not_be_read_cannot_be_made(fields):
    with pytest.raises(LabelError):
        ProductCode(*fields)


@pytest.mark.parametrize("code", ["AA00BB", "00AAAA", "AAA000", "12345A"])
def test_a_division_is_digits_or_pairs_of_letters(code):
    with pytest.raises(LabelError):
        Division(code)


def test_unused_levels_of_a_division_are_left_out():
    assert Division("AAAB00").levels == ("AA", "AB")
    assert Division("000000").levels == ("000000",)


def test_a_product_is_identified_by_facility_code_donation_and_division():
    label = scanned("&+A9999AB3456", "=<S1295V99", DIN, DIVISION)
    assert mpho_identifier(label) == ("A9999", "S1295", "A999026000001", "000012")
    assert mpho_identifier(scanned(DIN, "=<S1295VA0")) == (None, "S1295", "A999026000001", "A0")


def test_a_product_is_not_identified_by_half_a_label():
    with pytest.raises(LabelError, match="Product code"):
        mpho_identifier(scanned(DIN))
    with pytest.raises(LabelError, match="Donation identification number"):
        mpho_identifier(scanned("=<S1295V00"))
    with pytest.raises(LabelError, match="one of them"):
        mpho_identifier(scanned(DIN, "=A99902600000200", "=<S1295V00"))
