"""Does every sentence of the heart that a page shows reach the translators?"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from cordula.heart.ask.freedoms import freedoms
from cordula.heart.ask.stories import tellings
from cordula.heart.library import load, names
from cordula.heart.measured import readings
from cordula.heart.outcomes import OUTCOMES

CATALOGUE = Path("src/cordula/locale/en/LC_MESSAGES/cordula.po")


def _shown() -> Iterator[str]:
    yield from (words for _unit, words in OUTCOMES.values())
    for story in tellings():
        yield from (story.title, story.means, story.look)
    yield from (one.because for one in readings().values())
    for one in freedoms(load("norwood-bts")):
        yield from (one.title, one.because)
    for circuit in map(load, names()):
        yield circuit.about
        yield from circuit.sources.values()
        yield from (given.because for given in circuit.quantities.values() if given.because)


@pytest.fixture(scope="module")
def collected() -> set[str]:
    lines = CATALOGUE.read_text(encoding="utf-8").splitlines()
    return {json.loads(line[6:]) for line in lines if line.startswith('msgid "')}


def test_every_text_of_the_heart_is_in_the_catalogue(collected: set[str]) -> None:
    assert not {text for text in _shown() if text not in collected}


@pytest.mark.parametrize(
    "text",
    [
        "its body would use more oxygen than it is brought",
        "a reading of the {outcome} would tell most of it",
        "{value} cannot be: the {what} lies between {least} and {most}",
        "No study measured this at this time.",
        "events of n; exact interval (Clopper and Pearson)",
    ],
)
def test_and_so_are_sentences_that_stand_in_the_programs(collected: set[str], text: str) -> None:
    assert text in collected
