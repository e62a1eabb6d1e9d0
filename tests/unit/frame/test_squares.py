"""Does a square on the page say what it should, and can it be drawn twice on one page?"""

import re

import pytest
import zxingcpp

from cordula_web.frame.squares import PREVIEW, code_128, data_matrix


@pytest.mark.parametrize("text", [PREVIEW, "CMD:NEXT:7F3A", "/unit/A999926123456"])
def test_a_data_matrix_is_square(text: str) -> None:
    size = re.search(r'viewBox="0 0 (\d+) (\d+)"', data_matrix(text))
    assert size is not None
    assert size[1] == size[2]


def test_a_square_carries_no_id_no_style_and_no_class() -> None:
    for drawing in (data_matrix(PREVIEW), code_128(PREVIEW)):
        assert not re.search(r"\b(id|style|class)=", drawing)


def test_a_text_with_markup_does_not_reach_the_page() -> None:
    assert "<b>" not in data_matrix("<b>")


def test_a_square_can_be_read_back() -> None:
    assert _read(data_matrix("CMD:NEXT:7F3A")) == "CMD:NEXT:7F3A"


def _read(drawing: str) -> str:
    """Reads a drawing of unit squares: every module the path covers is black."""
    size = re.search(r'viewBox="0 0 (\d+) (\d+)"', drawing)
    assert size is not None
    side, scale = int(size[1]), 8
    black = set()
    for x, y, width, height in re.findall(r"M(\d+) (\d+)h(\d+)v(\d+)", drawing):
        for column in range(int(x), int(x) + int(width)):
            black |= {(column, row) for row in range(int(y), int(y) + int(height))}
    pixels = bytes(
        0 if (x // scale, y // scale) in black else 255
        for y in range(side * scale)
        for x in range(side * scale)
    )
    image = memoryview(pixels).cast("B", (side * scale, side * scale))
    found = zxingcpp.read_barcode(image)
    assert found is not None, "the square cannot be read"
    return found.text
