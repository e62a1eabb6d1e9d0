import unicodedata
from datetime import date
from enum import IntEnum, StrEnum

import orjson
import pytest
import rfc8785
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cordula.ledger.canonical import DEPTH_MAX, INTEGER_MAX, SIZE_MAX, NotCanonical, decode, encode

keys = st.text("abcdefghijklmnopqrstuvwxyz0123456789_", min_size=1, max_size=12)
texts = st.text(max_size=30).map(lambda text: unicodedata.normalize("NFC", text))
integers = st.integers(-INTEGER_MAX, INTEGER_MAX)
leaves = st.none() | st.booleans() | integers | texts
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)
documents = st.dictionaries(keys, values, max_size=6).filter(
    lambda value: depth(value) <= DEPTH_MAX
)

# The first draw of any text reads a table of all characters, which takes a second on a fresh checkout.
patient = settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)


def depth(value):
    inner = (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    )
    return 0 if inner is None else 1 + max(map(depth, inner), default=0)


def nested(levels):
    return {"a": nested(levels - 1)} if levels > 1 else {}


@given(documents)
@patient
def test_our_bytes_are_those_of_rfc_8785(document):
    assert encode(document) == rfc8785.dumps(document)


@given(documents)
@patient
def test_what_was_encoded_is_decoded(document):
    assert decode(encode(document)) == document


def test_every_character_is_written_as_rfc_8785_writes_it():
    for start in range(0, 0x110000, 0x1000):
        characters = (
            chr(code) for code in range(start, start + 0x1000) if not 0xD800 <= code < 0xE000
        )
        text = "".join(c for c in characters if unicodedata.is_normalized("NFC", c))
        assert encode([unicodedata.normalize("NFC", text)]) == rfc8785.dumps(
            [unicodedata.normalize("NFC", text)]
        )


@pytest.mark.parametrize(
    ("value", "path", "reason"),
    [
        ({"count": 1.5}, "count", "float"),
        ({"count": float("nan")}, "count", "float"),
        ({"count": -0.0}, "count", "float"),
        ({"count": 2**53}, "count", "2^53"),
        ({"count": -(2**53)}, "count", "2^53"),
        ({"count": 10**5000}, "count", "2^53"),
        ({"body": {"counts": [1, 2, 2**53]}}, "body.counts[2]", "2^53"),
        ({"body": [[{"name": "e\u0301"}]]}, "body[0][0].name", "normal form"),
        ({"name": "\ud800"}, "name", "surrogate"),
        ({"unit:abc": 1}, "", "unit:abc"),
        ({"body": {"Name": 1}}, "body", "Name"),
        ({"": 1}, "", "''"),
        ({"a b": 1}, "", "a b"),
        ({"a": 1, "é": 1}, "", "é"),
        ({"a\n": 1}, "", "a"),
        ({1: "one"}, "", "1"),
        ({"a": 1, None: 1}, "", "None"),
        ({"at": date(2026, 11, 22)}, "at", "date"),
        ({"raw": b"x"}, "raw", "bytes"),
        ({"set": {1}}, "set", "set"),
        ({"kind": StrEnum("Kind", "tnc").tnc}, "kind", "Kind"),
        ({"kind": IntEnum("Kind", "tnc").tnc}, "kind", "Kind"),
        (nested(DEPTH_MAX + 1), "a." * (DEPTH_MAX - 1) + "a", "deeper"),
        ({"text": "x" * SIZE_MAX}, "", "at most 65536"),
    ],
    ids=range(24),
)
def test_a_value_outside_the_profile_is_refused_and_its_place_named(value, path, reason):
    with pytest.raises(NotCanonical) as refused:
        encode(value)
    assert refused.value.path == path
    assert reason in refused.value.reason


def test_a_value_at_the_limits_of_the_profile_is_encoded():
    assert decode(encode(nested(DEPTH_MAX))) == nested(DEPTH_MAX)
    assert encode({"n": [2**53 - 1, 1 - 2**53]}) == b'{"n":[9007199254740991,-9007199254740991]}'
    largest = {"t": "x" * (SIZE_MAX - 8)}
    assert len(encode(largest)) == SIZE_MAX
    assert decode(encode(largest)) == largest


def test_lists_are_counted_as_levels():
    assert encode([[[[[[[[]]]]]]]]) == b"[[[[[[[[]]]]]]]]"
    with pytest.raises(NotCanonical, match="deeper"):
        encode([[[[[[[[[]]]]]]]]])


def test_a_refusal_says_where_and_why():
    with pytest.raises(NotCanonical, match=r"^body\.volume: a float has no canonical form"):
        encode({"body": {"volume": 62.5}})


class Name(str):
    __slots__ = ()


def test_a_key_that_only_behaves_like_text_is_refused():
    with pytest.raises(NotCanonical):
        encode({Name("a"): 1})


def test_too_many_bytes_are_refused_before_they_are_read():
    with pytest.raises(NotCanonical, match="65537 bytes"):
        decode(b"[" * 65_537)


def test_a_tuple_is_written_as_a_list():
    assert encode({"a": (1, 2)}) == b'{"a":[1,2]}'


def test_an_endless_value_is_refused():
    endless = {}
    endless["a"] = endless
    with pytest.raises(NotCanonical, match="deeper"):
        encode(endless)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b'"text"',
        b"null",
        b'{"a":1} ',
        b' {"a":1}',
        b'{"a": 1}',
        b'{"a":1,}',
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a":1,"a":2}',
        b'{"a":1.0}',
        b'{"a":1e3}',
        b'{"a":-0}',
        b'{"a":01}',
        b'{"a":9007199254740992}',
        b'{"a":123456789012345678901234567890}',
        b'{"a":NaN}',
        b'{"a":"\\u0041"}',
        b'{"a":"\\/"}',
        b'{"a":"\\u00e9"}',
        b'{"a":"\\ud800"}',
        b'{"a":"\\n\\u000A"}',
        b'{"a":"\n"}',
        b'{"a":"\xff"}',
        b'{"a":"\xed\xa0\x80"}',
        '{"a":"e\u0301"}'.encode(),
        '\ufeff{"a":1}'.encode(),
        b'{"A":1}',
        b'{"":1}',
        b'{"a":"' + b"x" * SIZE_MAX + b'"}',
        b'{"a":' * 9 + b"1" + b"}" * 9,
        b"[" * 60_000,
    ],
    ids=lambda data: repr(data)[:40],
)
def test_bytes_that_are_not_canonical_are_refused(data):
    with pytest.raises(NotCanonical):
        decode(data)


@given(documents, st.data())
@patient
def test_changed_bytes_are_refused_or_stand_for_another_value(document, data):
    original = encode(document)
    at = data.draw(st.integers(0, 8 * len(original) - 1))
    changed = bytearray(original)
    changed[at // 8] ^= 1 << at % 8
    try:
        value = decode(bytes(changed))
    except NotCanonical:
        return
    assert value != document or orjson.dumps(value) != orjson.dumps(document)
