"""How does a text become a square or bars that a scanner can read from the screen or from paper?"""

import re
from functools import lru_cache

import zxingcpp
from django.utils.html import format_html
from django.utils.safestring import SafeString

# What a preview's codes say: a scan of the screen must never pass for a scan of the bag.
PREVIEW = "PREVIEW ONLY"

_SIZE = re.compile(r'<svg width="(\d+)" height="(\d+)"')
_PATH = re.compile(r'<path d="([^"]+)"')


def data_matrix(text: str) -> SafeString:
    return _drawn(text, "DataMatrix", "xMidYMid")


def code_128(text: str) -> SafeString:
    """Bars that stretch to the width they are given."""
    return _drawn(text, "Code128", "none")


@lru_cache(maxsize=256)
def _drawn(text: str, kind: str, fit: str) -> SafeString:
    """The library's path in a drawing of ours: without its id, which would stand twice on a page."""
    square = {"force_square": True} if kind == "DataMatrix" else {}
    barcode = zxingcpp.create_barcode(text, getattr(zxingcpp.BarcodeFormat, kind), **square)
    drawing = zxingcpp.write_barcode_to_svg(barcode)
    size, path = _SIZE.search(drawing), _PATH.search(drawing)
    if size is None or path is None:
        raise ValueError(f"The barcode library drew no {kind} for {text!r}.")
    return format_html(
        '<svg viewBox="0 0 {} {}" preserveAspectRatio="{}" fill="#000" aria-hidden="true"'
        ' focusable="false"><path d="{}"/></svg>',
        size[1],
        size[2],
        fit,
        path[1],
    )
