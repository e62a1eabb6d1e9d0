"""Which event makes a named moment, and the moment that lies so long before another."""

from calendar import monthrange
from collections.abc import Callable
from datetime import datetime, timedelta

from cordula.events.collection import Born, Collected, Received
from cordula.events.course import OperationPlanned, Weighed
from cordula.events.event import Event
from cordula.events.laboratory import Cryopreserved, Processed
from cordula.events.release import Shipped
from cordula.events.theatre import Administered, Prepared, Thawed
from cordula.protocols.cases.scene import (
    ANOTHER,
    DIN,
    EARLIER,
    INFANT,
    NOW,
    ONE,
    UNIT,
    Scene,
)
from cordula.vocabulary.quantity import Quantity

_HOUR = timedelta(hours=1)
_NO_VERDICT = "0" * 64
# Where the later of two moments is set, if it is not now: a planned operation lies ahead.
AHEAD = NOW + timedelta(days=2)


def before(moment: datetime, long: Quantity) -> datetime:
    """The moment so long before; months and years by the calendar, as birthdays are counted."""
    months = long.value * {"mo": 1, "a": 12}.get(long.unit, 0)
    if months and months == int(months):
        years, month = divmod(moment.year * 12 + moment.month - 1 - int(months), 12)
        day = min(moment.day, monthrange(years, month + 1)[1])
        return moment.replace(year=years, month=month + 1, day=day)
    return moment - timedelta(microseconds=int(long.to("s").value * 1_000_000))


def add(scene: Scene, moment: str, at: datetime) -> None:
    """Puts the event into the scene that makes this moment be at this time."""
    if moment != "now":
        scene.add(*_MADE[moment](scene, at))


def _born(scene: Scene, at: datetime) -> list[Event]:
    return [Born(infant=INFANT, sex="not stated", by=ONE, at=at)]


def collected(at: datetime, volume: Quantity | None = None) -> Collected:
    return Collected(
        unit=UNIT,
        infant=INFANT,
        din=DIN,
        volume=volume or Quantity.of("80", "mL"),
        anticoagulant="CPD",
        method="before_placenta",
        by=ONE,
        at=at,
    )


def _received(where: str) -> Callable[[Scene, datetime], list[Event]]:
    def made(scene: Scene, at: datetime) -> list[Event]:
        return [Received(unit=UNIT, where=where, condition="good", by=ONE, at=at)]

    return made


def _arrived(scene: Scene, at: datetime) -> list[Event]:
    return [*_shipped(scene, at - _HOUR), *_received("theatre")(scene, at)]


def _shipped(scene: Scene, at: datetime) -> list[Event]:
    return [
        Shipped(unit=UNIT, products=(), consignment="", destination="", container="", by=ONE, at=at)
    ]


def _processed(start: timedelta, end: timedelta) -> Callable[[Scene, datetime], list[Event]]:
    def made(scene: Scene, at: datetime) -> list[Event]:
        return [
            Processed(
                unit=UNIT,
                method="method",
                started_at=at + start,
                product_code="D0001",
                by=ONE,
                at=at + end,
            )
        ]

    return made


def _frozen(start: timedelta, end: timedelta) -> Callable[[Scene, datetime], list[Event]]:
    def made(scene: Scene, at: datetime) -> list[Event]:
        return [
            Cryopreserved(
                unit=UNIT,
                products=(),
                cryoprotectant="",
                programme="",
                started_at=at + start,
                by=ONE,
                at=at + end,
            )
        ]

    return made


def _thawed(start: timedelta, end: timedelta) -> Callable[[Scene, datetime], list[Event]]:
    def made(scene: Scene, at: datetime) -> list[Event]:
        return [
            Thawed(
                unit=UNIT,
                infant=INFANT,
                products=(),
                started_at=at + start,
                verdict=_NO_VERDICT,
                second_person=ANOTHER,
                by=ONE,
                at=at + end,
            )
        ]

    return made


def _prepared(scene: Scene, at: datetime) -> list[Event]:
    return [
        Prepared(
            unit=UNIT,
            infant=INFANT,
            volume=Quantity.of("1", "mL"),
            expires_at=at + 24 * _HOUR,
            second_person=ANOTHER,
            by=ONE,
            at=at,
        )
    ]


def _administered(scene: Scene, at: datetime) -> list[Event]:
    volume = Quantity.of("1", "mL")
    return [
        Administered(
            unit=UNIT,
            infant=INFANT,
            route="intramyocardial",
            started_at=at,
            planned=volume,
            given=volume,
            weight=Quantity.of("6", "kg"),
            verdict=_NO_VERDICT,
            second_person=ANOTHER,
            by=ONE,
            at=at,
        )
    ]


def _weighed(scene: Scene, at: datetime) -> list[Event]:
    return [Weighed(infant=INFANT, weight=Quantity.of("6", "kg"), by=ONE, at=at)]


def _planned(scene: Scene, at: datetime) -> list[Event]:
    operation = scene.protocol.operation
    return [
        OperationPlanned(infant=INFANT, operation=operation, planned_for=at, by=ONE, at=EARLIER)
    ]


_NONE = timedelta(0)
_MADE: dict[str, Callable[[Scene, datetime], list[Event]]] = {
    "born": _born,
    "collected": lambda scene, at: [collected(at)],
    "received": _received("laboratory"),
    "processing_started": _processed(_NONE, _HOUR),
    "processed": _processed(-_HOUR, _NONE),
    "freezing_started": _frozen(_NONE, _HOUR),
    "cryopreserved": _frozen(-_HOUR, _NONE),
    "shipped": _shipped,
    "arrived": _arrived,
    "thaw_started": _thawed(_NONE, _HOUR),
    "thawed": _thawed(-_HOUR, _NONE),
    "prepared": _prepared,
    "administered": _administered,
    "weighed": _weighed,
    "operation_planned": _planned,
}
