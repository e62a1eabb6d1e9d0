import tomllib
from pathlib import Path

import pytest

from cordula.ledger import note
from cordula.ledger.note import NotTrusted, Signer, TrustedKey, open_note

VECTORS = tomllib.loads((Path(__file__).parents[3] / "vectors/ledger/signed_note.toml").read_text())
PETER, ENOCH = VECTORS["peter"], VECTORS["enoch"]
PETERS_KEY, ENOCHS_KEY = TrustedKey.parse(PETER["public"]), TrustedKey.parse(ENOCH["public"])
TEXT = PETER["text"]
PETERS_NOTE = TEXT + "\n" + PETER["signature"]
BOTH = PETERS_NOTE + ENOCH["signature"]

MARIA = Signer("maria.example", bytes(range(32)))


def test_a_note_by_the_go_checksum_database_is_opened():
    assert open_note(PETERS_NOTE, [PETERS_KEY]) == TEXT
    assert open_note(BOTH, [PETERS_KEY, ENOCHS_KEY], quorum=2) == TEXT


def test_we_sign_as_the_go_checksum_database_signs():
    assert Signer.parse(PETER["private"]).sign(TEXT) == PETERS_NOTE


def test_the_example_of_the_specification_is_read():
    text, signatures = note.parse(VECTORS["example"]["note"])
    assert text == VECTORS["example"]["text"]
    assert [(s.name, s.key_id.hex()) for s in signatures] == [
        (VECTORS["example"]["name"], VECTORS["example"]["key_id"])
    ]


def test_keys_are_written_as_they_were_read():
    assert PETERS_KEY.format() == PETER["public"]
    assert Signer.parse(PETER["private"]).format() == PETER["private"]
    assert Signer.parse(PETER["private"]).key == PETERS_KEY
    assert Signer.parse(MARIA.format()) == MARIA


def mangled(text):
    """Every part of a text, and the text with each character moved to the next."""
    for start in range(len(text)):
        for stop in range(start + 1, len(text) + 1):
            if stop - start < len(text):
                yield text[start:stop]
    for at, character in enumerate(text):
        yield text[:at] + chr(ord(character) + 1) + text[at + 1 :]


@pytest.mark.parametrize(
    ("parse", "text"), [(TrustedKey.parse, PETER["public"]), (Signer.parse, PETER["private"])]
)
def test_a_mangled_key_is_refused(parse, text):
    for wrong in mangled(text):
        with pytest.raises(NotTrusted):
            parse(wrong)


@pytest.mark.parametrize("text", VECTORS["peter"]["refused_keys"])
def test_a_key_of_another_kind_or_size_is_refused(text):
    with pytest.raises(NotTrusted):
        TrustedKey.parse(text)


def test_a_key_id_in_capitals_is_refused():
    with pytest.raises(NotTrusted, match="key id"):
        TrustedKey.parse(PETER["public"].replace("c74f20a3", "C74F20A3"))


def test_a_private_key_is_never_shown():
    assert repr(MARIA.seed) not in repr(MARIA)
    secret = MARIA.format().rpartition("+")[2]
    for wrong in [MARIA.format().replace("+", "-"), MARIA.format() + "A", MARIA.format()[:-4]]:
        with pytest.raises(NotTrusted) as refused:
            Signer.parse(wrong)
        assert secret[:20] not in str(refused.value)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u2003b", "a\nb", "a\x01b", "\ud800"])
def test_a_name_that_would_break_a_line_is_refused(name):
    with pytest.raises(NotTrusted):
        TrustedKey(name, bytes(32))
    with pytest.raises(NotTrusted):
        Signer(name, bytes(32))


@pytest.mark.parametrize("text", ["", "no newline", "a\ttab\n", "a\r\n", "\x00\n", "\ud800\n"])
def test_a_text_that_is_no_notes_is_not_signed(text):
    with pytest.raises(NotTrusted):
        MARIA.sign(text)


@pytest.mark.parametrize(
    "text", ["\n", "\n\n", "a\n\nb\n\n\n", "Ł—\u2028\x7f\n", "— not a signature\n"]
)
def test_what_was_signed_is_opened(text):
    assert open_note(MARIA.sign(text), [MARIA.key]) == text


def test_a_signature_by_a_key_we_do_not_know_is_ignored():
    assert open_note(BOTH, [PETERS_KEY]) == TEXT
    with pytest.raises(NotTrusted, match="signed by 0"):
        open_note(PETERS_NOTE, [ENOCHS_KEY])
    with pytest.raises(NotTrusted, match="signed by 0"):
        open_note(PETERS_NOTE, [])


