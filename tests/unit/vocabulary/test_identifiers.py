"""Identifiers are checked when they are made, so that a wrong one cannot travel."""

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordula.vocabulary.identifiers import (
    AccountId,
    ChainOfIdentityId,
    DinNumber,
    Identifier,
    InfantId,
    MotherId,
    NotAnIdentifier,
    PlaceId,
    ProductKey,
    ProtocolId,
    SiteId,
    Stream,
    UnitId,
    stream_of,
)

KINDS = [UnitId, InfantId, MotherId, PlaceId, ProtocolId, AccountId, SiteId]
DIN = DinNumber("A999926000001")


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=20)
@given(random_bytes=st.binary(min_size=16, max_size=16))
def test_a_new_identifier_is_26_characters_and_readable_again(
    kind: type[Identifier], random_bytes: bytes
) -> None:
    made = kind.new(random_bytes)
    assert len(made) == 26
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz234567")
    assert kind(str(made)) == made


def test_different_bytes_make_different_identifiers() -> None:
    assert UnitId.new(bytes(16)) != UnitId.new(bytes(15) + b"\x01")


@pytest.mark.parametrize("length", [0, 15, 17])
def test_a_new_identifier_needs_16_bytes(length: int) -> None:
    with pytest.raises(ValueError, match="16 random bytes"):
        UnitId.new(bytes(length))


@pytest.mark.parametrize("text", ["", "A", "a b", "unit:1", "a" * 41, "é", "a\n", "a_b"])
def test_other_texts_are_refused_naming_the_kind(text: str) -> None:
    with pytest.raises(NotAnIdentifier, match="not a valid infant identifier"):
        InfantId(text)


@pytest.mark.parametrize("kind", [UnitId, InfantId, MotherId, PlaceId, ProtocolId])
def test_a_stream_leads_back_to_its_owner(kind: type[UnitId]) -> None:
    owner = kind("demo-1")
    stream = stream_of(owner)
    assert stream == f"{kind.kind}:demo-1"
    assert stream.owner == owner
    assert type(stream.owner) is kind
    assert stream.kind == kind.kind


@pytest.mark.parametrize("kind", [AccountId, SiteId])
def test_accounts_and_sites_have_no_stream(kind: type[UnitId]) -> None:
    with pytest.raises(TypeError, match="has no stream"):
        stream_of(kind("demo-1"))


@pytest.mark.parametrize("text", ["unit", "unit:", "site:1", "Unit:1", ":1", "unit:a:b", ""])
def test_other_texts_are_not_streams(text: str) -> None:
    with pytest.raises(NotAnIdentifier):
        Stream(text)


def test_identifiers_survive_pickling() -> None:
    assert pickle.loads(pickle.dumps(UnitId("demo-1"))) == UnitId("demo-1")


@pytest.mark.parametrize(
    "text", ["A999926000001", "G123417654321", "W000009123456", "PA12326000001"]
)
def test_a_din_is_read_in_its_parts(text: str) -> None:
    din = DinNumber(text)
    assert din.facility + din.year + din.serial == text


def test_flags_are_refused_by_name() -> None:
    with pytest.raises(NotAnIdentifier, match="flags"):
        DinNumber("A99992600000100")


@pytest.mark.parametrize(
    "text",
    ["", "O999926000001", "0999926000001", "A999926O00001", "a999926000001", "A9999260000011"],
)
def test_other_texts_are_not_dins(text: str) -> None:
    with pytest.raises(NotAnIdentifier, match="13 characters"):
        DinNumber(text)


def test_the_end_of_a_chain_of_identity_may_hold_letters_and_a_din_may_not() -> None:
    assert ChainOfIdentityId("CHA999926AB12Z9") == "CHA999926AB12Z9"
    with pytest.raises(NotAnIdentifier):
        DinNumber("A999926AB12Z9")


@pytest.mark.parametrize(
    "text", ["A999926000001", "CHA99992600001", "CHA999926ab12z9", "XXA999926000001"]
)
def test_other_texts_are_not_chains_of_identity(text: str) -> None:
    with pytest.raises(NotAnIdentifier, match="15 characters"):
        ChainOfIdentityId(text)


def test_a_product_is_named_by_donation_code_type_and_division() -> None:
    key = ProductKey(DIN, "S1295", "A0", "4")
    assert str(key) == "A999926000001 S12954A0"
    assert key != ProductKey(DIN, "S1295", "B0", "4")
    assert key != ProductKey(DIN, "S1295", "A0")


@pytest.mark.parametrize("division", ["00", "A0", "Aa", "0a", "000001", "AAABAC"])
def test_divisions_of_either_structure_are_read(division: str) -> None:
    assert ProductKey(DIN, "S1295", division).division == division


def test_division_99_asks_for_the_other_bar_code() -> None:
    with pytest.raises(NotAnIdentifier, match="DS 032"):
        ProductKey(DIN, "S1295", "99")


@pytest.mark.parametrize(
    ("code", "division", "collection"),
    [
        ("S129", "00", "0"),
        ("S12954A0", "00", "0"),
        ("S1295", "aA", "0"),
        ("S1295", "", "0"),
        ("S1295", "00", ""),
    ],
)
def test_other_product_keys_are_refused(code: str, division: str, collection: str) -> None:
    with pytest.raises(NotAnIdentifier):
        ProductKey(DIN, code, division, collection)


def test_a_product_belongs_to_a_checked_din() -> None:
    with pytest.raises(TypeError, match="DinNumber"):
        ProductKey("A999926000001", "S1295", "00")  # type: ignore[arg-type]
