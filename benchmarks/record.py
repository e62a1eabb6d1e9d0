"""A record to measure on: an embedded PostgreSQL in a folder of its own, and the hospital of the tests."""

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

AT_ONCE = 1000


@contextmanager
def record() -> Iterator[None]:
    """Django on an empty database that is thrown away afterwards."""
    from cordula_web.config import embedded_postgres

    with tempfile.TemporaryDirectory(prefix="cordula-bench-") as folder:
        database = Path(folder) / "database"
        os.environ["DATABASE_URL"] = embedded_postgres.start(database, keep=False)
        os.environ["CORDULA_KEYS"] = folder
        os.environ["CORDULA_SITE_KEY_FILE"] = f"{folder}/site.key"
        os.environ["DJANGO_SETTINGS_MODULE"] = "cordula_web.config.settings"
        try:
            _prepare(Path(folder))
            yield
        finally:
            _close()
            embedded_postgres.stop(database)


def _prepare(folder: Path) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from cordula_web.people.site_key import create_key

    create_key(folder / "site.key")
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    from tests.site import people_the_site

    people_the_site()


def _close() -> None:
    from django.db import connections

    connections.close_all()


def in_batches(commands: Iterable[Any]) -> Iterator[list[Any]]:
    """As many as one transaction takes."""
    left = iter(commands)
    while some := list(islice(left, AT_ONCE)):
        yield some


def record_all(commands: Iterable[Any]) -> None:
    from cordula_web.records.actions import record_many

    for some in in_batches(commands):
        record_many(some)


def tell(text: str) -> None:
    """A line for whoever waits; the results alone go to standard output."""
    print(text, file=sys.stderr, flush=True)
