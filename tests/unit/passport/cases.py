"""What may be done to a passport, and the name of the reason for which each is refused."""

from base64 import urlsafe_b64encode as b64encode
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from json import dumps

from cordula.events.envelope import Envelope, Place, seal
from cordula.ledger import checkpoint
from cordula.ledger.checkpoint import Checkpoint
from cordula.ledger.merkle import leaf_hash
from cordula.passport.format import Line, format, parse
from cordula.passport.refusal import Reason
from cordula.vocabulary.identifiers import SiteId, stream_of
from tests import cast
from tests.unit.passport.forge import (
    DISCLOSURES,
    ORIGIN,
    SIGNER,
    STRANGER,
    Book,
    edited,
    issued,
    lines,
    short,
    with_lines,
)


@dataclass(frozen=True)
class Case:
    name: str
    data: bytes
    reason: Reason | None
    says: str = ""


BOOK = short()
GOOD = BOOK.passport(cast.UNIT, DISCLOSURES)
LINES = lines(GOOD)
FOREIGN = lines(BOOK.passport(cast.OTHER_UNIT))


def all_cases() -> Iterator[Case]:
    yield Case("as_issued", GOOD, None)
    yield Case("nothing_disclosed", BOOK.passport(cast.UNIT), None)
    yield Case("of_the_other_unit", BOOK.passport(cast.OTHER_UNIT), None)
    yield Case("alone_in_its_ledger", alone(), None)
    for make in (left_out, swapped, put_in, changed, in_transit, signed, not_understood, issuers):
        yield from make()


def left_out() -> Iterator[Case]:
    last = len(LINES) - 1
    for at in range(len(LINES)):
        rest = LINES[:at] + LINES[at + 1 :]
        says = (
            f"entry {at + 1} of this unit is missing" if at < last else "later entries are missing"
        )
        proved = Reason.MISSING if at < last else Reason.NOT_ISSUED
        yield Case(f"entry_{at + 1}_left_out", with_lines(GOOD, rest), proved, says)
        yield Case(
            f"entry_{at + 1}_left_out_and_proved", BOOK.forged(cast.UNIT, rest), proved, says
        )
    yield Case("all_left_out", with_lines(GOOD, []), Reason.NOT_ISSUED)
    yield Case("two_left_out", BOOK.forged(cast.UNIT, LINES[:1] + LINES[3:]), Reason.MISSING)


def swapped() -> Iterator[Case]:
    for at in range(len(LINES) - 1):
        order = [*LINES[:at], LINES[at + 1], LINES[at], *LINES[at + 2 :]]
        says = f"entries {at + 1} and {at + 2} are in the wrong order"
        yield Case(
            f"entries_{at + 1}_and_{at + 2}_swapped",
            with_lines(GOOD, order),
            Reason.OUT_OF_ORDER,
            says,
        )


def put_in() -> Iterator[Case]:
    twice, foreign = [*LINES[:2], *LINES[1:]], [*LINES[:2], FOREIGN[2], *LINES[2:]]
    other, double = Reason.OTHER_UNIT, Reason.REPEATED
    says = "entry 3 belongs to another unit"
    yield Case(
        "entry_twice", with_lines(GOOD, twice), double, "entry 2 of this unit is in the file"
    )
    yield Case("of_another_unit", with_lines(GOOD, foreign), other, says)
    yield Case("of_another_unit_and_proved", BOOK.forged(cast.UNIT, foreign), other, says)
    yield Case(
        "named_for_another_unit",
        GOOD.replace(b"\nunit:unit-of-lina", b"\nunit:unit-of-noor", 1),
        other,
    )
    invented = Line.of(LINES[2].index, LINES[1].entry)
    yield Case(
        "entry_twice_at_another_index",
        with_lines(GOOD, [*LINES[:2], invented, *LINES[3:]]),
        Reason.MISPLACED,
    )


