"""The cast with their roles at one site, and short ways to record what they do."""

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import count
from pathlib import Path

import pytest

from cordula.events.event import Event
from cordula.vocabulary.identifiers import SiteId
from cordula_web.people.models import Account, Membership, Site
from cordula_web.records.actions import record
from cordula_web.records.command import Recorded
from cordula_web.records.histories import REMEMBERED
from tests import cast

HERE, ELSEWHERE = SiteId("st-anna"), SiteId("st-luke")

ROLES = {
    cast.MIDWIFE: ("collector", "donor_coordinator", "cardiologist"),
    cast.SECOND_MIDWIFE: ("collector",),
    cast.TECHNOLOGIST: ("technologist", "storage_operator"),
    cast.SECOND_TECHNOLOGIST: ("technologist",),
    cast.QUALITY: ("quality", "technologist"),
    cast.DIRECTOR: ("medical_director", "donor_coordinator"),
    cast.SURGEON: ("surgeon",),
    cast.NURSE: ("ward_nurse",),
}

Recording = Callable[..., list[Recorded]]


def people_the_site() -> None:
    """Two sites, and the whole cast at the first of them."""
    for site in (HERE, ELSEWHERE):
        Site.objects.create(id=site, name=site)
    for account, roles in ROLES.items():
        who = Account.objects.create(id=account, username=account, printed_name=account.title())
        for role in roles:
            Membership.objects.create(account=who, site_id=HERE, role_name=role)


@pytest.fixture(autouse=True)
def keys(settings: object, tmp_path: Path) -> Path:
    settings.CORDULA_KEYS = tmp_path / "keys"  # type: ignore[attr-defined]
    settings.CORDULA_ORIGIN = "cordula.example/st-anna"  # type: ignore[attr-defined]
    REMEMBERED.forget()
    return tmp_path / "keys"


@pytest.fixture
def site(db: None) -> SiteId:
    people_the_site()
    return HERE


@pytest.fixture
def recording(site: SiteId) -> Recording:
    """Record events one after another, each a minute after it happened."""
    numbers = count()

    def record_all(events: Iterable[Event]) -> list[Recorded]:
        return [
            record(event, key=f"key-{next(numbers):06d}", site=site, now=later(event))
            for event in events
        ]

    return record_all


def later(event: Event) -> datetime:
    return event.at


def life_so_far() -> list[Event]:
    """The cast's life up to the bench, ready for the release."""
    return [cast.tank_opened(), *cast.before_birth(), *cast.birth(), *cast.laboratory()]
