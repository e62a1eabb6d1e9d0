"""Whatever stands in a protocol file, it is read or refused; nothing makes the reader stumble."""

import tomllib
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from cordula.protocols.file.build import build
from cordula.protocols.file.site import read_site
from cordula.protocols.file.table import Faults, Table
from cordula.protocols.printing import describe
from cordula.protocols.refusal import ProtocolRefused
from cordula.vocabulary.lines import Path, lines_of
from tests.unit.protocols.test_site_file import SITE
from tests.unit.protocols.written import RIGHT

INSTEAD: list[Any] = [
    7,
    -1,
    0.5,
    True,
    "",
    "no word",
    [],
    [1],
    ["x"],
    {},
    {"x": 1},
    [{"x": 1}],
    date(2026, 11, 22),
]
WHOLE: dict[str, Any] = tomllib.loads(RIGHT)


def paths(values: Any, path: Path = ()) -> Iterator[Path]:
    """Every place in the file, tables and lists as well as what is in them."""
    pairs: Iterator[tuple[str | int, Any]] = iter(())
    if isinstance(values, dict):
        pairs = iter(values.items())
    elif isinstance(values, list):
        pairs = iter(enumerate(values))
    for key, value in pairs:
        yield (*path, key)
        yield from paths(value, (*path, key))


def parent(values: Any, path: Path) -> Any:
    for part in path[:-1]:
        values = values[part]
    return values


def read(values: dict[str, Any]) -> None:
    faults = Faults("protocol.toml", lines_of(RIGHT))
    with suppress(ProtocolRefused):
        describe(build(Table(values, (), faults), "0" * 64))


def read_with_site(values: dict[str, Any]) -> None:
    faults = Faults("protocol.toml", lines_of(RIGHT))
    root = Table(deepcopy(WHOLE), (), faults)
    site = read_site(root, values, faults.add_file("site.toml", lines_of(SITE)))
    with suppress(ProtocolRefused):
        describe(build(site.merged, "0" * 64, site.name, site.filled))


@pytest.mark.parametrize("instead", INSTEAD, ids=repr)
def test_anything_may_stand_anywhere(instead: Any) -> None:
    for path in paths(WHOLE):
        values = deepcopy(WHOLE)
        parent(values, path)[path[-1]] = instead

        read(values)


@pytest.mark.parametrize("instead", INSTEAD, ids=repr)
def test_anything_may_stand_in_a_sites_file(instead: Any) -> None:
    site: dict[str, Any] = tomllib.loads(SITE)
    for path in paths(site):
        values = deepcopy(site)
        parent(values, path)[path[-1]] = instead

        read_with_site(values)


def test_anything_may_be_missing() -> None:
    for path in paths(WHOLE):
        values = deepcopy(WHOLE)
        del parent(values, path)[path[-1]]

        read(values)
