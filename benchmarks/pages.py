"""Do pages stay as fast when a bank grows from 200 units to 20,000?

Each page is measured against one that shows nothing, behind the same sign-in, in the same round. Compared is then how
many empty pages it costs in the large bank with how many it cost in the small one. Asked of the application itself,
without a network, each time for another unit.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from random import Random
from typing import Any

from benchmarks.lives import bank, din, infant
from benchmarks.ratio import Act, Ratio, interleaved, quotients
from benchmarks.record import AT_ONCE, in_batches, record, tell

FEW, MANY = 200, 20_000
ROUNDS, EACH = 15, 4
# A name for one child in so many: each is sealed under a key of its own, and that is slow on purpose.
NAMED_EVERY = 20
FAST = 3.0

Counted = Mapping[str, tuple[float, ...]]


def measure() -> list[Ratio]:
    with record():
        _to_our_addresses()
        _fill(0, FEW)
        small = _in_empty_pages(FEW)
        _fill(FEW, MANY)
        large = _in_empty_pages(MANY)
    return [line for page in small for line in _lines(page, small[page], large[page])]


def _lines(page: str, small: tuple[float, ...], large: tuple[float, ...]) -> list[Ratio]:
    grown = quotients(large, small)
    unit = f"{EACH}"
    return [
        Ratio("pages", f"{page}: {MANY:,} units / {FEW} units", unit, grown, goal=f"≤ {FAST:.0f}"),
        Ratio("pages", f"{page} / an empty page, {MANY:,} units", unit, large),
    ]


# --- The bank ---------------------------------------------------------------------------------


def _to_our_addresses() -> None:
    from django.conf import settings

    settings.ROOT_URLCONF = "benchmarks.addresses"
    settings.ALLOWED_HOSTS = ["testserver"]
    logging.disable(logging.INFO)  # one line for each page asked for


def _fill(first: int, last: int) -> None:
    from django.db import connection

    from cordula_web.records.actions import record_many

    for number, some in enumerate(in_batches(bank(last - first, first))):
        record_many(some)
        if number % 20 == 19:
            unit = some[-1].key.split("-")[1]
            tell(f"  {int(unit):,} of {last:,} units, {(number + 1) * AT_ONCE:,} entries")
    _name(range(first, last, NAMED_EVERY))
    with connection.cursor() as cursor:
        # As the database does by itself, a little later.
        cursor.execute("ANALYZE")


def _name(numbers: range) -> None:
    from cordula_web.people.identities import Identity, save

    for number in numbers:
        known = Identity(family_name=f"Family{number}", given_name="Child")
        save(infant(number), known, "st-anna")


# --- The pages --------------------------------------------------------------------------------


def _in_empty_pages(units: int) -> Counted:
    """What each page costs, in empty pages, round by round."""
    pages = dict(_pages(units))
    for act in pages.values():
        act()
    empty, *others = interleaved(ROUNDS, *pages.values())
    names = [name for name in pages if name != "nothing"]
    return {name: quotients(taken, empty) for name, taken in zip(names, others, strict=True)}


def _pages(units: int) -> Iterator[tuple[str, Act]]:
    from tests import cast
    from tests.site import browser

    chance = Random(20261122)  # noqa: S311  not for secrecy
    quality, midwife = browser(cast.QUALITY), browser(cast.MIDWIFE, "donor_coordinator")
    numbers = (chance.randrange(units) for _ in count())
    named = (chance.randrange(0, units, NAMED_EVERY) for _ in count())
    yield "nothing", _opening(quality, lambda: "/nothing")
    yield "today, quality", _opening(quality, lambda: "/today")
    yield "today, coordinator", _opening(midwife, lambda: "/today")
    yield "list of units", _opening(quality, lambda: "/unit")
    yield "a unit", _opening(quality, lambda: f"/unit/{din(next(numbers))}")
    yield "list of children", _opening(midwife, lambda: "/child")
    yield "a child", _opening(midwife, lambda: f"/child/{infant(next(numbers))}")
    yield "deviations", _opening(quality, lambda: "/deviation")
    yield "search, a unit scanned", _searching(quality, lambda: din(next(numbers)))
    yield "search, a name", _searching(midwife, lambda: f"Family{next(named)}")
    yield "search, a name nobody has", _searching(midwife, lambda: "Nobody")


def _opening(browser: Any, address: Any) -> Act:
    return _each(lambda: browser.get(address()))


def _searching(browser: Any, words: Any) -> Act:
    return _each(lambda: browser.post("/search", {"q": words()}))


def _each(ask: Callable[[], Any]) -> Act:
    def act() -> None:
        for _ in range(EACH):
            answer = ask()
            if answer.status_code not in (200, 302):
                raise SystemExit(f"{answer.request['PATH_INFO']} answered {answer.status_code}")

    return act
