"""How long does the board's closed part take, from the ledger's events of all children to repeated intervals and rules?

One thread's processor time for a report, kernels warm, against the 50 ms that a page may take. Every report has two looks at an
information of its own, so that no bounds are found in a cache. Pictures and paper are not counted."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from itertools import product
from random import Random
from time import process_time

from benchmarks.ratio import Ratio, timed
from cordula.events.before_birth import Enrolled
from cordula.events.course import Examined, Operated
from cordula.events.event import Event
from cordula.protocols import load
from cordula.trial.monitoring import Arms, Frozen, Told, closed_part, frozen, plan_of
from cordula.vocabulary.identifiers import AccountId, InfantId
from cordula.vocabulary.quantity import Quantity

ROUNDS, REPORTS = 7, 5
PROMISED = 0.050
PLAN = plan_of(load.named("practice-mnc-stage-2"))
BEGAN, WHO, FOLLOWED = datetime(2026, 1, 5, 9, 0, tzinfo=UTC), AccountId("bench"), 92


def measure() -> list[Ratio]:
    told = list(_told())
    # Pairs of looks that nobody had before: the first after 10 to 28 children, the second after 30 to 58.
    looks = product(range(10, 30, 2), range(30, 60, 2))
    _report(told, 9, 29)
    taken = []
    for _ in range(ROUNDS):
        pairs = [next(looks) for _ in range(REPORTS)]
        taken.append(timed(partial(_several, told, pairs), process_time) / REPORTS)
    return [
        Ratio(
            "monitoring",
            "one closed part with its repeated interval / the promised 50 ms",
            f"{len(told):,} events of {PLAN.design.participants} children, two looks",
            tuple(seconds / PROMISED for seconds in taken),
            goal="≤ 1",
            note="recorded for rpact 3.3.4 on another machine, bounds and intervals alone: 0.8 to 1.9 s",
        )
    ]


def _several(told: list[Told], pairs: list[tuple[int, int]]) -> None:
    for first, second in pairs:
        _report(told, first, second)


def _report(told: list[Told], first: int, second: int) -> object:
    looks = [_frozen(told, children) for children in (first, second)]
    names = [arm.id for arm in PLAN.design.arms]
    of = {infant: names[n % 2] for n, (infant, _) in enumerate(looks[-1].infants)}
    return closed_part(PLAN, [(facts, Arms("drawn", of)) for facts in looks])


def _frozen(told: list[Told], children: int) -> Frozen:
    """The ledger when so many children had been followed."""
    now = BEGAN + timedelta(days=children - 0.5 + FOLLOWED)
    size = sum(one.event.at <= now for one in told)
    return frozen(told, size=size, root="", at=now)


def _told() -> Iterator[Told]:
    events = [event for number in range(PLAN.design.participants) for event in _child(number)]
    events.sort(key=lambda event: event.at)
    for index, event in enumerate(events):
        yield Told(index, event, (event.infant,))  # type: ignore[attr-defined]


def _child(number: int) -> Iterator[Event]:
    """A child a day, measured before the operation and three months after."""
    chance = Random(number)  # noqa: S311  a benchmark, not secrecy
    infant, at = InfantId(f"bench-{number:03d}"), BEGAN + timedelta(days=number)
    early = at - timedelta(days=30)
    design = PLAN.design
    yield Enrolled(
        infant=infant, protocol=design.protocol, version="1", digest="", by=WHO, at=early
    )
    yield _area(infant, early, chance.gauss(30, 6), "before_operation")
    began = at - timedelta(hours=5)
    yield Operated(infant=infant, operation=PLAN.operation, started_at=began, by=WHO, at=at)
    after = at + timedelta(days=FOLLOWED - 1)
    yield _area(infant, after, chance.gauss(32, 6), "after_3_months")


def _area(infant: InfantId, at: datetime, percent: float, timepoint: str) -> Event:
    result = Quantity(round(Decimal(percent), 1), "%")
    return Examined(
        infant=infant, measure="rv_fac", result=result, method="echo", timepoint=timepoint,
        by=WHO, at=at,
    )  # fmt: skip
