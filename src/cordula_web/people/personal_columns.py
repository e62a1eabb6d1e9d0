"""In which columns may something personal stand, and how is it taken out of each?

Erasure goes through every column named here. A text column that is neither personal nor declared free of
personal values fails a test, so nobody can add one without saying which it is. A room says so of its own
tables in its own module `personal_columns`, with the same two names.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import chain
from types import ModuleType

from django.apps import apps
from django.utils.module_loading import module_has_submodule

# Takes what is personal of one subject, named as in `subject_keys`, out of the column's rows.
Eraser = Callable[[str], None]


def _identity(subject: str) -> None:
    from cordula_web.people.sealed_rows import SealedIdentity

    SealedIdentity.objects.filter(key_id=subject).delete()


def _tokens(subject: str) -> None:
    from cordula_web.people.sealed_rows import IdentityToken

    IdentityToken.objects.filter(key_id=subject).delete()


def _disclosures(subject: str) -> None:
    from cordula_web.people.sealed_rows import SealedDisclosure

    SealedDisclosure.objects.filter(key_id=subject).delete()


def _account(subject: str) -> None:
    """A person who works here: the account stays, switched off, without a name."""
    from cordula_web.people.accounts import forget_name

    kind, _, account = subject.partition(":")
    if kind == "account":
        forget_name(account)


PERSONAL: dict[str, Eraser] = {
    "people.SealedIdentity.sealed": _identity,
    "people.IdentityToken.token": _tokens,
    "people.SealedDisclosure.sealed": _disclosures,
    "people.Account.username": _account,
    "people.Account.email": _account,
    "people.Account.printed_name": _account,
    "people.Account.title": _account,
    "people.Account.password": _account,
    "account.EmailAddress.email": _account,
    "mfa.Authenticator.data": _account,
    "sessions.Session.session_data": _account,
}

NOT_PERSONAL: dict[str, str] = {
    "people.Account.id": "drawn at random",
    "people.Site.id": "names a hospital",
    "people.Site.name": "names a hospital",
    "people.Site.time_zone": "a zone of the time zone database",
    "people.Site.phone": "the ward or laboratory, not a person",
    "people.Membership.role_name": "one of the roles in roles.py",
    "people.SubjectKey.subject": "drawn at random",
    "people.SubjectKey.key_id": "drawn at random",
    "people.SubjectKey.wrapped": "a key, destroyed at erasure by erasure.py itself",
    "people.SealedDisclosure.digest": "salted digest, as it stands in the ledger",
    "people.SealedList.root": "a digest, as it stands in the ledger",
    "people.SealedList.sealed": "places no child has drawn; a drawn one is taken out",
    "account.EmailConfirmation.key": "drawn at random; mail is never sent",
    "mfa.Authenticator.type": "one of three words",
    "sessions.Session.session_key": "drawn at random",
    "auth.Group.name": "not used: roles are classes",
    "auth.Permission.name": "written by Django: roles are classes",
    "auth.Permission.codename": "written by Django: roles are classes",
    "contenttypes.ContentType.app_label": "names a table",
    "contenttypes.ContentType.model": "names a table",
}


def personal() -> dict[str, Eraser]:
    """Every personal column of every room."""
    return dict(chain.from_iterable(m.PERSONAL.items() for m in _modules()))


def not_personal() -> dict[str, str]:
    """Every text column that holds nothing personal, with the reason."""
    return dict(chain.from_iterable(m.NOT_PERSONAL.items() for m in _modules()))


def _modules() -> Iterator[ModuleType]:
    for app in apps.get_app_configs():
        if app.module and module_has_submodule(app.module, "personal_columns"):
            yield import_module(f"{app.name}.personal_columns")
