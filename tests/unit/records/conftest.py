"""The cast with their roles at one site, and short ways to record what they do."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import count
from pathlib import Path

import pytest

from cordula.events.event import Event
from cordula.protocols.criteria import MotherNegative, StorageUnbroken
from cordula.protocols.protocol import Gate, Protocol, Signatures, Source, Stage, Step
from cordula.vocabulary.identifiers import SiteId
from cordula_web.people.models import Account, Membership, Site
from cordula_web.records import queries
from cordula_web.records.actions import record, record_many
from cordula_web.records.command import Command, Recorded
from cordula_web.records.histories import REMEMBERED
from cordula_web.records.shelf import SHELF
from cordula_web.records.verdicts import verdict_digest
from tests import cast
from tests.unit.records.evil_owner import empty_the_ledger

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


def practice_protocol() -> Protocol:
    """Storage must be unbroken and the mother's HIV test negative; then two sign, thaw, give."""
    storage = StorageUnbroken(id="storage", says="Storage unbroken", source="s", who="quality")
    mother = MotherNegative(
        id="mother", says="Mother negative", source="s", who="quality", markers=("hiv",)
    )
    return Protocol(
        id="practice-mnc-stage-2",
        version="1.0",
        title="Practice",
        registry=(),
        reconstruction=True,
        product="mononuclear cells",
        origin="autologous",
        operation="stage_2_palliation",
        sources={"s": Source(id="s", title="The cast")},
        stages=(Stage(id="bank", title="Bank"), Stage(id="theatre", title="Theatre")),
        gates=(
            Gate(id="safe", stage="bank", title="Kept", criteria=(storage,), who="quality"),
            Gate(id="clean", stage="bank", title="Tests", criteria=(mother,), who="quality"),
        ),
        steps=(
            Step(
                id="release",
                stage="bank",
                title="Release",
                event="Released",
                role="quality",
                waits_for=("safe", "clean"),
                signatures=Signatures(roles=("quality", "medical_director"), meaning="release"),
            ),
            _step("thaw", "Thawed", "release"),
            _step("give", "Administered", "thaw"),
        ),
        dose=None,
        follow_up=(),
        design={},
        scenarios={},
        digest="2" * 64,
    )


def _step(name: str, event: str, waits_for: str) -> Step:
    return Step(
        id=name,
        stage="theatre",
        title=name.title(),
        event=event,
        role="technologist",
        waits_for=(waits_for,),
    )


@pytest.fixture
def protocol() -> Iterator[Protocol]:
    protocol = practice_protocol()
    SHELF.put(protocol)
    yield protocol
    SHELF.forget()


def shown(site: SiteId, now: datetime) -> str:
    """The digest of the verdict as the page would show it."""
    verdict = queries.verdict(cast.UNIT, site=site, now=now)
    assert verdict is not None
    return verdict_digest(verdict)


@pytest.fixture
def committed(transactional_db: None, protocol: Protocol) -> Iterator[SiteId]:
    """The site and a life up to the bench, really committed, for those who write at the same time."""
    people_the_site()
    commands = [
        Command(event=event, key=f"life-{number:04d}", site=HERE, now=event.at)
        for number, event in enumerate(life_so_far())
    ]
    record_many(commands)
    yield HERE
    empty_the_ledger()
