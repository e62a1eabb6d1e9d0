"""Which cards does a change touch, and what do they say now? Written with the entry, or made anew from the ledger."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from typing import Any

from django.db import connection, models

from cordula.infants.infant import Infant
from cordula.units.place import Place
from cordula.units.unit import Unit
from cordula.vocabulary import words
from cordula.vocabulary.identifiers import InfantId, Stream, UnitId, stream_of
from cordula_web.records import cards
from cordula_web.records.histories import Told, load, load_anew
from cordula_web.records.models import InfantCard, PlaceCard, StayCard, TaskCard, UnitCard
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


def refresh(touched: dict[Stream, Told]) -> None:
    """Bring the cards of these histories, and of what is judged with them, up to date."""
    told = {**load(_judged_with(touched)), **touched}
    told = {**load(_infants_of(told.values()) - told.keys()), **told}
    _write(rows(told))


def _judged_with(touched: dict[Stream, Told]) -> set[Stream]:
    """The units that must be judged again because their child's history went on."""
    children = {s.owner: t.history for s, t in touched.items() if isinstance(t.history, Infant)}
    if not children:
        return set()
    named = UnitCard.objects.filter(infant__in=list(map(str, children)))
    others = {stream_of(UnitId(unit)) for unit in named.values_list("unit", flat=True)}
    own = {
        stream_of(unit)
        for infant in children.values()
        if isinstance(infant, Infant)
        for unit in infant.units
    }
    return (own | others) - touched.keys()


def _infants_of(told: Iterable[Told]) -> set[Stream]:
    units = (t.history for t in told if isinstance(t.history, Unit))
    return {stream_of(InfantId(unit.infant)) for unit in units if unit.infant}


def anew(streams: Iterable[Stream]) -> Rows:
    """The cards of these histories, from the entries alone."""
    told = load_anew(streams)
    children = load_anew(_infants_of(told.values()) - told.keys())
    return rows({**children, **told}, of=told.keys())


def replace(streams: Iterable[Stream], found: Rows) -> None:
    """Put these cards in place of whatever stands there for these histories."""
    names = {kind: [s.partition(":")[2] for s in streams if s.kind == kind] for kind in _TABLES}
    with connection.cursor() as cursor:
        for kind, tables in _TABLES.items():
            for table in tables:
                statement = f"DELETE FROM {table} WHERE {kind} = ANY(%s)"  # noqa: S608
                cursor.execute(statement, [names[kind]])
    _write(found)


def rows(told: Mapping[Stream, Told], of: Collection[Stream] | None = None) -> Rows:
    """The cards of these histories, or of some of them. A unit's child must be among them.

    They are said in one language, whoever wrote last, so that they can be made anew and compared."""
    language = words.activate(LANGUAGE)
    try:
        return _rows(told, told.keys() if of is None else of)
    finally:
        words.deactivate(language)


def _rows(told: Mapping[Stream, Told], of: Collection[Stream]) -> Rows:
    found = Rows()
    zones = zones_of({one.site for one in told.values() if one.site})
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


def _write(found: Rows) -> None:
    units = [card.unit for card in found.units]
    if units:
        _forget_of(units)
    for kind in CARDS:
        _put(kind, found.of(kind))


def _forget_of(units: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM task_card WHERE unit = ANY(%s)", [units])
        cursor.execute("DELETE FROM stay_card WHERE unit = ANY(%s)", [units])


def _put(kind: type[models.Model], found: list[Any]) -> None:
    if not found:
        return
    names = columns(kind)
    key = names[0]
    changes = ", ".join(f"{name} = excluded.{name}" for name in names[1:])
    on_conflict = (
        "" if kind in (StayCard, TaskCard) else f"ON CONFLICT ({key}) DO UPDATE SET {changes}"
    )
    values = ", ".join(["%s"] * len(names))
    statement = (
        f"INSERT INTO {kind._meta.db_table} ({', '.join(names)}) VALUES ({values}) {on_conflict}"  # noqa: S608
    )
    with connection.cursor() as cursor:
        cursor.executemany(statement, [values_of(card) for card in found])


def columns(kind: type[models.Model]) -> list[str]:
    return [column for f in kind._meta.concrete_fields if (column := f.column) is not None]


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
