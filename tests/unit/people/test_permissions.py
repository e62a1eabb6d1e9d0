import pytest
from django.http import Http404, HttpResponse
from django.test import Client
from django.urls import path

from cordula_web.people.acting import ActingRequest
from cordula_web.people.areas import Area
from cordula_web.people.permissions import (
    NotDeclared,
    Permission,
    area,
    may_record,
    may_see,
    own_site_or_404,
    public,
    require_role,
    signed_in,
)
from cordula_web.people.roles import (
    Auditor,
    LabReviewer,
    Quality,
    SiteAdministrator,
    Surgeon,
    Technologist,
)


@area(Area.STORAGE)
def freezer(request: ActingRequest) -> HttpResponse:
    return HttpResponse(request.acting.role.name)


@area(Area.BENCH, methods=("GET", "POST"), records=("Counted",))
def count(request: ActingRequest, din: str) -> HttpResponse:
    own_site_or_404(request, "st-brigid")
    return HttpResponse(din)


@area(Area.RELEASE)
def release(request: ActingRequest) -> HttpResponse:
    require_role(request, Quality)
    return HttpResponse()


@signed_in()
def mine(request):
    return HttpResponse()


@public()
def aid(request):
    return HttpResponse(str(request.acting))


def forgotten(request):
    raise AssertionError("a view without a declaration was run")


urlpatterns = [
    path("freezer", freezer),
    path("count/<din>", count),
    path("release", release),
    path("mine", mine),
    path("aid", aid),
    path("forgotten", forgotten),
]

# The real pages, and those above.
from cordula_web.config.urls import urlpatterns as real

urlpatterns += real
pytestmark = pytest.mark.urls(__name__)


def test_whoever_sees_the_area_comes_in(st_brigid, person, signed_in):
    assert (
        signed_in(person("wu", st_brigid, Technologist)).get("/freezer").content == b"technologist"
    )


def test_whoever_does_not_is_told_who_can(st_brigid, person, signed_in):
    person("wu", st_brigid, Technologist, printed_name="S. Wu")

    answer = signed_in(person("cut", st_brigid, Surgeon)).get("/freezer")

    assert answer.status_code == 403
    assert "S. Wu" in answer.content.decode()


def test_a_page_of_one_object_is_not_there_for_whoever_may_not_see_it(st_brigid, person, signed_in):
    assert signed_in(person("cut", st_brigid, Surgeon)).get("/count/A1").status_code == 404


def test_an_object_of_another_site_is_not_there(st_brigid, harbour, person, signed_in):
    here = signed_in(person("wu", st_brigid, Technologist)).get("/count/A1")
    there = signed_in(person("ann", harbour, Technologist)).get("/count/A1")

    assert (here.status_code, there.status_code) == (200, 404)


def test_an_object_of_no_site_belongs_to_nobody(st_brigid, person, signed_in):
    request = signed_in(person("wu", st_brigid, Technologist)).get("/freezer").wsgi_request

    with pytest.raises(Http404):
        own_site_or_404(request, None)


def test_reading_is_not_recording(st_brigid, person, signed_in):
    reviewer = signed_in(person("rev", st_brigid, LabReviewer))
    technologist = signed_in(person("wu", st_brigid, Technologist))

    assert reviewer.get("/count/A1").status_code == 200
    assert reviewer.post("/count/A1").status_code == 404
    assert technologist.post("/count/A1").status_code == 200


def test_a_method_that_is_not_declared_is_refused(st_brigid, person, signed_in):
    browser = signed_in(person("wu", st_brigid, Technologist))

    assert browser.post("/freezer").status_code == 405
    assert browser.delete("/count/A1").status_code == 405
    assert browser.head("/freezer").status_code == 200


def test_a_role_that_is_demanded_inside_a_page_is_demanded(st_brigid, person, signed_in):
    assert signed_in(person("qa", st_brigid, Quality)).get("/release").status_code == 200
    assert signed_in(person("rev", st_brigid, LabReviewer)).get("/release").status_code == 404


@pytest.mark.django_db
def test_an_anonymous_reader_is_sent_to_sign_in_and_back():
    assert Client().get("/freezer?full=1").headers["Location"] == (
        "/account/sign-in?next=/freezer%3Ffull%3D1"
    )
    assert Client().post("/count/A1").headers["Location"] == "/account/sign-in"


@pytest.mark.django_db
def test_a_piece_of_a_page_is_never_filled_with_the_form_of_sign_in():
    answer = Client().get("/freezer", headers={"HX-Request": "true"})

    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/account/sign-in")


def test_a_public_page_asks_nobody_and_reads_no_database(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert Client().get("/aid").content == b"None"


@pytest.mark.parametrize("who", ["anonymous", "auditor"])
def test_a_page_that_declares_nothing_is_not_there_for_anybody(st_brigid, person, signed_in, who):
    browser = Client() if who == "anonymous" else signed_in(person("aud", st_brigid, Auditor))

    assert browser.get("/forgotten").status_code == 404


def test_somebody_without_a_role_reads_who_gives_roles(person, signed_in):
    browser = signed_in(person("new"))

    assert browser.get("/mine").status_code == 200
    assert "site administrator" in browser.get("/freezer").content.decode()


def test_a_page_that_takes_post_says_who_may_write_by_it():
    with pytest.raises(NotDeclared, match="takes POST"):
        area(Area.BENCH, methods=("GET", "POST"))


def test_a_post_that_only_asks_is_open_to_whoever_sees_the_area():
    permission = Permission(Area.BENCH, frozenset({"POST"}), post_only_reads=True)

    assert permission.lets(Auditor, "POST")
    assert not permission.lets(Surgeon, "POST")


# --- What the records ask ---------------------------------------------------------------------


def test_an_account_may_record_what_its_role_records_at_that_site(st_brigid, harbour, person):
    wu = person("wu", st_brigid, Technologist)

    assert may_record(wu.id, st_brigid.id, "Counted")
    assert not may_record(wu.id, st_brigid.id, "Released")
    assert not may_record(wu.id, harbour.id, "Counted")
    assert not may_record("u-nobody", st_brigid.id, "Counted")


def test_a_deactivated_account_may_record_nothing(st_brigid, person):
    wu = person("wu", st_brigid, Technologist, is_active=False)

    assert not may_record(wu.id, st_brigid.id, "Counted")
    assert not may_see(wu.id, st_brigid.id, "bench")


def test_an_ended_role_records_nothing(st_brigid, person):
    wu = person("wu", st_brigid, Technologist)
    wu.memberships.update(ended_at="2026-11-22T09:00Z")

    assert not may_record(wu.id, st_brigid.id, "Counted")


def test_an_account_may_see_what_its_role_sees_at_that_site(st_brigid, harbour, person):
    root = person("root", st_brigid, SiteAdministrator)

    assert may_see(root.id, st_brigid.id, Area.PEOPLE)
    assert not may_see(root.id, st_brigid.id, Area.INFANT_IDENTITY)
    assert not may_see(root.id, harbour.id, Area.PEOPLE)
