"""How does a picture keep its looks on a page that allows no style sheet but its own?

A strict content security policy refuses `<style>` and `style="…"`, also inside a picture. SVG says the same by
presentation attributes (SVG 2, section 6.6), which no policy refuses."""

import re

SHEET = re.compile(r"\s*<defs>\s*<style[^>]*>\s*\*\{([^}]*)\}\s*</style>\s*</defs>")
STYLED = re.compile(r' style="([^"]*)"')
# Properties that are attributes too; the shorthand `font` is not, and would be lost without a word.
ATTRIBUTES = {
    *("fill", "fill-opacity", "opacity", "text-anchor"),
    *("font-family", "font-size", "font-style", "font-weight"),
    *("stroke", "stroke-dasharray", "stroke-dashoffset", "stroke-linecap"),
    *("stroke-linejoin", "stroke-opacity", "stroke-width"),
}


class NoAttribute(ValueError):
    """A style says something that no attribute can say."""


def bare(svg: str) -> str:
    """The same picture without styles. What its sheet says of everything is said once, of the root, and inherited."""
    sheet = SHEET.search(svg)
    if sheet is not None:
        svg = svg[: sheet.start()] + svg[sheet.end() :]
        svg = svg.replace("<svg", f"<svg{_attributes(sheet[1])}", 1)
    return STYLED.sub(lambda found: _attributes(found[1]), svg)


def _attributes(style: str) -> str:
    said = [one.partition(":") for one in style.split(";") if one.strip()]
    return "".join(f' {_named(name)}="{value.strip()}"' for name, _, value in said)


def _named(name: str) -> str:
    if name.strip() not in ATTRIBUTES:
        raise NoAttribute(f"“{name.strip()}” is no presentation attribute of SVG")
    return name.strip()
