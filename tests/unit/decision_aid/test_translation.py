"""A translation keeps every number, and is shown only when it is whole."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from cordula.decision_aid import guards
from cordula.decision_aid.aid import Aid, texts_in
from cordula.decision_aid.page import draw
from cordula.decision_aid.site import Site
from cordula.vocabulary import words
from tests.unit.decision_aid.conftest import TODAY

Say = Callable[[dict[str, str]], None]


@pytest.fixture
def speak(aid: Aid) -> Iterator[Say]:
    """A language in which every text ends with a sign, but for those that are given."""
    tokens = []

    def said(changed: dict[str, str]) -> None:
        language = words._Words("xx")
        language.update({one.words: f"{one.words} ¤" for one in texts_in(aid)} | changed)
        tokens.append(words._spoken.set(language))

    yield said
    for token in reversed(tokens):
        words.deactivate(token)


def test_a_whole_translation_is_shown_with_the_same_numbers(
    aid: Aid, site: Site, speak: Say
) -> None:
    speak({})
    assert guards.check(aid) == []
    page = draw(aid, site, TODAY)
    assert page.language == "xx"
    assert page.choices == "Your 4 choices ¤"
    assert page.pairs[0].pictures[0].number == "39"


def test_a_text_nobody_translated_is_told(aid: Aid, speak: Say) -> None:
    words_ = "Not collecting is also a good choice."
    speak({words_: words_})
    (problem,) = guards.check(aid)
    assert "not translated into “xx”" in problem.says


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("Tus 4 opciones", "“4” is a number without a source"),
        ("Tus opciones", "the translation has other figures"),
        ("Tus {opciones} opciones", "the translation has other figures"),
    ],
)
def test_a_translation_that_loses_a_number_is_told(
    aid: Aid, speak: Say, said: str, fault: str
) -> None:
    speak({"Your {options} choices": said})
    assert any(fault in one.says for one in guards.check(aid))


def test_a_translation_out_of_balance_is_told(aid: Aid, speak: Say) -> None:
    cell = aid.choices.rows[0].cells[3].words
    speak({cell: "palabra " * 90})
    assert any("out of balance" in one.says for one in guards.check(aid))


def test_a_country_may_write_in_the_language_of_its_readers(aid: Aid, speak: Say) -> None:
    (law,) = [aid.choices.rows[0].cells[0]]
    own = replace(law, words="Solo el Estado puede guardar la sangre.", file="es.toml")
    speak({})
    assert guards.check(replace(aid, local={"law": own})) == []
