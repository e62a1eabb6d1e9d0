"""The line of a key is found as a person would find it, whatever stands between."""

from cordula.vocabulary.lines import line_of, lines_of

TEXT = '''\
title = "a [not] = a header"
notes = [
  "one = 1",
  "[two]",
]
long = """
key = "inside a long text"
[neither]
"""

[dose] # a comment = with signs
range = { at_least = "1", at_most = "2" }

[[gates]]
id = "first"

[[gates.criteria]]
id = "C1"

[[gates.criteria]]
"quoted key" = 1
a.b = 2

[[gates]]
id = "second"

[[gates.criteria]]
id = "C3"

[scenarios.null.truth.fac]
cells = 1
'''
LINES = lines_of(TEXT)


def test_keys_before_any_table_are_found() -> None:
    assert line_of(LINES, ("title",)) == 1
    assert line_of(LINES, ("long",)) == 6


def test_what_stands_inside_a_list_or_a_long_text_is_no_key() -> None:
    assert ("one",) not in LINES
    assert ("key",) not in LINES
    assert ("neither",) not in LINES


def test_a_table_is_found_by_its_header() -> None:
    assert line_of(LINES, ("dose",)) == 11


def test_a_key_of_an_inline_table_is_found_where_the_table_stands() -> None:
    assert line_of(LINES, ("dose", "range", "at_most")) == 12


def test_tables_of_an_array_are_counted_each_under_its_own_parent() -> None:
    assert line_of(LINES, ("gates", 0, "criteria", 1)) == 20
    assert line_of(LINES, ("gates", 1, "id")) == 25
    assert line_of(LINES, ("gates", 1, "criteria", 0, "id")) == 28


def test_quoted_and_dotted_keys_are_found() -> None:
    assert line_of(LINES, ("gates", 0, "criteria", 1, "quoted key")) == 21
    assert line_of(LINES, ("gates", 0, "criteria", 1, "a", "b")) == 22


def test_a_table_without_a_header_is_found_by_the_first_thing_inside_it() -> None:
    assert line_of(LINES, ("scenarios", "null")) == 30


def test_what_is_nowhere_is_told_on_the_line_of_what_is_around_it() -> None:
    assert line_of(LINES, ("gates", 1, "stage")) == 24
    assert line_of(LINES, ("nothing",)) == 1
