"""The label printer of this installation: raw ZPL over its own port, or none, and then labels go on paper by hand."""

import socket

from django.conf import settings

PATIENCE_SECONDS = 5.0


class PrinterSilent(Exception):
    """The printer does not answer; nothing was printed."""


def address() -> tuple[str, int] | None:
    """From `CORDULA_LABEL_PRINTER`, such as `10.0.4.7:9100`; None where no printer is set up."""
    text: str = settings.CORDULA_LABEL_PRINTER
    host, _, port = text.rpartition(":")
    return (host, int(port)) if host and port.isdigit() else None


def send(text: str, to: tuple[str, int]) -> None:
    """All of it, or a printer that is silent."""
    try:
        with socket.create_connection(to, timeout=PATIENCE_SECONDS) as line:
            line.sendall(text.encode())
    except OSError as fault:
        raise PrinterSilent(f"{to[0]}:{to[1]}") from fault