def test_a_stranger_with_our_name_is_ignored():
    stranger = Signer(MARIA.name, bytes(32))
    signed = stranger.sign(TEXT)
    with pytest.raises(NotTrusted, match="signed by 0"):
        open_note(signed, [MARIA.key])
    assert open_note(signed + MARIA.signature_line(TEXT), [MARIA.key]) == TEXT


def test_a_bad_signature_by_a_key_we_know_refuses_the_note_even_beside_good_ones():
    other = ENOCH["signature"].replace("rwz+eBzm", "rwz+eBzn")
    with pytest.raises(NotTrusted, match="EnochRoot did not sign"):
        open_note(PETERS_NOTE + other, [PETERS_KEY, ENOCHS_KEY])
    with pytest.raises(NotTrusted, match=r"maria\.example did not sign"):
        open_note(MARIA.sign(TEXT) + MARIA.signature_line(TEXT + "more\n"), [MARIA.key])


def test_fewer_signatures_than_the_quorum_are_not_enough():
    with pytest.raises(NotTrusted, match="signed by 1 of the keys we trust; 2 must"):
        open_note(PETERS_NOTE, [PETERS_KEY, ENOCHS_KEY], quorum=2)


def test_a_signature_written_twice_counts_once():
    twice = PETERS_NOTE + PETER["signature"]
    assert open_note(twice, [PETERS_KEY]) == TEXT
    with pytest.raises(NotTrusted, match="signed by 1"):
        open_note(twice, [PETERS_KEY, ENOCHS_KEY], quorum=2)


def test_one_key_under_two_names_counts_once():
    alias = Signer("mary.example", MARIA.seed)
    signed = MARIA.sign(TEXT) + alias.signature_line(TEXT)
    with pytest.raises(NotTrusted, match="signed by 1"):
        open_note(signed, [MARIA.key, alias.key], quorum=2)


@pytest.mark.parametrize("quorum", [0, -1])
def test_a_quorum_of_nobody_still_asks_for_one(quorum):
    with pytest.raises(NotTrusted):
        open_note(PETERS_NOTE, [], quorum=quorum)


class Colliding(TrustedKey):
    key_id = PETERS_KEY.key_id


def test_two_trusted_keys_that_cannot_be_told_apart_are_refused():
    with pytest.raises(NotTrusted, match="share the key id"):
        open_note(PETERS_NOTE, [PETERS_KEY, Colliding(PETERS_KEY.name, ENOCHS_KEY.public)])


@pytest.mark.parametrize(
    "wrong",
    [
        TEXT,
        TEXT + "\n",
        TEXT + PETER["signature"],
        PETERS_NOTE[:-1],
        PETERS_NOTE + "\n",
        "\x01" + PETERS_NOTE,
        "\ud800" + PETERS_NOTE,
        PETERS_NOTE.replace("\n", "\r\n"),
        PETERS_NOTE + "Unexpected line.\n",
        PETERS_NOTE + "— a b AAAAAAA=\n",
        PETERS_NOTE + "— a+b AAAAAAA=\n",
        PETERS_NOTE + "— a\u00a0b AAAAAAA=\n",
        PETERS_NOTE + "- a AAAAAAA=\n",
        PETERS_NOTE + "—  AAAAAAA=\n",
        PETERS_NOTE + "— a AAAA\n",
        PETERS_NOTE + "— a AAAAAA==\n",
        PETERS_NOTE + "— a AAAAAAB=\n",
        PETERS_NOTE + "— a AAAAAAA\n",
        PETERS_NOTE + "— a AAAAAA=A\n",
        PETERS_NOTE + "— a \n",
        PETERS_NOTE + "— a ÄÄÄÄÄÄÄ=\n",
        PETERS_NOTE.replace("x08go/ZJ", "x08go/ZJ "),
        PETERS_NOTE.replace("x08go/", "x08go_"),
        PETERS_NOTE.replace("nAM=", "nAN="),
        PETERS_NOTE + PETER["signature"] * 64,
    ],
    ids=range(25),
)
def test_a_malformed_note_is_refused(wrong):
    with pytest.raises(NotTrusted):
        open_note(wrong, [PETERS_KEY])


def test_as_many_signatures_as_the_limit_are_read():
    assert open_note(TEXT + "\n" + PETER["signature"] * 64, [PETERS_KEY]) == TEXT


def test_any_changed_bit_of_a_note_is_noticed():
    original = BOTH.encode()
    for at in range(8 * len(original)):
        changed = bytearray(original)
        changed[at // 8] ^= 1 << at % 8
        try:
            text = changed.decode()
        except UnicodeDecodeError:
            continue
        with pytest.raises(NotTrusted):
            open_note(text, [PETERS_KEY, ENOCHS_KEY], quorum=2)
