"""A protocol asks only for roles that somebody at a site can hold."""

import pytest

from cordula.vocabulary.roles import UnknownRole, role, roles
from cordula_web.people.roles import ROLES


def test_the_roles_of_a_protocol_are_those_of_a_site() -> None:
    # A device records by itself; nobody can ask it to act.
    assert set(roles()) == set(ROLES) - {"device"}


def test_an_unknown_role_is_answered_with_the_nearest() -> None:
    assert role("ward_nurse") == "ward or theatre nurse"
    with pytest.raises(UnknownRole, match="did you mean “surgeon”"):
        role("surgon")
