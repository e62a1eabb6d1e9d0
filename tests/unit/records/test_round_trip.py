"""An entry costs two round trips, is never part of another transaction, and a refusal leaves nothing behind."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from psycopg.pq import TransactionStatus

from cordula.vocabulary.identifiers import SiteId, stream_of
from cordula_web.records import queries
from cordula_web.records.actions import record
from cordula_web.records.command import Recorded
from cordula_web.records.refusals import Conflict
from tests import cast
from tests.unit.records.test_at_once import NOW, weighed


def weigh(site: SiteId, key: str, expected: int | None = None) -> Recorded:
    seen = None if expected is None else {stream_of(cast.LINA): expected}
    return record(weighed(6000), key=key, site=site, now=NOW, expected=seen)


def standing() -> tuple[TransactionStatus, bool]:
    driver = connection.connection
    return driver.info.transaction_status, driver.autocommit


def test_an_entry_costs_two_round_trips(committed: SiteId) -> None:
    weigh(committed, "the-first-one")  # after which everything is at hand
    with CaptureQueriesContext(connection) as sent:
        weigh(committed, "the-second-one")
    # Django notes a beginning and an end of its own, which it then need not send.
    texts = [one["sql"].strip() for one in sent if one["sql"] not in ("BEGIN", "COMMIT")]
    assert len(texts) == 2
    assert texts[0].startswith("BEGIN;")
    assert texts[1].endswith("COMMIT")
    assert standing() == (TransactionStatus.IDLE, True)


def test_the_lock_is_a_statement_of_its_own_and_what_it_guards_is_read_after_it(
    committed: SiteId,
) -> None:
    with CaptureQueriesContext(connection) as sent:
        weigh(committed, "the-first-one")
    asked = next(one["sql"] for one in sent if "FOR UPDATE" in one["sql"])
    statements = [" ".join(text.split()) for text in asked.split(";\n")]
    lock = next(n for n, text in enumerate(statements) if "FOR UPDATE" in text)
    assert statements[lock].startswith("SELECT origin, frontier")
    assert all(text.startswith(("BEGIN", "SET LOCAL")) for text in statements[:lock])


def test_an_event_is_never_recorded_within_another_transaction(committed: SiteId) -> None:
    before = queries.as_of().index
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        weigh(committed, "within-another")
    assert queries.as_of().index == before


def test_after_a_refusal_nothing_is_open_and_the_next_is_recorded(committed: SiteId) -> None:
    before = queries.as_of().index
    with pytest.raises(Conflict):
        weigh(committed, "seen-too-little", expected=1)
    assert standing() == (TransactionStatus.IDLE, True)
    assert queries.as_of().index == before
    assert weigh(committed, "seen-too-little").index == before + 1
