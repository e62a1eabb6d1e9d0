"""`cordula scan`: what does this bar code say?"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

import click

from cordula.cli.failures import BadInput
from cordula.cli.output import as_json, print_json
from cordula.labels.errors import LabelError
from cordula.labels.scan import Scan
from cordula.labels.scan import scan as read
from cordula.labels.structure import Structure


@click.command()
@click.argument("text")
@as_json
def scan(text: str, as_json: bool) -> None:
    """Read an ISBT 128 scan, TEXT, and say what it is. Quote it: it holds signs the shell knows.

    \b
    Example: cordula scan '=A99992600000100'
    """
    try:
        found = read(text)
    except LabelError as wrong:
        raise BadInput(str(wrong)) from wrong
    if as_json:
        print_json({"scan": text, "structures": [describe(s) for s in found.structures]})
    else:
        click.echo(in_words(found))


def in_words(found: Scan) -> str:
    """One block of lines for each structure of the scan."""
    blocks = (
        "\n".join(f"{label:<22} {value}" for label, value in describe(structure).items())
        for structure in found.structures
    )
    return "\n\n".join((*blocks, *found.remarks))


# What a structure works out from its fields, where it has it, and a person wants to see.
WORKED_OUT = (
    "eye_readable",
    "check_character",
    "number",
    "moment",
    "abo",
    "rhd",
    "use",
    "message",
    "collection_meaning",
    "by_marker",
    "checksum",
)
# Raw fields that a worked-out one says better.
SAID_BETTER = frozenset({"results", "clock", "day"})


def describe(structure: Structure) -> dict[str, Any]:
    """A structure's name, its fields, and what follows from them."""
    told: dict[str, Any] = {"structure": structure.name}
    worked_out = {key: getattr(structure, key, None) for key in WORKED_OUT}
    for key, value in {**own_fields(structure), **worked_out}.items():
        if value not in (None, "") and key not in SAID_BETTER:
            told[key] = plain(value)
    return told


def own_fields(structure: Structure) -> dict[str, Any]:
    if not is_dataclass(structure):
        return {}
    return {field.name: getattr(structure, field.name) for field in fields(structure)}


def plain(value: Any) -> Any:
    """A value as text a person reads; mappings become one line."""
    if isinstance(value, Mapping):
        return "; ".join(f"{plain(key)} {plain(item)}" for key, item in value.items())
    if isinstance(value, Enum):
        return value.name.lower().replace("_", " ")
    return str(value)
