"""A child is judged by the very version she was enrolled under, for as long as it is kept."""

from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from cordula.events.before_birth import Enrolled
from cordula.protocols.load import folder_named, named
from cordula_web.records import shelf
from cordula_web.records.shelf import SHELF
from tests import cast

NAME = "practice-mnc-stage-2"


@pytest.fixture
def enrolled() -> Enrolled:
    event = cast.before_birth()[3]
    assert isinstance(event, Enrolled)
    return replace(event, protocol=NAME, digest=named(NAME).digest)


def test_a_published_version_is_found_by_its_digest(enrolled: Enrolled) -> None:
    assert SHELF.take(enrolled) is named(NAME)


def test_a_version_that_is_not_here_judges_nothing(enrolled: Enrolled) -> None:
    assert SHELF.take(replace(enrolled, digest="0" * 64)) is None


def test_an_old_version_in_the_site_s_folder_goes_on_judging(
    enrolled: Enrolled, tmp_path: Path, settings: object
) -> None:
    copytree(folder_named(NAME), tmp_path / "older")
    file = tmp_path / "older" / "protocol.toml"
    file.write_text(file.read_text() + "\n# An older version.\n")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "protocol.toml").write_text("id = 1\n")
    settings.CORDULA_PROTOCOLS = str(tmp_path)  # type: ignore[attr-defined]
    older = shelf.load(tmp_path / "older")
    assert older.digest != enrolled.digest
    assert SHELF.take(replace(enrolled, digest=older.digest)) == older
