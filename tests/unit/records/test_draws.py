"""Lists of arms, draws and unblindings at the door: in their order, by whoever may, and with their words kept apart."""

from dataclasses import replace

import pytest
from numpy.random import default_rng

from cordula.events.admission import NotAdmitted
from cordula.events.event import Event
from cordula.events.randomisation import AllocationListCommitted, Randomised, Unblinded
from cordula.events.sealed import Sealed, Sealing
from cordula.trial.allocation import AllocationList
from cordula.trial.allocation.lists import sealed_list
from cordula.vocabulary.identifiers import AccountId, ProtocolId, SiteId, stream_of
from cordula_web.people.disclosures import read
from cordula_web.people.models import Account, Membership
from cordula_web.records import queries
from cordula_web.records.actions import record
from cordula_web.records.command import Recorded
from cordula_web.records.refusals import Malformed, NotPermitted
from tests import cast
from tests.unit.records.conftest import Recording

STATISTICIAN = AccountId("statistician")
TRIAL = ProtocolId("practice-mnc-stage-2")
WHEN = cast.after_birth(days=1)
LIST = sealed_list("main", "permuted_blocks", ["cells", "control"], default_rng(20261122).bytes)


@pytest.fixture
def trial(site: SiteId) -> SiteId:
    who = Account.objects.create(id=STATISTICIAN, username=STATISTICIAN, printed_name="S. Ahmed")
    Membership.objects.create(account=who, site_id=site, role_name="statistician")
    return site


def committed(
    drawn: AllocationList = LIST, by: AccountId = STATISTICIAN
) -> AllocationListCommitted:
    return AllocationListCommitted(
        protocol_file=TRIAL, version="1.0", digest="2" * 64, list_name=drawn.name,
        method=drawn.method, places=drawn.places, root=drawn.root, by=by, at=cast.after_birth(days=-30),
    )  # fmt: skip


def randomised(place: int = 1, by: AccountId = cast.SURGEON) -> Randomised:
    draw = LIST.draw(place)
    return Randomised(
        infant=cast.LINA, protocol_file=TRIAL, list_name="main", number=place, sealed=draw.sealed,
        proof=draw.proof, by=by, at=WHEN,
    )  # fmt: skip


def unblinded(reason: Sealed, by: AccountId = cast.SURGEON) -> Unblinded:
    return Unblinded(
        infant=cast.LINA, protocol_file=TRIAL, told_to=by, emergency=True, reason=reason,
        second_person=cast.NURSE, by=by, at=WHEN,
    )  # fmt: skip


def take(event: Event, site: SiteId, key: str, sealing: Sealing | None = None) -> Recorded:
    return record(event, key=f"{key}-key", site=site, now=event.at, sealing=sealing)


def drawn(site: SiteId, place: int = 1, key: str = "draw") -> Recorded:
    sealing = Sealing(disclosures=[LIST.disclosures[place - 1]])
    return take(randomised(place), site, key, sealing)


def told(site: SiteId, words: str = "High fever after the operation") -> tuple[Recorded, Sealed]:
    sealing = Sealing()
    reason = sealing("reason", words)
    return take(unblinded(reason), site, "told", sealing), reason


def test_a_list_a_draw_and_an_unblinding_stand_in_the_trial_and_the_childs_own_history(
    trial: SiteId, recording: Recording
) -> None:
    recording([committed(), *cast.before_birth()])
    drawn(trial)
    told(trial)

    of_trial = [type(e.event) for e in queries.history(stream_of(TRIAL), site=trial)]
    of_child = [type(e.event) for e in queries.history(stream_of(cast.LINA), site=trial)]

    assert of_trial == [AllocationListCommitted, Randomised, Unblinded]
    assert of_child[-2:] == [Randomised, Unblinded]


def test_no_place_is_drawn_before_a_list_is_committed(trial: SiteId, recording: Recording) -> None:
    recording(cast.before_birth())

    with pytest.raises(NotAdmitted, match="No list “main” is committed"):
        drawn(trial)


def test_no_list_comes_after_the_first_child(trial: SiteId, recording: Recording) -> None:
    recording(cast.before_birth())

    with pytest.raises(NotAdmitted, match="before the first child"):
        take(committed(), trial, "list")


