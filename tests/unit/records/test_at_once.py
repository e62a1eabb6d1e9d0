"""Many write at the same time, and are killed while they write: nothing is lost, twice, or in the wrong order."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from threading import Barrier
from time import sleep

import pytest
from django.db import connection, connections

from cordula.events.course import Weighed
from cordula.events.release import Released
from cordula.events.storage import TemperatureExcursed
from cordula.vocabulary.identifiers import SiteId, stream_of
from cordula_web.records import actions, append, queries
from cordula_web.records.actions import record
from cordula_web.records.audit import audit
from cordula_web.records.command import Recorded
from cordula_web.records.refusals import Busy, Conflict, GateClosed, NotRecorded, NotStored
from tests import cast
from tests.unit.records import test_gates

NOW = cast.after_birth(days=160)
WRITERS = 8
LINA = stream_of(cast.LINA)


def weighed(grams: int) -> Weighed:
    weight = cast.q(str(grams), "g")
    return Weighed(infant=cast.LINA, weight=weight, by=cast.NURSE, at=NOW)


def at_once(act: Callable[[int], object], writers: int = WRITERS) -> list[object]:
    """Every writer begins at the same moment, each with a connection of its own."""
    start = Barrier(writers)

    def run(number: int) -> object:
        try:
            start.wait()
            return act(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(writers) as pool:
        return list(pool.map(run, range(writers)))


def test_no_update_is_lost_when_eight_write_to_one_child(committed: SiteId) -> None:
    before = queries.infant(cast.LINA, site=committed).version
    conflicts: Counter[int] = Counter()

    def write(number: int) -> list[int]:
        versions = []
        for turn in range(5):
            while True:
                seen = queries.infant(cast.LINA, site=committed).version
                key = f"writer-{number}-{turn}-{seen}"
                try:
                    done = record(
                        weighed(6000 + number),
                        key=key,
                        site=committed,
                        now=NOW,
                        expected={LINA: seen},
                    )
                except (Conflict, Busy):
                    conflicts[number] += 1
                    continue
                assert done.versions[LINA] == seen + 1
                versions.append(done.versions[LINA])
                break
        return versions

    versions = [v for each in at_once(write) for v in each]  # type: ignore[attr-defined]
    assert sorted(versions) == list(range(before + 1, before + 1 + WRITERS * 5))
    assert conflicts, "nobody ever met anybody: the test did not test"
    assert audit().problems == ()


def test_without_the_lock_writers_collide(
    committed: SiteId, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: without the lock two writers take the same place, and only the database stops them."""
    sql, values = append.LOCK
    monkeypatch.setattr(actions, "LOCK", (f"{sql.removesuffix('FOR UPDATE')}", values))
    monkeypatch.setattr(actions, "head_of", slowly)

    def write(number: int) -> str:
        for turn in range(5):
            try:
                record(weighed(6000), key=f"writer-{number}-{turn}", site=committed, now=NOW)
            except NotStored:
                return "collided"
            except NotRecorded:
                pass
        return "alone"

    assert "collided" in at_once(write)
    assert audit().problems == ()


def slowly(row: tuple[object, ...]) -> append.Head:
    sleep(0.01)
    return append.head_of(row)


def test_the_same_command_sent_by_all_at_once_is_recorded_once(committed: SiteId) -> None:
    before = queries.as_of().index

    def send(_: int) -> Recorded:
        return record(weighed(6800), key="the-one-key", site=committed, now=NOW)

    answers = at_once(send)
    assert len({answer.index for answer in answers}) == 1  # type: ignore[attr-defined]
    assert queries.as_of().index == before + 1


def test_a_unit_is_never_released_after_an_excursion_nobody_reviewed(committed: SiteId) -> None:
    test_gates.sign(committed, cast.QUALITY, "quality")

    def race(number: int) -> str:
        try:
            if number:
                record(test_gates.excursion(), key="excursion", site=committed, now=test_gates.WHEN)
            else:
                test_gates.release(committed)
        except (GateClosed, Conflict):
            return "refused"
        return "recorded"

    released, excursed = at_once(race, writers=2)
    order = [type(event) for event in queries.unit(cast.UNIT, site=committed).events]
    assert excursed == "recorded"
    if released == "recorded":
        assert order.index(Released) < order.index(TemperatureExcursed)
    else:
        assert Released not in order


# --- Killed while writing ---------------------------------------------------------------------

WRITER = """
import sys
import django
from django.conf import settings
django.setup()
from pathlib import Path
settings.CORDULA_KEYS = Path(sys.argv[1])
from cordula.vocabulary.identifiers import SiteId
from cordula_web.records.actions import record
from cordula_web.records.shelf import SHELF
from tests.unit.records.conftest import practice_protocol
from tests.unit.records.test_at_once import NOW, weighed
SHELF.put(practice_protocol())
number = 0
while True:
    number += 1
    done = record(weighed(5000 + number), key=f"{sys.argv[2]}-{number:06d}", site=SiteId("st-anna"), now=NOW)
    print(done.index, number, flush=True)
"""


def killed_writer(name: str, seconds: float, keys: object) -> list[tuple[int, int]]:
    """What a writer was told was recorded, until it was killed."""
    database = connection.settings_dict
    host = database["HOST"] or database["OPTIONS"].get("host", "")
    url = f"postgresql://{database['USER']}@/{database['NAME']}?host={host}"
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "PGPASSWORD": database["PASSWORD"] or "",
        "DJANGO_SETTINGS_MODULE": "cordula_web.config.settings",
    }
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(keys), name],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=Path(__file__).parents[3],
    )
    assert writer.stdout is not None
    with writer.stdout as answers:
        told = [answers.readline()]
        sleep(seconds)
        writer.send_signal(signal.SIGKILL)
        told += answers.read().splitlines()
    writer.wait()
    pairs = [line.split() for line in told if line.strip()]
    return [(int(index), int(number)) for index, number in pairs]


def recorded(name: str) -> Iterator[tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT index, key FROM entry WHERE key LIKE %s", [f"{name}-%"])
        for index, key in cursor.fetchall():
            yield index, int(key.rpartition("-")[2])


def kill_writers(times: int, keys: object) -> None:
    chance = Random(20261122)
    for turn in range(times):
        told = killed_writer(f"turn-{turn}", chance.uniform(0.02, 0.3), keys)
        assert told, "the writer wrote nothing: the test did not test"
        assert set(told) <= set(recorded(f"turn-{turn}")), "an acknowledged event is lost"
        assert len(list(recorded(f"turn-{turn}"))) - len(told) <= 1
    assert audit().problems == ()


def test_what_was_acknowledged_survives_when_the_writer_is_killed(
    committed: SiteId, keys: object
) -> None:
    kill_writers(3, keys)


@pytest.mark.slow
def test_what_was_acknowledged_survives_a_hundred_kills(committed: SiteId, keys: object) -> None:
    kill_writers(100, keys)
