"""Every address, for every role, at the own site and at another, for strangers and for those who left.

Generated from the address table, so that a page added tomorrow is tested without a word written here.
"""

from secrets import token_hex
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, get_resolver, path, reverse

from cordula_web.people.accounts import Account
from cordula_web.people.areas import Area
from cordula_web.people.permissions import PUBLIC, SIGNED_IN, Permission, Row, table
from cordula_web.people.roles import ROLES, Role
from cordula_web.people.second_factor import SEEN
from cordula_web.people.sites import Membership, Site
from tests.unit.people.url_examples import ARGUMENTS, EXAMPLES

METHODS = ("GET", "POST", "PUT", "DELETE")
BY_CONVERTER = {"IntConverter": 987654321, "UUIDConverter": "0" * 8 + "-0000" * 3 + "-" + "0" * 12}

ROWS = {row.name: row for row in table()}
EACH_ADDRESS = pytest.mark.parametrize("name", ROWS)


def pattern_of(name: str) -> URLPattern:
    return next(entry for entry, full in _patterns() if full == name)


def _patterns(resolver: Any = None, namespace: str = "") -> Any:
    for entry in (resolver or get_resolver(settings.ROOT_URLCONF)).url_patterns:
        if isinstance(entry, URLPattern):
            yield entry, f"{namespace}{entry.name}"
        else:
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _patterns(entry, inner)


def arguments(name: str) -> dict[str, Any]:
    """Arguments that fit the address and name nothing that there is."""
    if name in ARGUMENTS:
        return ARGUMENTS[name]
    converters = pattern_of(name).pattern.converters
    return {k: BY_CONVERTER.get(type(c).__name__, "not-there") for k, c in converters.items()}


def ask(account: Any, method: str, url: str) -> HttpResponse:
    """The answer to a browser of its own, for an answer may end a session."""
    browser = Client(raise_request_exception=False)
    if account:
        browser.cookies[settings.SESSION_COOKIE_NAME] = session_of(account)
    return browser.generic(method, url)


def session_of(account: Any) -> str:
    """As after sign-in with a second factor, in one query."""
    session = SessionStore()
    session[SESSION_KEY] = account.pk
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session[SEEN] = True
    session.save(must_create=True)
    return session.session_key


def is_sent_to_sign_in(answer: HttpResponse) -> bool:
    return answer.status_code == 302 and answer.headers["Location"].startswith("/account/sign-in")


@pytest.fixture
def cast(st_brigid, harbour):
    """Somebody in each role at the own site, and somebody in each at another; one who left."""
    here, there = everybody(st_brigid), everybody(harbour)
    left = Account.objects.create(username="left", is_active=False)
    return SimpleNamespace(here=here, there=there, left=left, site=st_brigid)


def everybody(site: Site) -> dict[str, Account]:
    accounts = {name: Account(username=f"{name}-{site.id}", printed_name=name) for name in ROLES}
    Account.objects.bulk_create(accounts.values())
    Membership.objects.bulk_create(
        Membership(account=account, site=site, role_name=name) for name, account in accounts.items()
    )
    return accounts


def problems(name: str, row: Row, cast: Any) -> list[str]:
    """What went otherwise than the table says, for one address, in words."""
    found = []
    for who, account, role_name, own in _askers(cast, row):
        for method in METHODS if role_name in (None, "auditor") else ("GET", "POST"):
            real = EXAMPLES[name](cast.site) if name in EXAMPLES else None
            url = reverse(name, kwargs=real or arguments(name))
            answer = ask(account, method, url)
            if said := wrong(row, method, role_name, answer, own and real is not None):
                found.append(f"{method} {url} as {who}: {said}")
    return found


def _askers(cast: Any, row: Row) -> list[tuple[str, Any, str | None, bool]]:
    """Where a role is refused at its own site, the other site adds nothing; where none is asked for, two do."""
    assert row.permission is not None
    of_area = isinstance(row.permission.who, Area)
    let_in = [n for n, role in ROLES.items() if row.permission.lets(role, "GET")]
    here = ROLES if of_area else ("auditor", "technologist")
    askers = [("anonymous", None, None, False), ("deactivated", cast.left, None, False)]
    askers += [(f"{n}, own site", cast.here[n], n, True) for n in here]
    return askers + [(f"{n}, other site", cast.there[n], n, False) for n in let_in if n in here]


