"""How is a unit said in words, without a slash, an M or a power of ten?

A slash has been read as a one, M as a thousand, and 10⁶ as 106 (ISMP list of error-prone abbreviations).
"""

import re
from functools import cache

from cordula.display.signs import NO_BREAK

_WHOLE = {
    "1": "",
    "%": "%",
    "Cel": "°C",
    "mm[Hg]": "mmHg",
    "{grade}": "",
    "[CFU]": "colonies",
    "10*5.[CFU]": "hundred thousand colonies",
}
_ATOMS = {
    "10*3": "thousand",
    "10*5": "hundred thousand",
    "10*6": "million",
    "10*8": "hundred million",
    "10*9": "billion",
    "10*12": "trillion",
    "ug": "microgram",
    "uL": "microlitre",
    "[CFU]": "colonies",
    "h": "hr",
    "wk": "week",
    "mo": "month",
    "a": "year",
    "d": "day",
    "m2": "m²",
}
_PARTS = re.compile(r"([./]?)((?:\{[^}]*\}|[^./{}])+)")


@cache
def unit_words(unit: str) -> str:
    """``10*6/kg`` is “million per kg”. Words that belong together hold no space at which a line could break."""
    if unit in _WHOLE:
        return _WHOLE[unit].replace(" ", NO_BREAK)
    words = ""
    for sign, part in _PARTS.findall(unit):
        words += f" per {_atom(part)}" if sign == "/" else f" {_atom(part)}"
    return words.strip().replace(" ", NO_BREAK)


def _atom(part: str) -> str:
    return _ATOMS.get(part, part).replace("{", "").replace("}", "")
