from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from cordula_web.people import memberships
from cordula_web.people.accounts import Account
from cordula_web.people.memberships import NotGranted
from cordula_web.people.permissions import may_record
from cordula_web.people.roles import (
    Auditor,
    LabReviewer,
    SiteAdministrator,
    Surgeon,
    Technologist,
)
from cordula_web.people.sites import Membership

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def root(st_brigid, person):
    return person("root", st_brigid, SiteAdministrator)


def test_a_site_administrator_gives_a_role(st_brigid, person, root):
    wu = person("wu")

    given = memberships.grant(wu, st_brigid, Technologist, by=root)

    assert (given.role, given.granted_by) == (Technologist, root)
    assert may_record(wu.id, st_brigid.id, "Counted")


def test_nobody_gives_a_role_to_themselves(st_brigid, root):
    with pytest.raises(NotGranted, match="themselves"):
        memberships.grant(root, st_brigid, Technologist, by=root)


def test_the_database_refuses_it_too(st_brigid, root):
    with pytest.raises(IntegrityError, match="nobody_grants_a_role_to_themselves"):
        Membership.objects.create(
            account=root, site=st_brigid, role_name="quality", granted_by=root
        )


@pytest.mark.parametrize("giver", [Surgeon, Auditor, Technologist])
def test_nobody_else_gives_roles(st_brigid, person, giver):
    with pytest.raises(NotGranted, match="Only a site administrator"):
        memberships.grant(person("wu"), st_brigid, Technologist, by=person("x", st_brigid, giver))


def test_an_administrator_of_another_site_gives_none_here(st_brigid, harbour, person):
    other = person("other", harbour, SiteAdministrator)

    with pytest.raises(NotGranted):
        memberships.grant(person("wu"), st_brigid, Technologist, by=other)


@pytest.mark.parametrize(
    ("held", "wanted"),
    [
        (Technologist, SiteAdministrator),
        (SiteAdministrator, Surgeon),
        (Auditor, Technologist),
        (LabReviewer, Auditor),
    ],
)
def test_administering_and_auditing_are_not_mixed_with_the_work(
    st_brigid, person, root, held, wanted
):
    wu = person("wu", st_brigid, held)

    with pytest.raises(NotGranted, match="never held together"):
        memberships.grant(wu, st_brigid, wanted, by=root)


def test_giving_a_role_twice_gives_it_once(st_brigid, person, root):
    wu = person("wu")

    first = memberships.grant(wu, st_brigid, Technologist, by=root)

    assert memberships.grant(wu, st_brigid, Technologist, by=root) == first


def test_the_first_administrator_comes_from_the_installation_and_only_the_first(st_brigid, person):
    memberships.grant(person("first"), st_brigid, SiteAdministrator, by=None)

    with pytest.raises(NotGranted):
        memberships.grant(person("second"), st_brigid, SiteAdministrator, by=None)


def test_the_installation_gives_no_clinical_role_at_a_real_site(st_brigid, person):
    with pytest.raises(NotGranted):
        memberships.grant(person("wu"), st_brigid, Technologist, by=None)


def test_at_a_practice_site_it_does(st_brigid, person):
    st_brigid.practice = True
    st_brigid.save()

    assert memberships.grant(person("wu"), st_brigid, Technologist, by=None)


def test_a_role_is_ended_and_stays_known(st_brigid, person, root):
    wu = person("wu", st_brigid, Technologist)

    memberships.end(wu.memberships.get(), by=root, at=NOW)

    ended = Membership.objects.get(account=wu)
    assert (ended.ended_at, ended.ended_by) == (NOW, root)
    assert not may_record(wu.id, st_brigid.id, "Counted")


def test_a_role_that_ended_can_be_given_again(st_brigid, person, root):
    wu = person("wu", st_brigid, Technologist)
    memberships.end(wu.memberships.get(), by=root, at=NOW)

    assert memberships.grant(wu, st_brigid, Technologist, by=root).ended_at is None


