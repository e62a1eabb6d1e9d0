import pytest

from cordula.events.kinds import KINDS
from cordula_web.people.areas import Area
from cordula_web.people.roles import (
    ROLES,
    SEPARATE_DUTIES,
    Auditor,
    Collector,
    Device,
    SiteAdministrator,
    Technologist,
    UnknownRole,
    role_named,
    roles_that_see,
)

EACH = pytest.mark.parametrize("role", ROLES.values(), ids=ROLES)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_event_can_be_recorded_by_somebody(kind):
    assert [role for role in ROLES.values() if kind in role.may_record]


@EACH
def test_a_role_records_only_kinds_of_events_that_there_are(role):
    assert role.may_record <= KINDS.keys()


@EACH
def test_nobody_measures_and_reviews_and_releases(role):
    duties = [name for name, kinds in SEPARATE_DUTIES.items() if kinds & role.may_record]

    assert set(duties) <= {"reviews", "releases"} or len(duties) <= 1


def test_whoever_measures_can_neither_release_nor_review():
    measuring = [r for r in ROLES.values() if SEPARATE_DUTIES["measures"] & r.may_record]

    assert Technologist in measuring
    for role in measuring:
        assert not role.may_record & (SEPARATE_DUTIES["reviews"] | SEPARATE_DUTIES["releases"])


@EACH
def test_the_bar_has_at_most_five_items_and_a_home(role):
    assert len(role.nav) <= 5
    assert role.home.startswith("/")


@EACH
def test_whoever_signs_in_can_see_where_their_work_begins(role):
    assert Area.TODAY in role.may_see or role is Device


@pytest.mark.parametrize("area", Area)
def test_every_area_is_open_to_somebody_besides_the_auditor(area):
    assert set(roles_that_see(area)) - {Auditor}


def test_the_auditor_sees_everything_and_writes_nothing():
    assert Auditor.may_see == set(Area)
    assert not Auditor.may_record


def test_the_site_administrator_sees_nothing_clinical():
    assert SiteAdministrator.may_see == {Area.TODAY, Area.PEOPLE, Area.PROTOCOLS, Area.DEVICES}
    assert not SiteAdministrator.may_record


def test_only_the_site_administrator_looks_after_people():
    assert set(roles_that_see(Area.PEOPLE)) == {SiteAdministrator, Auditor}


def test_the_bench_is_not_told_the_childs_name():
    assert Area.INFANT_IDENTITY not in Technologist.may_see


def test_the_midwife_has_no_bar_and_starts_on_the_ward():
    assert (Collector.nav, Collector.home) == ((), "/ward")


def test_an_unknown_role_is_refused_with_the_names_there_are():
    with pytest.raises(UnknownRole, match="“boss” is no role; there are auditor, "):
        role_named("boss")


@EACH
def test_a_role_says_what_it_is_for(role):
    assert role.__doc__
    assert role.name == role_named(role.name).name
