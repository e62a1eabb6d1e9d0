"""A table of a protocol file while it is read: every key is asked for once, and what nobody asked for is a fault."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from cordula.protocols.file.amounts import amount
from cordula.protocols.file.shown import with_value
from cordula.protocols.refusal import Problem, not_known
from cordula.vocabulary.lines import Lines, Path, line_of
from cordula.vocabulary.quantity import Quantity
from cordula.vocabulary.words import _

T = TypeVar("T")


# The tables of a second file stand under this word, so that no path of theirs is one of the first's.
SECOND_FILE = "second file"


class Faults:
    """Where the keys of a file stand, and everything found wrong so far.

    Keys that a site's own file brought in are told in that file."""

    def __init__(self, file: str, lines: Lines) -> None:
        self.found: list[Problem] = []
        self._paths: list[Path] = []
        self._files: list[tuple[str, Lines]] = [(file, lines)]
        self._moved: dict[Path, tuple[int, Path]] = {}

    def add_file(self, file: str, lines: Lines) -> int:
        self._files.append((file, lines))
        return len(self._files) - 1

    def moved(self, path: Path, file: int, there: Path) -> None:
        """What stands at `path` was written in another file, at `there`."""
        self._moved[path] = (file, there)

    def tell(self, path: Path, says: str) -> None:
        number, there = self._moved.get(path, (0, path))
        file, lines = self._files[number]
        self.found.append(Problem(file, line_of(lines, there), says))
        self._paths.append(path)

    def any_in(self, path: Path) -> bool:
        """Was anything told of the table at `path`, or of what stands in it?"""
        return any(told[: len(path)] == path for told in self._paths)


class Table:
    """One table. What is wrong is told and a stand-in answered, so that one look finds every fault."""

    def __init__(self, values: Mapping[str, Any], path: Path, faults: Faults) -> None:
        self.values = values
        self.path = path
        self.faults = faults
        self._asked: set[str] = set()

    def __contains__(self, key: str) -> bool:
        self._asked.add(key)
        return key in self.values

    def tell(self, says: str, key: str | None = None) -> None:
        """What is wrong with the table, or with a key of it and the value that was found there."""
        if key is None:
            self.faults.tell(self.path, says)
        elif key in self.values:
            self.tell_whole(with_value(says, key, self.values[key]), key)
        else:
            self.tell_whole(says, key)

    def tell_whole(self, says: str, key: str) -> None:
        """What is wrong with a key, in a sentence that tells its value already."""
        self.faults.tell((*self.path, key), says)

    def unknown(
        self, word: str, what: str, known: Iterable[str], key: str, listed: str = ""
    ) -> None:
        """A word, or a key of this name, that is not on its list; `listed` says where that stands."""
        self.tell_whole(not_known(word, what, known, listed), key)

    def take(self, key: str, kind: type[T], what: str, default: T | None = None) -> T | None:
        """The value of this kind, or the default; a value of another kind is a fault."""
        self._asked.add(key)
        value = self.values.get(key, default)
        if value is default or type(value) is kind:
            return value
        self.tell_whole(
            _("“{key}” is {what}, not {value!r}").format(key=key, what=what, value=value), key
        )
        return default

    def text(self, key: str, default: str | None = None) -> str:
        self._needed(key, default)
        value = self.take(key, str, _("a text in quotes"), default) or ""
        if default is None and self.values.get(key) == "":
            self.tell_whole(_("“{key}” is empty").format(key=key), key)
        return value

    def whole(self, key: str, default: int | None = None) -> int:
        self._needed(key, default)
        value = self.take(key, int, _("a whole number"), default)
        return 0 if value is None else value

    def whole_or_none(self, key: str) -> int | None:
        return self.whole(key) if key in self else None

    def flag(self, key: str, default: bool = False) -> bool:
        return bool(self.take(key, bool, _("true or false"), default))

    def texts(self, key: str, default: Sequence[str] | None = None) -> tuple[str, ...]:
        self._needed(key, default)
        values: list[Any] = self.take(key, list, _("a list in brackets"), list(default or ())) or []
        for value in values:
            if not isinstance(value, str):
                says = _("“{key}” lists texts, not {value!r}")
                self.tell_whole(says.format(key=key, value=value), key)
        return tuple(value for value in values if isinstance(value, str))

    def word(
        self,
        key: str,
        known: Callable[[], Mapping[str, Any]],
        what: str,
        default: str | None = None,
        *,
        listed: str = "",
    ) -> str:
        """One word of a closed list."""
        value = self.text(key, default)
        if value and value not in known():
            self.unknown(value, what, known(), key, listed)
        return value

    def words(self, key: str, known: Callable[[], Mapping[str, Any]], what: str) -> tuple[str, ...]:
        values = self.texts(key)
        for value in values:
            if value not in known():
                self.unknown(value, what, known(), key)
        if not values and key in self.values:
            self.tell_whole(_("“{key}” is empty").format(key=key), key)
        return values

    def amount(self, key: str) -> Quantity | None:
        """A number with its unit; None where the key is missing or the text says none."""
        self._asked.add(key)
        if key not in self.values:
            return None
        try:
            return amount(self.values[key])
        except ValueError as fault:
            self.tell_whole(f"{key}: {fault}", key)
            return None

    def table(self, key: str) -> "Table":
        """The table under this key; an empty one where it is missing."""
        values = self.take(key, dict, _("a table"), {}) or {}
        return Table(values, (*self.path, key), self.faults)

    def tables(self, key: str) -> Iterator["Table"]:
        """Each table of an array, such as every [[gates]]."""
        for number, values in enumerate(self.take(key, list, _("a list of tables"), []) or []):
            path = (*self.path, key, number)
            if isinstance(values, dict):
                yield Table(values, path, self.faults)
            else:
                self.faults.tell(path, _("“{key}” lists tables").format(key=key))

    def named_tables(self, key: str) -> Iterator[tuple[str, "Table"]]:
        """Each table below this one with its name, such as every [sources.<id>]."""
        under = self.table(key)
        for name in under.values:
            yield name, under.table(name)

    def done(self) -> None:
        """Whatever was not asked for does not belong here."""
        for key in self.values:
            if key not in self._asked:
                what = _("a key of {table}").format(table=self.name)
                self.unknown(key, what, self._asked, key)

    @property
    def name(self) -> str:
        """The table as its header stands in the file: [[gates.criteria]], [dose]."""
        words = ".".join(p for p in self.path if isinstance(p, str) and p != SECOND_FILE)
        listed = bool(self.path) and isinstance(self.path[-1], int)
        return f"[[{words}]]" if listed else f"[{words}]" if words else _("the file")

    def _needed(self, key: str, default: object) -> None:
        if default is None and key not in self.values:
            self.tell(_("{table} needs “{key}”").format(table=self.name, key=key))
