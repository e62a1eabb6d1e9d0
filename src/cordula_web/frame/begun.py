"""What has the reader begun on this page and not recorded yet? Kept in the session, so that a reload loses nothing.

Only identifiers, numbers and times stand here, never a name or free words.
"""

from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

_WHERE = "begun"
PAGES_MAX = 12
# What was begun longer ago than this is not gone on with: the people and the bag may be others.
KEPT_FOR = timedelta(hours=2)


@dataclass(slots=True)
class Begun:
    """What was begun on one page about one object; `now` is the clock of this request."""

    session: MutableMapping[str, Any]
    page: str
    now: datetime

    def get(self, name: str) -> Any:
        kept = self._page().get(name)
        return None if kept is None or self.now - _read(kept["at"]) > KEPT_FOR else kept["value"]

    def at(self, name: str) -> datetime | None:
        """When it was put there."""
        return None if self.get(name) is None else _read(self._page()[name]["at"])

    def put(self, name: str, value: Any) -> None:
        self._write(self._page() | {name: {"value": value, "at": self.now.isoformat()}})

    def drop(self, *names: str) -> None:
        self._write({name: kept for name, kept in self._page().items() if name not in names})

    def clear(self) -> None:
        self._write({})

    def _page(self) -> dict[str, Any]:
        found: dict[str, Any] = self.session.get(_WHERE, {}).get(self.page, {})
        return found

    def _write(self, values: dict[str, Any]) -> None:
        pages: dict[str, Any] = dict(self.session.get(_WHERE, {}))
        pages.pop(self.page, None)
        if values:
            pages[self.page] = values
        self.session[_WHERE] = dict(list(pages.items())[-PAGES_MAX:])


def _read(text: str) -> datetime:
    return datetime.fromisoformat(text)
