"""What may be written to a log: structured lines from a list of named facts, and never a person's words.

Our own lines hold only the keys below; a key that is not named is dropped. Lines of libraries keep
the text they were written with, but not the values put into it, and of an error its kind and the
places in the code, never its message: a message may repeat what somebody typed.
"""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

import orjson
import structlog

ALLOWED = frozenset(
    "event level timestamp method route status milliseconds account site index kind error at size".split()  # noqa: SIM905
)
Line = MutableMapping[str, Any]


def only_allowed(_: Any, __: str, line: Line) -> Line:
    """Drop every key that is not on the list."""
    return {key: value for key, value in line.items() if key in ALLOWED}


def as_json(line: Line) -> str:
    return orjson.dumps(dict(line), default=str).decode()


def places_of(trace: TracebackType | None) -> list[str]:
    """Where in the code an error came through, without a value: the innermost last."""
    frames = traceback.extract_tb(trace)[-8:]
    return [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames]


class WithoutValues(logging.Formatter):
    """A library's line as JSON: its text before values were put in, and of an error only its kind."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "timestamp": self.formatTime(record, "%Y-%m-%dT%H:%M:%S"),
            "level": record.levelname.lower(),
            "event": record.msg if isinstance(record.msg, str) else type(record.msg).__name__,
            "kind": record.name,
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["at"] = places_of(record.exc_info[2])
        return as_json(line)


class Whole(logging.Formatter):
    """Our own lines come ready."""

    def format(self, record: logging.LogRecord) -> str:
        return str(record.msg)


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "without_values": {"()": WithoutValues},
        "whole": {"()": Whole},
    },
    "handlers": {
        "libraries": {
            "class": "logging.StreamHandler",
            "stream": sys.stderr,
            "formatter": "without_values",
        },
        "own": {"class": "logging.StreamHandler", "stream": sys.stderr, "formatter": "whole"},
    },
    "root": {"handlers": ["libraries"], "level": "WARNING"},
    "loggers": {
        "cordula": {"handlers": ["own"], "level": "INFO", "propagate": False},
        "django": {"handlers": ["libraries"], "level": "ERROR", "propagate": False},
        # The request log says it, by route and without the address.
        "django.request": {"handlers": ["libraries"], "level": "ERROR", "propagate": False},
        "django.server": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}


def configure() -> None:
    """Let structlog write through the logger `cordula`, with the list applied last."""
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            only_allowed,
            lambda _, __, line: as_json(line),
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
