"""The page about the format shows what the format is."""

import re
from pathlib import Path

from cordula.passport.format import NAME, SECTIONS, SIZE_MAX
from cordula.passport.refusal import Reason
from tests.unit.passport.corpus import read

PAGE = (Path(__file__).parents[3] / "docs/passport-format.md").read_text(encoding="utf-8")


def test_every_reason_stands_on_the_page() -> None:
    assert set(re.findall(r"\| `(\w+)` \|", PAGE)) == set(Reason)


def test_the_file_that_is_shown_is_the_one_that_was_issued() -> None:
    shown = PAGE.partition("```\n")[2].partition("```")[0]
    rest = next(v.data for v in read()[1] if v.name == "as_issued").decode()
    for piece in filter(None, map(str.strip, shown.split("…"))):
        _, found, rest = rest.partition(piece)
        assert found == piece


def test_the_page_names_the_parts_and_the_limit() -> None:
    assert all(f"**`{name}`**" in PAGE for name in SECTIONS)
    assert f"{SIZE_MAX:,} bytes" in PAGE
    assert NAME in PAGE
