import re
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from cordula.events.sealed import Disclosure
from cordula.vocabulary.identifiers import AccountId, InfantId
from cordula_web.people import disclosures, erasure, identities, personal_columns
from cordula_web.people.accounts import Account
from cordula_web.people.identities import Identity
from cordula_web.people.roles import Surgeon
from tests.unit.people.codes import give_app

CAN_HOLD_WORDS = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.BinaryField,
    models.FileField,
    ArrayField,
)
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def columns_with_words(model: type[models.Model]) -> list[str]:
    own = (f for f in model._meta.local_concrete_fields if isinstance(f, CAN_HOLD_WORDS))
    return [f"{model._meta.app_label}.{model.__name__}.{f.name}" for f in own]


def all_columns() -> list[str]:
    return [c for model in apps.get_models() for c in columns_with_words(model)]


def test_every_column_that_can_hold_words_is_personal_or_says_why_not():
    known = personal_columns.personal().keys() | personal_columns.not_personal().keys()

    assert sorted(set(all_columns()) - known) == []


def test_no_column_is_both():
    assert not personal_columns.personal().keys() & personal_columns.not_personal().keys()


def test_every_column_that_is_named_is_there():
    named = personal_columns.personal().keys() | personal_columns.not_personal().keys()

    assert sorted(named - set(all_columns())) == []


def test_a_new_column_would_be_found():
    class Note(models.Model):
        words = models.TextField()

        class Meta:
            app_label = "people"

    try:
        assert columns_with_words(Note) == ["people.Note.words"]
        assert "people.Note.words" in all_columns()
        assert "people.Note.words" not in personal_columns.not_personal()
    finally:
        del apps.all_models["people"]["note"]
        apps.clear_cache()


def everything_in_the_database() -> str:
    """Every row of every table as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found)


def test_after_erasure_no_table_holds_a_word_of_the_child(st_brigid):
    lina = InfantId("lina")
    identities.save(lina, Identity(family_name="Canary", born=date(2026, 6, 4)), st_brigid.id)
    disclosures.store([Disclosure("s", "note", "Canary")], lina)
    before = [row for row in everything_in_the_database().splitlines() if "infant:lina" in row]

    erasure.erase(lina, NOW)

    after = [row for row in everything_in_the_database().splitlines() if "infant:lina" in row]
    assert len(before) == 4
    assert len(after) == 1
    assert re.fullmatch(r"\(infant:lina,[^,]+,,[^,]+,st-brigid\)", after[0])


def test_an_account_that_is_forgotten_keeps_its_id_and_nothing_else(st_brigid, person, signed_in):
    holm = person("canary-user", st_brigid, Surgeon, email="canary@example.org", title="Canary")
    give_app(holm)
    browser = signed_in(holm)
    assert "canary" in everything_in_the_database().lower()

    erasure.erase(AccountId(holm.id), NOW)

    assert "canary" not in everything_in_the_database().lower()
    assert browser.get("/today").status_code == 302
    kept = Account.objects.get(pk=holm.id)
    assert (kept.is_active, kept.printed_name, kept.has_usable_password()) == (False, "", False)
    assert kept.memberships.get().role is Surgeon


@pytest.mark.django_db
def test_forgetting_one_account_leaves_the_session_of_another(st_brigid, person, signed_in):
    stays, goes = person("stays", st_brigid, Surgeon), person("goes", st_brigid, Surgeon)
    browser = signed_in(stays)

    erasure.erase(AccountId(goes.id), NOW)

    assert browser.get("/today").status_code == 200
