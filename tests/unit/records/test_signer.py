"""The signer vouches only for a ledger that goes on from the one it signed before."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from cordula.events.event import Event
from cordula.events.laboratory import Counted
from cordula.ledger.checkpoint import open_checkpoint
from cordula.vocabulary.identifiers import SiteId
from cordula_web.records import signer
from cordula_web.records.outside import KeysUnusable, outside
from cordula_web.records.paper import paper_witness
from cordula_web.records.refusals import ReadOnly
from cordula_web.records.signer import checkpoint_now
from tests import cast
from tests.unit.records.conftest import Recording, life_so_far
from tests.unit.records.evil_owner import empty_the_ledger, write_history_anew

NOW = cast.after_birth(days=160)


def higher(event: Event) -> Event:
    if isinstance(event, Counted):
        return replace(event, result=replace(event.result, value=event.result.value + 1))
    return event


def test_a_checkpoint_is_signed_for_this_ledger_and_this_size(recording: Recording) -> None:
    recording(life_so_far())
    head = open_checkpoint(checkpoint_now(NOW), [outside().trusted_key()])
    assert (head.origin, head.size) == ("cordula.example/st-anna/1", len(life_so_far()))


def test_an_empty_ledger_is_not_signed(site: SiteId) -> None:
    with pytest.raises(signer.NothingToSign):
        checkpoint_now(NOW)


def test_the_same_ledger_gets_the_same_checkpoint(recording: Recording) -> None:
    recording(life_so_far())
    assert checkpoint_now(NOW) == checkpoint_now(cast.after_birth(days=161))
    assert signer.checkpoint_if_due(NOW) is None
    assert len(outside().log()) == 1


def test_the_key_is_its_owner_s_alone(recording: Recording, keys: Path) -> None:
    recording(life_so_far())
    checkpoint_now(NOW)
    assert (keys / "signer.key").stat().st_mode & 0o777 == 0o600
    os.chmod(keys / "signer.key", 0o640)
    with pytest.raises(KeysUnusable, match="chmod 600"):
        outside().signer()


def test_a_lost_key_is_not_made_again(recording: Recording, keys: Path) -> None:
    recording(life_so_far()[:-1])
    checkpoint_now(NOW)
    (keys / "signer.key").unlink()
    recording(life_so_far()[-1:])
    with pytest.raises(KeysUnusable, match="is not there"):
        checkpoint_now(NOW)


def test_an_older_backup_is_named_and_nothing_is_recorded_on_it(recording: Recording) -> None:
    events = life_so_far()
    recording(events)
    checkpoint_now(NOW)
    empty_the_ledger(checkpoints=False)
    assert "An older backup was restored" in signer.standing()
    with pytest.raises(ReadOnly, match=f"holds 0 entries, but {len(events)} were signed"):
        recording(events[:1])
    with pytest.raises(ReadOnly):
        checkpoint_now(NOW)


def test_the_ledger_opens_again_once_the_right_database_is_back(recording: Recording) -> None:
    events = life_so_far()
    recording(events[:-1])
    checkpoint_now(NOW)
    outside().close("an older backup was restored")
    with pytest.raises(ReadOnly):
        recording(events[-1:])
    assert signer.reopen() == ""
    recording(events[-1:])


def test_a_history_written_anew_is_not_signed_though_it_is_longer(recording: Recording) -> None:
    recording(life_so_far())
    checkpoint_now(NOW)
    write_history_anew(higher, repeat_last=3)
    with pytest.raises(ReadOnly, match="Somebody changed the database"):
        checkpoint_now(NOW)
    with pytest.raises(ReadOnly, match="Somebody changed the database"):
        recording(cast.theatre()[:1])
    assert signer.reopen() != ""


def test_a_history_written_anew_is_refused_at_the_next_append(recording: Recording) -> None:
    events = life_so_far()
    recording(events[:-1])
    checkpoint_now(NOW)
    write_history_anew(higher)
    with pytest.raises(ReadOnly, match="Somebody changed the database"):
        recording(events[-1:])


def test_a_machine_that_stops_between_two_files_forgets_nothing(
    recording: Recording, keys: Path
) -> None:
    events = life_so_far()
    recording(events[:-1])
    checkpoint_now(NOW)
    log = keys / "checkpoints.log"
    log.write_bytes(log.read_bytes()[:-20])
    assert outside().log() == []
    recording(events[-1:])
    checkpoint_now(NOW)
    sizes = [signed.checkpoint.size for signed in outside().log()]
    assert sizes == [len(events) - 1, len(events)]


def test_the_paper_witness_holds_the_whole_checkpoint(recording: Recording) -> None:
    recording(life_so_far())
    signed = checkpoint_now(NOW)
    paper = paper_witness(signed)
    assert "\n".join(paper.lines) + "\n" == signed.split("\n\n")[0] + "\n"
    assert paper.square.startswith("<?xml")
    assert "<path" in paper.square
