"""What do the sealed values of the ledger say? An entry holds a digest; the words stand here until they are erased."""

from collections.abc import Iterable

import orjson
from django.db import transaction

from cordula.events.sealed import Disclosure
from cordula_web.people.sealed_rows import SealedDisclosure, SubjectKey
from cordula_web.people.site_key import NotOpened
from cordula_web.people.subject_keys import Subject, key_for, open_for, seal_for, unwrapped


@transaction.atomic
def store(disclosures: Iterable[Disclosure], subject: Subject, site: str | None = None) -> None:
    """Keeps the words under the key of the person they are about. Raises Erased.

    Where words are about a child and a unit alike, the child is the subject: it is the child's family
    who may ask for erasure. A printed name is about the account that signed.
    """
    kept = list(disclosures)
    if not kept:
        return
    row, key = key_for(subject, site)
    SealedDisclosure.objects.bulk_create(
        (SealedDisclosure(digest=d.digest, key=row, sealed=_sealed(row, key, d)) for d in kept),
        # The same words with the same salt are the same disclosure: a repeated command stores nothing.
        ignore_conflicts=True,
    )


def read(digests: Iterable[str]) -> dict[str, str]:
    """The words behind these digests. What was erased, or never stored, is left out."""
    rows = SealedDisclosure.objects.filter(digest__in=list(digests)).select_related("key")
    return {row.digest: _checked(row).value for row in rows if row.key.erased_at is None}


def disclosures_of(digests: Iterable[str]) -> tuple[Disclosure, ...]:
    """Salt, name and value, for a passport whose recipient may see them."""
    rows = SealedDisclosure.objects.filter(digest__in=list(digests)).select_related("key")
    return tuple(_checked(row) for row in rows if row.key.erased_at is None)


def _sealed(row: SubjectKey, key: bytes, disclosure: Disclosure) -> bytes:
    plain = orjson.dumps([disclosure.salt, disclosure.name, disclosure.value])
    return seal_for(row, key, plain, what=disclosure.digest)


def _checked(row: SealedDisclosure) -> Disclosure:
    """AES-GCM does not commit to its key, the digest in the ledger does: the words must give that digest."""
    plain = open_for(row.key, unwrapped(row.key), row.sealed, what=row.digest)
    disclosure = Disclosure(*orjson.loads(plain))
    if disclosure.digest != row.digest:
        raise NotOpened(f"the words kept for {row.digest[:16]}… do not give that digest")
    return disclosure
