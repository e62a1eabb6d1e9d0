"""A label goes on paper, and a scanner reads from the paper what the record holds: the loop is closed."""

from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

pytestmark = pytest.mark.browser

UNIT = "A999926000014"
LABEL = f"/unit/{UNIT}/labels/unit"


def _codes(page, element: str) -> set[str]:
    """What a scanner reads in the picture of this element."""
    picture = Image.open(BytesIO(page.locator(element).first.screenshot(scale="device")))
    return {code.text for code in zxingcpp.read_barcodes(picture)}


def test_the_printed_label_reads_what_it_should_and_the_screen_does_not(visitor) -> None:
    page = visitor("brandt").go(LABEL)
    page.fill("input[name=copies]", "1")
    page.click("#print button")
    page.wait_for_load_state()
    assert all("PREVIEW" in code for code in _codes(page, "figure.label"))
    assert not page.is_visible(".paper")

    page.emulate_media(media="print")
    on_paper = _codes(page, ".paper .label")
    assert on_paper == {f"={UNIT}00"}
    page.emulate_media(media="screen")

    page.fill("#back", on_paper.pop())
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/unit/{UNIT}/labels")
    assert "Scanned back" in page.inner_text("main")