def test_the_last_administrator_cannot_take_their_own_role(root):
    with pytest.raises(NotGranted, match="themselves"):
        memberships.end(root.memberships.get(), by=root, at=NOW)


# --- Accounts stay ----------------------------------------------------------------------------


def test_an_account_is_never_deleted(person):
    wu = person("wu")

    with pytest.raises(ValidationError, match="never deleted"):
        wu.delete()
    with pytest.raises(ValidationError, match="never deleted"):
        Account.objects.all().delete()


def test_an_account_is_known_in_the_ledger_by_a_random_name(person):
    wu = person("wu")

    assert wu.account_id.startswith("u-")
    assert len(wu.account_id) == 28
    assert str(wu) == wu.id


def test_two_accounts_cannot_differ_in_capitals_alone(person):
    person("wu")

    with pytest.raises(IntegrityError):
        person("WU")


# --- The page ---------------------------------------------------------------------------------


def test_the_administrator_adds_somebody_who_then_chooses_a_password(
    st_brigid, root, signed_in, client
):
    browser = signed_in(root)
    new = {"printed_name": "Dr New", "username": "new", "role": "surgeon"}

    added = browser.post("/people", new)
    page = browser.post(added.headers["Location"], {"act": "link"})
    path = page.context["link"].removeprefix("http://testserver")
    form = client.get(path)
    twice = {"password1": "a long enough phrase 41", "password2": "a long enough phrase 41"}
    client.post(form.headers["Location"], twice)

    account = Account.objects.get(username="new")
    assert account.check_password("a long enough phrase 41")
    assert account.memberships.get().granted_by == root
    assert "used before" in client.get(path).content.decode()


def test_a_weak_password_is_refused(st_brigid, root, person, signed_in, client):
    new = person("new", st_brigid, Surgeon)
    page = signed_in(root).post(f"/people/{new.id}", {"act": "link"})
    form = client.get(page.context["link"].removeprefix("http://testserver"))

    client.post(form.headers["Location"], {"password1": "short", "password2": "short"})

    new.refresh_from_db()
    assert not new.has_usable_password()


def test_the_administrator_gives_and_takes_roles_and_switches_off(
    st_brigid, root, person, signed_in
):
    wu = person("wu", st_brigid, Technologist)
    browser, page = signed_in(root), f"/people/{wu.id}"

    browser.post(page, {"act": "grant", "role": "quality"})
    browser.post(
        page, {"act": "end", "membership": wu.memberships.get(role_name="technologist").pk}
    )
    browser.post(page, {"act": "switch_off"})

    assert [m.role_name for m in Membership.active.filter(account=wu)] == ["quality"]
    wu.refresh_from_db()
    assert not wu.is_active


def test_what_is_refused_is_said_in_words(st_brigid, root, person, signed_in):
    wu = person("wu", st_brigid, Technologist)

    answer = signed_in(root).post(f"/people/{wu.id}", {"act": "grant", "role": "auditor"})

    assert answer.status_code == 422
    assert "Auditor is never held together" in answer.content.decode()


def test_the_auditor_looks_and_changes_nothing(st_brigid, person, signed_in):
    wu, auditor = person("wu", st_brigid, Technologist), person("aud", st_brigid, Auditor)
    browser = signed_in(auditor)

    assert "Wu Example" in browser.get("/people").content.decode()
    assert browser.post(f"/people/{wu.id}", {"act": "switch_off"}).status_code == 404
    assert browser.post("/people", {"username": "x"}).status_code == 403


def test_people_of_another_site_are_not_there(harbour, root, person, signed_in):
    theirs = person("theirs", harbour, Surgeon, printed_name="Canary Person")
    browser = signed_in(root)

    assert browser.get(f"/people/{theirs.id}").status_code == 404
    assert "Canary" not in browser.get("/people").content.decode()
