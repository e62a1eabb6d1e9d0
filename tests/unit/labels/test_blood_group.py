import pytest

from cordula.labels.blood_group import GROUPS, MESSAGES, BloodGroup, Use
from cordula.labels.errors import LabelError


def test_no_code_stands_for_two_groups_or_for_a_group_and_a_message():
    assert len(GROUPS) == 8 * 8 + 4 * 2
    assert not GROUPS.keys() & MESSAGES.keys()


@pytest.mark.parametrize(
    ("code", "abo", "rhd"),
    [
        ("97", "O", "negative"),
        ("53", "O", "positive"),
        ("08", "A", "negative"),
        ("64", "A", "positive"),
        ("19", "B", "negative"),
        ("75", "B", "positive"),
        ("30", "AB", "negative"),
        ("86", "AB", "positive"),
        ("P8", "O", None),
        ("A8", "A", None),
        ("B8", "B", None),
        ("C8", "AB", None),
    ],
)
def test_the_codes_for_autologous_use_only(code, abo, rhd):
    group = BloodGroup(code)
    assert (group.abo, group.rhd, group.use) == (abo, rhd, Use.AUTOLOGOUS_ONLY)


@pytest.mark.parametrize(
    ("code", "use"),
    [
        ("91", Use.DIRECTED_ONLY),
        ("92", Use.EMERGENCY),
        ("93", Use.DIRECTED_BIOHAZARD),
        ("94", Use.DIRECTED_CROSSOVER),
        ("95", Use.NOT_SPECIFIED),
        ("96", Use.AUTOLOGOUS_CROSSOVER),
        ("97", Use.AUTOLOGOUS_ONLY),
        ("98", Use.AUTOLOGOUS_ONLY_BIOHAZARD),
    ],
)
def test_the_code_says_for_whom_the_product_is_meant(code, use):
    assert BloodGroup(code).use is use


def test_a_message_states_no_blood_group():
    held = BloodGroup.parse("=%Mq00")
    assert held.message
    assert (held.abo, held.rhd, held.use) == (None, None, None)


def test_the_case_of_a_message_is_part_of_it():
    assert BloodGroup("MQ").message is None


def test_a_code_that_is_not_known_is_read_as_unknown():
    rare = BloodGroup.parse("=%G600")
    assert (rare.group, rare.message) == (None, None)
    assert rare.format() == "=%G600"


def test_a_group_without_rhd_does_not_state_one():
    assert BloodGroup("55").rhd is None


@pytest.mark.parametrize("fields", [("9",), ("955",), ("95", "x"), ("95", "00")])
def test_a_blood_group_that_could_not_be_read_cannot_be_made(fields):
    with pytest.raises(LabelError):
        BloodGroup(*fields)
