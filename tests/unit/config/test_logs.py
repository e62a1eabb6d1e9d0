import json
import logging

import pytest
import structlog

from cordula_web.config.logs import ALLOWED, WithoutValues, as_json, only_allowed

CANARY = "HADDAD, Lina"


def formatted(record: logging.LogRecord) -> dict[str, object]:
    return json.loads(WithoutValues().format(record))


def record(message: str, *values: object, exc_info: object = None) -> logging.LogRecord:
    return logging.LogRecord("library", logging.ERROR, "x.py", 1, message, values, exc_info)  # type: ignore[arg-type]


def test_a_library_s_line_keeps_its_text_and_loses_its_values() -> None:
    line = formatted(record("could not send to %s", CANARY))
    assert line["event"] == "could not send to %s"
    assert CANARY not in json.dumps(line)


def test_an_error_keeps_its_kind_and_its_places_and_loses_its_message() -> None:
    try:
        raise ValueError(CANARY)
    except ValueError as fault:
        line = formatted(record("failed", exc_info=(ValueError, fault, fault.__traceback__)))
    assert line["error"] == "ValueError"
    assert "test_an_error_keeps_its_kind" in str(line["at"])
    assert CANARY not in json.dumps(line)


def test_a_key_that_is_not_on_the_list_is_dropped() -> None:
    assert only_allowed(None, "info", {"event": "request", "name": CANARY}) == {"event": "request"}
    assert not {"name", "path", "query", "message", "value"} & ALLOWED


def test_our_own_lines_are_json_and_go_through_the_list(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("cordula").addHandler(caplog.handler)
    structlog.get_logger("cordula.test").warning("request", route="clinic:unit", patient=CANARY)
    logging.getLogger("cordula").removeHandler(caplog.handler)
    line = json.loads(caplog.records[-1].message)
    assert (line["event"], line["route"]) == ("request", "clinic:unit")
    assert CANARY not in caplog.text


def test_a_line_is_one_line() -> None:
    assert "\n" not in as_json({"event": "two\nlines"})
