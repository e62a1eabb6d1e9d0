"""The people of these tests: two sites, and somebody in every role."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client

from cordula_web.people.accounts import Account
from cordula_web.people.roles import Role
from cordula_web.people.second_factor import SEEN
from cordula_web.people.sites import Membership, Site

Person = Callable[..., Account]


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same hash with less work, for there are many of them here."""
    for name, cost in {"time_cost": 1, "memory_cost": 64, "parallelism": 1}.items():
        monkeypatch.setattr(Argon2PasswordHasher, name, cost)


@pytest.fixture
def st_brigid(db: None) -> Site:
    return Site.objects.create(
        id="st-brigid", name="St Brigid’s", time_zone="Europe/Dublin", phone="4410"
    )


@pytest.fixture
def harbour(db: None) -> Site:
    return Site.objects.create(id="harbour", name="Harbour Children’s", time_zone="Europe/London")


@pytest.fixture
def person(db: None) -> Person:
    """Somebody who holds the roles named at a site; no password, unless one is given."""

    def make(username: str, site: Site | None = None, *roles: type[Role], **fields: Any) -> Account:
        fields.setdefault("printed_name", f"{username.title()} Example")
        account = Account.objects.create_account(username, **fields)
        for role in roles:
            Membership.objects.create(account=account, site=site, role_name=role.name)
        return account

    return make


@pytest.fixture
def signed_in() -> Callable[[Account], Client]:
    """A browser in which the account is signed in, its second factor given."""

    def sign_in(account: Account) -> Client:
        client = Client()
        client.force_login(account)
        session = client.session
        session[SEEN] = True
        session.save()
        return client

    return sign_in
