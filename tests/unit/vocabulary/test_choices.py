"""Every list that a form offers has words for each of its keys, and a wrong key hears what there is."""

from collections.abc import Callable

import pytest

from cordula.vocabulary import choices
from cordula.vocabulary.catalogue import read_table

LISTS = [
    choices.wishes,
    choices.cancel_reasons,
    choices.discard_reasons,
    choices.return_reasons,
    choices.giving_stop_reasons,
    choices.outcome_methods,
    choices.harms,
    choices.grades,
    choices.relations,
    choices.reviews,
    choices.review_conclusions,
]


@pytest.mark.parametrize("known", LISTS, ids=lambda f: f.__name__)
def test_each_key_has_words_of_its_own(known: Callable[[], choices.Choices]) -> None:
    words = list(known().values())
    assert words
    assert len(set(words)) == len(words)
    assert all(word[0].isupper() or word[0].isdigit() for word in words)
    assert not any("_" in word for word in words)


def test_every_list_of_the_table_can_be_asked_for() -> None:
    assert {known.__name__ for known in LISTS} == set(read_table("choices.toml"))


def test_what_a_withdrawal_and_an_end_need_can_be_chosen() -> None:
    assert "discard" in choices.wishes()
    assert {"family_wish", "child_died", "consent_withdrawn", "rejected"} <= set(
        choices.discard_reasons()
    )
    assert {"operation_postponed", "infection"} <= set(choices.cancel_reasons())


def test_a_wrong_key_hears_what_there_is() -> None:
    assert choices.fault("keep", "a wish", choices.wishes()) is None
    assert choices.fault("sell", "a wish", choices.wishes()) == (
        "“sell” is not a wish: discard, keep, research, not_stated."
    )
