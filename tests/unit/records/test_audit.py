"""One changed byte, anywhere, is found and named; and so is an owner who writes the whole history anew."""

from cordula_web.records.audit import audit
from cordula_web.records.signer import checkpoint_now
from tests import cast
from tests.unit.records.conftest import Recording, life_so_far

NOW = cast.after_birth(days=160)


def test_a_ledger_that_nobody_touched_is_sound(recording: Recording) -> None:
    events = life_so_far()
    recording(events[:12])
    checkpoint_now(NOW)
    recording(events[12:])
    checkpoint_now(NOW)
    report = audit()
    assert report.problems == ()
    assert report.looked_at["entry"] == len(events)
    assert report.looked_at["checkpoint"] == report.looked_at["checkpoints.log"] == 2
