"""What was given so far, injection by injection, and what is left? Kept as it is spoken, recorded at the end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from cordula.events.parts import Injection
from cordula.vocabulary.quantity import Quantity
from cordula_web.frame.begun import Begun

NONE = Quantity.of("0", "mL")


@dataclass(frozen=True, slots=True)
class Spoken:
    """One injection with the moment at which it was spoken."""

    injection: Injection
    at: datetime


@dataclass(frozen=True)
class Doses:
    """The injections begun on this page; `drawn_up` is what the syringe held."""

    begun: Begun
    drawn_up: Quantity

    @cached_property
    def spoken(self) -> tuple[Spoken, ...]:
        rows = self.begun.get("injections") or []
        return tuple(_read(*row) for row in rows)

    @property
    def injections(self) -> tuple[Injection, ...]:
        return tuple(one.injection for one in self.spoken)

    @property
    def given(self) -> Quantity:
        return total(one.injection.volume for one in self.spoken)

    @property
    def left(self) -> Quantity:
        return self.drawn_up - self.given

    def add(self, site: str, volume: Quantity, at: datetime) -> None:
        rows = self.begun.get("injections") or []
        self.begun.put("injections", [*rows, [site, str(volume.value), at.isoformat()]])

    def take_back(self) -> None:
        """The last one was written down wrongly."""
        rows = self.begun.get("injections") or []
        self.begun.put("injections", rows[:-1])


def total(volumes: Iterable[Quantity]) -> Quantity:
    """The sum with the digits of its parts, so that 0.1 and 0.1 are recorded as 0.2."""
    known = list(volumes)
    return sum(known[1:], start=known[0]) if known else NONE


def _read(site: str, volume_ml: str, at: str) -> Spoken:
    volume = Quantity.of(volume_ml, "mL")
    return Spoken(Injection(site=site, volume=volume), datetime.fromisoformat(at))
