"""How do the texts of two units multiply and divide?

``10*6/mL`` × ``mL`` is ``10*6``. Equal symbols cancel; nothing is converted, so no registry is needed.
"""

import re
from functools import lru_cache

from cordula.vocabulary.ucum import UnitError

_FACTOR = re.compile(r"([./]?)(?:(10\*)(\d+)|([^./()\d{}-]+)(-?\d+)?(\{[^}]*\})?|(\{[^}]*\})|1)")


@lru_cache(maxsize=4096)
def multiplied(left: str, right: str) -> str:
    return _written(_powers(left, 1), _powers(right, 1))


@lru_cache(maxsize=4096)
def divided(left: str, right: str) -> str:
    return _written(_powers(left, 1), _powers(right, -1))


def _powers(unit: str, sign: int) -> dict[str, int]:
    """Each symbol of the unit and its power: ``10*6/kg`` is {"10*": 6, "kg": -1}."""
    powers: dict[str, int] = {}
    position = 0
    while position < len(unit):
        found = _FACTOR.match(unit, position)
        if not found:
            raise UnitError(f"{unit} is too involved to multiply or divide; convert it first")
        position = found.end()
        symbol, power = _symbol(found)
        if symbol:
            turn = -sign if found[1] == "/" else sign
            powers[symbol] = powers.get(symbol, 0) + turn * power
    return powers


def _symbol(found: re.Match[str]) -> tuple[str, int]:
    if found[2]:
        return found[2], int(found[3])
    if found[4]:
        return found[4] + (found[6] or ""), int(found[5] or 1)
    return found[7] or "", 1


def _written(*parts: dict[str, int]) -> str:
    powers: dict[str, int] = {}
    for part in parts:
        for symbol, power in part.items():
            powers[symbol] = powers.get(symbol, 0) + power
    above = ".".join(_raised(s, p) for s, p in powers.items() if p > 0)
    below = "".join(f"/{_raised(s, -p)}" for s, p in powers.items() if p < 0)
    return (above + below) or "1"


def _raised(symbol: str, power: int) -> str:
    if symbol == "10*":
        return f"10*{power}"
    annotation = symbol.find("{")
    if power == 1:
        return symbol
    if annotation == 0:
        return ".".join([symbol] * power)
    return (
        f"{symbol}{power}"
        if annotation < 0
        else f"{symbol[:annotation]}{power}{symbol[annotation:]}"
    )
