"""What families read: every number sourced, no promise, equal room; and the rule is seen to bite."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cordula.decision_aid import checklist, guards
from cordula.decision_aid.aid import texts_in
from cordula.decision_aid.reading import CONTENT, OWN, read
from cordula.decision_aid.site import read_site
from cordula.evidence.claims import claims
from cordula.vocabulary import words

CORE = OWN.parent
SITES = sorted((OWN / "sites").glob("*.toml"))
CATALOGUES = sorted((CORE / "locale").glob("*/LC_MESSAGES/cordula.mo"))
LANGUAGES = ["en", *(path.parents[1].name for path in CATALOGUES)]

BITES = [
    ("We help other families", "We help 12 other families", "a number without a source"),
    ("We help other families", "We help twelve other families", "a number without a source"),
    ("We help other families", "We regenerate the heart", "needs a citation of its own"),
    ("We help other families", "We repair the heart", "needs a citation of its own"),
    ("We help other families", "We treat the heart", "needs a citation of its own"),
    ("We help other families", "We have an insurance", "needs a citation of its own"),
    ("We help other families", "It may be life-saving", "needs a citation of its own"),
    ("Until the birth.", "Until the birth. " + "Think about that for long. " * 20, "balance"),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", SITES, ids=lambda path: path.stem)
def test_the_parents_page_may_be_shown(path: Path, language: str) -> None:
    token = words.activate(language)
    try:
        assert guards.check(read(read_site(path))) == []
    finally:
        words.deactivate(token)


@pytest.mark.parametrize(("before", "after", "says"), BITES)
def test_the_rule_bites(tmp_path: Path, before: str, after: str, says: str) -> None:
    text = CONTENT.read_text(encoding="utf-8")
    spoilt = tmp_path / "aid.toml"
    spoilt.write_text(text.replace(before, after, 1), encoding="utf-8")
    assert before in text
    assert any(says in one.says for one in guards.check(read(read_site(), spoilt)))


def test_every_text_of_families_stands_in_the_catalogue() -> None:
    """Where this fails: tools/collect-texts."""
    known = set(_messages(CORE / "locale/en/LC_MESSAGES/cordula.po"))
    page = {text.words for path in SITES for text in texts_in(read(read_site(path)))}
    said = {item.asks for item in checklist.items()} | {claim.words for claim in claims()}
    assert page | said <= known, sorted((page | said) - known)


def _messages(catalogue: Path) -> Iterator[str]:
    found = re.findall(
        r'^msgid ((?:".*"\n?)+)', catalogue.read_text(encoding="utf-8"), re.MULTILINE
    )
    for lines in found:
        yield "".join(ast.literal_eval(line) for line in lines.splitlines())


def test_no_page_of_families_holds_words_of_its_own_about_cells() -> None:
    """The content is data: what a template says itself carries no number at all."""
    folder = CORE.parent / "cordula_web/families/templates/families"
    for path in folder.glob("*.html"):
        for said in re.findall(
            r'translate (?:trimmed )?"([^"]+)"', path.read_text(encoding="utf-8")
        ):
            assert not re.search(r"\d", said), f"{path.name}: {said}"
