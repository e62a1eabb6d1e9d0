"""Which cards does a change touch, and what do they say now? Written with the entry, or made anew from the ledger."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from decimal import Decimal
from functools import cache
from typing import Any

import orjson
from django.db import connection, models

from cordula.events.history import History
from cordula.infants.infant import Infant
from cordula.units.place import Place
from cordula.units.unit import Unit
from cordula.vocabulary import words
from cordula.vocabulary.identifiers import InfantId, SiteId, Stream, stream_of
from cordula_web.records import cards
from cordula_web.records.histories import Told, load, load_anew
from cordula_web.records.models import InfantCard, PlaceCard, StayCard, TaskCard, UnitCard
from cordula_web.records.round_trip import Statement, together
from cordula_web.records.verdicts import verdict_of, zones_of

LANGUAGE = "en"
_TABLES = {
    "unit": ("task_card", "stay_card", "unit_card"),
    "infant": ("infant_card",),
    "place": ("place_card",),
}
CARDS: tuple[type[models.Model], ...] = (UnitCard, InfantCard, PlaceCard, StayCard, TaskCard)


@dataclass(slots=True)
class Rows:
    """The cards of some subjects, as they should stand."""

    units: list[UnitCard] = field(default_factory=list)
    infants: list[InfantCard] = field(default_factory=list)
    places: list[PlaceCard] = field(default_factory=list)
    stays: list[StayCard] = field(default_factory=list)
    tasks: list[TaskCard] = field(default_factory=list)

    def of(self, kind: type[models.Model]) -> list[Any]:
        mine: dict[type[models.Model], list[Any]] = {
            UnitCard: self.units,
            InfantCard: self.infants,
            PlaceCard: self.places,
            StayCard: self.stays,
            TaskCard: self.tasks,
        }
        return mine[kind]


def refreshed(
    touched: Mapping[Stream, Told], known: Mapping[Stream, Told], zones: Mapping[SiteId, tzinfo]
) -> list[Statement]:
    """What brings the cards of these histories, and of what is judged with them, up to date.

    `known` are histories at hand, so that they are not read again."""
    told = {**_judged_with(touched, known), **touched}
    told |= _at_hand(_infants_of(told.values()) - told.keys(), known)
    return _written(rows(told, zones))


def refresh(touched: Mapping[Stream, Told]) -> None:
    together(refreshed(touched, {}, {}))


def _judged_with(
    touched: Mapping[Stream, Told], known: Mapping[Stream, Told]
) -> dict[Stream, Told]:
    """The units that must be judged again because their child's history went on."""
    children = {one.history.id for one in touched.values() if isinstance(one.history, Infant)}
    own = (
        u for one in touched.values() if isinstance(one.history, Infant) for u in one.history.units
    )
    told = _at_hand({stream_of(unit) for unit in own} - touched.keys(), known)
    others = (s for s in known if s not in touched and s not in told)
    return told | {s: known[s] for s in others if _is_for(known[s].history, children)}


def _is_for(history: History, children: set[InfantId | None]) -> bool:
    return isinstance(history, Unit) and history.infant in children


def _at_hand(streams: set[Stream], known: Mapping[Stream, Told]) -> dict[Stream, Told]:
    return {**load(streams - known.keys()), **{s: known[s] for s in streams & known.keys()}}


def _infants_of(told: Iterable[Told]) -> set[Stream]:
    units = (t.history for t in told if isinstance(t.history, Unit))
    return {stream_of(InfantId(unit.infant)) for unit in units if unit.infant}


def anew(streams: Iterable[Stream]) -> Rows:
    """The cards of these histories, from the entries alone."""
    told = load_anew(streams)
    children = load_anew(_infants_of(told.values()) - told.keys())
    return rows({**children, **told}, {}, of=told.keys())


def replace(streams: Iterable[Stream], found: Rows) -> None:
    """Put these cards in place of whatever stands there for these histories."""
    names = {kind: [s.partition(":")[2] for s in streams if s.kind == kind] for kind in _TABLES}
    deletions = [
        (f"DELETE FROM {table} WHERE {kind} = ANY(%s)", [names[kind]])  # noqa: S608
        for kind, tables in _TABLES.items()
        for table in tables
    ]
    together([*deletions, *_written(found)])


