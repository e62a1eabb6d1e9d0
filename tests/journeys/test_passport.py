"""Another hospital verifies a passport offline: by the command, and by one file in a browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import Installed

pytestmark = pytest.mark.browser

GIVEN = "A999926000010"


@pytest.fixture(scope="module")
def issued(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A passport, and the key that the issuer publishes."""
    target = tmp_path_factory.mktemp("passport") / "unit.passport"
    said = installed.cordula(
        "passport", "issue", GIVEN, "--to", str(target), "--recipient", "St Luke", "--with-words"
    ).stdout
    return target, said.strip().splitlines()[-1].partition(": ")[2]


def test_the_command_verifies_it_and_refuses_a_changed_one(
    installed: Installed, issued: tuple[Path, str], tmp_path: Path
) -> None:
    target, key = issued
    said = installed.cordula("verify", str(target), "--key", key).stdout
    assert "Administered" in said
    assert "does not prove" in said

    lines = target.read_bytes().split(b"\n")
    changed = tmp_path / "changed.passport"
    changed.write_bytes(
        b"\n".join(line.replace(b"right ventricle", b"left ventricle") for line in lines)
    )
    refused = installed.cordula("verify", str(changed), "--key", key, ok=(1,))
    assert "REFUSED (edited)" in refused.stdout + refused.stderr


def test_one_html_file_without_a_network_says_the_same(
    installed: Installed, issued: tuple[Path, str], browser: Browser, tmp_path: Path
) -> None:
    target, key = issued
    page_file = tmp_path / "verify.html"
    installed.cordula("passport", "verifier", "--to", str(page_file))
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto(page_file.as_uri())
    page.fill("textarea#key", key)
    page.set_input_files("input[type=file]", str(target))
    page.wait_for_selector("text=Administered")
    assert "St Luke" in page.inner_text("body")
    context.close()
