"""The report on paper: a tagged PDF (PDF/UA-1) made by Typst, with the same words, tables and pictures."""

import json
from dataclasses import asdict
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from cordula.trial.report.document import Document

# The one family that every installation has: it comes inside matplotlib's wheel, which draws the pictures.
FONTS = ("DejaVu Sans",)
STANDARD: Final = "ua-1"
OWN = Path(__file__).parent


def pdf(document: Document, made: datetime) -> bytes:
    """The file. The moment is written into it, so that the same report at the same moment is the same file."""
    import typst

    told = {**asdict(document), "mark": document.mark, "fonts": FONTS}
    return typst.compile(
        OWN / "report.typ",
        font_paths=[_fonts()],
        ignore_system_fonts=True,
        sys_inputs={"report": json.dumps(told)},
        pdf_standards=STANDARD,
        timestamp=made.replace(microsecond=0),
    )


def _fonts() -> Path:
    spec = find_spec("matplotlib")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(
            "matplotlib is not installed, and the pictures and fonts of a report come with it"
        )
    return Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf"
