"""Real rows in a real PostgreSQL; the site key is a file of its own for the run."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection

from cordula.vocabulary.identifiers import InfantId, MotherId
from cordula_web.people import erasure, identities, subject_keys
from cordula_web.people.identities import Identity, Unnamed
from cordula_web.people.sealed_rows import IdentityToken, SealedIdentity, SubjectKey
from cordula_web.people.site_key import NotOpened

LINA = InfantId("demo-infant-1")
MOTHER = MotherId("demo-infant-1")
HADDAD = Identity(
    family_name="Haddad",
    given_name="Lina",
    title="Miss",
    born=date(2026, 6, 4),
    sex="female",
    hospital_number="4471 0926",
    allergies="none known",
    mother_family_name="Al-Sayed",
)


@pytest.fixture
def lina(st_brigid):
    identities.save(LINA, HADDAD, st_brigid.id)
    return LINA


def test_what_was_saved_is_read_back(lina):
    assert identities.identity_of(lina) == HADDAD
    assert identities.name_of(lina) == "HADDAD, Lina (Miss)"


def test_saving_again_replaces_what_was_known(lina, st_brigid):
    identities.save(lina, Identity(family_name="Brandt", hospital_number="1"), st_brigid.id)

    assert identities.name_of(lina) == "BRANDT"
    assert identities.with_hospital_number("st-brigid", "44710926") == ()


def test_no_word_about_a_person_stands_in_the_tables(lina):
    with connection.cursor() as cursor:
        for table in (SealedIdentity, IdentityToken, SubjectKey):
            cursor.execute(f"SELECT t::text FROM {table._meta.db_table} t")
            everything = " ".join(row[0] for row in cursor.fetchall())
            for word in (b"Haddad", b"Lina", b"44710926", b"2026-06-04"):
                assert word.decode() not in everything
                assert word.hex() not in everything


def test_a_mother_and_an_infant_with_equal_identifiers_are_two_people(lina, st_brigid):
    identities.save(MOTHER, Identity(family_name="Al-Sayed"), st_brigid.id)

    assert identities.name_of(LINA) == "HADDAD, Lina (Miss)"
    assert identities.name_of(MOTHER) == "AL-SAYED"


def test_many_are_read_in_one_query(lina, st_brigid, django_assert_num_queries):
    stranger = InfantId("stranger")

    with django_assert_num_queries(1):
        found = identities.identities_of([lina, stranger])

    assert found == {lina: HADDAD, stranger: Unnamed(erased=False)}


@pytest.mark.parametrize("number", ["4471 0926", "44710926", "4471-0926"])
def test_a_child_is_found_by_the_hospital_number_however_it_is_spaced(lina, number):
    assert identities.with_hospital_number("st-brigid", number) == (lina,)


@pytest.mark.parametrize("words", ["haddad", "HADDAD", "Háddad", "sayed", "al sayed haddad"])
def test_a_child_is_found_by_whole_words_of_the_family_name_or_the_mothers(lina, words):
    assert identities.with_family_name("st-brigid", words) == (lina,)


@pytest.mark.parametrize("words", ["hadda", "haddads", "lina", "", "  ", "haddad brandt"])
def test_beginnings_other_words_and_nothing_find_nobody(lina, words):
    assert identities.with_family_name("st-brigid", words) == ()


def test_an_empty_number_finds_nobody(lina, st_brigid):
    identities.save(InfantId("unnumbered"), Identity(family_name="X"), st_brigid.id)

    assert identities.with_hospital_number("st-brigid", " - ") == ()


def test_another_site_finds_nobody(lina, harbour):
    assert identities.with_hospital_number(harbour.id, "44710926") == ()
    assert identities.with_family_name(harbour.id, "haddad") == ()


def test_a_row_moved_to_another_person_does_not_open(lina, st_brigid):
    other = InfantId("other")
    identities.save(other, Identity(family_name="Other"), st_brigid.id)
    theirs = SealedIdentity.objects.get(key_id="infant:other")

    SealedIdentity.objects.filter(key_id=f"infant:{lina}").update(sealed=theirs.sealed)

    with pytest.raises(NotOpened):
        identities.identity_of(lina)


def test_a_key_moved_to_another_person_does_not_open(lina, st_brigid):
    other = InfantId("other")
    identities.save(other, Identity(family_name="Other"), st_brigid.id)
    theirs = SubjectKey.objects.get(subject="infant:other")

    SubjectKey.objects.filter(subject=f"infant:{lina}").update(wrapped=theirs.wrapped)

    with pytest.raises(NotOpened):
        identities.identity_of(lina)


def test_one_changed_byte_does_not_open(lina):
    row = SealedIdentity.objects.get()
    sealed = bytearray(row.sealed)
    sealed[-1] ^= 1
    SealedIdentity.objects.update(sealed=bytes(sealed))

    with pytest.raises(NotOpened):
        identities.identity_of(lina)


def test_an_erased_child_has_no_name_no_key_and_is_not_found(lina):
    erasure.erase(lina, datetime(2026, 11, 22, tzinfo=UTC))

    assert identities.identity_of(lina) == Unnamed(erased=True)
    assert identities.name_of(lina) == "Name erased"
    assert identities.with_hospital_number("st-brigid", "44710926") == ()
    assert not SealedIdentity.objects.exists()
    assert not IdentityToken.objects.exists()
    assert SubjectKey.objects.get().wrapped is None
    assert erasure.was_erased(lina)


def test_nothing_can_be_added_to_somebody_who_was_erased(lina, st_brigid):
    erasure.erase(lina, datetime(2026, 11, 22, tzinfo=UTC))

    with pytest.raises(subject_keys.Erased):
        identities.save(lina, HADDAD, st_brigid.id)


def test_erasing_again_keeps_the_first_time(lina):
    first = datetime(2026, 11, 22, tzinfo=UTC)
    erasure.erase(lina, first)
    erasure.erase(lina, datetime(2027, 1, 1, tzinfo=UTC))

    assert SubjectKey.objects.get().erased_at == first


def test_erasing_one_child_leaves_another(lina, st_brigid):
    twin = InfantId("demo-infant-2")
    identities.save(twin, Identity(family_name="Haddad"), st_brigid.id)

    erasure.erase(lina, datetime(2026, 11, 22, tzinfo=UTC))

    assert identities.with_family_name("st-brigid", "haddad") == (twin,)
    assert identities.name_of(twin) == "HADDAD"
