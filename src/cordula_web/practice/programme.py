"""Plays the practice programme: every life side by side in the order of time, through the one door.

Each strand of a life says what happens next and when; the earliest act of all strands is recorded
first, so the ledger's times never go back. Where somebody looks before acting, what was collected so
far is recorded, and the life goes on with the verdict as the page would have shown it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from heapq import heappop, heappush
from itertools import chain, count
from pathlib import Path
from random import Random

from django.conf import settings
from django.utils import timezone

from cordula.protocols.protocol import Protocol
from cordula.vocabulary.identifiers import (
    ChainOfIdentityId,
    DinNumber,
    InfantId,
    MotherId,
    UnitId,
)
from cordula_web.people.identities import Identity, save
from cordula_web.practice.acts import (
    Act,
    Answer,
    Draw,
    Inventory,
    Life,
    Look,
    MayDraw,
    Shown,
    Thing,
)
from cordula_web.practice.anchors import anchored
from cordula_web.practice.beginnings import Child
from cordula_web.practice.freezer import Box, boxes, opening, positions_for
from cordula_web.practice.incidents import incidents
from cordula_web.practice.lives import lives
from cordula_web.practice.lots import Lots, first_list
from cordula_web.practice.names import invented_name
from cordula_web.practice.parameters import parameters
from cordula_web.practice.people import SITE, Staff, employ
from cordula_web.practice.profile import MONTH, Profile, draw
from cordula_web.practice.protocol import approval, practice_protocol
from cordula_web.records import lists, queries
from cordula_web.records.actions import record_many
from cordula_web.records.command import Command
from cordula_web.records.verdicts import verdict_digest, verdict_of, zones_of

BATCH = 400
OLDEST, YOUNGEST = 20 * MONTH, -1.5 * MONTH


def play(*, infants: int, now: datetime | None = None) -> "Stage":
    """Employ the practice people and set the stage for this many infants; `run` plays it."""
    now = (now or timezone.now()).astimezone(UTC)
    staff, protocol = employ(), practice_protocol()
    shelf = boxes(infants)
    children = [child(p, staff, protocol, shelf) for p in profiles(infants, now)]
    for one in children:
        _name(one)
    stage = Stage(now, Lots(protocol, staff))
    stage.begin(opening(shelf, staff, children[0].profile.born_at - 24 * MONTH))
    stage.begin(approval(protocol, staff, now - 24 * MONTH))
    stage.begin(first_list(stage.lots, now - 24 * MONTH + timedelta(days=1)))
    for strand in (*incidents(children, shelf, staff, now), *chain(*map(lives, children))):
        stage.begin(strand)
    return stage


def profiles(infants: int, now: datetime) -> list[Profile]:
    """The anchored children first, then children born evenly over the past months and the next."""
    first = anchored(now)[:infants]
    chance = Random(f"{parameters()['seed']}:births")  # noqa: S311  practice, not secrecy
    span = (OLDEST - YOUNGEST).total_seconds()
    drawn = [
        draw(number, now - OLDEST + timedelta(seconds=chance.random() * span))
        for number in range(len(first), infants)
    ]
    return [*first, *drawn]


def child(profile: Profile, staff: Staff, protocol: Protocol, shelf: list[Box]) -> Child:
    """The practice child with identifiers that say what they are: practice."""
    number, year = profile.number + 1, f"{profile.born_at:%y}"
    box, positions = positions_for(profile.number, shelf)
    return Child(
        profile=profile,
        infant=InfantId(f"practice-infant-{number:05d}"),
        unit=UnitId(f"practice-unit-{number:05d}"),
        mother=MotherId(f"practice-mother-{number:05d}"),
        din=DinNumber(f"A9999{year}{number:06d}"),
        chain=ChainOfIdentityId(f"CHA9999{year}{number:06d}"),
        staff=staff,
        protocol=protocol,
        box=box.place,
        positions=positions,
    )


def _name(child: Child) -> None:
    profile = child.profile
    family, given = invented_name(profile.number, profile.sex)
    title = "Miss" if profile.sex == "female" else "Master"
    born: date | None = profile.born_at.date() if profile.born_at <= timezone.now() else None
    number = f"{4471:04d} {profile.number + 1:04d}"
    known = Identity(
        family_name=family,
        given_name=given,
        title=title,
        born=born,
        sex=profile.sex,
        hospital_number=number,
        allergies="None known",
    )
    save(child.infant, known, str(SITE))
    save(child.mother, Identity(family_name=family, given_name="(mother)"), str(SITE))


@dataclass(slots=True)
class Stage:
    """Where the strands meet. `due` holds the next thing of each strand by its time."""

    now: datetime
    lots: Lots
    due: list[tuple[datetime, int, Thing, Life]] = field(default_factory=list)
    waiting: list[Command] = field(default_factory=list)
    order: Iterator[int] = field(default_factory=count)
    keys: Iterator[int] = field(default_factory=count)

    def begin(self, strand: Life) -> None:
        self._go_on(strand, None)

    @property
    def strands(self) -> int:
        return len(self.due)

    def run(self, tell: Callable[[], None] = lambda: None) -> None:
        """Play until nothing is due before the present; `tell` is called as each strand ends."""
        while self.due:
            at, _, thing, strand = heappop(self.due)
            if at > self.now or not self._go_on(strand, self._do(thing)):
                tell()
        self._record()
        self.lots.forget_drawn()
        _mark().touch()

    def _go_on(self, strand: Life, answer: Answer) -> bool:
        """Ask a strand what comes next; false where it has ended."""
        try:
            thing = strand.send(answer)
        except StopIteration:
            return False
        heappush(self.due, (thing.at, next(self.order), thing, strand))
        return True

    def _do(self, thing: Thing) -> Answer:
        if isinstance(thing, Look | Inventory):
            self._record()
            return _look(thing) if isinstance(thing, Look) else _inventory(thing)
        if isinstance(thing, MayDraw):
            self.lots.standing_by.append(thing.infant)
            return None
        if isinstance(thing, Draw):
            for act in self.lots.drawn_for(thing):
                self._take(act)
            return self.lots.arms[thing.infant]
        self._take(thing)
        return None

    def _take(self, act: Act) -> None:
        self.waiting.append(
            Command(
                event=act.event,
                key=f"practice-{next(self.keys):08d}",
                site=SITE,
                now=act.at,
                sealing=act.sealing,
            )
        )
        if len(self.waiting) >= BATCH:
            self._record()

    def _record(self) -> None:
        if self.waiting:
            record_many(self.waiting)
            self.waiting.clear()


def _look(look: Look) -> Shown:
    """What the unit's page shows at this time."""
    unit = queries.unit(look.unit, site=SITE)
    infant = queries.infant(look.infant, site=SITE)
    verdict = verdict_of(unit, infant, look.at.astimezone(zones_of([SITE])[SITE]))
    assert verdict is not None  # noqa: S101  every practice child is enrolled
    return Shown(verdict, verdict_digest(verdict))


def _inventory(asked: Inventory) -> tuple[UnitId, ...]:
    return queries.place(asked.place, site=SITE).units_between(asked.since, asked.at)


def is_whole() -> bool:
    """Whether it was played to its end. The mark stands beside the keys, outside the database."""
    return _mark().exists()


def _mark() -> Path:
    return Path(settings.CORDULA_KEYS) / "practice.played"


def is_played() -> bool:
    """Whether the practice programme is in this database already."""
    return queries.as_of().index >= 0


def contents() -> list[str]:
    """What is there, in a few lines."""
    counts = lists.units_by_state(SITE)
    told = ", ".join(f"{number} {state.replace('_', ' ')}" for state, number in counts.items())
    return [
        f"{queries.as_of().index + 1:,} entries in the ledger “{settings.CORDULA_ORIGIN}”",
        f"Units: {told}",
    ]
