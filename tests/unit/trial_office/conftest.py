"""A hospital with a statistician and a member of the safety board, and a small trial that runs there."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from cordula.events.before_birth import Announced, Enrolled
from cordula.events.collection import Born
from cordula.events.course import Examined, Operated
from cordula.events.event import Event
from cordula.events.parts import Signature
from cordula.events.randomisation import AllocationListCommitted, Randomised
from cordula.events.record_keeping import ProtocolApproved
from cordula.events.sealed import Sealing
from cordula.protocols import load
from cordula.stats.streams import stream
from cordula.trial.allocation import AllocationList, draw_list
from cordula.trial.design import design_of
from cordula.vocabulary.identifiers import (
    AccountId,
    ChainOfIdentityId,
    InfantId,
    MotherId,
    ProtocolId,
)
from cordula.vocabulary.quantity import Quantity
from cordula_web.people.accounts import Account
from cordula_web.people.sites import Membership
from cordula_web.records.actions import record
from cordula_web.records.histories import REMEMBERED
from tests import cast, site
from tests.unit.records.evil_owner import empty_the_ledger

STATISTICIAN, BOARD, OTHER = AccountId("statistician"), AccountId("board"), AccountId("board-2")
ROLES = {STATISTICIAN: "statistician", BOARD: "safety_board", OTHER: "safety_board"}
PROTOCOL = load.named("practice-mnc-stage-2")
BEGAN = datetime(2025, 1, 6, 9, 0, tzinfo=UTC)
CHILDREN = 8
KEYS = count()


@pytest.fixture(autouse=True)
def keys(settings: Any, tmp_path: Path) -> None:
    settings.CORDULA_KEYS = tmp_path / "keys"
    settings.CORDULA_ORIGIN = "cordula.example/st-anna"
    settings.CORDULA_SIMULATIONS = tmp_path / "simulations"
    REMEMBERED.forget()


@pytest.fixture
def st_anna(db: None) -> Iterator[None]:
    empty_the_ledger()
    site.people_the_site()
    for account, role in ROLES.items():
        who = Account.objects.create(id=account, username=account, printed_name=account.title())
        Membership.objects.create(account=who, site_id=site.HERE, role_name=role)
        site.ROLES[account] = (role,)
    yield
    for account in ROLES:
        del site.ROLES[account]


def tell(event: Event, sealing: Sealing | None = None) -> None:
    record(event, key=f"a test {next(KEYS):06d}", site=site.HERE, now=event.at, sealing=sealing)


def approve(at: datetime) -> None:
    sealing = Sealing()
    signature = Signature(
        role="medical_director",
        meaning="In force.",
        statement=sealing("statement", "In force."),
        printed_name=sealing("printed_name", "Dr Lars Holm"),
    )
    version = {"version": PROTOCOL.version, "digest": PROTOCOL.digest}
    event = ProtocolApproved(
        protocol_file=ProtocolId(PROTOCOL.id),
        signature=signature,
        by=cast.DIRECTOR,
        at=at,
        **version,
    )
    tell(event, sealing)


def drawn(places: int = CHILDREN) -> AllocationList:
    return draw_list("main", design_of(PROTOCOL), places, stream(20261122, "allocation"))


def committed(listed: AllocationList, at: datetime) -> AllocationListCommitted:
    return AllocationListCommitted(
        protocol_file=ProtocolId(PROTOCOL.id), version=PROTOCOL.version, digest=PROTOCOL.digest,
        list_name=listed.name, method=listed.method, places=listed.places, root=listed.root,
        by=STATISTICIAN, at=at,
    )  # fmt: skip


def child(number: int) -> InfantId:
    return InfantId(f"trial-child-{number:02d}")


def enrolment(number: int) -> Iterable[Event]:
    at = BEGAN + timedelta(days=number)
    chain = ChainOfIdentityId(f"CHA999925{number:06d}")
    yield Announced(
        infant=child(number), mother=MotherId(f"trial-mother-{number:02d}"),
        chain_of_identity=chain, birth_order="1 of 1", by=site.COORDINATOR, at=at,
    )  # fmt: skip
    yield Enrolled(
        infant=child(number), protocol=PROTOCOL.id, version=PROTOCOL.version,
        digest=PROTOCOL.digest, by=site.CARDIOLOGIST, at=at + timedelta(hours=1),
    )  # fmt: skip
    yield Born(infant=child(number), sex="female", by=cast.MIDWIFE, at=at + timedelta(hours=2))


def randomised(listed: AllocationList, number: int, at: datetime) -> tuple[Randomised, Sealing]:
    """Child `number` draws her place (children are counted from 0, places from 1)."""
    draw, sealing = listed.draw(number + 1), Sealing()
    sealing.disclosures.append(listed.disclosures[number])
    event = Randomised(
        infant=child(number), protocol_file=ProtocolId(PROTOCOL.id), list_name=listed.name,
        number=number + 1, sealed=draw.sealed, proof=draw.proof, by=cast.SURGEON, at=at,
    )  # fmt: skip
    return event, sealing


def measured(number: int, at: datetime, value: int, timepoint: str) -> Examined:
    return Examined(
        infant=child(number), measure="rv_fac", result=Quantity(Decimal(value), "%"),
        method="echo", timepoint=timepoint, read_by="site", by=site.CARDIOLOGIST, at=at,
    )  # fmt: skip


@pytest.fixture
def trial(st_anna: None) -> AllocationList:
    """Eight children, drawn and operated; six of them measured three months after."""
    listed = drawn()
    approve(BEGAN - timedelta(days=9))
    tell(committed(listed, BEGAN - timedelta(days=8)))
    for number in range(CHILDREN):
        for event in enrolment(number):
            tell(event)
    for number in range(CHILDREN):
        at = BEGAN + timedelta(days=120 + number)
        tell(measured(number, at, 30 + number % 3, "before_operation"))
        event, sealing = randomised(listed, number, at + timedelta(hours=1))
        tell(event, sealing)
        operated = at + timedelta(hours=9)
        tell(
            Operated(
                infant=child(number), operation=PROTOCOL.operation,
                started_at=at + timedelta(hours=4), by=cast.SURGEON, at=operated,
            )
        )  # fmt: skip
    for number in range(CHILDREN - 2):
        at = BEGAN + timedelta(days=220 + number)
        tell(measured(number, at, 32 + number % 4, "after_3_months"))
    return listed
