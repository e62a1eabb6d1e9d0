from datetime import UTC, datetime

import pytest

from cordula.events.sealed import Disclosure, Sealing
from cordula.vocabulary.identifiers import AccountId, InfantId
from cordula_web.people import disclosures, erasure
from cordula_web.people.sealed_rows import SealedDisclosure, SubjectKey
from cordula_web.people.site_key import NotOpened, site_key
from cordula_web.people.subject_keys import Erased, keys_of, seal_for

LINA = InfantId("demo-infant-1")
AT = datetime(2026, 11, 22, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def sealed(*values: str) -> tuple[Disclosure, ...]:
    sealing = Sealing()
    for value in values:
        sealing("reason", value)
    return tuple(sealing.disclosures)


def test_words_are_read_back_by_their_digest():
    dropped, cold = sealed("The bag was dropped.", "Zu kalt: −160 °C")

    disclosures.store([dropped, cold], LINA)

    assert disclosures.read([dropped.digest, cold.digest, "0" * 64]) == {
        dropped.digest: "The bag was dropped.",
        cold.digest: "Zu kalt: −160 °C",
    }
    assert disclosures.disclosures_of([cold.digest]) == (cold,)


def test_the_tables_hold_no_word_of_it():
    (note,) = sealed("canary-4471")

    disclosures.store([note], LINA)

    kept = bytes(SealedDisclosure.objects.get().sealed)
    assert b"canary" not in kept
    assert note.salt.encode() not in kept


def test_storing_the_same_disclosure_again_changes_nothing():
    (note,) = sealed("once")

    disclosures.store([note], LINA)
    disclosures.store([note], LINA)

    assert disclosures.read([note.digest]) == {note.digest: "once"}


def test_erasing_the_child_takes_the_words_and_nobody_elses():
    about_lina, about_signer = sealed("about Lina", "Dr Lars Holm")
    signer = AccountId("u-holm")
    disclosures.store([about_lina], LINA)
    disclosures.store([about_signer], signer)

    erasure.erase(LINA, AT)

    assert disclosures.read([about_lina.digest, about_signer.digest]) == {
        about_signer.digest: "Dr Lars Holm"
    }
    with pytest.raises(Erased):
        disclosures.store([about_lina], LINA)


def test_somebody_erased_before_anything_was_known_stays_erased():
    erasure.erase(LINA, AT)

    with pytest.raises(Erased):
        disclosures.store(sealed("late"), LINA)


def test_other_words_under_the_same_digest_are_refused():
    (note,) = sealed("no growth")
    disclosures.store([note], LINA)
    row = SubjectKey.objects.get()
    key = keys_of([row.subject])[row.subject]
    forged = seal_for(row, key, b'["salt","reason","growth"]', what=note.digest)

    SealedDisclosure.objects.update(sealed=forged)

    with pytest.raises(NotOpened):
        disclosures.read([note.digest])


def test_the_key_that_was_destroyed_was_the_only_one_that_opened_the_words():
    (note,) = sealed("gone")
    disclosures.store([note], LINA)
    kept = bytes(SealedDisclosure.objects.get().sealed)

    erasure.erase(LINA, AT)

    assert not SealedDisclosure.objects.exists()
    assert keys_of([f"infant:{LINA}"]) == {}
    with pytest.raises(NotOpened):
        site_key().unwrap(kept, about=f"infant:{LINA}")
