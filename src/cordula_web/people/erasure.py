"""How is a person forgotten? What is known of them goes, with the key to it; the ledger keeps only digests and random names.

Backups made before still hold the ciphertext and the wrapped key: they must not be kept longer than 30 days.
"""

from datetime import datetime

from django.db import transaction

from cordula_web.people.personal_columns import personal
from cordula_web.people.sealed_rows import SubjectKey
from cordula_web.people.site_key import site_key
from cordula_web.people.subject_keys import Subject, name_of_subject


@transaction.atomic
def erase(subject: Subject, at: datetime) -> None:
    """Empties every personal column of this subject, destroys its key, and leaves word that it was erased.

    Erasing again changes nothing. The decision itself is an event, `ErasureDecided`, recorded before.
    """
    name = name_of_subject(subject)
    key = _locked_key(name, at)
    for empty in dict.fromkeys(personal().values()):
        empty(name)
    if key.erased_at is None:
        key.wrapped, key.erased_at = None, at
        key.save(update_fields=["wrapped", "erased_at"])


def _locked_key(name: str, at: datetime) -> SubjectKey:
    """Locked first, so that nothing is stored meanwhile. Somebody never heard of gets a tombstone too."""
    SubjectKey.objects.get_or_create(
        subject=name, defaults={"key_id": site_key().id, "wrapped": None, "erased_at": at}
    )
    return SubjectKey.objects.select_for_update().get(subject=name)


def was_erased(subject: Subject) -> bool:
    return SubjectKey.objects.filter(
        subject=name_of_subject(subject), erased_at__isnull=False
    ).exists()
