"""How is one text read: bare words, words with what they cite, or a place that a site's file fills?"""

from collections.abc import Mapping
from typing import Any

from cordula.decision_aid.aid import Text
from cordula.evidence.table import Table
from cordula.vocabulary.lines import line_of

NO_SITE: Mapping[str, Text] = {}


def text(table: Table, key: str) -> Text:
    """``key = "words"`` or ``key = { words = "words", cites = ["reference"] }``."""
    if isinstance(table.values.get(key), dict):
        inner = table.table(key)
        found = text_at(inner, "words")
        inner.done()
        return found
    return text_at(table, key)


def text_at(table: Table, key: str) -> Text:
    """The words under a key of this table, with what the table cites."""
    words = table.text(key)
    cites = table.texts("cites") if "cites" in table and key == "words" else ()
    line = line_of(table.faults.lines, (*table.path, key))
    return Text(words=words, cites=cites, file=table.faults.file, line=line)


def texts(table: Table, key: str, site: Mapping[str, Text] = NO_SITE) -> tuple[Text, ...]:
    """A list of texts. One that says ``{ site = "name" }`` is the site's own."""
    values = table.values.get(key)
    table.skip(key)
    if not isinstance(values, list) or not values:
        table.tell(f"“{key}” is a list of texts", key)
        return ()
    return tuple(_one(value, table, key, number, site) for number, value in enumerate(values))


def _one(value: Any, table: Table, key: str, number: int, site: Mapping[str, Text]) -> Text:
    path = (*table.path, key, number)
    inner = Table(value if isinstance(value, dict) else {"words": value}, path, table.faults)
    if "site" not in inner:
        found = text_at(inner, "words")
        inner.done()
        return found
    name = inner.word("site", site, "a text of the site's file")
    empty = Text(words="", file=table.faults.file, line=line_of(table.faults.lines, path))
    return site.get(name, empty)
