"""Every kind of event survives its bytes, and bytes that are no event are refused by name."""

import dataclasses
from base64 import urlsafe_b64encode
from datetime import UTC, date, datetime
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordula.events.codec import NotReadable, from_body, to_body
from cordula.events.envelope import Envelope, Place, open_entry, seal
from cordula.events.event import Event, NotUnderstood
from cordula.events.kinds import KINDS
from cordula.events.sealed import Disclosure, Sealed, Sealing
from cordula.ledger import canonical
from cordula.vocabulary.identifiers import (
    AccountId,
    ChainOfIdentityId,
    DinNumber,
    Identifier,
    ProductKey,
    SiteId,
    Stream,
)
from cordula.vocabulary.quantity import Quantity
from tests import cast

IDS = st.from_regex(r"[a-z0-9-]{1,40}", fullmatch=True)
WORDS = st.text(
    alphabet=st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=20
)
TIMES = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
NUMBERS = st.decimals(-1000, 1000, places=3).filter(lambda n: n.is_finite())


def strategy(hint: Any) -> st.SearchStrategy[Any]:
    """Values that a field of this type may hold."""
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        (inner,) = (arm for arm in get_args(hint) if arm is not NoneType)
        return st.none() | strategy(inner)
    if origin is tuple:
        return st.lists(strategy(get_args(hint)[0]), max_size=3).map(tuple)
    if origin is Literal:
        return st.sampled_from(get_args(hint))
    if hint in PLAIN:
        return PLAIN[hint]
    if issubclass(hint, StrEnum):
        return st.sampled_from(hint)
    if issubclass(hint, Identifier):
        return IDS.map(hint)
    return instance(hint)


PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    bool: st.booleans(),
    int: st.integers(-(2**53) + 1, 2**53 - 1),
    str: WORDS,
    datetime: TIMES,
    date: st.dates(),
    Quantity: st.builds(Quantity, NUMBERS, st.sampled_from(["mL", "kg", "%", "10*6/mL"])),
    Sealed: st.binary(min_size=32, max_size=32).map(lambda raw: Sealed(raw.hex())),
    DinNumber: st.just(cast.DIN),
    ChainOfIdentityId: st.just(cast.CHAIN),
    ProductKey: st.sampled_from([cast.VIAL_A, cast.SEGMENT]),
}


def instance(kind: Any) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind)
    fields = {f.name: strategy(hints[f.name]) for f in dataclasses.fields(kind)}
    return st.builds(kind, **fields)


def envelope(event: Event) -> Envelope:
    places = tuple(Place(stream, n, "") for n, stream in enumerate(event.concerns(), 1))
    return Envelope(
        origin="cordula.example/test",
        index=7,
        recorded_at=cast.BIRTH,
        key="a key",
        site=SiteId("st-brigid"),
        places=places,
        event=event,
    )


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@given(data=st.data())
@settings(max_examples=8, deadline=None)
def test_every_kind_survives_its_bytes(kind: type[Event], data: st.DataObject) -> None:
    event = data.draw(instance(kind))
    sealed = seal(envelope(event))
    assert open_entry(sealed) == envelope(event)
    assert seal(open_entry(sealed)) == sealed


def test_every_kind_says_whom_it_concerns() -> None:
    names = {"unit", "units", "infant", "mother", "place", "protocol_file"}
    for kind in KINDS.values():
        assert names & {f.name for f in dataclasses.fields(kind)}, kind.__name__


def test_an_administration_is_written_once_and_concerns_unit_and_child() -> None:
    given_dose = cast.theatre()[-1]
    assert given_dose.concerns() == ("unit:unit-of-lina", "infant:lina")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"volume": {"unit": "mL", "value": "many"}}, "Collected"),
        ({"volume": "92 mL"}, "Collected"),
        ({"unit": "Not An Id"}, "Not An Id"),
        ({"surprise": "x"}, "surprise"),
        ({"method": 3}, "expected str"),
        ({"din": None}, "NoneType"),
    ],
)
def test_a_body_that_does_not_fit_is_refused_by_name(
    change: dict[str, Any], complaint: str
) -> None:
    body = {**to_body(cast.birth()[1]), **change}
    with pytest.raises(NotReadable, match=complaint):
        from_body("Collected", body, by=cast.MIDWIFE, at=cast.BIRTH)


def test_a_missing_field_is_refused() -> None:
    body = to_body(cast.birth()[1])
    del body["din"]
    with pytest.raises(NotReadable, match="din"):
        from_body("Collected", body, by=cast.MIDWIFE, at=cast.BIRTH)


@pytest.mark.parametrize(("key", "value"), [("type", "Teleported"), ("schema", 2)])
def test_what_this_version_does_not_know_is_kept_as_not_understood(key: str, value: Any) -> None:
    row = canonical.decode(seal(envelope(cast.birth()[1])))
    opened = open_entry(canonical.encode({**row, key: value}))
    assert isinstance(opened.event, NotUnderstood)
    assert opened.event.concerns() == ("unit:unit-of-lina", "infant:lina")
    assert opened.event.by == AccountId("midwife")


def test_an_entry_of_another_format_is_refused() -> None:
    row = canonical.decode(seal(envelope(cast.birth()[1])))
    with pytest.raises(NotReadable, match="CLF-1"):
        open_entry(canonical.encode({**row, "v": 2}))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("subjects", "unit:unit-of-lina"),
        ("subjects", [{"stream": "unit:unit-of-lina"}]),
        ("subjects", [{"stream": "nobody", "sv": 1, "prev": ""}]),
        ("at", "yesterday"),
        ("actor", "A NAME"),
    ],
)
def test_a_malformed_envelope_is_refused_as_not_readable(key: str, value: Any) -> None:
    row = canonical.decode(seal(envelope(cast.birth()[1])))
    with pytest.raises(NotReadable, match="CLF-1"):
        open_entry(canonical.encode({**row, key: value}))


@pytest.mark.parametrize("entry", [b"", b"{", b"[]", b'{"v":1}', b"\xff"])
def test_bytes_that_are_no_entry_are_refused(entry: bytes) -> None:
    with pytest.raises(NotReadable):
        open_entry(entry)


def test_a_sealed_value_is_checked_against_its_digest() -> None:
    sealing = Sealing(random_bytes=lambda n: bytes(range(n)))
    sealed = sealing("reason", "The bag was dropped.")
    (disclosure,) = sealing.disclosures
    assert disclosure.digest == sealed.digest
    assert Disclosure(disclosure.salt, "reason", "The bag was not dropped.").digest != sealed.digest


def test_the_digest_of_a_disclosure_is_that_of_the_standard() -> None:
    # RFC 9901 section 4.2.3, the example disclosure of "family_name".
    disclosure = Disclosure("_26bc4LT-ac6q2KI6cBW5es", "family_name", "Möbius")
    expected = "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"
    digest = urlsafe_b64encode(bytes.fromhex(disclosure.digest)).rstrip(b"=").decode()
    assert digest == expected


def test_a_stream_is_named_by_its_kind() -> None:
    assert cast.birth()[1].concerns()[0] == Stream("unit:unit-of-lina")
