"""A table of an evidence file while it is read: every key is asked for once, and what nobody asked for is a fault."""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path as File
from typing import Any

from cordula.evidence.refusal import EvidenceRefused, Problem, not_known
from cordula.vocabulary.lines import Lines, Path, line_of, lines_of


@dataclass(slots=True)
class Faults:
    """One file, on which line its keys stand, and everything found wrong so far."""

    file: str
    lines: Lines
    found: list[Problem] = field(default_factory=list)

    def tell(self, path: Path, says: str) -> None:
        self.found.append(Problem(self.file, line_of(self.lines, path), says))


class Table:
    """One table. A fault is told and a stand-in answered, so that one look finds every fault."""

    def __init__(self, values: Mapping[str, Any], path: Path, faults: Faults) -> None:
        self.values = values
        self.path = path
        self.faults = faults
        self._asked: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def tell(self, says: str, key: str | None = None) -> None:
        self.faults.tell(self.path if key is None else (*self.path, key), says)

    def text(self, key: str, default: str | None = None) -> str:
        value = self._take(key, default)
        if isinstance(value, str) and (value or default == ""):
            return value
        if value is not None:
            self.tell(f"“{key}” is a text in quotes, not {value!r}", key)
        return default or ""

    def text_or_none(self, key: str) -> str | None:
        if key in self:
            return self.text(key)
        self.skip(key)
        return None

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._take(key, [])
        if isinstance(value, list) and all(isinstance(one, str) and one for one in value):
            return tuple(value)
        self.tell(f"“{key}” is a list of texts in brackets, not {value!r}", key)
        return ()

    def word(self, key: str, known: Collection[str], what: str, default: str | None = None) -> str:
        """One word of a closed list."""
        value = self.text(key, default)
        if value and value not in known:
            self.tell(not_known(value, what, known), key)
        return value

    def words(self, key: str, known: Collection[str], what: str) -> tuple[str, ...]:
        values = self.texts(key)
        for value in values:
            if value not in known:
                self.tell(not_known(value, what, known), key)
        return values

    def number(self, key: str) -> Decimal | None:
        """A number exactly as it is written: 8.0 stays 8.0."""
        value = self._take(key, None, needed=False)
        if value is None or type(value) in (int, Decimal):
            return None if value is None else Decimal(value)
        self.tell(f"“{key}” is a number, not {value!r}", key)
        return None

    def whole(self, key: str) -> int | None:
        value = self._take(key, None, needed=False)
        if value is None or type(value) is int:
            return value
        self.tell(f"“{key}” is a whole number, not {value}", key)
        return None

    def flag(self, key: str) -> bool:
        value = self._take(key, False)
        if type(value) is not bool:
            self.tell(f"“{key}” is true or false, not {value!r}", key)
        return bool(value)

    def day(self, key: str) -> date | None:
        value = self._take(key, None)
        if value is None or type(value) is date:
            return value
        self.tell(f"“{key}” is a date such as 2026-11-22, not {value!r}", key)
        return None

    def table(self, key: str) -> "Table":
        value = self._take(key, {})
        if isinstance(value, dict):
            return Table(value, (*self.path, key), self.faults)
        self.tell(f"“{key}” is a table", key)
        return Table({}, (*self.path, key), self.faults)

    def named_tables(self, key: str) -> Iterator[tuple[str, "Table"]]:
        under = self.table(key)
        for name in under.values:
            yield name, under.table(name)

    def tables(self, key: str) -> Iterator["Table"]:
        """Each table of a list, such as every [[results]]."""
        values = self._take(key, [])
        for number, value in enumerate(values if isinstance(values, list) else [values]):
            path = (*self.path, key, number)
            if isinstance(value, dict):
                yield Table(value, path, self.faults)
            else:
                self.faults.tell(path, f"“{key}” lists tables, not {value!r}")

    def skip(self, *keys: str) -> None:
        """These keys are read elsewhere, or may be missing."""
        self._asked.update(keys)

    def done(self) -> None:
        """Whatever was not asked for does not belong here."""
        for key in self.values:
            if key not in self._asked:
                self.tell(not_known(key, "a key that belongs here", self._asked), key)

    def _take(self, key: str, default: Any, needed: bool = True) -> Any:
        self._asked.add(key)
        if key not in self.values and default is None and needed:
            self.tell(f"“{key}” is missing")
        return self.values.get(key, default)


def read_file(path: File) -> Table:
    """The file's outermost table. Raises EvidenceRefused where it cannot be read as TOML at all."""
    try:
        text = path.read_text(encoding="utf-8")
        values = tomllib.loads(text, parse_float=Decimal)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise EvidenceRefused([Problem(path.name, 1, f"cannot be read: {fault}")]) from fault
    return Table(values, (), Faults(path.name, lines_of(text)))