def rows(
    told: Mapping[Stream, Told],
    zones: Mapping[SiteId, tzinfo],
    of: Collection[Stream] | None = None,
) -> Rows:
    """The cards of these histories, or of some of them. A unit's child must be among them.

    They are said in one language, whoever wrote last, so that they can be made anew and compared."""
    language = words.activate(LANGUAGE)
    try:
        return _rows(told, zones, told.keys() if of is None else of)
    finally:
        words.deactivate(language)


def _rows(
    told: Mapping[Stream, Told], zones: Mapping[SiteId, tzinfo], of: Collection[Stream]
) -> Rows:
    found = Rows()
    unknown = {one.site for one in told.values() if one.site} - zones.keys()
    zones = {**zones, **(zones_of(unknown) if unknown else {})}
    for one in (told[stream] for stream in of):
        if not one.version or one.site is None:
            continue
        name = str(one.stream.owner)
        if isinstance(one.history, Infant):
            found.infants.append(cards.infant_card(name, one.site, one.history))
        elif isinstance(one.history, Place):
            found.places.append(cards.place_card(name, one.site, one.history))
        elif isinstance(one.history, Unit):
            _add_unit(found, name, one, told, zones.get(one.site, UTC))
    return found


def _add_unit(found: Rows, name: str, one: Told, told: Mapping[Stream, Told], zone: tzinfo) -> None:
    unit = one.history
    if not isinstance(unit, Unit) or one.site is None:
        return
    child = told.get(stream_of(unit.infant)) if unit.infant else None
    infant = child.history if child and isinstance(child.history, Infant) else None
    # The verdict of a card is that of the moment its newest entry was recorded, so it can be made anew.
    judged_at = max(one.recorded_at, child.recorded_at) if child else one.recorded_at
    verdict = verdict_of(unit, infant, judged_at.astimezone(zone))
    card = cards.unit_card(name, one.site, unit, infant, verdict, judged_at)
    found.units.append(card)
    found.stays.extend(cards.stay_cards(name, one.site, unit))
    found.tasks.extend(cards.task_cards(name, card, verdict))


def _written(found: Rows) -> list[Statement]:
    units = [card.unit for card in found.units]
    deletions: list[Statement] = [
        ("DELETE FROM task_card WHERE unit = ANY(%s)", [units]),
        ("DELETE FROM stay_card WHERE unit = ANY(%s)", [units]),
    ]
    puts = [_put(kind, cards) for kind in CARDS if (cards := found.of(kind))]
    return (deletions if units else []) + puts


def _put(kind: type[models.Model], cards: list[Any]) -> Statement:
    names = columns(kind)
    rows = [dict(zip(names, values_of(card), strict=True)) for card in cards]
    return _putting(kind), [orjson.dumps(rows, default=_digits).decode()]


@cache
def _putting(kind: type[models.Model]) -> str:
    """One value holds all the cards, so that the statement is the same for one and for a thousand."""
    table, names = kind._meta.db_table, columns(kind)
    listed, changes = ", ".join(names), ", ".join(f"{name} = excluded.{name}" for name in names[1:])
    once = kind in (StayCard, TaskCard)
    changed = "" if once else f"ON CONFLICT ({names[0]}) DO UPDATE SET {changes}"
    return (
        f"INSERT INTO {table} ({listed})"  # noqa: S608
        f" SELECT {listed} FROM json_populate_recordset(NULL::{table}, %s) {changed}"
    )


def _digits(value: object) -> str:
    """A decimal goes into the table with the very digits it is written with."""
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"a {type(value).__name__} is on no card")


@cache
def columns(kind: type[models.Model]) -> tuple[str, ...]:
    return tuple(column for f in kind._meta.concrete_fields if (column := f.column) is not None)


def values_of(card: models.Model) -> tuple[Any, ...]:
    return tuple(_plain(getattr(card, name)) for name in columns(type(card)))


def _plain(value: Any) -> Any:
    """Identifiers are texts to the database."""
    return str(value) if isinstance(value, str) else value


def all_streams() -> Iterator[Stream]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT stream FROM stream_head ORDER BY stream")
        for (stream,) in cursor.fetchall():
            yield Stream(stream)
