"""The web server behind `cordula serve`: granian, one command, no second server in front."""

from threading import Event, Thread
from typing import Any

import structlog
from django.db import close_old_connections
from django.utils import timezone
from granian import Granian
from granian.constants import Interfaces

from cordula_web.records import commands, signer
from cordula_web.records.refusals import NotRecorded

SIGN_EVERY_S = 60.0

log = structlog.get_logger("cordula.server")


def run(*, host: str = "127.0.0.1", port: int, workers: int) -> None:
    """Serve until told to stop. The ledger is signed beside it, at the latest a minute after a change."""
    for reason in commands.at_start():
        log.error("recording is closed", kind=reason)
    stop = Event()
    signing = Thread(target=_keep_signing, args=(stop,), name="signing", daemon=True)
    signing.start()
    try:
        _server(host, port, workers).serve()
    finally:
        stop.set()
        signing.join(timeout=10)
        sign()


def _server(host: str, port: int, workers: int) -> Any:
    return Granian(
        target="cordula_web.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        log_access=False,
        log_enabled=False,
    )


def _keep_signing(stop: Event) -> None:
    while not stop.wait(SIGN_EVERY_S):
        sign()


def sign() -> None:
    """Sign the ledger if something was recorded since the last time. What prevents it is logged, and tried again."""
    try:
        close_old_connections()
        if signer.checkpoint_if_due(timezone.now()):
            log.info("checkpoint signed")
    except NotRecorded as refused:
        log.error("checkpoint refused", kind=type(refused).__name__)
    except Exception as fault:  # noqa: BLE001  the site goes on; a minute later it is tried again
        log.error("checkpoint failed", error=type(fault).__name__)
    finally:
        close_old_connections()
