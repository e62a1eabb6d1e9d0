"""The web server behind `cordula serve`: granian, one command, no second server in front."""

from granian import Granian
from granian.constants import Interfaces


def run(*, host: str = "127.0.0.1", port: int, workers: int) -> None:
    """Serve until told to stop. Static files come from the same processes."""
    Granian(
        target="cordula_web.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        log_access=False,
        log_enabled=True,
    ).serve()
