"""Which check character belongs to an identifier, so that a mistyped one is caught?

ISO/IEC 7064 modulo 37-2, ST-001 Appendix A. The value 0 to 36 is printed as a boxed character, carried as the
flags 60 to 96 of a donation number (Type 3), or written as the two last digits of a donor's GRID.
"""

from __future__ import annotations

from stdnum.iso7064 import mod_37_2

from cordula.labels.errors import LabelError, shown

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"
CHECKED = frozenset(ALPHABET[:36])


def check_character(text: str) -> str:
    """The check character of a string of capital letters and digits: 0–9, A–Z or *."""
    for place, character in enumerate(text, start=1):
        if character not in CHECKED:
            expected = "capital letters and digits only, to compute a check character"
            raise LabelError("check character", place, expected, shown(character))
    if not text:
        raise LabelError("check character", None, "an identifier to compute it from", "nothing")
    return str(mod_37_2.calc_check_digit(text))


def check_value(text: str) -> int:
    """The check character's value, 0 to 36."""
    return ALPHABET.index(check_character(text))
