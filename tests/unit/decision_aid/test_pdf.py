"""On paper: three tagged pages with the same words, numbers and dots, in letters that are there."""

import io
from datetime import UTC, datetime

import numpy as np
import pytest
from matplotlib.image import imread
from numpy.typing import NDArray
from pypdf import PdfReader
from scipy import ndimage

from cordula.decision_aid import pdf
from cordula.decision_aid.page import Page

MADE = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def paper(page: Page) -> bytes:
    return pdf.write(page, MADE)


@pytest.fixture(scope="module")
def reader(paper: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(paper))


def test_it_has_three_sheets_of_a4(reader: PdfReader) -> None:
    sizes = {(round(p.mediabox.width), round(p.mediabox.height)) for p in reader.pages}
    assert (len(reader.pages), sizes) == (3, {(595, 842)})


def test_it_is_tagged_and_says_so(reader: PdfReader, page: Page) -> None:
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == page.title
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_object().get_data()


def test_headings_tables_lists_and_pictures_are_tagged_as_such(reader: PdfReader) -> None:
    roles = list(_roles(reader.trailer["/Root"]["/StructTreeRoot"]))
    for role, least in (("/H1", 8), ("/H2", 2), ("/Table", 3), ("/TH", 9), ("/L", 4)):
        assert roles.count(role) >= least, f"{role}: {roles.count(role)}"
    assert roles.count("/Figure") == 5


def _roles(element: object) -> list[str]:
    found: list[str] = []
    stack = [element]
    while stack:
        one = stack.pop()
        one = one.get_object() if hasattr(one, "get_object") else one
        if isinstance(one, list):
            stack += one
        elif isinstance(one, dict):
            found += [one["/S"]] if "/S" in one else []
            stack += [one["/K"]] if "/K" in one else []
    return found


def test_no_letter_comes_from_another_font(reader: PdfReader) -> None:
    names = {
        font.get_object()["/BaseFont"]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert names
    assert all("DejaVuSans" in name for name in names), names


def test_every_word_of_the_page_is_on_paper(reader: PdfReader, page: Page) -> None:
    text = _squeezed("".join(one.extract_text() for one in reader.pages))
    rows = [cell.words for row in page.rows for cell in row.cells]
    found = [cell.words for group in page.found for line in group.lines for cell in line.cells]
    points = [*page.ask.points, *page.unknown.points, *page.values.points, *page.short.points]
    for words in [page.title, *page.missing, *rows, *found, *(one.words for one in points)]:
        assert _squeezed(words) in text, words


def _squeezed(words: str) -> str:
    return "".join(words.replace("\u00ad", "").split())


def test_the_same_page_at_the_same_moment_is_the_same_file(page: Page, paper: bytes) -> None:
    assert pdf.write(page, MADE) == paper


# At this resolution a dot of the pictures is so many pixels wide: points on paper × share of the drawing.
PPI = 300
DOT, SMALL, ONE = (
    points * PPI / 72 for points in (96 * 16 / 200, 331 * 4.4 / 900, 331 * 12.8 / 900)
)


def test_the_dots_on_paper_are_as_many_as_the_numbers_say(page: Page) -> None:
    pages = [imread(io.BytesIO(one))[..., :3] for one in pdf.pictures(page, PPI)]
    drawn = [int(one.number) for pair in page.pairs for one in pair.pictures]
    assert dots_of(pages[1], "#0d5362", DOT) == sum(drawn)
    assert dots_of(pages[1], "#6d7f87", DOT) == sum(100 - one for one in drawn)
    crowd = pages[2][: pages[2].shape[0] // 4, pages[2].shape[1] // 3 :]
    assert dots_of(crowd, "#75878f", SMALL) == 2699
    assert dots_of(crowd, "#0d5362", ONE) == 1


def dots_of(picture: NDArray[np.float32], colour: str, wide_px: float) -> int:
    """How many spots of about this colour are as wide and as high as such a dot?"""
    wanted = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    spots, _ = ndimage.label(np.abs(picture - wanted).max(axis=2) < 0.1, np.ones((3, 3)))
    sides = [(one.stop - one.start for one in box) for box in ndimage.find_objects(spots)]
    return sum(all(abs(side - wide_px) <= max(2, wide_px / 10) for side in one) for one in sides)
