"""Who is this child, and who is the mother? Names are kept encrypted, one key per person, and can be erased.

Search is exact: by hospital number, or by whole words of a family name. Each is found through a keyed
digest (HMAC-SHA256 under a key derived from the site key), so the database alone does not tell the names;
it tells a thief which rows share a name, and no more. Beginnings of names are not indexed, because a
digest of every beginning would tell much more.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from unicodedata import combining, normalize

import orjson
from django.db import transaction
from django.utils.translation import gettext as _

from cordula.display.names import person
from cordula.vocabulary.identifiers import InfantId, MotherId
from cordula_web.people.sealed_rows import IdentityToken, SealedIdentity, SubjectKey
from cordula_web.people.site_key import site_key
from cordula_web.people.subject_keys import key_for, name_of_subject, open_for, seal_for, unwrapped

Person = InfantId | MotherId
PERSONS: dict[str, type[Person]] = {kind.kind: kind for kind in (InfantId, MotherId)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What is known of a person. Empty, or None, means not recorded; “none known” is written out."""

    family_name: str
    given_name: str = ""
    title: str = ""
    born: date | None = None
    sex: str = ""
    hospital_number: str = ""
    allergies: str = ""
    mother_family_name: str = ""
    mother_given_name: str = ""
    phone: str = ""

    @property
    def printed(self) -> str:
        """As on the banner: `HADDAD, Lina (Miss)` (CUI PAB-0049 to 0053)."""
        return person(self.family_name, self.given_name, self.title)


@dataclass(frozen=True, slots=True)
class Unnamed:
    """There is no name to show: none was recorded, or it was erased."""

    erased: bool

    @property
    def printed(self) -> str:
        return _("Name erased") if self.erased else _("Name not recorded")


# --- Writing ----------------------------------------------------------------------------------


@transaction.atomic
def save(somebody: Person, identity: Identity, site: str) -> None:
    """Keeps what is known of the person, in place of what was kept before. Raises Erased."""
    row, key = key_for(somebody, site)
    sealed = seal_for(row, key, _written(identity), what="identity")
    SealedIdentity.objects.update_or_create(key=row, defaults={"sealed": sealed})
    IdentityToken.objects.filter(key=row).delete()
    tokens = sorted(_tokens(identity, row.site_id or site))
    IdentityToken.objects.bulk_create(IdentityToken(key=row, token=t) for t in tokens)


def _written(identity: Identity) -> bytes:
    return orjson.dumps({name: value for name, value in asdict(identity).items() if value})


def _read(plain: bytes) -> Identity:
    known = {field.name for field in fields(Identity)}
    values = {name: value for name, value in orjson.loads(plain).items() if name in known}
    if "born" in values:
        values["born"] = date.fromisoformat(values["born"])
    return Identity(**values)


# --- Reading ----------------------------------------------------------------------------------


def identity_of(somebody: Person) -> Identity | Unnamed:
    return identities_of([somebody])[somebody]


def name_of(somebody: Person) -> str:
    """The printed name, or words that say there is none."""
    return identity_of(somebody).printed


def identities_of(persons: Iterable[Person]) -> Mapping[Person, Identity | Unnamed]:
    """What is known of each of them, in one query, for lists."""
    by_name = {name_of_subject(each): each for each in persons}
    rows = SubjectKey.objects.filter(subject__in=by_name).select_related("sealedidentity")
    found = {by_name[row.subject]: _opened(row) for row in rows}
    return {each: found.get(each, Unnamed(False)) for each in by_name.values()}


def _opened(row: SubjectKey) -> Identity | Unnamed:
    if row.erased_at is not None:
        return Unnamed(True)
    sealed: SealedIdentity | None = getattr(row, "sealedidentity", None)
    if sealed is None:
        return Unnamed(False)
    return _read(open_for(row, unwrapped(row), sealed.sealed, what="identity"))


# --- Finding ----------------------------------------------------------------------------------


def with_hospital_number(site: str, number: str) -> tuple[Person, ...]:
    """Those of this site with exactly this number; spaces and hyphens do not matter."""
    return _with_token(site, _number_token(site, number)) if _plain_number(number) else ()


def with_family_name(site: str, words: str) -> tuple[Person, ...]:
    """Those of this site whose family name, or whose mother's, has every one of these words."""
    each = [set(_with_token(site, _word_token(site, word))) for word in _name_words(words)]
    return tuple(sorted(set.intersection(*each))) if each else ()


def _with_token(site: str, token: bytes) -> tuple[Person, ...]:
    rows = SubjectKey.objects.filter(site_id=site, identitytoken__token=token, erased_at=None)
    return tuple(_person_named(name) for name in rows.values_list("subject", flat=True))


def _person_named(subject: str) -> Person:
    kind, _colon, name = subject.partition(":")
    return PERSONS[kind](name)


def _tokens(identity: Identity, site: str) -> set[bytes]:
    words = _name_words(f"{identity.family_name} {identity.mother_family_name}")
    tokens = {_word_token(site, word) for word in words}
    if _plain_number(identity.hospital_number):
        tokens.add(_number_token(site, identity.hospital_number))
    return tokens


def _number_token(site: str, number: str) -> bytes:
    return site_key().index(_plain_number(number), about=f"{site} hospital number")


def _word_token(site: str, word: str) -> bytes:
    return site_key().index(word, about=f"{site} family name")


def _plain_number(number: str) -> str:
    return re.sub(r"[\s-]", "", number).casefold()


def _name_words(text: str) -> list[str]:
    """The words of a name, without capitals and accents: `Al-Sayed Müller` gives al, sayed, muller."""
    bare = "".join(c for c in normalize("NFKD", text) if not combining(c))
    return re.findall(r"\w+", bare.casefold())
