from dataclasses import replace
from typing import Any

import pytest

from cordula.events.before_birth import Announced, Expected
from cordula.events.collection import IdentityChecked
from cordula.events.event import Event
from cordula.journey.verdict import Status
from cordula.vocabulary.identifiers import ChainOfIdentityId
from tests.cast import MIDWIFE, NOOR
from tests.unit.journey.cast import IDENTITY, found, whole_life, without


def changed(place: str, **fields: Any) -> list[Event]:
    return [
        replace(e, **fields) if isinstance(e, IdentityChecked) and e.where == place else e
        for e in whole_life()
    ]


def test_identity_matches_where_two_people_checked_at_every_place() -> None:
    answer = found(IDENTITY, whole_life())
    assert answer.status is Status.MET
    assert answer.says == "Child, bag and label match: bedside and laboratory."


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"matched": False}, Status.NOT_MET),
        ({"infant": NOOR}, Status.NOT_MET),
        ({"second_person": None}, Status.NOT_MET),
        ({"second_person": MIDWIFE}, Status.NOT_MET),
        ({"where": "corridor"}, Status.UNKNOWN),
    ],
)
def test_a_check_counts_only_if_it_matched_here_for_this_child_by_two(
    fields: dict[str, Any], status: Status
) -> None:
    assert found(IDENTITY, changed("bedside", **fields)).status is status


def test_the_newest_check_decides_and_an_earlier_mismatch_stays_as_a_note() -> None:
    mismatch = [e for e in changed("bedside", matched=False) if isinstance(e, IdentityChecked)][:1]
    assert found(IDENTITY, [*mismatch, *whole_life()]).status is Status.MET_WITH_NOTE
    assert found(IDENTITY, [*whole_life(), *mismatch]).status is Status.NOT_MET


def test_two_missing_labels_never_match() -> None:
    unlabelled = without(Expected, without(Announced, whole_life()))
    assert found(IDENTITY, unlabelled).status is Status.UNKNOWN


@pytest.mark.parametrize("kind", [Expected, Announced])
def test_one_missing_label_does_not_match(kind: type[Event]) -> None:
    assert found(IDENTITY, without(kind, whole_life())).status is Status.UNKNOWN


def test_different_chains_of_identity_do_not_match() -> None:
    other = ChainOfIdentityId("CHA999926000002")
    events = [
        replace(e, chain_of_identity=other) if isinstance(e, Expected) else e for e in whole_life()
    ]
    assert found(IDENTITY, events).status is Status.NOT_MET
