"""Which key opens what is known of this subject? One each, so that destroying it takes the words of one alone."""

from collections.abc import Iterable
from secrets import token_bytes

from django.db import transaction

from cordula.vocabulary.identifiers import AccountId, InfantId, MotherId, PlaceId, UnitId
from cordula_web.people.sealed_rows import SubjectKey
from cordula_web.people.site_key import KEY_BYTES, open_sealed, seal, site_key

# PostgreSQL gives bytes back as a memoryview.
Buffer = bytes | memoryview
Subject = InfantId | MotherId | UnitId | AccountId | PlaceId


class Erased(LookupError):
    """What was known of this subject was erased; nothing can be added to it again."""


def name_of_subject(subject: Subject) -> str:
    """`infant:…`, `mother:…`: the kinds are kept apart, for their identifiers may be equal."""
    return f"{subject.kind}:{subject}"


@transaction.atomic
def key_for(subject: Subject, site: str | None) -> tuple[SubjectKey, bytes]:
    """The subject's key, made now where there is none. Raises Erased."""
    name = name_of_subject(subject)
    row = _locked(name) or _new_row(name, site)
    if site and row.site_id is None:
        row.site_id = site
        row.save(update_fields=["site"])
    return row, unwrapped(row)


def keys_of(names: Iterable[str]) -> dict[str, bytes]:
    """The keys of those subjects that have one; erased and unknown ones are left out."""
    rows = SubjectKey.objects.filter(subject__in=list(names), erased_at=None)
    return {row.subject: unwrapped(row) for row in rows}


def unwrapped(row: SubjectKey) -> bytes:
    if row.wrapped is None:
        raise Erased(f"{row.subject} was erased at {row.erased_at}")
    return site_key().unwrap(bytes(row.wrapped), about=row.subject)


def seal_for(row: SubjectKey, key: bytes, plain: bytes, *, what: str) -> bytes:
    return seal(key, plain, about=_about(row.subject, row.key_id, what))


def open_for(row: SubjectKey, key: bytes, sealed: Buffer, *, what: str) -> bytes:
    return open_sealed(key, bytes(sealed), about=_about(row.subject, row.key_id, what))


def _locked(name: str) -> SubjectKey | None:
    """Until the transaction ends nobody erases this subject, so nothing is stored beside an erasure."""
    return SubjectKey.objects.select_for_update().filter(subject=name).first()


def _new_row(name: str, site: str | None) -> SubjectKey:
    wrapped = site_key().wrap(token_bytes(KEY_BYTES), about=name)
    # Two requests may want the first key at once; the second gets the key of the first.
    SubjectKey.objects.bulk_create(
        [SubjectKey(subject=name, site_id=site, key_id=site_key().id, wrapped=wrapped)],
        ignore_conflicts=True,
    )
    return SubjectKey.objects.select_for_update().get(subject=name)


def _about(subject: str, key_id: str, what: str) -> bytes:
    return f"{subject}\x00{key_id}\x00{what}".encode()
