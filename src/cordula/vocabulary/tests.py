"""Which tests give a word for a result, which words, and how long must one wait for them?"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from cordula.vocabulary.catalogue import Code, UnknownWord, read_code, read_table
from cordula.vocabulary.quantity import Quantity


class UnknownTest(UnknownWord):
    """No test has this key."""


class UnknownResult(UnknownWord):
    """The test cannot have this result."""


@dataclass(frozen=True, slots=True)
class Incubation:
    """How long a culture is watched before its result is final, and who says so."""

    time: Quantity
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """One test whose result is a word; `tests.toml` explains each field."""

    # Without this pytest takes the class for a set of tests.
    __test__ = False

    key: str
    label: str
    name: str
    of: str
    results: Mapping[str, str]
    incubation: Incubation | None
    infection: str | None
    code: Code

    def result_label(self, result: str) -> str:
        """The words for a result; UnknownResult if this test cannot have it."""
        if result not in self.results:
            raise UnknownResult(result, f"a result of {self.name}", self.results)
        return self.results[result]


@cache
def laboratory_tests() -> Mapping[str, Test]:
    """Every test by its key, in the order of the table."""
    table = read_table("tests.toml")
    return MappingProxyType({key: _test(key, row, table) for key, row in table["tests"].items()})


def laboratory_test(key: str) -> Test:
    """The test with this key; UnknownTest with a suggestion if there is none."""
    found = laboratory_tests().get(key)
    if found is None:
        raise UnknownTest(key, "a test", laboratory_tests())
    return found


def markers_of(infection: str) -> tuple[Test, ...]:
    """The mother's tests that are about one infection, such as the three of hepatitis B."""
    return tuple(t for t in laboratory_tests().values() if t.infection == infection)


def _test(key: str, row: Mapping[str, Any], table: Mapping[str, Any]) -> Test:
    results = table["answers"][row["answers"]] if "answers" in row else row["results"]
    return Test(
        key=key,
        **{name: row[name] for name in ("label", "name", "of")},
        results=MappingProxyType(results),
        incubation=_incubation(row.get("incubation"), table["sources"]),
        infection=row.get("infection"),
        code=read_code(row["code"]),
    )


def _incubation(row: Mapping[str, str] | None, sources: Mapping[str, str]) -> Incubation | None:
    if row is None:
        return None
    return Incubation(Quantity.of(row["value"], row["unit"]), sources[row["source"]])
