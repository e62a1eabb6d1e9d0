"""So many of so many are drawn, no more and no fewer."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordula.decision_aid import dots
from cordula.decision_aid.page import Page


@settings(max_examples=40)
@given(st.integers(1, 300).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_an_array_has_as_many_dots_as_it_says(numbers: tuple[int, int]) -> None:
    filled, of = numbers
    drawn = dots.array(filled, of, "x")
    assert drawn.count(f'fill="{dots.FILLED}"') == filled
    assert drawn.count("<circle") == of
    assert len(set(re.findall(r'cx="\d+" cy="\d+"', drawn))) == of


@pytest.mark.parametrize("of", [1, 89, 90, 91, 2700])
def test_a_crowd_has_one_dot_that_is_full(of: int) -> None:
    drawn = dots.crowd(of, "x")
    assert drawn.count("h.01") + drawn.count("<circle") == of
    assert drawn.count("<circle") == 1


def test_more_full_dots_than_dots_are_refused() -> None:
    with pytest.raises(ValueError, match="101 of 100"):
        dots.array(101, 100, "x")


def test_both_sides_are_filled_in_the_same_order(page: Page) -> None:
    for pair in page.pairs:
        places = [re.findall(r'cx="(\d+)" cy="(\d+)"', one.svg) for one in pair.pictures]
        assert places[0] == places[1]


def test_a_picture_says_in_words_what_it_shows(page: Page) -> None:
    assert page.pairs[0].pictures[0].label == (
        "Enough blood for a public bank: 39 out of 100, clamped straight away"
    )


def test_a_label_cannot_break_out_of_the_picture() -> None:
    assert 'aria-label="a &quot;b&quot; &lt;c&gt;"' in dots.array(1, 1, 'a "b" <c>')
