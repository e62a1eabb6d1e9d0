"""What is issued can be verified, and what could not be verified is not issued."""

from dataclasses import replace

import pytest

from cordula.ledger import merkle
from cordula.ledger.note import Signer
from cordula.ledger.witness import Witness
from cordula.passport import words
from cordula.passport.disclosed import decode, encode
from cordula.passport.format import format, parse
from cordula.passport.passport import CannotBeIssued, issue, verify
from cordula.passport.refusal import Reason, Refused
from cordula.units.life import State
from cordula.vocabulary.identifiers import stream_of
from tests import cast
from tests.unit.passport.cases import BOOK, CASES, GOOD
from tests.unit.passport.corpus import read
from tests.unit.passport.forge import DISCLOSURES, KEYS, ORIGIN, issued, lines, whole, with_lines

WHOLE = whole()
LIFE = WHOLE.passport(cast.UNIT, DISCLOSURES[:1])
FOUND = verify(LIFE, KEYS)
WITNESS = Witness("witness.example.org", bytes(range(32, 64)))


def test_what_was_issued_is_what_is_verified() -> None:
    entries = [WHOLE.entries[index] for index in WHOLE.indexes(cast.UNIT)]
    assert [line.entry for line in lines(LIFE)] == entries
    assert [envelope.index for envelope in FOUND.envelopes] == WHOLE.indexes(cast.UNIT)
    assert FOUND.stream == stream_of(cast.UNIT)
    assert (FOUND.unit.state, FOUND.unit.id) == (State.ADMINISTERED, cast.UNIT)
    assert FOUND.disclosures == tuple(DISCLOSURES[:1])
    assert FOUND.checkpoint.size == len(WHOLE.entries)
    assert FOUND.as_of == FOUND.envelopes[-1].recorded_at


def test_a_passport_has_one_form() -> None:
    assert format(parse(LIFE)) == LIFE
    assert WHOLE.passport(cast.UNIT, DISCLOSURES[:1]) == LIFE


def test_the_order_and_number_of_disclosures_given_do_not_matter() -> None:
    twice = [*reversed(DISCLOSURES), *DISCLOSURES]
    assert BOOK.passport(cast.UNIT, twice) == GOOD


def test_a_disclosure_survives_its_line() -> None:
    assert [decode(encode(disclosure)) for disclosure in DISCLOSURES] == DISCLOSURES


def issued_from(entries, indexes, signed=None, disclosures=()):
    return issue(entries, indexes, BOOK.node, signed or BOOK.signed(), disclosures)


def test_what_its_own_verifier_would_refuse_is_not_issued() -> None:
    indexes = BOOK.indexes(cast.UNIT)
    entries = [BOOK.entries[index] for index in indexes]
    assert issued_from(entries, indexes, disclosures=DISCLOSURES) == GOOD
    elsewhere = Signer(ORIGIN, bytes(32)).sign(
        BOOK.signed().replace("\n10\n", "\n9\n").partition("\n\n")[0] + "\n"
    )
    for wrong in (
        lambda: issued_from(entries[:-1], indexes[:-1]),
        lambda: issued_from([], []),
        lambda: issued_from(entries[1:], indexes[1:]),
        lambda: issued_from(entries[::-1], indexes[::-1]),
        lambda: issued_from(entries, [0, 1, 2, 3, 8]),
        lambda: issued_from(entries, indexes, signed=elsewhere),
        lambda: issued_from(entries, indexes, disclosures=[replace(DISCLOSURES[0], value="other")]),
    ):
        with pytest.raises(CannotBeIssued):
            wrong()


def test_a_passport_too_large_to_be_read_is_not_issued(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cordula.passport.passport.SIZE_MAX", len(GOOD) - 1)
    with pytest.raises(CannotBeIssued, match=f"would have {len(GOOD)} bytes"):
        BOOK.passport(cast.UNIT, DISCLOSURES)


def cosigned(by: Witness = WITNESS) -> bytes:
    sheet = parse(GOOD)
    return format(replace(sheet, signed=by.cosign(sheet.signed, 1_795_331_161)))


def test_witnesses_count_where_the_reader_asks_for_them() -> None:
    assert verify(cosigned(), KEYS, witnesses=[WITNESS.key], quorum=1).envelopes
    assert verify(cosigned(), KEYS).envelopes
    for data, known, quorum in (
        (GOOD, [WITNESS.key], 1),
        (cosigned(), [], 1),
        (cosigned(), [WITNESS.key], 2),
        (
            cosigned().replace(b"witness.example.org DqEm", b"witness.example.org DqEn"),
            [WITNESS.key],
            1,
        ),
        (cosigned(replace(WITNESS, seed=bytes(32))), [WITNESS.key], 1),
    ):
        with pytest.raises(Refused) as refused:
            verify(data, KEYS, witnesses=known, quorum=quorum)
        assert refused.value.reason is Reason.NOT_COSIGNED


def test_no_key_vouches_for_nothing() -> None:
    with pytest.raises(Refused) as refused:
        verify(GOOD, [])
    assert refused.value.reason is Reason.UNKNOWN_ORIGIN


def test_what_is_not_understood_is_said_and_closes_everything() -> None:
    for name in ("a_later_kind", "a_later_schema", "a_body_that_does_not_fit"):
        found = verify(next(c.data for c in CASES if c.name == name), KEYS)
        assert words.not_understood(found) == [1]
        assert not found.unit.understood
        assert "not understood" in words.tell(found)[0].sentence


def test_the_history_is_told_in_words() -> None:
    life = next(vector.data for vector in read()[1] if vector.name == "a_whole_life")
    told = {line.version: line for line in words.tell(verify(life, KEYS))}
    assert told[1].what == "Expected"
    assert told[5].what == "Identity checked"
    assert "matched yes" in told[5].sentence
    assert told[10].sentence.startswith("All cells in each mL 36 million per mL; ")
    assert told[20].sentence == "reason “the seal of the bag was torn — “Möbius” tape”"
    assert told[21].sentence == "reason sealed, not disclosed"
    assert "given 0.68 mL" in told[29].sentence
    assert "0" * 64 not in "".join(line.sentence for line in told.values())


def test_an_answer_of_no_is_told_too() -> None:
    book = whole()
    failed = replace(cast.birth()[2], matched=False)
    book.add(failed)
    book.add(issued())
    told = words.tell(verify(book.passport(cast.UNIT), KEYS))
    assert "matched no" in told[-2].sentence


def test_an_entry_that_was_voided_later_no_longer_counts() -> None:
    from cordula.events.quality import Voided
    from cordula.events.sealed import Sealed

    book = whole()
    void = Voided(
        unit=cast.UNIT,
        version=10,
        reason=Sealed("1" * 64),
        by=cast.QUALITY,
        at=cast.after_birth(days=174),
    )
    book.add_all([void, issued()])
    told = words.tell(verify(book.passport(cast.UNIT), KEYS))
    assert [line.version for line in told if not line.counts] == [10]


def test_the_root_is_worked_out_and_not_taken() -> None:
    false = [merkle.leaf_hash(b"x")] * len(parse(GOOD).hashes)
    with pytest.raises(Refused) as refused:
        verify(format(replace(parse(GOOD), hashes=tuple(false))), KEYS)
    assert refused.value.reason is Reason.NOT_SEALED
    assert verify(with_lines(GOOD, lines(GOOD)), KEYS)
