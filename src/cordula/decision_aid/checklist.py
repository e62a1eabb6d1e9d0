"""What should a decision aid have by the public instruments, what has this one, and what is missing?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from cordula.decision_aid import guards
from cordula.decision_aid.aid import Aid, Row, texts_in
from cordula.decision_aid.reading import OWN
from cordula.decision_aid.refusal import AidRefused
from cordula.decision_aid.site import Site
from cordula.evidence.table import Table, read_file
from cordula.vocabulary.words import _

OWNERS = ("funding", "reviewed", "tried:parents", "tried:professionals")

# What cannot be pointed at, only asked.
ASKED: Mapping[str, Callable[[Aid], bool]] = {
    "balance": lambda aid: not any(guards.unbalanced(aid)),
    "nothing_first": lambda aid: not any(guards.steering(aid)),
    "grade": lambda aid: not any(guards.too_hard(aid)),
    "same_denominator": lambda aid: all(
        len({one.of for one in pair.pictures}) == 1 for pair in aid.trade_off.pairs
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that an instrument asks for."""

    id: str
    asks: str
    shown_in: tuple[str, ...] = ()
    owner: str | None = None
    day: bool = False
    apart: str | None = None
    missing: str | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    item: Item
    met: bool | None

    @property
    def says(self) -> str:
        return {True: _("met"), False: _("missing"), None: _("does not apply")}[self.met]


def check(aid: Aid, site: Site, today: date) -> tuple[Checked, ...]:
    """Every item, and whether it is met today; None where it does not apply."""
    return tuple(Checked(item, _is_met(item, aid, site, today)) for item in items())


def missing(aid: Aid, site: Site, today: date) -> tuple[str, ...]:
    """What the Draft strip says, each once; empty where the page is no draft."""
    said = (
        one.item.missing or one.item.asks for one in check(aid, site, today) if one.met is False
    )
    return tuple(dict.fromkeys(map(_, said)))


def _is_met(item: Item, aid: Aid, site: Site, today: date) -> bool | None:
    if item.apart:
        return None
    if item.owner:
        return site.has(item.owner)
    if item.day:
        return today <= aid.check_by
    return all(_is_shown(aid, where) for where in item.shown_in)


def _is_shown(aid: Aid, where: str) -> bool:
    return ASKED[where](aid) if where in ASKED else bool(_part(aid, where.split(".")))


def _part(part: Any, path: list[str]) -> Any:
    """What stands under ``choices.rows.good``: filled in everywhere, or nothing."""
    if not path:
        texts = tuple(texts_in(part))
        return part if not texts or all(text.words for text in texts) else None
    if isinstance(part, tuple) and part and isinstance(part[0], Row):
        return _part(next((row for row in part if row.key == path[0]), None), path[1:])
    if isinstance(part, tuple):
        found = [_part(one, path) for one in part]
        return tuple(found) if found and all(found) else None
    return _part(getattr(part, path[0], None), path[1:])


@cache
def items(path: Path = OWN / "checklist.toml") -> tuple[Item, ...]:
    root = read_file(path)
    found = tuple(map(_item, root.tables("items")))
    root.done()
    if root.faults.found:
        raise AidRefused(root.faults.found)
    return found


def _item(table: Table) -> Item:
    item = Item(
        id=table.text("id"),
        asks=table.text("asks"),
        shown_in=table.texts("shown_in") if "shown_in" in table else (),
        owner=table.word("owner", OWNERS, "what an owner brings") if "owner" in table else None,
        day="day" in table and bool(table.text("day")),
        apart=table.text_or_none("apart"),
        missing=table.text_or_none("missing"),
    )
    table.skip("shown_in", "owner", "day")
    if not (item.shown_in or item.owner or item.day or item.apart):
        table.tell(f"{item.id}: nothing says how it is met")
    table.done()
    return item