def wrong(row: Row, method: str, role_name: str | None, answer: HttpResponse, there: bool) -> str:
    """Why this answer may not be, or nothing."""
    assert row.permission is not None
    got = answer.status_code
    if got >= 500:
        return f"broken, {got}"
    if row.permission.who != PUBLIC and role_name is None:
        return "" if is_sent_to_sign_in(answer) else f"{got} instead of sign-in"
    if method not in row.permission.methods:
        return "" if got == 405 else f"{got} instead of 405"
    if row.permission.who in (PUBLIC, SIGNED_IN) or role_name is None:
        return ""
    role = ROLES[role_name]
    if there and method == "GET" and got == 403:
        return _says_who_can(row.permission, role)
    about_one = bool(pattern_of(row.name).pattern.regex.groups)
    allowed = row.permission.lets(role, method)
    return _wrong_for_role(got, about_one=about_one, allowed=allowed, there=there)


def _says_who_can(permission: Permission, role: type[Role]) -> str:
    """A form for what a reader sees, but may not record, is answered by naming those who may."""
    only_looks = permission.lets(role, "GET") and not permission.lets(role, "POST")
    return "" if only_looks and permission.records else "403 although the role may"


def _wrong_for_role(got: int, *, about_one: bool, allowed: bool, there: bool) -> str:
    if not allowed:
        expected = 404 if about_one else 403
        return "" if got == expected else f"{got} instead of {expected}"
    if about_one and not there:
        return "" if got == 404 else f"{got} for an object that is not there, instead of 404"
    return "" if got in (200, 302, 303, 400, 409, 422) else f"{got} although the role may"


@EACH_ADDRESS
def test_every_address_answers_as_the_table_says(name, cast):
    assert problems(name, ROWS[name], cast) == []


def undeclared() -> list[str]:
    return [row.pattern for row in table() if row.permission is None]


def test_every_address_declares_who_may_open_it_and_has_a_name():
    assert undeclared() == []
    assert [row.pattern for row in table() if row.name.endswith("None")] == []


def test_the_table_has_the_pages_it_must_have():
    assert ROWS["people:home"].permission.who is Area.TODAY
    assert ROWS["account_login"].permission.who == PUBLIC
    assert ROWS["mfa_index"].permission.who == SIGNED_IN


def test_every_address_with_an_argument_can_be_asked_for():
    for name in ROWS:
        try:
            reverse(name, kwargs=arguments(name))
        except NoReverseMatch:
            pytest.fail(f"{name}: say in url_examples.py what fits this address")


# --- The guards are seen to bite ---------------------------------------------------------------


def forgotten(request: HttpRequest) -> HttpResponse:
    raise AssertionError("a page that declares nothing was opened")


@pytest.fixture
def forgotten_page():
    """An address that nobody declared, put among the real ones under a name nobody could guess."""
    address = token_hex(8)
    patterns = get_resolver().url_patterns
    patterns.append(path(address, forgotten, name=address))
    yield address
    patterns.pop()


def test_a_page_added_without_a_declaration_is_found(forgotten_page):
    assert undeclared() == [forgotten_page]


def test_a_page_added_without_a_declaration_is_there_for_nobody(forgotten_page, cast):
    for account in (None, *cast.here.values()):
        for method in METHODS:
            assert ask(account, method, f"/{forgotten_page}").status_code == 404


@pytest.mark.parametrize(
    ("status", "case"),
    [
        (200, {"about_one": True, "allowed": False, "there": True}),
        (403, {"about_one": True, "allowed": False, "there": True}),
        (200, {"about_one": False, "allowed": False, "there": False}),
        (200, {"about_one": True, "allowed": True, "there": False}),
        (403, {"about_one": False, "allowed": True, "there": False}),
    ],
)
def test_the_matrix_objects_to_a_wrong_answer(status, case):
    assert _wrong_for_role(status, **case)


@pytest.mark.parametrize(
    ("role", "records", "right"),
    [
        ("surgeon", ("Weighed",), False),
        ("auditor", ("Weighed",), True),
        ("auditor", (), False),
        ("technologist", ("Weighed",), False),
    ],
)
def test_a_form_names_those_who_may_only_to_a_reader_who_may_look(role, records, right):
    declared = Permission(
        Area.INFANT, frozenset({"GET", "POST"}), frozenset(records), post_only_reads=not records
    )
    assert (_says_who_can(declared, ROLES[role]) == "") is right
