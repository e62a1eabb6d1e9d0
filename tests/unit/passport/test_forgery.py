"""Whoever changes a passport is caught, however small the change and whatever else they know."""

import random
import time
from dataclasses import fields, replace
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cordula.events.event import Event
from cordula.ledger.batch import prove_together
from cordula.passport.format import SIZE_MAX, Line
from cordula.passport.passport import Verified, verify
from cordula.passport.refusal import Reason, Refused
from cordula.vocabulary.identifiers import Identifier, UnitId
from tests import cast
from tests.unit.passport.cases import BOOK, CASES, GOOD
from tests.unit.passport.forge import DISCLOSURES, KEYS, Book, issued, lines, whole, with_lines

WHOLE = whole()
LIFE = WHOLE.passport(cast.UNIT, DISCLOSURES[:1])
ALONE = next(case.data for case in CASES if case.name == "alone_in_its_ledger")
OTHER = BOOK.passport(cast.OTHER_UNIT)


def reason_for(data: bytes) -> Reason | None:
    """Why it is refused; None if it is verified. Anything else that is raised is a fault of ours."""
    try:
        verify(data, KEYS)
    except Refused as refused:
        return refused.reason
    return None


def flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


@pytest.mark.parametrize("at", range(len(lines(LIFE))))
def test_a_whole_life_without_one_of_its_events_is_refused(at: int) -> None:
    rest = lines(LIFE)[:at] + lines(LIFE)[at + 1 :]
    last = at == len(rest)
    for forged in (with_lines(LIFE, rest), WHOLE.forged(cast.UNIT, rest)):
        assert reason_for(forged) is (Reason.NOT_ISSUED if last else Reason.MISSING)


@pytest.mark.parametrize("at", range(len(lines(LIFE)) - 1))
def test_a_whole_life_with_two_events_swapped_is_refused(at: int) -> None:
    order = lines(LIFE)
    order[at], order[at + 1] = order[at + 1], order[at]
    assert reason_for(with_lines(LIFE, order)) is Reason.OUT_OF_ORDER


@pytest.mark.parametrize("data", [ALONE, GOOD], ids=["alone", "with_hashes_and_disclosures"])
def test_every_single_bit_matters(data: bytes) -> None:
    assert not [bit for bit in range(len(data) * 8) if reason_for(flipped(data, bit)) is None]


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_a_thousand_passports_can_lose_no_event_and_no_bit() -> None:
    chance = random.Random(20260604)
    for number in range(1000):
        book, unit = book_of_chance(chance, number)
        data = book.passport(unit)
        assert reason_for(data) is None
        for at in range(len(lines(data))):
            rest = lines(data)[:at] + lines(data)[at + 1 :]
            assert reason_for(with_lines(data, rest)), (number, at)
            assert not rest or reason_for(book.forged(unit, rest)), (number, at)
        for bit in chance.sample(range(len(data) * 8), 1000):
            assert reason_for(flipped(data, bit)), (number, bit)


def book_of_chance(chance: random.Random, number: int) -> tuple[Book, UnitId]:
    """Part of a life in a ledger of other entries, no two alike."""
    book = Book()
    for event in cast.whole_life()[1 : chance.randint(2, 30)]:
        for _ in range(chance.randint(0, 3)):
            book.append(b'{"n":%d,"of":%d}' % (len(book.entries), number), ())
        if cast.UNIT in event.subjects():
            book.add(event)
    book.add(issued())
    return book, cast.UNIT


@given(st.binary(max_size=300))
@example(b"cordula-passport/1\n" + b"\n" * 200)
@settings(max_examples=200, deadline=None)
def test_bytes_of_any_kind_are_refused_and_raise_nothing_else(data: bytes) -> None:
    assert reason_for(data)
    assert reason_for(b"cordula-passport/1\nunit:u\n\n" + data)


LINES_OF_TEXT = GOOD.decode().split("\n")
PIECES = st.sampled_from([*LINES_OF_TEXT, *OTHER.decode().split("\n"), "", "checkpoint", "entries"])
STEPS = st.tuples(
    st.sampled_from(["delete", "repeat", "swap", "replace", "insert", "truncate"]),
    st.integers(0, len(LINES_OF_TEXT) - 1),
    PIECES,
)