def changed() -> Iterator[Case]:
    at, line = 2, LINES[2]
    plain = replace(line, entry=line.entry.replace(b"02:27", b"02:28"))
    says = f"entry 3 was edited: its leaf is not the one sealed as {line.index}"
    yield Case(
        "entry_edited",
        with_lines(GOOD, [*LINES[:at], plain, *LINES[at + 1 :]]),
        Reason.EDITED,
        says,
    )
    marked = edited(line, b"02:27", b"02:28")
    yield Case(
        "entry_edited_with_its_mark",
        with_lines(GOOD, [*LINES[:at], marked, *LINES[at + 1 :]]),
        Reason.UNLINKED,
    )
    last = edited(LINES[-1], b"St. Nicholas", b"St. Florian")
    yield Case(
        "last_entry_edited_with_its_mark", with_lines(GOOD, [*LINES[:-1], last]), Reason.NOT_SEALED
    )
    yield Case("whole_history_rewritten", rewritten(), Reason.NOT_SEALED)
    hashes = parse(GOOD).hashes
    yield Case("hash_left_out", format(replace(parse(GOOD), hashes=hashes[1:])), Reason.NOT_SEALED)
    yield Case(
        "hash_too_many",
        format(replace(parse(GOOD), hashes=(*hashes, hashes[0]))),
        Reason.NOT_SEALED,
    )
    yield Case(
        "hashes_swapped", format(replace(parse(GOOD), hashes=hashes[::-1])), Reason.NOT_SEALED
    )
    noncanonical = Line.of(LINES[-1].index, LINES[-1].entry.replace(b'{"actor"', b'{ "actor"'))
    yield Case(
        "entry_with_a_space", with_lines(GOOD, [*LINES[:-1], noncanonical]), Reason.NOT_AN_ENTRY
    )
    beyond = replace(LINES[-1], index=10**18)
    yield Case("index_beyond_the_ledger", with_lines(GOOD, [*LINES[:-1], beyond]), Reason.MISPLACED)
    told = parse(GOOD).disclosures
    yield Case(
        "disclosure_of_other_words",
        format(replace(parse(GOOD), disclosures=(OTHER_WORDS,))),
        Reason.WRONG_DISCLOSURE,
    )
    yield Case(
        "disclosures_swapped",
        format(replace(parse(GOOD), disclosures=told[::-1])),
        Reason.MALFORMED,
    )
    # Three texts as they might be told, without a space between them.
    packed = b64encode(dumps(OTHER_ARRAY, separators=(",", ":")).encode()).rstrip(b"=").decode()
    yield Case(
        "disclosure_in_another_form",
        format(replace(parse(GOOD), disclosures=(packed,))),
        Reason.MALFORMED,
    )
    yield Case(
        "disclosure_not_an_array",
        format(replace(parse(GOOD), disclosures=("e30",))),
        Reason.MALFORMED,
    )


OTHER_ARRAY = ["c2FsdCBvZiB0aGUgcGFnZQ", "reason", "the seal of the bag was torn"]

# ["c2FsdCBvZiB0aGUgcGFnZQ", "reason", "the seal of the bag was torn"], as docs/ledger-format.md shows it.
OTHER_WORDS = (
    "WyJjMkZzZENCdlppQjBhR1VnY0dGblpRIiwgInJlYXNvbiIsICJ0aGUgc2VhbCBvZiB0aGUgYmFnIHdhcyB0b3JuIl0"
)


