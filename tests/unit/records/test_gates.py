"""Nothing is released, thawed or given unless the verdict, judged under the lock, lets it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cordula.events.admission import NotAdmitted
from cordula.events.parts import Signature
from cordula.events.quality import Quarantined
from cordula.events.release import ExceptionallyReleased, Released, Signed
from cordula.events.sealed import Sealing
from cordula.events.storage import TemperatureExcursed
from cordula.protocols.protocol import Protocol
from cordula.vocabulary.identifiers import AccountId, SiteId
from cordula_web.people.disclosures import read
from cordula_web.people.models import Membership
from cordula_web.records import queries
from cordula_web.records.actions import record
from cordula_web.records.command import Recorded
from cordula_web.records.refusals import Conflict, GateClosed, KeyReused, Malformed, NotPermitted
from cordula_web.records.verdicts import verdict_digest
from tests import cast
from tests.unit.records.conftest import Recording, life_so_far, shown

WHEN = cast.after_birth(days=150)


def signature(sealing: Sealing, role: str, name: str) -> Signature:
    printed = sealing("printed_name", name)
    return Signature(
        role=role,
        meaning="release",
        statement=sealing("statement", "I release."),
        printed_name=printed,
    )


def sign(site: SiteId, by: AccountId, role: str) -> Recorded:
    sealing = Sealing()
    event = Signed(
        unit=cast.UNIT,
        infant=cast.LINA,
        step="release",
        protocol="practice-mnc-stage-2",
        digest="2" * 64,
        signature=signature(sealing, role, by.title()),
        by=by,
        at=WHEN,
    )
    return record(event, key=f"sign-{by}-{role}", site=site, now=WHEN, sealing=sealing)


def release(
    site: SiteId, by: AccountId = cast.DIRECTOR, role: str = "medical_director", **more: object
) -> Recorded:
    sealing = Sealing()
    event = Released(
        unit=cast.UNIT,
        infant=cast.LINA,
        protocol="practice-mnc-stage-2",
        digest="2" * 64,
        verdict=shown(site, WHEN),
        signature=signature(sealing, role, by.title()),
        by=by,
        at=WHEN,
    )
    event = replace(event, **more)  # type: ignore[arg-type]
    return record(event, key=f"release-{by}-{more}"[:90], site=site, now=WHEN, sealing=sealing)


def excursion() -> TemperatureExcursed:
    return TemperatureExcursed(
        units=(cast.UNIT,),
        place=cast.TANK,
        number="EX-1",
        started_at=cast.after_birth(days=100),
        extreme=cast.q("-120", "Cel"),
        limit=cast.q("-150", "Cel"),
        by=cast.TECHNOLOGIST,
        at=cast.after_birth(days=101),
    )


@pytest.fixture
def ready(recording: Recording, site: SiteId, protocol: Protocol) -> SiteId:
    """All gates met, and quality has signed."""
    recording(life_so_far())
    sign(site, cast.QUALITY, "quality")
    return site


def test_a_unit_whose_gates_are_met_is_released_with_the_last_signature(ready: SiteId) -> None:
    release(ready)
    assert queries.unit(cast.UNIT, site=ready).state == "released"


def test_a_release_with_one_signature_alone_is_refused(
    recording: Recording, site: SiteId, protocol: Protocol
) -> None:
    recording(life_so_far())
    with pytest.raises(GateClosed, match="role “quality” is missing"):
        release(site)


def test_the_same_person_cannot_give_both_signatures(ready: SiteId) -> None:
    Membership.objects.create(account_id=cast.QUALITY, site_id=ready, role_name="medical_director")
    with pytest.raises(NotAdmitted, match="different person"):
        release(ready, by=cast.QUALITY)


def test_a_signature_is_given_in_a_role_one_holds(ready: SiteId) -> None:
    with pytest.raises(NotPermitted, match="medical_director"):
        sign(ready, cast.QUALITY, "medical_director")


def test_an_open_gate_refuses_with_what_was_found(recording: Recording, ready: SiteId) -> None:
    recording([excursion()])
    with pytest.raises(GateClosed, match="xcursion"):
        release(ready)


def test_a_verdict_that_changed_since_it_was_shown_is_a_conflict(
    recording: Recording, ready: SiteId
) -> None:
    before = shown(ready, WHEN)
    recording([excursion()])
    with pytest.raises(Conflict, match="changed since you looked"):
        release(ready, verdict=before)


def test_a_child_under_a_protocol_that_is_not_here_is_not_judged(
    recording: Recording, site: SiteId
) -> None:
    recording(life_so_far())
    with pytest.raises(GateClosed, match="not installed here"):
        sign(site, cast.QUALITY, "quality")


def test_an_exception_takes_on_only_the_criteria_it_names(
    recording: Recording, ready: SiteId
) -> None:
    recording([excursion()])

    def by_exception(*criteria: str) -> Recorded:
        sealing = Sealing()
        event = ExceptionallyReleased(
            unit=cast.UNIT,
            infant=cast.LINA,
            protocol="practice-mnc-stage-2",
            digest="2" * 64,
            verdict=shown(ready, WHEN),
            criteria=criteria,
            reason=sealing("reason", "no other unit"),
            investigation=sealing("investigation", "logger read twice"),
            acknowledged_by=cast.SURGEON,
            signature=signature(sealing, "medical_director", "Director"),
            by=cast.DIRECTOR,
            at=WHEN,
        )
        return record(event, key=f"exception-{criteria}", site=ready, now=WHEN, sealing=sealing)

    with pytest.raises(GateClosed, match="does not name “storage”"):
        by_exception("mother")
    by_exception("storage")
    assert queries.unit(cast.UNIT, site=ready).state == "exceptionally_released"


def test_the_words_of_a_signature_are_kept_and_a_release_without_them_is_refused(
    ready: SiteId,
) -> None:
    release(ready)
    unit = queries.unit(cast.UNIT, site=ready)
    assert unit.release is not None
    digest = unit.release.signature.printed_name.digest
    assert read([digest]) == {digest: "Director"}


def test_words_that_are_sealed_and_not_handed_over_are_refused(
    recording: Recording, site: SiteId
) -> None:
    recording(life_so_far())
    event = Quarantined(
        unit=cast.UNIT, reason=Sealing()("reason", "label torn"), by=cast.QUALITY, at=WHEN
    )
    with pytest.raises(Malformed, match="not handed over"):
        record(event, key="hold-0001", site=site, now=WHEN)


def test_a_command_sent_again_may_seal_the_same_words_anew_but_no_others(
    recording: Recording, site: SiteId
) -> None:
    recording(life_so_far())

    def hold(words: str) -> Recorded:
        sealing = Sealing()
        reason = sealing("reason", words)
        event = Quarantined(unit=cast.UNIT, reason=reason, by=cast.QUALITY, at=WHEN)
        return record(event, key="hold-0001", site=site, now=WHEN, sealing=sealing)

    first = hold("label torn")
    assert hold("label torn") == first
    with pytest.raises(KeyReused):
        hold("bag torn")


def test_the_digest_of_a_verdict_does_not_change_with_the_minute(ready: SiteId) -> None:
    assert shown(ready, WHEN) == shown(ready, WHEN + timedelta(minutes=1))
    verdict = queries.verdict(cast.UNIT, site=ready, now=WHEN)
    assert verdict is not None
    assert verdict_digest(replace(verdict, stopped="x")) != verdict_digest(verdict)
