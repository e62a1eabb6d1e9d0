"""A file of a circuit while it is read: its tables, laid over those it extends, and every fault with its line."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from cordula.heart.refusals import CircuitRefused, Problem, unknown
from cordula.vocabulary.lines import Lines, Path, line_of, lines_of

Texts = Callable[[str], str | None]
ELEMENTS = ("nodes", "edges", "activations", "quantities", "tables", "sources")
HEAD = frozenset({"id", "title", "about", "extends", "without", "steps"})
MERGED = ("levers", "measures", "oxygen", "reference")
SECTIONS = frozenset({*ELEMENTS, "changes", *MERGED})


class Sheet:
    """The merged tables, and where each of them was written."""

    def __init__(self, text: str, file: str, texts: Texts) -> None:
        self.file, self.problems = file, list[Problem]()
        self.tables: dict[str, Any] = {}
        self._where: dict[Path, tuple[str, int]] = {}
        self._lay(text, file, texts, ())

    def refuse(self, path: Path, says: str) -> None:
        file, line = self.where(path)
        self.problems.append(Problem(file, line, says))

    def where(self, path: Path) -> tuple[str, int]:
        """The file and line of the path, or of what is around it."""
        while path and path not in self._where:
            path = path[:-1]
        return self._where.get(path, (self.file, 1))

    def table(self, name: str) -> dict[str, Any]:
        found = self.tables.get(name, {})
        return found if isinstance(found, dict) else {}

    def known(self, path: Path, keys: Iterable[str], allowed: Iterable[str]) -> None:
        """Refuse each key that is not allowed, with the nearest one that is."""
        allowed = tuple(allowed)
        for key in keys:
            if key not in allowed:
                self.refuse((*path, key), unknown("key", key, allowed))

    def finish(self) -> None:
        if self.problems:
            raise CircuitRefused(self.problems)

    # --- a file over the one it extends ------------------------------------------------------------------

    def _lay(self, text: str, file: str, texts: Texts, under: tuple[str, ...]) -> None:
        try:
            read = tomllib.loads(text)
        except tomllib.TOMLDecodeError as wrong:
            line = getattr(wrong, "lineno", None) or _line_in(str(wrong))
            raise CircuitRefused([Problem(file, line, f"this is not TOML: {wrong}")]) from wrong
        lines = lines_of(text)
        if parent := read.get("extends"):
            self._extend(str(parent), file, lines, texts, (*under, file))
        self._without(read.get("without", []), file, lines)
        for key, value in read.items():
            self._top(key, value, file, lines)
        self._change(read.get("changes", {}), file, lines)

    def _extend(self, parent: str, file: str, lines: Lines, texts: Texts, under: Path) -> None:
        text = texts(parent)
        at = line_of(lines, ("extends",))
        if text is None or f"{parent}.toml" in under:
            raise CircuitRefused([Problem(file, at, f"there is no circuit “{parent}” to extend")])
        self._lay(text, f"{parent}.toml", texts, tuple(map(str, under)))

    def _top(self, key: str, value: Any, file: str, lines: Lines) -> None:
        if key in ELEMENTS and isinstance(value, dict):
            for name, inside in value.items():
                self._add(key, name, inside, file, lines)
        elif key in MERGED and isinstance(value, dict):
            self.tables[key] = {**self.table(key), **value}
            self._note((key,), value, file, lines)
        elif key in HEAD:
            self.tables[key] = value
            self._note((key,), value, file, lines)
        elif key != "changes":
            says = unknown("key", key, HEAD | SECTIONS)
            self.problems.append(Problem(file, line_of(lines, (key,)), says))

    def _add(self, section: str, name: str, inside: Any, file: str, lines: Lines) -> None:
        path = (section, name)
        if name in self.table(section) and section != "sources":
            there, line = self.where(path)
            says = f"“{name}” is already in {there}:{line}; other numbers for it belong under [changes]"
            self.problems.append(Problem(file, line_of(lines, path), says))
            return
        self.tables.setdefault(section, {})[name] = inside
        self._note(path, inside, file, lines)

    def _without(self, names: list[str], file: str, lines: Lines) -> None:
        for name in names:
            sections = [s for s in ELEMENTS[:4] if name in self.table(s)]
            if not sections:
                known = [n for s in ELEMENTS[:4] for n in self.table(s)]
                at = line_of(lines, ("without",))
                self.problems.append(Problem(file, at, unknown("part", name, known)))
            for section in sections:
                del self.tables[section][name]

    def _change(self, changes: Mapping[str, Any], file: str, lines: Lines) -> None:
        for name, value in changes.items():
            path = self._changed(name)
            at = line_of(lines, ("changes", name))
            if path is None:
                known = [*self.table("quantities"), *self._parameters()]
                self.problems.append(Problem(file, at, unknown("number", name, known)))
                continue
            within = self.tables
            for part in path[:-1]:
                within = within[part]
            within[path[-1]] = value
            self._where[path] = (file, at)

    def _changed(self, name: str) -> tuple[str, ...] | None:
        if name in self.table("quantities"):
            return ("quantities", name)
        part, _, key = name.partition(".")
        for section in ELEMENTS[:3]:
            if key and part in self.table(section):
                return (section, part, key)
        return None

    def _parameters(self) -> list[str]:
        sections = (self.table(section) for section in ELEMENTS[:3])
        return [f"{p}.{k}" for parts in sections for p, inside in parts.items() for k in inside]

    def _note(self, path: Path, value: Any, file: str, lines: Lines) -> None:
        self._where[path] = (file, line_of(lines, path))
        if isinstance(value, dict):
            for key, inside in value.items():
                self._note((*path, key), inside, file, lines)


def _line_in(message: str) -> int:
    """`tomllib` of Python 3.11 tells the line only in words: “… (at line 3, column 7)”."""
    _, _, after = message.partition("at line ")
    number = after.split(",")[0]
    return int(number) if number.isdecimal() else 1
