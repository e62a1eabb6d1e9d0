"""The server in a wheel: it keeps what it was given, and is gone when nobody uses it."""

import psycopg
import pytest

from cordula_web.config import embedded_postgres


@pytest.fixture
def folder(tmp_path_factory):
    import shutil
    import tempfile
    from pathlib import Path

    # Not below pytest's own folder: another run would take away the right to pass through it.
    outside = Path(tempfile.mkdtemp(prefix="cordula-server-"))
    yield outside / "database"
    embedded_postgres.stop(outside / "database")
    shutil.rmtree(outside, ignore_errors=True)


def test_what_was_committed_is_there_after_a_stop_and_a_start(folder):
    with psycopg.connect(embedded_postgres.start(folder)) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 41 AS value")
    embedded_postgres.stop(folder)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(f"postgresql://postgres:@/postgres?host={folder}")

    with psycopg.connect(embedded_postgres.start(folder)) as connection:
        assert connection.execute("SELECT value FROM kept").fetchone() == (41,)


def test_it_is_durable_answers_no_network_and_logs_no_values(folder):
    with psycopg.connect(embedded_postgres.start(folder)) as connection:
        shown = {
            name: connection.execute(f"SHOW {name}").fetchone()[0]
            for name in (*embedded_postgres.SETTINGS, "listen_addresses", "data_checksums")
        }

    assert shown == embedded_postgres.SETTINGS | {"listen_addresses": "", "data_checksums": "on"}
