"""Lina, her unit and the hospital around her, as the pages of the clinic find them."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from cordula_web.people.accounts import Account
from cordula_web.people.acting import Acting, acting_as
from cordula_web.people.roles import role_named
from cordula_web.people.sites import Membership, Site
from cordula_web.records.histories import REMEMBERED
from cordula_web.records.shelf import SHELF
from tests import cast, site
from tests.unit.journey import cast as journey

ActingAs = Callable[..., Acting]


@pytest.fixture(autouse=True)
def keys(settings: Any, tmp_path: Path) -> None:
    settings.CORDULA_KEYS = tmp_path / "keys"
    settings.CORDULA_ORIGIN = "cordula.example/st-anna"
    REMEMBERED.forget()


@pytest.fixture
def st_anna(db: None) -> Iterator[None]:
    site.people_the_site()
    SHELF.put(journey.PROTOCOL)
    yield
    SHELF.forget()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Sets what time it is for the pages."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return set_to


def acting(role: str, account: str = cast.SURGEON) -> Acting:
    """Somebody in this role, without a database."""
    here = Site(id=str(site.HERE), name="St Anna", time_zone="Europe/Dublin", phone="Ext. 4410")
    somebody = Account(id=account, username=account, printed_name=site.NAMES[account])
    assert role_named(role)
    return acting_as(Membership(account=somebody, site=here, role_name=role))
