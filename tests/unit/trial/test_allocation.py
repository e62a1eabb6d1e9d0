"""A list is fixed before the first child, every draw is proven in its order, and nobody learns an arm early."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from cordula.events.admission import NotAdmitted
from cordula.events.before_birth import Enrolled
from cordula.events.event import Event
from cordula.events.randomisation import AllocationListCommitted, Randomised, Unblinded
from cordula.events.sealed import Disclosure, Sealed
from cordula.stats.refusals import CannotBe
from cordula.stats.streams import stream
from cordula.trial.allocation import (
    AllocationList,
    Draw,
    History,
    NotTheList,
    admit,
    arm_by_minimisation,
    check,
    draw_list,
    opened,
    report,
)
from cordula.trial.allocation.concealment import may_know
from cordula.trial.design import Design
from cordula.vocabulary.identifiers import AccountId, InfantId, ProtocolId
from tests.unit.trial.plans import MINIMISED, read

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
WHO, SECOND, DOCTOR = AccountId("statistician"), AccountId("second"), AccountId("doctor")
TRIAL = ProtocolId("small")


def salts(count: int) -> bytes:
    """Salts that a test may repeat; a real list takes them from the system."""
    salts.drawn += 1  # type: ignore[attr-defined]
    return int(salts.drawn).to_bytes(count, "big")  # type: ignore[attr-defined]


@pytest.fixture
def design(tmp_path: Path) -> Design:
    return read(tmp_path)[0]


@pytest.fixture
def minimised(tmp_path: Path) -> Design:
    return read(tmp_path, MINIMISED)[0]


@pytest.fixture
def drawn(design: Design) -> AllocationList:
    salts.drawn = 0  # type: ignore[attr-defined]
    return draw_list("main", design, 40, stream(20261122, "allocation"), salts)


def committed(drawn: AllocationList) -> AllocationListCommitted:
    return AllocationListCommitted(
        by=WHO, at=NOW, protocol_file=TRIAL, version="1", digest="0" * 64, list_name=drawn.name,
        method=drawn.method, places=drawn.places, root=drawn.root,
    )  # fmt: skip


def infant(number: int) -> InfantId:
    return InfantId(f"infant-{number}")


def enrolled(number: int) -> Enrolled:
    return Enrolled(
        by=WHO, at=NOW, infant=infant(number), protocol="small", version="1", digest="0" * 64
    )


def randomised(draw: Draw, number: int) -> Randomised:
    return Randomised(
        by=WHO, at=NOW, infant=infant(number), protocol_file=TRIAL, list_name="main", number=draw.place,
        sealed=draw.sealed, proof=draw.proof,
    )  # fmt: skip


def unblinded(number: int, second: AccountId = SECOND) -> Unblinded:
    return Unblinded(
        by=WHO, at=NOW, infant=infant(number), protocol_file=TRIAL, told_to=DOCTOR, emergency=True,
        reason=Sealed("0" * 64), second_person=second,
    )  # fmt: skip


def refused(events: list[Event], event: Event) -> str:
    with pytest.raises(NotAdmitted) as fault:
        admit(History.replay(events), event)
    return str(fault.value)


def test_every_place_of_a_list_is_proven_and_opens_to_its_arm(drawn: AllocationList) -> None:
    arms = []
    for place in range(1, 41):
        draw = drawn.draw(place)
        check(draw, drawn.root, 40)
        arms.append(opened(draw.sealed, drawn.disclosures[place - 1]))

    assert arms.count("cells") == 20
    assert all(arms[n : n + 4].count("cells") == 2 for n in range(0, 40, 4))


def test_the_same_secret_draws_the_same_list_again(design: Design, drawn: AllocationList) -> None:
    again = draw_list("main", design, 40, stream(20261122, "allocation"))

    assert [one.value for one in again.disclosures] == [one.value for one in drawn.disclosures]
    assert again.root != drawn.root  # other salts, another seal


@pytest.mark.parametrize("changed", ["place", "seal", "proof", "root", "size"])
def test_whatever_is_changed_is_no_longer_the_list(drawn: AllocationList, changed: str) -> None:
    draw, root, places = drawn.draw(7), drawn.root, 40
    if changed == "place":
        draw = Draw(8, draw.sealed, draw.proof)
    elif changed == "seal":
        draw = Draw(7, drawn.draw(8).sealed, draw.proof)
    elif changed == "proof":
        draw = Draw(7, draw.sealed, draw.proof[:-1])
    elif changed == "root":
        root = "0" * 64
    else:
        places = 20

    with pytest.raises(NotTheList, match=f"is not place {draw.place} of the list"):
        check(draw, root, places)


def test_a_seal_opens_only_with_its_own_words(drawn: AllocationList) -> None:
    own = drawn.disclosures[6]
    other = "control" if own.value == "cells" else "cells"

    with pytest.raises(NotTheList, match="not those that were sealed"):
        opened(drawn.draw(7).sealed, Disclosure(own.salt, own.name, other))
    with pytest.raises(NotTheList, match="places 1 to 40"):
        drawn.draw(41)


def test_the_root_and_the_seals_tell_nothing_of_the_arms(design: Design) -> None:
    """Two lists of the same arms have no seal in common, because every salt is its own."""
    one, other = (draw_list("main", design, 8, stream(1, "allocation")) for _ in range(2))

    assert not set(one.seals) & set(other.seals)
    assert len(set(one.seals)) == 8


def test_children_draw_in_order_after_the_list_was_committed(drawn: AllocationList) -> None:
    events: list[Event] = [committed(drawn), enrolled(1), enrolled(2)]
    for number in (1, 2):
        event = randomised(drawn.draw(number), number)
        admit(History.replay(events), event)
        events.append(event)

    assert History.replay(events).drawn == {"main": 2}


def test_a_place_is_never_skipped_or_drawn_twice(drawn: AllocationList) -> None:
    events: list[Event] = [committed(drawn), enrolled(1), enrolled(2), randomised(drawn.draw(1), 1)]

    assert "place 2 is next" in refused(events, randomised(drawn.draw(3), 2))
    assert "place 2 is next" in refused(events, randomised(drawn.draw(1), 2))
    assert "A child draws once" in refused(events, randomised(drawn.draw(2), 1))


def test_another_seal_at_the_right_place_is_refused(drawn: AllocationList) -> None:
    events: list[Event] = [committed(drawn), enrolled(1)]
    other = Draw(1, drawn.draw(2).sealed, drawn.draw(1).proof)

    assert "is not place 1 of the list" in refused(events, randomised(other, 1))


def test_a_list_comes_before_the_first_child_and_is_never_replaced(drawn: AllocationList) -> None:
    assert "before the first child" in refused([enrolled(1)], committed(drawn))
    assert "never replaced" in refused([committed(drawn)], committed(drawn))
    assert "No list “main”" in refused([enrolled(1)], randomised(drawn.draw(1), 1))
    assert "not enrolled" in refused([committed(drawn)], randomised(drawn.draw(1), 1))


def test_a_list_that_is_used_up_gives_nothing_more(design: Design) -> None:
    short = draw_list("main", design, 1, stream(1, "allocation"))
    events: list[Event] = [committed(short), enrolled(1), enrolled(2), randomised(short.draw(1), 1)]

    assert "all are drawn" in refused(events, randomised(Draw(2, Sealed("0" * 64), ()), 2))


def test_unblinding_needs_two_people_and_tells_one(drawn: AllocationList) -> None:
    events: list[Event] = [committed(drawn), enrolled(1), randomised(drawn.draw(1), 1)]

    assert "Two people" in refused(events, unblinded(1, second=WHO))
    assert "no arm" in refused(events, unblinded(2))
    before, after = History.replay(events), History.replay([*events, unblinded(1)])
    assert not may_know("cardiologist", DOCTOR, infant(1), "triple", before)
    assert may_know("cardiologist", DOCTOR, infant(1), "triple", after)
    assert not may_know("cardiologist", SECOND, infant(1), "triple", after)


@pytest.mark.parametrize(
    ("role", "masked", "knows"),
    [
        ("safety_board", "triple", True),
        ("statistician", "triple", False),
        ("surgeon", "double", False),
        ("surgeon", "open", True),
        ("auditor", "open", False),
    ],
)
def test_an_arm_is_concealed_by_role(
    drawn: AllocationList, role: str, masked: str, knows: bool
) -> None:
    history = History.replay([committed(drawn), enrolled(1), randomised(drawn.draw(1), 1)])

    assert may_know(role, WHO, infant(1), masked, history) is knows
    assert not may_know(role, WHO, infant(2), masked, history)


def test_the_report_tells_balance_and_how_well_one_can_guess(design: Design) -> None:
    """Blocks of 4 can be guessed at 17/24, and the last of each, and sometimes the third, for sure: 1/3."""
    found = report(design, {"main": ["cells", "control", "control", "cells"] * 10})

    assert found.counts == {"cells": 20, "control": 20}
    assert found.ahead == 0
    assert found.guessed == pytest.approx(17 / 24)
    assert found.certain == pytest.approx(1 / 3)


def test_minimisation_follows_from_factors_and_a_chance(minimised: Design) -> None:
    design = minimised
    before = [(("st-anna", "female"), "cells"), (("st-anna", "male"), "cells")]

    sure = arm_by_minimisation(design, before, ("st-anna", "female"), "0.5", favour=1.0)
    rarely = arm_by_minimisation(design, before, ("st-anna", "female"), "0.1", favour=0.8)

    assert sure == "control"
    assert rarely == "cells"
    with pytest.raises(CannotBe, match="minimises over: site, sex"):
        arm_by_minimisation(design, before, ("st-anna",), "0.1")
    with pytest.raises(CannotBe, match="no list of arms"):
        draw_list("main", design, 4, np.random.default_rng(1))


def test_a_list_that_is_used_up_is_continued_and_no_other(
    design: Design, drawn: AllocationList
) -> None:
    """Otherwise whoever commits lists could choose between the arms of two."""
    first = draw_list("main", design, 4, stream(1, "allocation"), salts)
    further = replace(
        committed(draw_list("main, continued", design, 4, stream(2, "allocation"), salts)),
        continues="main",
    )
    children: list[Event] = [enrolled(n) for n in range(1, 7)]
    draws: list[Event] = [randomised(first.draw(n), n) for n in range(1, 5)]
    used_up = [committed(first), *children, *draws]

    admit(History.replay(used_up), further)

    assert "has 1 places left" in refused(used_up[:-1], further)
    assert "continued already" in refused([*used_up, further], replace(further, list_name="third"))
    assert "No list “mayn”" in refused(used_up, replace(further, continues="mayn"))
    assert "before the first child" in refused(used_up, replace(further, continues=None))


def test_old_draws_stay_proven_when_a_list_is_continued(design: Design) -> None:
    first = draw_list("main", design, 4, stream(1, "allocation"), salts)
    second = draw_list("main, continued", design, 4, stream(2, "allocation"), salts)
    events = [committed(first), *map(enrolled, range(1, 6))]
    events += [randomised(first.draw(n), n) for n in range(1, 5)]
    events += [replace(committed(second), continues="main")]

    history = History.replay(events)
    admit(history, replace(randomised(second.draw(1), 5), list_name=second.name))

    check(first.draw(2), history.committed["main"].root, 4)
