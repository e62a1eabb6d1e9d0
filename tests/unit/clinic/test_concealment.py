"""Which arm a child drew stands nowhere in the clinic, whoever opens the page; nor does why somebody was told."""

import pytest
from numpy.random import default_rng

from cordula.events.randomisation import AllocationListCommitted, Randomised, Unblinded
from cordula.events.sealed import Sealing
from cordula.trial.allocation.lists import sealed_list
from cordula.vocabulary.identifiers import ProtocolId
from cordula_web.clinic import entries
from cordula_web.people.models import Account, Membership
from cordula_web.people.roles import ROLES
from cordula_web.records.actions import record
from tests import cast, site
from tests.unit.clinic.conftest import acting
from tests.unit.journey import cast as journey

TRIAL = ProtocolId(journey.PROTOCOL.id)
RECORD = f"/child/{cast.LINA}/record"
WHEN = cast.after_birth(days=172)
# Words that stand on no page by chance.
ARM, REASON = "arm-kestrel", "reason-heron"
LIST = sealed_list("main", "permuted_blocks", [ARM, "arm-wren"], default_rng(20261122).bytes)


def committed() -> AllocationListCommitted:
    return AllocationListCommitted(
        protocol_file=TRIAL, version=journey.PROTOCOL.version, digest=journey.PROTOCOL.digest,
        list_name="main", method=LIST.method, places=2, root=LIST.root, by="statistician",
        at=cast.after_birth(days=-40),
    )  # fmt: skip


def randomised() -> Randomised:
    draw = LIST.draw(1)
    return Randomised(
        infant=cast.LINA, protocol_file=TRIAL, list_name="main", number=1, sealed=draw.sealed,
        proof=draw.proof, by=cast.SURGEON, at=WHEN,
    )  # fmt: skip


@pytest.fixture
def lina(st_anna, clock):
    who = Account.objects.create(
        id="statistician", username="statistician", printed_name="S. Ahmed"
    )
    Membership.objects.create(account=who, site_id=site.HERE, role_name="statistician")
    site.record_life([committed(), *journey.before_release()])
    record(
        randomised(), key="key-of-draw", site=site.HERE, now=WHEN,
        sealing=Sealing(disclosures=[LIST.disclosures[0]]),
    )  # fmt: skip
    sealing = Sealing()
    told = Unblinded(
        infant=cast.LINA, protocol_file=TRIAL, told_to=cast.SURGEON, emergency=True,
        reason=sealing("reason", REASON), second_person=site.CARDIOLOGIST, by=cast.SURGEON, at=WHEN,
    )  # fmt: skip
    record(told, key="key-of-telling", site=site.HERE, now=WHEN, sealing=sealing)
    clock(WHEN)


def page(account: str) -> str:
    return site.browser(account).get(RECORD).content.decode()


@pytest.mark.parametrize("account", [cast.SURGEON, site.CARDIOLOGIST, cast.NURSE])
def test_the_childs_record_says_that_she_drew_and_not_what(lina, account):
    text = page(account)

    assert "Drew a place of the list" in text
    assert "Sealed. Your role does not read these words." in text
    assert ARM not in text


def test_why_an_arm_was_told_is_read_by_who_was_there_and_by_nobody_else(lina):
    assert REASON in page(cast.SURGEON)
    assert REASON in page(site.CARDIOLOGIST)
    nurse = page(cast.NURSE)
    assert "Arm told" in nurse
    assert REASON not in nurse


def test_without_the_concealment_the_arm_would_stand_there(lina, monkeypatch):
    """The words are kept and could be read: it is the rule that keeps them off the page."""
    monkeypatch.setattr(entries, "CONCEALED", frozenset())

    assert ARM in page(cast.SURGEON)


@pytest.mark.parametrize("role", ROLES)
def test_no_role_at_all_reads_a_seal_of_the_list(role):
    assert not entries.may_read(acting(role), randomised())
