"""Sentences are made from the values of a snapshot, in the language that is spoken."""

from gettext import NullTranslations

import pytest

from cordula.evidence import snapshot
from cordula.evidence.wording import told
from cordula.vocabulary import words

ANSWERS = snapshot.read()["answers"]


class Backwards(NullTranslations):
    """A language in which every text that is translated can be told from one that is not."""

    def gettext(self, message: str) -> str:
        return f"‹{message}›"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"‹{msgid1 if n == 1 else msgid2}›"


@pytest.mark.parametrize("key", ANSWERS)
def test_the_sentences_of_a_snapshot_can_be_made_again_from_its_values(key: str) -> None:
    assert list(told(ANSWERS[key])) == ANSWERS[key]["in_words"]


@pytest.mark.parametrize("key", ["rvef-change@12", "cord-blood-volume@0", "death@96", "troponin@0"])
def test_every_sentence_passes_through_the_catalogue(
    key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = words._Words("xx")
    monkeypatch.setattr(other, "catalogue", Backwards())
    spoken = words._spoken.set(other)
    try:
        said = told(ANSWERS[key])
    finally:
        words._spoken.reset(spoken)
    assert said
    assert all("‹" in sentence for sentence in said)


def test_what_speaks_against_the_cells_is_said_before_the_number_for_them() -> None:
    first, second, *_ = told(ANSWERS["rvef-change@12"])
    assert "against cells" in first
    assert "5.6 percentage points" in second
