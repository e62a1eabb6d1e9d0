"""The one door: recorded once, in order, by those who may, or refused with reasons."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from time import sleep
from traceback import format_exception

import pytest

from cordula.events.admission import NotAdmitted
from cordula.events.course import Weighed
from cordula.vocabulary.identifiers import AccountId, ChainOfIdentityId, SiteId, stream_of
from cordula_web.people.models import Membership
from cordula_web.records import actions, append, queries, shelf
from cordula_web.records.actions import record
from cordula_web.records.refusals import Busy, Conflict, KeyReused, Malformed, NotHere, NotPermitted
from cordula_web.records.round_trip import InTwoTrips, Rows, Statement
from tests import cast
from tests.unit.records.conftest import ELSEWHERE, Recording, life_so_far

NOW = cast.after_birth(days=160)


def weighed(kilograms: str, **more: object) -> Weighed:
    fields = {"by": cast.NURSE, "at": NOW, **more}
    return Weighed(infant=cast.LINA, weight=cast.q(kilograms, "kg"), **fields)  # type: ignore[arg-type]


def test_what_was_recorded_is_read_back_as_it_was(recording: Recording, site: SiteId) -> None:
    events = life_so_far()
    answers = recording(events)
    assert [answer.index for answer in answers] == list(range(len(events)))
    unit = queries.unit(cast.UNIT, site=site)
    assert unit.state == "tested"
    assert unit.events == tuple(e for e in events if stream_of(cast.UNIT) in e.concerns())


def test_the_same_command_sent_again_gets_the_same_answer(
    recording: Recording, site: SiteId
) -> None:
    recording(life_so_far())
    first = record(weighed("6.8"), key="ward-phone-1", site=site, now=NOW)
    again = record(weighed("6.8"), key="ward-phone-1", site=site, now=NOW + timedelta(hours=1))
    assert again == first
    assert queries.as_of().index == first.index


def test_a_key_used_before_for_something_else_is_refused(
    recording: Recording, site: SiteId
) -> None:
    recording(life_so_far())
    record(weighed("6.8"), key="ward-phone-1", site=site, now=NOW)
    with pytest.raises(KeyReused):
        record(weighed("6.9"), key="ward-phone-1", site=site, now=NOW)


def test_a_change_made_against_an_old_version_is_refused_and_says_what_changed(
    recording: Recording, site: SiteId
) -> None:
    recording(life_so_far())
    seen = {stream_of(cast.LINA): queries.infant(cast.LINA, site=site).version}
    record(weighed("6.8"), key="ward-phone-1", site=site, now=NOW, expected=seen)
    with pytest.raises(Conflict, match="Weighed by nurse on 11-Nov-2026 at 02:27") as refused:
        record(weighed("6.9"), key="ward-phone-2", site=site, now=NOW, expected=seen)
    assert refused.value.since[0].event == weighed("6.8")


def test_what_the_history_speaks_against_is_refused_and_nothing_is_written(
    recording: Recording, site: SiteId
) -> None:
    with pytest.raises(NotAdmitted):
        recording([weighed("6.8")])
    assert queries.as_of().index == -1


def test_who_has_no_role_for_it_may_not_record_it(recording: Recording, site: SiteId) -> None:
    recording(life_so_far())
    for stranger in (cast.SECOND_TECHNOLOGIST, AccountId("nobody")):
        event = weighed("6.8", by=stranger)
        with pytest.raises(NotPermitted):
            record(event, key="phone-001", site=site, now=NOW)


def test_another_site_s_child_is_not_there(recording: Recording, site: SiteId) -> None:
    recording(life_so_far())
    Membership.objects.create(account_id=cast.NURSE, site_id=ELSEWHERE, role_name="ward_nurse")
    with pytest.raises(NotHere):
        record(weighed("6.8"), key="ward-phone-1", site=ELSEWHERE, now=NOW)
    with pytest.raises(NotHere):
        queries.infant(cast.LINA, site=ELSEWHERE)


def test_what_has_not_happened_yet_is_refused(recording: Recording, site: SiteId) -> None:
    recording(life_so_far())
    soon = weighed("6.8", at=NOW + timedelta(minutes=6))
    with pytest.raises(Malformed, match="has not come yet"):
        record(soon, key="ward-phone-1", site=site, now=NOW)


def test_recorded_time_never_goes_back(recording: Recording, site: SiteId) -> None:
    recording(life_so_far())
    first = record(weighed("6.8"), key="ward-phone-1", site=site, now=NOW)
    event = weighed("6.8", at=NOW - timedelta(hours=3))
    second = record(event, key="ward-phone-2", site=site, now=NOW - timedelta(hours=2))
    assert second.recorded_at == first.recorded_at


def test_what_the_database_says_of_a_refused_row_never_leaves(
    recording: Recording, site: SiteId
) -> None:
    """A second kit with the donation number of the first: the database would repeat the number."""
    recording(life_so_far())
    announced, expected = cast.before_birth()[:2]
    chain = ChainOfIdentityId("CHA999926000002")
    child = {"infant": cast.NOOR, "chain_of_identity": chain, "at": NOW}
    recording([replace(announced, **child)])  # type: ignore[arg-type]
    with pytest.raises(Conflict, match="donation number") as refused:
        recording([replace(expected, unit=cast.OTHER_UNIT, **child)])  # type: ignore[arg-type]
    assert refused.value.__context__ is None
    assert cast.DIN not in "".join(format_exception(refused.value))
    assert queries.as_of().index == len(life_so_far())


def test_the_protocols_are_read_before_the_lock_is_taken(
    recording: Recording, site: SiteId, monkeypatch: pytest.MonkeyPatch
) -> None:
    recording(life_so_far())
    shelf._installed.cache_clear()
    read: list[int] = []
    begin = InTwoTrips.begin

    def watched(self: InTwoTrips, statements: Sequence[Statement]) -> list[Rows]:
        read.append(shelf._installed.cache_info().currsize)
        return begin(self, statements)

    monkeypatch.setattr(InTwoTrips, "begin", watched)
    record(weighed("6.8"), key="ward-phone-1", site=site, now=NOW)
    assert read == [1]


def test_who_held_the_lock_too_long_is_told_to_send_it_again(
    recording: Recording, site: SiteId, monkeypatch: pytest.MonkeyPatch
) -> None:
    recording(life_so_far())
    monkeypatch.setattr(append, "LIMITS", (("idle_in_transaction_session_timeout", "10ms"),))
    monkeypatch.setattr(actions.Writing, "take", lambda *_: sleep(0.2))
    with pytest.raises(Busy, match="send it again"):
        record(weighed("6.8"), key="ward-phone-1", site=site, now=NOW)
