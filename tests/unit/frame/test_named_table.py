"""On a narrow screen a value is named by its column, where the table asks for it."""

from django.template.loader import render_to_string

from cordula_web.frame.parts import Table, TableCell, TableRow

TABLE = Table(
    "Studies",
    ("Study", "Children", "P"),
    (TableRow((TableCell("TICAP"), TableCell("14"), TableCell(""))),),
)


def drawn(table: Table) -> str:
    return render_to_string("components/table.html", {"table": table})


def test_a_value_is_named_and_what_is_empty_is_not():
    text = drawn(TABLE.named())
    assert '<td data-column="Children">14' in text
    assert 'data-column="P"' not in text
    assert 'data-column="Study"' not in text


def test_a_table_that_does_not_ask_stays_as_it_was():
    assert "data-column" not in drawn(TABLE)
