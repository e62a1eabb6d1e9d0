"""How does the parents' page reach paper? As a tagged PDF (PDF/UA-1), the same words and pictures as on the screen."""

import json
from dataclasses import asdict
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from cordula.decision_aid.page import Page
from cordula.decision_aid.reading import OWN

# The one sans-serif family that every installation has: it comes inside matplotlib's wheel. Typst takes another
# family without a word where one is missing, so a test reads the names of the fonts back.
FONTS = ("DejaVu Sans",)
STANDARD: Final = "ua-1"


def write(page: Page, made: datetime) -> bytes:
    """The PDF. The moment is written into it, so that the same page at the same moment is the same file."""
    import typst

    return typst.compile(
        OWN / "aid.typ",
        font_paths=[_font_folder()],
        ignore_system_fonts=True,
        sys_inputs=_inputs(page),
        pdf_standards=STANDARD,
        timestamp=made,
    )


def pictures(page: Page, pixels_per_inch: int) -> list[bytes]:
    """The pages of the same document as PNG, for a proof on the screen and for counting its dots."""
    import typst

    found = typst.compile(
        OWN / "aid.typ",
        font_paths=[_font_folder()],
        ignore_system_fonts=True,
        sys_inputs=_inputs(page),
        format="png",
        ppi=pixels_per_inch,
    )
    return [bytes(one) for one in (found if isinstance(found, list) else [found])]


def _inputs(page: Page) -> dict[str, str]:
    return {"page": json.dumps({**asdict(page), "fonts": FONTS})}


def _font_folder() -> Path:
    """Without importing matplotlib, which takes longer than drawing the whole document."""
    spec = find_spec("matplotlib")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(
            "matplotlib is not installed, and the fonts of the PDF come with it"
        )
    return Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf"