def in_transit() -> Iterator[Case]:
    bad = Reason.MALFORMED
    yield Case("empty", b"", Reason.NOT_A_PASSPORT)
    yield Case("something_else", b'{"resourceType":"Bundle"}\n', Reason.NOT_A_PASSPORT)
    yield Case("byte_order_mark", b"\xef\xbb\xbf" + GOOD, Reason.NOT_A_PASSPORT)
    yield Case("only_its_first_line", GOOD[:19], bad)
    yield Case("version_2", GOOD.replace(b"passport/1", b"passport/2", 1), Reason.OTHER_VERSION)
    yield Case("version_01", GOOD.replace(b"passport/1", b"passport/01", 1), Reason.OTHER_VERSION)
    yield Case("windows_line_ends", GOOD.replace(b"\n", b"\r\n"), Reason.NOT_A_PASSPORT)
    yield Case(
        "one_windows_line_end",
        GOOD.replace(b"\nhashes\n", b"\nhashes\r\n"),
        bad,
        "its line ends were changed on its way",
    )
    for name, old, new in (
        ("of_a_child", b"\nunit:unit-of-lina\n", b"\ninfant:lina\n"),
        ("of_nobody", b"\nunit:unit-of-lina\n", b"\n"),
        ("index_with_a_zero_before", b"\n2 ", b"\n02 "),
        ("mark_in_capitals", b"\n0 ", b"\n0 A"),
        ("line_without_an_entry", b"\nentries\n", b"\nentries\n0 da73425b\n"),
        ("hash_of_31_bytes", b"\nhashes\n", b"\nhashes\n" + b"A" * 42 + b"==\n"),
        ("checkpoint_by_another_name", b"\ncheckpoint\n", b"\ncheckpoints\n"),
        ("disclosure_with_a_space", b"\ndisclosures\n", b"\ndisclosures\nA A\n"),
    ):
        yield Case(name, GOOD.replace(old, new, 1), bad)
    yield Case("not_utf_8", GOOD.replace(b"entries", b"entri\xff", 1), bad)
    yield Case("half_of_it", GOOD[: len(GOOD) // 2], bad)
    yield Case("without_its_last_byte", GOOD[:-1], bad)
    yield Case("a_blank_line_more", GOOD + b"\n", bad)
    yield Case("a_line_after_the_end", GOOD + b"hello\n", bad)
    yield Case("parts_swapped", GOOD.replace(b"\nhashes\n", b"\ndisclosures\n", 1), bad)
    spare = GOOD.replace(b"=\n\ndisclosures", b"\n\ndisclosures")
    yield Case("hash_without_padding", spare, bad)
    yield Case("too_large", GOOD + b" " * 1024 * 1024, Reason.TOO_LARGE)


def signed() -> Iterator[Case]:
    sheet = parse(GOOD)
    head = Checkpoint(ORIGIN, len(BOOK.entries), leaf_hash(b""))
    other = replace(SIGNER, name="ledger.example.com/elsewhere")
    cosigned = sheet.signed + other.signature_line(sheet.signed.partition("\n\n")[0] + "\n")
    elsewhere = other.sign(checkpoint.format(replace(head, origin=other.name)))
    no_number = SIGNER.sign(f"{ORIGIN}\nmany\nroot\n")
    yield Case("signed_by_a_stranger", with_note(BOOK.signed(STRANGER)), Reason.NOT_SIGNED)
    yield Case("signed_for_another_ledger", with_note(elsewhere), Reason.UNKNOWN_ORIGIN)
    yield Case("signed_by_another_too", with_note(cosigned), None)
    yield Case(
        "another_root_signed", with_note(SIGNER.sign(checkpoint.format(head))), Reason.NOT_SEALED
    )
    yield Case("an_older_checkpoint", with_note(older()), Reason.NOT_SEALED)
    yield Case(
        "checkpoint_changed", with_note(sheet.signed.replace("\n10\n", "\n11\n")), Reason.NOT_SIGNED
    )
    yield Case("not_a_checkpoint", with_note(no_number), Reason.MALFORMED)
    yield Case(
        "no_signature", with_note(sheet.signed.partition("\n\n")[0] + "\n\n"), Reason.MALFORMED
    )
    yield Case(
        "signature_cut", with_note(sheet.signed.replace("\n\n— ", "\n\n- ")), Reason.MALFORMED
    )


def with_note(text: str) -> bytes:
    return format(replace(parse(GOOD), signed=text))


def older() -> str:
    """A checkpoint of the ledger before the last two entries, honestly signed."""
    book = Book(entries=BOOK.entries[:-2])
    return book.signed()


def rewritten() -> bytes:
    """Every entry made anew, each link right: only the signed root tells."""
    forged = []
    previous = ""
    for line in LINES:
        entry = line.entry.replace(b"A999926123456", b"A999926123457")
        if forged:
            entry = entry.replace(previous.encode(), leaf_hash(forged[-1].entry).hex().encode())
        forged.append(Line.of(line.index, entry))
        previous = leaf_hash(line.entry).hex()
    return with_lines(GOOD, forged)


def alone() -> bytes:
    """A ledger that holds one unit and nothing else needs no hashes at all."""
    book = Book().add_all([cast.before_birth()[1], issued()])
    return book.passport(cast.UNIT)


def raw(
    kind: str,
    body: str,
    *,
    seq: int = 0,
    origin: str = ORIGIN,
    prev: str = "",
    sv: int = 1,
    **more: str,
) -> bytes:
    """An entry as a ledger could hold it, whatever it says."""
    told = {
        "occ": "2026-11-22T08:02:00+01:00",
        "at": "2026-11-22T07:04:41.005000Z",
        "schema": "1",
    } | more
    return (
        f'{{"actor":"quality","at":"{told["at"]}","body":{body},"idem":"1","occ":"{told["occ"]}",'
        f'"origin":"{origin}","schema":{told["schema"]},"seq":{seq},"site":"ward-3","subjects":[{{"prev":"{prev}",'
        f'"stream":"unit:unit-of-lina","sv":{sv}}}],"type":"{kind}","v":1}}'
    ).encode()


def after(entry: bytes, sv: int = 2) -> bytes:
    """The issue that follows on this one entry."""
    event = issued()
    place = Place(stream_of(cast.UNIT), sv, leaf_hash(entry).hex())
    return seal(
        Envelope(
            origin=ORIGIN,
            index=sv - 1,
            recorded_at=event.at + timedelta(seconds=5),
            key="2",
            site=SiteId("ward-3"),
            places=(place,),
            event=event,
        )
    )


def ledger_of(*entries: bytes) -> bytes:
    """The passport that a ledger of these very entries would hand out, if it checked nothing itself."""
    book = Book(entries=list(entries))
    placed = [Line.of(index, entry) for index, entry in enumerate(entries)]
    return book.forged(cast.UNIT, placed)


def not_understood() -> Iterator[Case]:
    """What a later version may write is sealed all the same, and shown as not understood."""
    for name, entry in (
        ("a_later_kind", raw("Blessed", '{"by_whom":"nobody"}')),
        ("a_later_schema", raw("Received", '{"where":"x"}', schema="2")),
        ("a_body_that_does_not_fit", raw("Received", '{"where":7}')),
    ):
        yield Case(name, ledger_of(entry, after(entry)), None)


def issuers() -> Iterator[Case]:
    """What only the holder of the key could do wrong."""
    good = raw("Received", '{"condition":"good","unit":"unit-of-lina","where":"laboratory"}')
    for name, entry in (
        ("a_day_that_is_not", raw("Received", "{}", occ="2026-02-30T08:02:00+01:00")),
        ("no_offset", raw("Received", "{}", occ="2026-02-28T08:02:00")),
        ("no_body", raw("Received", "[]")),
        ("a_number_with_a_point", raw("Received", '{"where":1.0}')),
        ("a_key_in_capitals", raw("Received", '{"Where":1}')),
        ("too_deep", raw("Received", '{"a":[[[[[[[]]]]]]]}')),
        ("half_a_surrogate_pair", raw("Received", '{"a":"\\ud800"}')),
        ("not_in_normal_form_c", raw("Received", '{"a":"o\u0308"}')),
        ("keys_not_sorted", raw("Received", '{"b":1,"a":2}')),
        ("a_key_doubled", raw("Received", '{"a":1,"a":1}')),
        ("an_integer_too_large", raw("Received", '{"a":9007199254740992}')),
        ("version_0", raw("Received", "{}", sv=0)),
    ):
        yield Case(name, ledger_of(entry, after(entry)), Reason.NOT_AN_ENTRY)
    for name, old, new in ENVELOPES:
        assert old in good
        entry = good.replace(old, new, 1)
        yield Case(f"envelope_{name}", ledger_of(entry, after(entry)), Reason.NOT_AN_ENTRY)
    yield Case("issued_for_another_unit", ledger_of(good, other_issue(good)), Reason.NOT_ISSUED)
    yield Case("linked_to_nothing", ledger_of(good, after(b"other")), Reason.UNLINKED)
    elsewhere = raw("Received", "{}", origin="ledger.example.com/elsewhere")
    yield Case(
        "entry_of_another_ledger", ledger_of(elsewhere, after(elsewhere)), Reason.OTHER_LEDGER
    )
    late = raw("Received", "{}", at="2026-12-24T07:04:41.005000Z")
    yield Case("recorded_backwards", ledger_of(late, after(late)), Reason.OUT_OF_ORDER)
    misplaced = raw("Received", "{}", seq=7)
    yield Case("sealed_at_another_index", ledger_of(misplaced, after(misplaced)), Reason.MISPLACED)
    backwards = [Line.of(1, good.replace(b'"seq":0', b'"seq":1'))]
    entry = backwards[0].entry
    last = after(entry).replace(b'"seq":1', b'"seq":0')
    book = Book(entries=[last, entry])
    yield Case(
        "sealed_backwards",
        book.forged(cast.UNIT, [*backwards, Line.of(0, last)]),
        Reason.OUT_OF_ORDER,
    )


# One key of a good envelope at a time, made into what it must not be.
ENVELOPES = (
    ("of_version_2", b'"v":1}', b'"v":2}'),
    ("of_version_true", b'"v":1}', b'"v":true}'),
    ("with_a_key_more", b'"v":1}', b'"v":1,"w":1}'),
    ("without_a_key", b'"idem":"1",', b""),
    ("actor_with_a_name", b'"actor":"quality"', b'"actor":"Quality"'),
    ("at_without_microseconds", b".005000Z", b"Z"),
    ("at_in_another_zone", b".005000Z", b".005000+00:00"),
    ("at_on_a_day_that_is_not", b'"at":"2026-11-22', b'"at":"2026-11-31'),
    ("idem_a_number", b'"idem":"1"', b'"idem":1'),
    ("occ_with_another_form_of_utc", b"08:02:00+01:00", b"08:02:00Z"),
    ("occ_with_a_fraction_of_nothing", b"08:02:00+01:00", b"08:02:00.000000+01:00"),
    ("occ_behind_utc_by_nothing", b"08:02:00+01:00", b"08:02:00-00:00"),
    ("occ_at_an_hour_that_is_not", b"T08:02:00+01:00", b"T24:02:00+01:00"),
    ("origin_a_number", b'"origin":"ledger.example.org/cordula"', b'"origin":7'),
    ("schema_0", b'"schema":1', b'"schema":0'),
    ("schema_true", b'"schema":1', b'"schema":true'),
    ("seq_below_0", b'"seq":0', b'"seq":-1'),
    ("site_a_number", b'"site":"ward-3"', b'"site":3'),
    ("type_nothing", b'"type":"Received"', b'"type":null'),
    (
        "subjects_not_a_list",
        b'"subjects":[{"prev":"","stream":"unit:unit-of-lina","sv":1}]',
        b'"subjects":{}',
    ),
    ("subject_with_a_key_more", b'"sv":1}', b'"sv":1,"t":1}'),
    ("subject_of_no_kind", b'"stream":"unit:unit-of-lina"', b'"stream":"unit-of-lina"'),
    ("subject_with_half_a_leaf", b'"prev":""', b'"prev":"00"'),
    ("version_a_text", b'"sv":1', b'"sv":"1"'),
    (
        "one_subject_twice",
        b'"subjects":[',
        b'"subjects":[{"prev":"","stream":"unit:unit-of-lina","sv":1},',
    ),
)


def other_issue(entry: bytes) -> bytes:
    return after(entry).replace(b'"unit":"unit-of-lina"}', b'"unit":"unit-of-noor"}')


CASES = list(all_cases())
assert len({case.name for case in CASES}) == len(CASES)
