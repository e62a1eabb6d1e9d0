"""How is a unit said in words, without a slash, an M or a power of ten?

A slash has been read as a one, M as a thousand, and 10⁶ as 106 (ISMP list of error-prone abbreviations).
"""

import re
from functools import cache

from cordula.display.signs import unbroken
from cordula.vocabulary.words import _, language

_PARTS = re.compile(r"([./]?)((?:\{[^}]*\}|[^./{}])+)")


def unit_words(unit: str) -> str:
    """``10*6/kg`` is “million per kg”. The words hold no space at which a line could break."""
    return _unit_words(unit, language())


@cache
def _unit_words(unit: str, language: str) -> str:
    whole = _whole_units(language)
    if unit in whole:
        return unbroken(whole[unit])
    words = ""
    for sign, part in _PARTS.findall(unit):
        atom = _symbols(language).get(part, part).replace("{", "").replace("}", "")
        words = (
            _("{amount} per {part}").format(amount=words, part=atom)
            if sign == "/"
            else f"{words} {atom}"
        )
    return unbroken(words.strip())


@cache
def _whole_units(language: str) -> dict[str, str]:
    """Units whose words are not those of their symbols, in the language of this context."""
    return {
        "1": "",
        "%": "%",
        "Cel": "°C",
        "mm[Hg]": "mmHg",
        "{grade}": "",
        "10*5.[CFU]": _("hundred thousand colonies"),
    }


@cache
def _symbols(language: str) -> dict[str, str]:
    return {
        "10*3": _("thousand"),
        "10*5": _("hundred thousand"),
        "10*6": _("million"),
        "10*8": _("hundred million"),
        "10*9": _("billion"),
        "10*12": _("trillion"),
        "{cells}": _("cells"),
        "[CFU]": _("colonies"),
        "ug": _("microgram"),
        "uL": _("microlitre"),
        "h": _("hr"),
        "d": _("day"),
        "wk": _("week"),
        "mo": _("month"),
        "a": _("year"),
        "m2": "m²",
    }
