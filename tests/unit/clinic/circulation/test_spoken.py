"""Does the answer speak the reader's language, in what the core says of the heart as well?"""

from collections.abc import Iterator

import pytest

from cordula.vocabulary import words
from cordula_web.clinic.circulation.answer import Answer, answer
from cordula_web.clinic.circulation.form import CirculationForm


class _Bracketed(dict[str, str]):
    """A language in which every sentence stands in brackets."""

    language = "en"

    def __missing__(self, text: str) -> str:
        return f"[{text}]"


@pytest.fixture
def told() -> Iterator[Answer]:
    token = words._spoken.set(_Bracketed())
    typed = {"circuit": "norwood-bts", "weight": "5.6", "points": "5", "ejection_fraction": "42"}
    form = CirculationForm(typed)
    assert form.is_valid()
    yield answer(form)
    words._spoken.reset(token)


def test_stories_measures_circuit_and_sources_are_said_in_it(told: Answer) -> None:
    said = [told.about, told.sources[0].words, *(one.because for one in told.assumptions)]
    for story in told.stories:
        said += [story.title, story.means, story.look]
        said += [row.cells[0].text for row in story.changes.rows]

    assert len(said) > 60
    assert [text for text in said if not text.startswith("[")] == []


def test_what_the_numbers_cannot_tell_is_said_in_it(told: Answer) -> None:
    assert told.hidden
    assert all("still not known" in says and says.startswith("[") for says in told.hidden)


def test_a_number_that_cannot_be_is_refused_in_it() -> None:
    token = words._spoken.set(_Bracketed())
    form = CirculationForm(
        {"circuit": "vsd", "weight": "5.6", "points": "5", "ejection_fraction": "140"}
    )

    refused = str(form.errors["ejection_fraction"])
    words._spoken.reset(token)

    assert "[140 % cannot be: the [ejection fraction] lies between" in refused
