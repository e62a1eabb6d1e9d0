"""A canary goes through everything this room does, and is then looked for in all that was written down."""

import logging
import os

import pytest
from django.db import IntegrityError, connection, transaction

from cordula.events.sealed import Disclosure
from cordula.vocabulary.identifiers import InfantId
from cordula_web.people import disclosures, identities
from cordula_web.people.accounts import Account
from cordula_web.people.identities import Identity
from cordula_web.people.roles import SiteAdministrator, Surgeon
from tests.unit.people.codes import PASSWORD, give_app

CANARY = "canarius"


@pytest.fixture
def holm(st_brigid, person):
    return person(
        CANARY, st_brigid, Surgeon, password=PASSWORD + CANARY, email=f"{CANARY}@example.org"
    )


def test_no_log_and_no_address_says_a_name_or_a_password(
    holm, st_brigid, person, signed_in, client, caplog, capfd, mailoutbox
):
    caplog.set_level(logging.DEBUG)
    root = signed_in(person("root", st_brigid, SiteAdministrator))

    give_app(holm)
    answers = [
        client.post("/account/sign-in", {"login": CANARY, "password": "wrong"}),
        client.post("/account/sign-in", {"login": CANARY, "password": PASSWORD + CANARY}),
        client.post("/account/second-factor/check", {"code": CANARY}),
        client.get(f"/people/{CANARY}"),
        root.post("/people", {"printed_name": CANARY, "username": CANARY, "role": "surgeon"}),
        root.post(f"/people/{holm.id}", {"act": CANARY}),
    ]
    identities.save(InfantId("lina"), Identity(family_name=CANARY), st_brigid.id)
    disclosures.store([Disclosure("salt", "note", CANARY)], InfantId("lina"))
    identities.with_family_name(st_brigid.id, CANARY)

    written = caplog.text + "".join(capfd.readouterr())
    ours = [line for line in written.splitlines() if f"/people/{CANARY}" not in line]
    assert CANARY not in "\n".join(ours)
    assert all(CANARY not in answer.headers.get("Location", "") for answer in answers[:3])
    assert not mailoutbox


def test_a_query_log_would_see_no_name(st_brigid, django_assert_num_queries):
    with django_assert_num_queries(20, exact=False) as asked:
        identities.save(
            InfantId("lina"), Identity(family_name=CANARY, hospital_number="44710926"), st_brigid.id
        )
        identities.with_hospital_number(st_brigid.id, "44710926")

    sql = "\n".join(query["sql"] for query in asked.captured_queries)
    assert CANARY not in sql
    assert "44710926" not in sql


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="the settings of a server of one's own")
def test_the_server_does_not_write_refused_values_in_its_log(holm):
    """A constraint error tells the values to the program that caused it, and must not tell the server's log."""
    with connection.cursor() as cursor:
        for name, value in {
            "log_error_verbosity": "terse",
            "log_min_error_statement": "panic",
            "log_parameter_max_length": "0",
            "log_parameter_max_length_on_error": "0",
            "fsync": "on",
            "full_page_writes": "on",
            "synchronous_commit": "on",
        }.items():
            cursor.execute(f"SHOW {name}")
            assert cursor.fetchone() == (value,)
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create(username=CANARY)
    assert CANARY not in server_log()

    # With the setting of PostgreSQL's own the value is there: the test above looks in the right place.
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL log_error_verbosity = 'default'")
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create(username=CANARY)
    assert CANARY in server_log()


def server_log() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_read_file(current_setting('data_directory') || '/log')")
        log: str = cursor.fetchone()[0]
    return log
