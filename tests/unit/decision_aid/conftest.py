"""The shipped page, and pages that somebody spoilt."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from cordula.decision_aid.aid import Aid
from cordula.decision_aid.page import Page, draw
from cordula.decision_aid.reading import CONTENT, read
from cordula.decision_aid.site import SHIPPED, Site, read_site

TODAY = date(2026, 11, 22)

COMPLETE = """
[funding]
words = "The hospital paid for this page. Nobody who wrote it earns by a choice."
stated_by = "The hospital's director"
on = 2026-12-01

[reviewed]
by = "A midwife of this country"
on = 2026-12-02

[[tried]]
who = "parents"
people = 12
on = 2026-12-03
report = "Report 7"

[[tried]]
who = "professionals"
people = 5
on = 2026-12-04
report = "Report 8"
"""


@pytest.fixture(scope="session")
def site() -> Site:
    return read_site()


@pytest.fixture(scope="session")
def aid(site: Site) -> Aid:
    return read(site)


@pytest.fixture(scope="session")
def page(aid: Aid, site: Site) -> Page:
    return draw(aid, site, TODAY)


@pytest.fixture
def spoilt(tmp_path: Path, site: Site) -> Callable[[str, str], Aid]:
    """The content file with some of its words changed, once each."""

    def change(before: str, after: str) -> Aid:
        text = CONTENT.read_text(encoding="utf-8")
        assert before in text
        path = tmp_path / "aid.toml"
        path.write_text(text.replace(before, after, 1), encoding="utf-8")
        return read(site, path)

    return change


@pytest.fixture
def complete(tmp_path: Path) -> Site:
    """A site whose owner has brought everything."""
    path = tmp_path / "complete.toml"
    path.write_text(SHIPPED.read_text(encoding="utf-8") + COMPLETE, encoding="utf-8")
    return read_site(path)