def mutated(steps: list[tuple[str, int, str]]) -> bytes:
    text = list(LINES_OF_TEXT)
    for step, at, piece in steps:
        at = min(at, len(text) - 1)
        match step:
            case "delete" if len(text) > 1:
                del text[at]
            case "repeat":
                text.insert(at, text[at])
            case "swap":
                text[at], text[at - 1] = text[at - 1], text[at]
            case "replace":
                text[at] = piece
            case "insert":
                text.insert(at, piece)
            case "truncate":
                text[at] = text[at][: len(piece)]
    return "\n".join(text).encode()


@given(st.lists(STEPS, min_size=1, max_size=4))
@settings(max_examples=400, deadline=None)
def test_a_mutant_is_refused_or_tells_the_very_same_history(steps) -> None:
    data = mutated(steps)
    try:
        found = verify(data, KEYS)
    except Refused:
        return
    assert same_history(found, verify(GOOD, KEYS))


def same_history(one: Verified, other: Verified) -> bool:
    return one.envelopes == other.envelopes and one.checkpoint == other.checkpoint


def padded(part: bytes, line: bytes) -> bytes:
    """A passport filled up with such lines to the most it may have."""
    room = (SIZE_MAX - len(GOOD)) // (len(line) + 1)
    return GOOD.replace(part, part + (line + b"\n") * room, 1)


@pytest.mark.parametrize(
    ("part", "line"),
    [
        (b"entries\n", b"0 00000000 {}"),
        (b"entries\n", b"0 6e340b9c " + b"[" * 20000),
        (b"entries\n", b"0 6e340b9c " + b"x" * 65000),
        (b"hashes\n", b"A" * 43 + b"="),
        (b"disclosures\n", b"A"),
        (b"disclosures\n", b"W1tb" * 5000),
        (b"checkpoint\n", b"x"),
        (b"checkpoint\n", b"\xe2\x80\x94 a AAAAAAAA"),
        (b"=\n\n\xe2\x80\x94", b"\xe2\x80\x94 a AAAAAAAA"),
    ],
    ids=lambda value: value[:16].decode(),
)
def test_a_file_made_to_be_slow_is_refused_within_a_second(part: bytes, line: bytes) -> None:
    data = padded(part, line)
    started = time.process_time()
    assert reason_for(data)
    assert time.process_time() - started < 1


def test_many_true_entries_are_verified_within_a_second() -> None:
    book = long_life(1000, between=0)
    data = book.passport(RANDOM_UNIT)
    started = time.process_time()
    assert reason_for(data) is None
    assert time.process_time() - started < 1


def long_life(events: int, between: int, session: int = 1) -> Book:
    """A unit with so many entries, made some at a time, with others' entries between."""
    book, life = Book(), [renamed(event) for event in cast.whole_life()[1:]]
    own = [event for event in life if RANDOM_UNIT in event.subjects()]
    for number in range(events - 1):
        if number % session == 0:
            for _ in range(between):
                book.append(b'{"other":%d}' % len(book.entries), ())
        book.add(own[number % len(own)])
    book.add(renamed(issued()))
    return book


def renamed(value: Any) -> Any:
    """The same with identifiers as long as they are in use: made of 16 random bytes."""
    if isinstance(value, Identifier):
        return type(value).new(sha256(value.encode()).digest()[:16])
    if isinstance(value, tuple):
        return tuple(map(renamed, value))
    if isinstance(value, Event):
        return replace(value, **{f.name: renamed(getattr(value, f.name)) for f in fields(value)})
    return value


RANDOM_UNIT = renamed(cast.UNIT)


def test_a_passport_of_a_hundred_events_is_small() -> None:
    # As a unit is worked on: some entries at a time, thousands of other units' entries in between.
    book = long_life(100, between=2000, session=5)
    data = book.passport(RANDOM_UNIT)
    assert len(lines(data)) == 100
    assert len(data) <= 100_000, len(data)


def test_shared_hashes_stand_once() -> None:
    book = long_life(40, between=100)
    indexes, size = book.indexes(RANDOM_UNIT), len(book.entries)
    together = prove_together(book.node, indexes, size)
    alone = sum(len(prove_together(book.node, [index], size)) for index in indexes)
    assert len(together) < alone * 2 / 3


def test_a_line_is_no_claim_about_another_entry() -> None:
    # Two lines at one index could otherwise be vouched for by one leaf.
    life = lines(GOOD)
    false = Line.of(life[2].index, life[2].entry.replace(b"02:27", b"02:28"))
    for forged in ([*life[:2], false, *life[2:]], [*life[:3], false, *life[3:]]):
        assert reason_for(with_lines(GOOD, forged)) is not None
