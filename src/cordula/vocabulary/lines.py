"""On which line of a TOML file does a table or a key stand? The parser of the standard library does not say.

The text was read by `tomllib` before, so it is well formed, and only the beginnings of lines need be understood."""

import re
from collections.abc import Iterator

Path = tuple[str | int, ...]
Lines = dict[Path, int]

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]")
_KEY = re.compile(
    r"\s*((?:[\w-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[\w-]+|\"[^\"]*\"|'[^']*'))*)\s*="
)
_PART = re.compile(r"[\w-]+|\"[^\"]*\"|'[^']*'")
_STRING_OR_COMMENT = re.compile(r"\"(?:\\.|[^\"\\])*\"|'[^']*'|#.*")


def lines_of(text: str) -> Lines:
    """The line of each table and key by its path, such as ``("gates", 0, "criteria", 2, "limit")``."""
    found: Lines = {}
    table: Path = ()
    counts: dict[Path, int] = {}
    for number, line in _beginnings(text):
        if header := _HEADER.match(line):
            table = _table(header[2], header[1] == "[[", counts)
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            for path in _prefixes(table, _parts(key[1])):
                found.setdefault(path, number)
    return found


def line_of(lines: Lines, path: Path) -> int:
    """The line of the path; of the first thing inside it, where it has no header of its own; or of what is around it."""
    while path and path not in lines:
        inside = [line for found, line in lines.items() if found[: len(path)] == path]
        if inside:
            return min(inside)
        path = path[:-1]
    return lines.get(path, 1)


def _parts(dotted: str) -> list[str]:
    return [part.strip("\"'") for part in _PART.findall(dotted)]


def _prefixes(table: Path, parts: list[str]) -> Iterator[Path]:
    for end in range(1, len(parts) + 1):
        yield (*table, *parts[:end])


def _table(dotted: str, is_array: bool, counts: dict[Path, int]) -> Path:
    """The path of a header, with the place of each table in its array."""
    path: Path = ()
    parts = _parts(dotted)
    for depth, part in enumerate(parts, 1):
        path = (*path, part)
        if is_array and depth == len(parts):
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _beginnings(text: str) -> Iterator[tuple[int, str]]:
    """Each line on which something begins: not those inside a long text or an open bracket."""
    depth, quotes = 0, ""
    for number, line in enumerate(text.splitlines(), 1):
        if not depth and not quotes:
            yield number, line
        inside_text, quotes = bool(quotes), _long_text(line, quotes)
        if inside_text or quotes or (_HEADER.match(line) and not depth):
            continue
        bare = _STRING_OR_COMMENT.sub("", line)
        depth += sum(map(bare.count, "[{")) - sum(map(bare.count, "]}"))


def _long_text(line: str, quotes: str) -> str:
    """Which three quotes are still open at the end of the line."""
    for mark in ('"""', "'''"):
        if quotes in ("", mark) and line.count(mark) % 2:
            return "" if quotes else mark
    return quotes
