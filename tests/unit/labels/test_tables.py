import pytest

from cordula.labels.product import ProductCode
from cordula.labels.scan import scan
from cordula.labels.tables import TableError, Tables, load

PRODUCTS = "code,name,attributes\nDAX12,Practice cord blood,Practice\n"


def write(folder, **files):
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return folder


def test_a_missing_folder_is_a_site_without_tables(tmp_path):
    assert load(tmp_path / "nowhere") == Tables()
    assert Tables().describe(ProductCode("DAX12", "1", "00")) is None


def test_a_product_has_the_name_of_the_sites_own_table(tmp_path):
    tables = load(write(tmp_path, product_descriptions=PRODUCTS))
    assert tables.describe(ProductCode("DAX12", "1", "00")) == "Practice cord blood"
    assert tables.describe(ProductCode("DAX13", "1", "00")) is None


def test_a_spreadsheets_byte_order_mark_and_empty_lines_are_allowed(tmp_path):
    tables = load(write(tmp_path, product_descriptions="\ufeff" + PRODUCTS + ",,\n\n"))
    assert list(tables.product_descriptions) == ["DAX12"]


def test_the_sites_compound_messages_let_a_numbered_order_be_read(tmp_path):
    tables = load(write(tmp_path, compound_messages="number,structures\n035,034 032 001 004\n"))
    text = "=+04035=/A9997XYZ100T0479=,000012=A99991712345600=>019031"
    assert scan(text, tables.orders).compound.order == "035"


@pytest.mark.parametrize(
    ("file", "text", "refusal"),
    [
        (
            "product_descriptions",
            "code,title\n",
            "product_descriptions.csv, line 1: the columns must be",
        ),
        (
            "product_descriptions",
            "",
            "line 1: the columns must be code, name, attributes; found nothing",
        ),
        ("product_descriptions", PRODUCTS + "S129,Short,\n", "line 3: “S129” cannot be the code"),
        (
            "product_descriptions",
            PRODUCTS + "DAX12,Again,\n",
            "line 3: DAX12 stands here a second time",
        ),
        ("product_descriptions", PRODUCTS + "DAX13,,\n", "line 3: “” cannot be the name"),
        (
            "product_descriptions",
            PRODUCTS + "DAX13,Name\n",
            "line 3: 3 columns are needed; found 2",
        ),
        (
            "facilities",
            "fin,name\nO9999,Letter O\n",
            "facilities.csv, line 2: “O9999” cannot be the fin",
        ),
        ("compound_messages", "number,structures\n035,34 1\n", "“34 1” cannot be the structures"),
        ("facilities", 'fin,name\nA9999,"open\n', "facilities.csv, line 2: not CSV"),
        ("facilites", "fin,name\n", "facilites.csv: not a table of this folder"),
    ],
)
def test_a_table_that_cannot_be_read_is_named_with_its_line(tmp_path, file, text, refusal):
    with pytest.raises(TableError) as error:
        load(write(tmp_path, **{file: text}))
    assert refusal in str(error.value)


def test_a_table_in_another_encoding_is_named(tmp_path):
    (tmp_path / "facilities.csv").write_bytes("fin,name\nA9999,Hôpital\n".encode("latin-1"))
    with pytest.raises(TableError, match=r"facilities\.csv: not written in UTF-8"):
        load(tmp_path)
