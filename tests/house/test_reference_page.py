"""Is every method of the statistics on the reference page, with its inputs, its source and an example that still holds?"""

import importlib
import inspect
import pkgutil
import re
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


def _tool() -> ModuleType:
    loader = SourceFileLoader("print_reference", str(ROOT / "tools" / "print-reference"))
    spec = spec_from_loader(loader.name, loader)
    assert spec
    found = module_from_spec(spec)
    sys.modules[loader.name] = found
    loader.exec_module(found)
    return found


TOOL = _tool()
ROOMS = {room.name: room for room in TOOL.rooms()}
METHODS = [method for room in ROOMS.values() for method in room.methods]
CALLED = [(method, name) for method in METHODS for name in method.names]
PAGE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
HOUSES = [importlib.import_module(name) for name in ("cordula.stats", "cordula.trial")]
# A source is a paper or a book with its year, or a document that keeps its name.
SOURCE = re.compile(r"\b(19|20)\d\d\b|doi:|Handbook")
OF_STATS = [
    (m, n) for m, n in CALLED if ".stats." in m.room and inspect.isfunction(getattr(m.module, n))
]
AGAIN = "run .venv/bin/python tools/print-reference and look at what changed"


def test_every_sub_package_with_public_names_has_its_section() -> None:
    inside = (
        one.name
        for house in HOUSES
        for one in pkgutil.iter_modules(house.__path__, f"{house.__name__}.")
        if one.ispkg
    )
    open_to_all = {name for name in inside if TOOL.public(importlib.import_module(name))}
    assert open_to_all <= ROOMS.keys()


@pytest.mark.parametrize("room", ROOMS)
def test_every_public_function_has_its_method(room: str) -> None:
    module = importlib.import_module(room)
    functions = {n for n in ROOMS[room].public if inspect.isfunction(getattr(module, n))}
    named = {name for method in ROOMS[room].methods for name in method.names}
    assert functions - named == set(), (
        f"a [[method]] of docs/reference must name them; then {AGAIN}"
    )


@pytest.mark.parametrize(("method", "name"), CALLED, ids=lambda one: getattr(one, "anchor", one))
def test_every_function_is_called_in_its_example_and_tells_its_inputs(
    method: Any, name: str
) -> None:
    thing = getattr(method.module, name)
    assert re.search(rf"\b{name}\b", method.example), "the example does not call it"
    if inspect.isfunction(thing):
        missing = set(TOOL.unexplained(thing)) - TOOL.glossary(method.room).keys()
        assert not missing, f"neither its docstring nor the room's says what these are: {missing}"


@pytest.mark.parametrize(
    ("method", "name"), OF_STATS,
    ids=lambda one: getattr(one, "anchor", one),
)  # fmt: skip
def test_every_function_of_the_statistics_names_a_source(method: Any, name: str) -> None:
    thing = getattr(method.module, name)
    own = inspect.getdoc(thing) or ""
    assert own, "it has no docstring"
    around = [importlib.import_module(one).__doc__ or "" for one in (thing.__module__, method.room)]
    assert SOURCE.search("\n".join([own, *around]))


@pytest.mark.parametrize("method", METHODS, ids=lambda one: one.anchor)
def test_an_example_answers_as_the_page_says(method: Any) -> None:
    assert TOOL.entry(method) in PAGE, AGAIN


def test_the_page_is_what_the_tool_prints() -> None:
    assert TOOL.page() == PAGE, AGAIN


def test_another_answer_would_be_noticed() -> None:
    room = ROOMS["cordula.stats.exact"]
    asked = "clopper_pearson(events={}, n=19).low"
    first, second = (TOOL.played(room, asked.format(n)) for n in (3, 4))
    assert first == "clopper_pearson(events=3, n=19).low\n# 0.0338262"
    assert second.partition("\n")[2] != first.partition("\n")[2]


def test_what_is_refused_is_shown_and_what_breaks_is_not_hidden() -> None:
    room = ROOMS["cordula.stats.exact"]
    assert "# CannotBe: 20 events in 19" in TOOL.played(room, "wilson(20, 19)")
    with pytest.raises(NameError):
        TOOL.played(room, "no_such_function()")


def test_an_input_that_nobody_explains_is_found() -> None:
    def told_half(events: int, mystery: int) -> None:
        """Counts events."""

    assert TOOL.unexplained(told_half) == ["mystery"]
    assert "mystery" not in TOOL.glossary("cordula.stats.exact")
