"""What was found stands behind the sentence, as it stands in the file, and once."""

from typing import Any

import pytest

from cordula.protocols.file.shown import LENGTH_MAX, with_value
from cordula.protocols.file.table import Faults, Table

SAYS = "this cannot be"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("1.5", '"1.5"'),
        ("70 °C", '"70 °C"'),
        (3, "3"),
        (True, "true"),
        (["1", "0.5"], '["1", "0.5"]'),
        ([["0", "1"], ["1", "0"]], '[["0", "1"], ["1", "0"]]'),
    ],
)
def test_a_value_is_shown_as_it_is_written(value: Any, shown: str) -> None:
    assert with_value(SAYS, "key", value) == f"{SAYS} (key = {shown})"


@pytest.mark.parametrize("value", [{"a": 1}, [{"a": 1}], [[{"a": 1}]]])
def test_a_table_is_not_shown(value: Any) -> None:
    assert with_value(SAYS, "key", value) == SAYS


def test_a_value_with_which_the_sentence_ends_is_not_said_twice() -> None:
    says = "the arms have 40 children together, not 30"

    assert with_value(says, "participants", 30) == says
    assert with_value(says, "participants", 0) == f"{says} (participants = 0)"


def test_a_long_value_is_cut() -> None:
    told = with_value(SAYS, "key", "x" * 500)

    assert told.endswith("x…)")
    assert len(told) == len(f"{SAYS} (key = )") + LENGTH_MAX


def test_only_a_key_that_is_there_has_a_value() -> None:
    faults = Faults("a.toml", {})
    table = Table({"sides": 3}, (), faults)

    table.tell(SAYS)
    table.tell(SAYS, "alpha")
    table.tell(SAYS, "sides")

    assert [one.says for one in faults.found] == [SAYS, SAYS, f"{SAYS} (sides = 3)"]


def test_what_is_told_of_a_table_is_told_of_the_tables_around_it() -> None:
    faults = Faults("a.toml", {})
    faults.tell(("arms", 0, "ratio"), SAYS)

    assert faults.any_in(("arms",))
    assert faults.any_in(("arms", 0))
    assert not faults.any_in(("arms", 1))
    assert not faults.any_in(("ar",))
