"""The board reads whether cells were given as the lots were drawn; a draw that says otherwise is told."""

from dataclasses import replace

from cordula.infants.infant import Infant
from cordula.trial.allocation import History
from cordula.trial.monitoring import frozen
from cordula.trial.monitoring.frozen import Frozen
from cordula.trial.report import as_drawn
from cordula.vocabulary.identifiers import InfantId
from tests.cast import before_birth, whole_life
from tests.unit.trial.report.test_balance import DESIGN, NOW, told

ONE, TWO, THREE = (InfantId(f"infant-{number}") for number in (1, 2, 3))


GIVEN = Infant.replay(whole_life())
NOT_GIVEN = Infant.replay(before_birth())


def facts(history: History, *given: InfantId) -> Frozen:
    empty = frozen([], size=0, root="0" * 64, at=NOW)
    infants = tuple((name, GIVEN if name in given else NOT_GIVEN) for name in (ONE, TWO, THREE))
    return replace(empty, infants=infants, allocation=history)


def test_each_arm_is_told_with_those_of_it_who_were_given_cells() -> None:
    history, arms = told(["cells", "cells", "control"])

    assert list(as_drawn(DESIGN, facts(history, ONE, THREE), arms)) == [
        "Of 2 who drew “Stage II with cells”, 1 was given cells so far.",
        "Of 1 who drew “Stage II alone”, 1 was given cells so far.",
    ]


def test_a_draw_that_denies_cells_to_an_arm_that_has_them_is_told() -> None:
    history, arms = told(["cells", "control"])
    denied = replace(
        history,
        randomised={name: replace(one, no_cells=True) for name, one in history.randomised.items()},
    )

    last = list(as_drawn(DESIGN, facts(denied), arms))[-1]

    assert last.startswith("The entry of 1 draw says that no cells are given")


def test_where_nobody_drew_nothing_is_told() -> None:
    assert not list(as_drawn(DESIGN, facts(History(), ONE), {}))