def test_no_place_is_skipped_and_no_child_draws_twice(trial: SiteId, recording: Recording) -> None:
    recording([committed(), *cast.before_birth()])

    with pytest.raises(NotAdmitted, match="place 1 is next"):
        drawn(trial, place=2)
    drawn(trial)
    with pytest.raises(NotAdmitted, match="A child draws once"):
        drawn(trial, place=2, key="again")


def test_an_arm_that_is_not_the_lists_own_is_refused(trial: SiteId, recording: Recording) -> None:
    """Somebody seals the arm she would rather have, and brings it with the proof of the real one."""
    recording([committed(), *cast.before_birth()])
    sealing = Sealing()
    wished = replace(randomised(), sealed=sealing("main/1", "control"))

    with pytest.raises(NotAdmitted, match="not place 1 of the list that was committed"):
        take(wished, trial, "wish", sealing)


def test_a_child_who_is_not_enrolled_draws_nothing(trial: SiteId, recording: Recording) -> None:
    recording([committed(), *cast.before_birth()[:3]])

    with pytest.raises(NotAdmitted, match="not enrolled"):
        drawn(trial)


def test_a_second_list_of_the_name_is_refused(trial: SiteId, recording: Recording) -> None:
    recording([committed()])
    other = sealed_list("main", "permuted_blocks", ["control", "cells"], default_rng(1).bytes)

    with pytest.raises(NotAdmitted, match="A list is never replaced"):
        take(committed(other), trial, "second")


def test_a_used_up_list_is_continued_though_children_are_enrolled(
    trial: SiteId, recording: Recording
) -> None:
    one = sealed_list("main", "simple", ["cells"], default_rng(2).bytes)
    more = sealed_list("main, continued", "simple", ["control"], default_rng(3).bytes)
    further = replace(committed(more), continues="main", at=WHEN)
    recording([committed(one), *cast.before_birth()])

    with pytest.raises(NotAdmitted, match="1 places left"):
        take(further, trial, "early")
    first = replace(randomised(), sealed=one.draw(1).sealed, proof=one.draw(1).proof)
    take(first, trial, "first", Sealing(disclosures=[one.disclosures[0]]))
    take(further, trial, "further")

    assert queries.history(stream_of(TRIAL), site=trial)[-1].event == further


def test_an_unblinding_needs_a_child_who_drew_two_people_and_its_reason_in_words(
    trial: SiteId, recording: Recording
) -> None:
    recording([committed(), *cast.before_birth()])

    with pytest.raises(NotAdmitted, match="no arm that could be told"):
        told(trial)
    drawn(trial)
    with pytest.raises(Malformed, match="words that were not handed over"):
        take(unblinded(Sealed("0" * 64)), trial, "wordless")
    sealing = Sealing()
    alone = replace(unblinded(sealing("reason", "Fever")), second_person=cast.SURGEON)
    with pytest.raises(NotAdmitted, match="Two people"):
        take(alone, trial, "alone", sealing)


@pytest.mark.parametrize(
    ("event", "who"),
    [
        (committed(by=cast.SURGEON), "AllocationListCommitted"),
        (committed(by=cast.QUALITY), "AllocationListCommitted"),
        (randomised(by=STATISTICIAN), "Randomised"),
        (randomised(by=cast.NURSE), "Randomised"),
        (unblinded(Sealed("0" * 64), by=cast.TECHNOLOGIST), "Unblinded"),
        (unblinded(Sealed("0" * 64), by=STATISTICIAN), "Unblinded"),
    ],
)
def test_who_draws_the_list_draws_no_child_and_the_other_way_round(
    trial: SiteId, recording: Recording, event: Event, who: str
) -> None:
    recording([committed(), *cast.before_birth()])

    with pytest.raises(NotPermitted, match=f"records “{who}”"):
        take(event, trial, "nobody")


def test_the_ledger_holds_no_arm_and_no_reason(trial: SiteId, recording: Recording) -> None:
    """The words stand apart, under the child's own key; the entries hold digests alone."""
    from cordula_web.records.models import Entry

    recording([committed(), *cast.before_birth()])
    drawn(trial)
    _, reason = told(trial)

    bytes_kept = b"".join(bytes(data) for data in Entry.objects.values_list("data", flat=True))
    assert read([LIST.seals[0].digest, reason.digest]) == {
        LIST.seals[0].digest: "cells",
        reason.digest: "High fever after the operation",
    }
    assert b'"cells"' not in bytes_kept
    assert b"fever" not in bytes_kept
