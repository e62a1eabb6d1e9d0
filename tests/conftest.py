"""What every test may rely on: one PostgreSQL for the whole run, and one site key.

The server comes from the wheel and starts when the first test asks for the database. The workers of a
parallel run share it, each with a database of its own. With DATABASE_URL set, that server is used.
"""

import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dj_database_url
import pytest


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    from django.conf import settings
    from django.db import connections

    from cordula_web.people.site_key import create_key

    database: dict[str, Any] = dict(dj_database_url.parse(database_url))
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    database["TEST"] = {"NAME": f"cordula_test_{worker}"}
    settings.DATABASES = {"default": database}
    connections.settings = connections.configure_settings(settings.DATABASES)
    # The connection made while there was no database yet must not be used again.
    del connections["default"]
    keys = tmp_path_factory.mktemp("keys")
    settings.SITE_KEY_FILE = keys / "site.key"
    create_key(settings.SITE_KEY_FILE)
    # What another installation on this machine signed or keeps is none of the tests' business.
    settings.CORDULA_KEYS = keys
    settings.CORDULA_PROTOCOLS = tmp_path_factory.mktemp("protocols")


@pytest.fixture(scope="session")
def database_url() -> Iterator[str]:
    if url := os.environ.get("DATABASE_URL"):
        yield url
        return
    from cordula_web.config import embedded_postgres

    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", f"{os.getpid()}")
    folder = Path(tempfile.gettempdir()) / f"cordula-tests-{run[:12]}"
    yield embedded_postgres.start(folder, keep=False)
    embedded_postgres.stop(folder)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The server from the wheel is removed whole, and a browser may still be connected to it until then."""
    return "DATABASE_URL" not in os.environ


def pytest_make_parametrize_id(val: object) -> str | None:
    """An address in memory is no name: every worker must find the tests under the same names."""
    told = repr(val)
    return re.sub(r" at 0x[0-9a-f]+", "", told) if " at 0x" in told else None
