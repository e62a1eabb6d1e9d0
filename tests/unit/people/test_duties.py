"""Who is meant when a protocol names somebody?"""

import pytest

from cordula_web.people.accounts import Account
from cordula_web.people.duties import (
    ALSO_CALLED,
    names_known,
    names_of,
    people_at,
    role_meant,
    role_words,
)
from cordula_web.people.roles import ROLES, Quality, Surgeon, Technologist
from cordula_web.people.sites import Membership


def test_a_role_is_meant_by_its_own_name_and_by_the_names_protocols_use() -> None:
    assert role_meant("technologist") is role_meant("cell_lab") is Technologist
    assert names_of(Technologist) >= {"technologist", "cell_lab"}


def test_every_other_name_leads_to_a_role_and_is_no_role_itself() -> None:
    assert set(ALSO_CALLED.values()) <= ROLES.keys()
    assert not ALSO_CALLED.keys() & ROLES.keys()
    assert names_known() == ROLES.keys() | ALSO_CALLED.keys()


def test_a_name_no_role_answers_to_is_said_as_it_stands() -> None:
    assert role_meant("blood_bank") is None
    assert role_words("blood_bank") == "blood bank"
    assert str(role_words("quality")) == "Quality assurance"


def test_people_are_found_by_role_at_their_own_site_only(st_brigid, harbour, person) -> None:
    person("adeyemi", st_brigid, Quality, printed_name="K. Adeyemi")
    person("elsewhere", harbour, Quality, printed_name="E. Elsewhere")
    assert people_at(st_brigid).holding("quality") == ("K. Adeyemi",)
    assert people_at(st_brigid).holding("surgeon") == ()


def test_somebody_who_left_is_still_named_where_they_signed(st_brigid, person) -> None:
    left = person("left", st_brigid, Surgeon, printed_name="L. Left", title="Surgeon")
    Membership.objects.filter(account=left).update(ended_at=left.date_joined)
    people = people_at(st_brigid, [left.pk, "nobody"])
    assert people.holding("surgeon") == ()
    assert (people.name(left.pk), people.title(left.pk)) == ("L. Left", "Surgeon")
    assert people.name("nobody") == "nobody"


def test_a_deactivated_account_holds_no_role(st_brigid, person) -> None:
    gone = person("gone", st_brigid, Surgeon)
    Account.objects.filter(pk=gone.pk).update(is_active=False)
    assert people_at(st_brigid).holding("surgeon") == ()


@pytest.mark.parametrize("name", sorted(ROLES))
def test_every_role_can_be_said(name: str) -> None:
    assert str(role_words(name))
