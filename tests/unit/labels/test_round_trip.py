"""Whatever can be made can be printed, scanned, and read back to the same; whatever is read prints the same."""

import re
from datetime import date, datetime, time

from hypothesis import given, settings
from hypothesis import strategies as st

from cordula.labels.blood_group import BloodGroup
from cordula.labels.chain_of_identity import ChainOfIdentity
from cordula.labels.compound import CompoundMessage
from cordula.labels.consignment import Consignment
from cordula.labels.dates import CollectionDate, Expiry, ProductionDate
from cordula.labels.dimensions import Dimension, Dimensions
from cordula.labels.din import Din, read_typed_din
from cordula.labels.division import Division
from cordula.labels.errors import LabelError
from cordula.labels.european import SingleEuropeanCode
from cordula.labels.flexible_date import FlexibleDate, Occasion, Zone
from cordula.labels.grid import Grid
from cordula.labels.index import STRUCTURES
from cordula.labels.infection import InfectionMarkers, Result
from cordula.labels.layout import KINDS
from cordula.labels.persons import Donor, PatientBirthDate, PatientNumber, StaffMember
from cordula.labels.processing import (
    ProcessingFacility,
    ProcessorProduct,
    ProductLot,
    SupplementalNumber,
)
from cordula.labels.product import ProductCode
from cordula.labels.scan import scan
from cordula.labels.supplies import Container, ContainerLot, Item, ItemLot, SupplyExpiry
from cordula.labels.undecoded import AntigenHistory, National, Undecoded


def of(kinds):
    """Text of a part, from one letter per character."""
    return st.from_regex(re.compile("".join(f"[{KINDS[k][0]}]" for k in kinds)), fullmatch=True)


FIN, YEAR = of("Fff99"), of("99")
FLAGS = st.one_of(st.none(), of("gg").filter(lambda f: not (f.isdigit() and 60 <= int(f) <= 96)))
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
CLOCKS = st.one_of(st.none(), st.builds(time, st.integers(0, 23), st.integers(0, 59)))
MINUTES = st.builds(datetime.combine, st.dates(), CLOCKS.filter(lambda clock: clock is not None))


def din(fin, year, serial, flags):
    number = Din(fin, year, serial)
    return Din(fin, year, serial, number.check_flags if flags is None else flags)


def product():
    division = st.one_of(
        st.just("99"), st.builds("".join, st.tuples(st.sampled_from("0AZ"), of("L")))
    )
    two = st.builds(
        ProductCode,
        st.sampled_from(["S1295", "E0001", "X0123", "YA123"]),
        of("X"),
        division.filter(lambda d: d == "99" or not d[1].isdigit() or d[1] == "0"),
    )
    three = st.builds(ProductCode, st.sampled_from(["T1295", "V0001"]), st.none(), of("999"))
    local = st.builds(
        ProductCode,
        st.sampled_from(["DAX12", "A1234"]),
        of("X"),
        st.builds("".join, st.tuples(of("U"), of("L"))),
    )
    return st.one_of(two, three, local)


def undecoded(kind):
    return st.builds(kind, st.tuples(*(of(part.kinds) for part in kind.LAYOUTS[0].parts)))


def outcome(text):
    """What was read, or why it was refused."""
    try:
        return scan(text), None
    except LabelError as refusal:
        return None, refusal


