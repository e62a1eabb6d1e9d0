"""A record to measure on: an embedded PostgreSQL in a folder of its own, the cast, and the life of many units."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from itertools import islice
from pathlib import Path
from typing import Any

SITE = "st-anna"


@contextmanager
def record() -> Iterator[None]:
    """Django on an empty database that is thrown away afterwards."""
    from cordula_web.config import embedded_postgres

    with tempfile.TemporaryDirectory(prefix="cordula-bench-") as folder:
        os.environ["DATABASE_URL"] = embedded_postgres.start(Path(folder) / "database", keep=False)
        os.environ["CORDULA_KEYS"] = folder
        os.environ["CORDULA_SITE_KEY_FILE"] = f"{folder}/site.key"
        os.environ["DJANGO_SETTINGS_MODULE"] = "cordula_web.config.settings"
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connections

        from cordula_web.people.site_key import create_key

        create_key(Path(folder) / "site.key")
        call_command("migrate", verbosity=0)
        from tests.unit.records.conftest import people_the_site

        people_the_site()
        yield
        connections.close_all()
        embedded_postgres.stop(Path(folder) / "database")


def lives(count: int) -> Iterator[Any]:
    """Commands that bring so many units, each of a child of its own, up to the release."""
    from cordula_web.records.command import Command
    from tests import cast

    for number in range(count):
        for place, event in enumerate(_life(number)):
            key = f"life-{number:06d}-{place:03d}"
            yield Command(event=event, key=key, site=cast_site(), now=cast.after_birth(days=160))


def record_all(commands: Iterator[Any]) -> None:
    """A thousand in each transaction."""
    from cordula_web.records.actions import record_many

    while some := list(islice(commands, 1000)):
        record_many(some)


def cast_site() -> Any:
    from cordula.vocabulary.identifiers import SiteId

    return SiteId(SITE)


def _life(number: int) -> list[Any]:
    """The life of the cast's unit, with other names."""
    from cordula.events.storage import Stored
    from cordula.vocabulary import identifiers as ids
    from tests import cast

    names = {
        cast.UNIT: ids.UnitId(f"unit-{number}"),
        cast.LINA: ids.InfantId(f"child-{number}"),
        cast.MOTHER: ids.MotherId(f"mother-{number}"),
        cast.DIN: ids.DinNumber(f"A999926{number:06d}"),
        cast.CHAIN: ids.ChainOfIdentityId(f"CHA999926{number:06d}"),
    }
    events = [*cast.before_birth(), *cast.birth(), *cast.laboratory()]
    # The cast's vials have their positions; these do without.
    return [_renamed(event, names) for event in events if not isinstance(event, Stored)]


def _renamed(value: Any, names: dict[Any, Any]) -> Any:
    if isinstance(value, tuple):
        return tuple(_renamed(item, names) for item in value)
    if isinstance(value, str):
        return names.get(value, value)
    if hasattr(value, "__dataclass_fields__") and not hasattr(value, "unit_text"):
        changes = {
            field.name: _renamed(getattr(value, field.name), names)
            for field in fields(value)
            if field.init and field.name in _NAMED
        }
        return replace(value, **changes) if changes else value
    return value


_NAMED = {
    "unit",
    "units",
    "infant",
    "mother",
    "din",
    "chain_of_identity",
    "product",
    "products",
} | {
    "parts",
    "parent",
}
