import pytest
from django.test import Client

from cordula_web.people.acting import acting_of
from cordula_web.people.roles import Quality, SiteAdministrator, Surgeon, Technologist
from cordula_web.people.sites import Membership


def test_somebody_with_one_role_acts_in_it(st_brigid, person, signed_in):
    hallstrom = person("hallstrom", st_brigid, Surgeon, printed_name="Mr D. Hallström")

    page = signed_in(hallstrom).get("/today")

    acting = page.wsgi_request.acting
    assert (acting.printed_name, acting.role, acting.site) == (
        "Mr D. Hallström",
        Surgeon,
        st_brigid,
    )
    assert acting.account_id == hallstrom.id


def test_somebody_with_two_roles_is_asked_which_and_then_acts_in_the_chosen_one(
    st_brigid, harbour, person, signed_in
):
    wu = person("wu", st_brigid, Technologist)
    Membership.objects.create(account=wu, site=harbour, role_name="quality")
    browser = signed_in(wu)

    asked = browser.get("/")
    assert asked.headers["Location"] == "/acting?next=%2F"
    at_harbour = Membership.objects.get(account=wu, site=harbour)
    browser.post("/acting", {"membership": at_harbour.pk})

    acting = browser.get("/today").wsgi_request.acting
    assert (acting.role, acting.site) == (Quality, harbour)


def test_nobody_can_choose_a_role_of_somebody_else(st_brigid, person, signed_in):
    wu = person("wu", st_brigid, Technologist, Quality)
    other = person("other", st_brigid, Surgeon)

    answer = signed_in(wu).post("/acting", {"membership": other.memberships.get().pk})

    assert answer.status_code == 422
    assert "Choose one of your roles." in answer.content.decode()


def test_a_role_that_ended_is_gone_at_the_next_request(st_brigid, person, signed_in):
    wu = person("wu", st_brigid, Technologist)
    browser = signed_in(wu)
    assert browser.get("/today").status_code == 200

    Membership.objects.update(ended_at="2026-11-22T09:00Z")

    assert browser.get("/today").status_code == 403


def test_after_choosing_the_reader_goes_where_they_wanted_but_never_to_another_host(
    st_brigid, person, signed_in
):
    wu = person("wu", st_brigid, Technologist, Quality)
    browser, choice = signed_in(wu), wu.memberships.first().pk

    ours = browser.post("/acting", {"membership": choice, "next": "/freezer"})
    theirs = browser.post("/acting", {"membership": choice, "next": "//evil.example/"})

    assert ours.headers["Location"] == "/freezer"
    assert theirs.headers["Location"] == "/"


@pytest.mark.django_db
def test_an_anonymous_reader_acts_as_nobody():
    request = Client().get("/today").wsgi_request

    assert acting_of(request) is None


def test_the_site_administrator_sees_a_bar_without_clinical_pages(st_brigid, person, signed_in):
    root = person("root", st_brigid, SiteAdministrator)

    acting = signed_in(root).get("/today").wsgi_request.acting

    assert not acting.may_see("unit")
    assert not acting.role.may_record
