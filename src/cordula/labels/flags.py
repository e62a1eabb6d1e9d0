"""What do the two flag characters beside a donation number say about this label? (ST-001 2.4.1)"""

from __future__ import annotations

from enum import StrEnum

MEANINGS = {
    "00": "no flag",
    "01": "container 1 of a set",
    "02": "container 2 of a set",
    "03": "container 3 of a set",
    "04": "container 4 of a set",
    "05": "second or repeated label, printed on demand",
    "06": "pilot tube",
    "07": "test tube",
    "08": "donor record",
    "09": "tube for nucleic acid testing",
    "10": "samples for bacterial testing",
    "11": "to be matched with the unit",
    "12": "affixed partial label",
    "13": "attached label",
    "15": "container 5 of a set",
    "16": "container 6 of a set",
    "17": "container 7 of a set",
    "18": "container 8 of a set",
    "19": "container 9 of a set",
}


class FlagKind(StrEnum):
    NONE = "none"
    PROCESS = "process"  # Type 1: the same everywhere
    LOCAL = "local"  # Type 2: only the facility that assigned it knows what it means
    CHECK = "check"  # Type 3: carries the check character
    RESERVED = "reserved"


def kind(flags: str) -> FlagKind:
    if flags == "00":
        return FlagKind.NONE
    if flags in MEANINGS:
        return FlagKind.PROCESS
    if flags.isdigit() and 20 <= int(flags) <= 59:
        return FlagKind.LOCAL
    if flags.isdigit() and 60 <= int(flags) <= 96:
        return FlagKind.CHECK
    return FlagKind.RESERVED


def meaning(flags: str) -> str | None:
    """What flags of Type 1 mean; None for the others, which the label alone does not explain."""
    return MEANINGS.get(flags)
