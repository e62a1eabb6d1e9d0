"""Each guard is seen to bite: one word changed, one fault told, with its line."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from cordula.decision_aid import guards
from cordula.decision_aid.aid import Aid
from cordula.decision_aid.guards import check

Spoilt = Callable[[str, str], Aid]


def said(aid: Aid) -> str:
    return "\n".join(map(str, check(aid)))


def test_the_shipped_page_has_no_fault(aid: Aid) -> None:
    assert check(aid) == []


@pytest.mark.parametrize("number", ["39", "3,000", "nine", "hundred", "40 percent", "%", "Three"])
def test_a_number_in_a_text_is_refused(spoilt: Spoilt, number: str) -> None:
    found = said(spoilt("We help other families", f"We help {number} other families"))
    assert "is a number without a source" in found


@pytest.mark.parametrize("words", ["none of us", "someone", "often", "weigh it", "the second one"])
def test_a_word_that_only_looks_like_a_number_may_stand(spoilt: Spoilt, words: str) -> None:
    assert said(spoilt("We help other families", f"We help {words}")) == ""


def test_the_fault_is_told_with_its_file_and_line(spoilt: Spoilt) -> None:
    (problem,) = check(spoilt("Not collecting is also a good choice.", "7 of 10 do not collect."))
    assert str(problem).startswith("aid.toml:")
    lines = guards.OWN.joinpath("aid.toml").read_text().splitlines()
    assert "[short]" in "\n".join(lines[problem.line - 4 : problem.line])


@pytest.mark.parametrize(
    "word", ["regenerate", "repairs", "treated", "insurance", "life-saving", "proven"]
)
def test_a_promise_needs_a_citation_of_its_own(spoilt: Spoilt, word: str) -> None:
    bare = spoilt("We help other families", f"It is {word}")
    assert f"“{word}” needs a citation" in said(bare)


def test_a_promise_with_a_citation_may_stand(spoilt: Spoilt) -> None:
    cited = spoilt(
        '"Not collecting is also a good choice."',
        '{ words = "Some call it insurance.", cites = ["acog-bank"] }',
    )
    assert said(cited) == ""


@pytest.mark.parametrize("word", ["cure", "recommended", "peace of mind", "miracle"])
def test_some_words_may_not_stand_at_all(spoilt: Spoilt, word: str) -> None:
    found = spoilt(
        '"Not collecting is also a good choice."',
        f'{{ words = "It is a {word}.", cites = ["acog-bank"] }}',
    )
    assert "may not stand on this page" in said(found)


def test_a_choice_with_many_more_words_is_out_of_balance(spoilt: Spoilt) -> None:
    long = "Yes. You can stop paying at any time. " + "And there is much more to say of it. " * 6
    assert "the columns are out of balance" in said(
        spoilt("Yes. You can stop paying at any time.", long)
    )


def test_good_sides_told_at_length_are_out_of_balance(spoilt: Spoilt) -> None:
    short = spoilt("A few more babies need light treatment for jaundice. Joining", "Joining")
    cells = [replace(cell, words="Little.") for cell in short.choices.rows[3].cells]
    rows = list(short.choices.rows)
    rows[3] = replace(rows[3], cells=tuple(cells))
    choices = replace(short.choices, rows=tuple(rows))
    assert "the sides are out of balance" in said(replace(short, choices=choices))


def test_doing_nothing_stands_first(aid: Aid) -> None:
    choices = replace(aid.choices, options=(*aid.choices.options[1:], aid.choices.options[0]))
    assert "is not the first one" in said(replace(aid, choices=choices))


def test_a_figure_is_cited_where_it_is_said(spoilt: Spoilt) -> None:
    found = said(spoilt("Only {blood_babies} babies", "Only {donor_cells} babies"))
    assert "{donor_cells} was read in “elpis-2”, which is not cited here" in found


def test_a_figure_nobody_knows_and_one_nobody_uses_are_told(spoilt: Spoilt) -> None:
    found = said(spoilt("{bank_births} collections", "{bank_birth} collections"))
    assert "“bank_birth” is not a figure; did you mean “bank_births”?" in found
    assert "the figure “bank_births” is used nowhere" in found


def test_a_citation_of_nothing_and_an_unused_reference_are_told(spoilt: Spoilt) -> None:
    found = said(spoilt('cites = ["acog-own"]', 'cites = ["acog-owm"]'))
    assert "“acog-owm” is not a reference; did you mean “acog-own”?" in found
    assert "the reference “acog-own” is cited nowhere" in found


def test_a_sentence_falls_when_the_evidence_changes(spoilt: Spoilt) -> None:
    changed = spoilt('direction = "worse_with_cells"', 'direction = "no_difference"')
    assert "Mayo phase IIb now says ['worse_with_cells']" in said(changed)
    read = spoilt('numbers = "not_read"', 'numbers = "read"')
    assert "rewrite what is said of it" in said(read)


def test_hard_words_are_told(spoilt: Spoilt) -> None:
    hard = "Notwithstanding considerable methodological heterogeneity, " * 40
    assert "years of school" in said(spoilt("We help other families", hard))
