"""How are so many of so many drawn, so that every dot can be counted on a screen and on paper?

The same order on both sides, filled against outline, so that print and a loss of colour change nothing. Colours stand
in the drawing itself: a style sheet does not reach a picture in a PDF.
"""

from collections.abc import Iterator
from html import escape

FILLED, OUTLINE, PALE = "#0d5362", "#6d7f87", "#75878f"
ROW, PITCH, RADIUS = 10, 20, 8
MANY_ROW, MANY_PITCH = 90, 10


def array(filled: int, of: int, label: str) -> str:
    """``of`` dots in rows of ten, the first ``filled`` of them full. An SVG."""
    if not 0 <= filled <= of:
        raise ValueError(f"{filled} of {of} dots cannot be filled")
    rows = -(-of // ROW)
    dots = "".join(_dot(number, number < filled) for number in range(of))
    return _svg(ROW * PITCH, rows * PITCH, label, dots)


def _dot(number: int, full: bool) -> str:
    x, y = (number % ROW) * PITCH + PITCH // 2, (number // ROW) * PITCH + PITCH // 2
    if full:
        return f'<circle cx="{x}" cy="{y}" r="{RADIUS}" fill="{FILLED}"/>'
    inner = RADIUS - 0.7
    return (
        f'<circle cx="{x}" cy="{y}" r="{inner}" fill="#fff" stroke="{OUTLINE}" stroke-width="1.4"/>'
    )


def crowd(of: int, label: str) -> str:
    """``of`` small dots, one of them large and full. An SVG."""
    rows, chosen = -(-of // MANY_ROW), _chosen(of)
    small = "".join(f"M{x} {y}h.01" for n, (x, y) in enumerate(_places(of)) if n != chosen)
    x, y = list(_places(of))[chosen]
    many = (
        f'<path d="{small}" fill="none" stroke="{PALE}" stroke-width="4.4" stroke-linecap="round"/>'
    )
    one = f'<circle cx="{x}" cy="{y}" r="6.4" fill="{FILLED}"/>'
    return _svg(MANY_ROW * MANY_PITCH, rows * MANY_PITCH, label, many + one)


def _chosen(of: int) -> int:
    """Not the first and not the last: right of the middle, so that nobody reads an order into it."""
    rows = -(-of // MANY_ROW)
    return min(of - 1, rows // 2 * MANY_ROW + MANY_ROW * 2 // 3)


def _places(of: int) -> Iterator[tuple[int, int]]:
    half = MANY_PITCH // 2
    for number in range(of):
        yield (
            (number % MANY_ROW) * MANY_PITCH + half,
            (number // MANY_ROW) * MANY_PITCH + half,
        )


def _svg(width: int, height: int, label: str, inside: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'role="img" aria-label="{escape(label)}">{inside}</svg>'
    )