MADE = st.one_of(
    st.builds(din, FIN, YEAR, of("999999"), FLAGS),
    st.builds(BloodGroup, of("XX"), of("U")),
    product(),
    *(st.builds(kind, DAYS, CLOCKS) for kind in (Expiry, CollectionDate, ProductionDate)),
    st.builds(FlexibleDate, st.sampled_from(Zone), st.sampled_from(Occasion), MINUTES),
    st.builds(Division, st.one_of(of("999999"), of("AAAAAA"), of("AAAA00"), of("AA0000"))),
    st.builds(Donor, FIN, of("9" * 16)),
    st.builds(StaffMember, FIN, of("U" * 6)),
    st.builds(PatientBirthDate, YEAR, st.dates()),
    st.builds(PatientNumber, YEAR, st.text("AZaz09", min_size=1, max_size=99)),
    st.builds(Container, of("X"), of("UU"), of("X" * 7)),
    st.builds(ContainerLot, of("X" * 10)),
    st.builds(Item, of("UU"), of("X" * 8)),
    st.builds(ItemLot, of("X" * 10)),
    st.builds(SupplyExpiry, st.integers(1, 9999), st.integers(1, 12)),
    st.builds(InfectionMarkers, st.tuples(*[st.sampled_from(Result)] * 19)),
    st.integers(0, 99).flatmap(
        lambda n: st.builds(Consignment, FIN, YEAR, of("99999"), st.integers(0, n), st.just(n))
    ),
    st.builds(
        Dimensions,
        st.lists(
            st.builds(Dimension, YEAR, of("9999"), of("99999"), st.integers(0, 5)), max_size=5
        ).map(tuple),
    ),
    st.builds(ProcessingFacility, of("fffff"), of("U" * 6)),
    st.builds(ProcessorProduct, of("fffff"), of("U" * 6), of("AUUUU")),
    st.builds(ProductLot, of("U" * 18)),
    st.builds(SupplementalNumber, of("U" * 18)),
    st.builds(Grid, of("N999"), of("U" * 13)),
    st.builds(ChainOfIdentity, FIN, YEAR, of("UUUUUU")),
    st.builds(
        SingleEuropeanCode,
        of("AA"),
        of("U" * 6),
        of("X" * 13),
        st.sampled_from("ABE"),
        of("X" * 7),
        of("XXX"),
        st.one_of(st.none(), st.dates()),
    ),
    st.builds(AntigenHistory, st.lists(of("9" * 10), max_size=9).map(lambda i: ("".join(i),))),
    *(
        undecoded(kind)
        for kind in STRUCTURES
        if issubclass(kind, Undecoded) and kind is not AntigenHistory
    ),
)


@given(MADE)
@settings(max_examples=400)
def test_a_structure_is_read_back_from_what_it_prints(structure):
    text = structure.format()
    (read,) = scan(text).structures
    assert read == structure
    assert type(read) is type(structure)
    assert read.format() == text


@given(st.lists(MADE, min_size=1, max_size=6))
@settings(max_examples=100)
def test_a_compound_message_is_read_back_from_what_it_prints(structures):
    message = CompoundMessage(tuple(structures))
    assert scan(message.format()).compound == message
    assert scan(message.format()).text == message.format()


@given(st.builds(din, FIN, YEAR, of("999999"), FLAGS))
@settings(max_examples=50)
def test_a_donation_number_typed_from_its_label_is_the_one_scanned(made):
    assert read_typed_din(f"{made.eye_readable} {made.check_character}") == made


@given(
    st.builds(National, st.sampled_from(["&a", "&z", "&;", "&!"]), st.text("AZaz09 -", max_size=20))
)
@settings(max_examples=20)
def test_a_national_structure_keeps_its_characters(structure):
    assert National.parse(structure.format()) == structure


@given(MADE, st.data())
@settings(max_examples=300)
def test_a_damaged_scan_is_refused_or_read_as_exactly_what_it_says(structure, data):
    text = structure.format()
    at = data.draw(st.integers(0, len(text) - 1))
    damaged = data.draw(
        st.sampled_from([text[:at] + text[at + 1 :], text[:at], text + text[at:]])
        | st.characters().map(lambda c: text[:at] + c + text[at + 1 :])
    )
    read, refusal = outcome(damaged)
    assert refusal is None or str(refusal).endswith(".")
    assert read is None or read.text.upper() == damaged.strip().upper()


@given(st.text(max_size=60) | st.text("=&+<>%,4:/]C0AaZz19", max_size=60))
@settings(max_examples=300)
def test_whatever_is_scanned_is_read_exactly_or_refused_in_a_sentence(text):
    read, refusal = outcome(text)
    assert refusal is None or 1 <= refusal.position <= len(text) + 1
    assert read is None or text.strip().upper().endswith(read.text.upper())
