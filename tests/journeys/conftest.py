"""The site as a person meets it: made by the command, served by the command, opened in a browser.

One practice programme and one server for all journeys of a run. The browser may talk to that server
and to nobody else; what it tried to reach outside fails the journey.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

INFANTS = 30
PASSWORD = "practice makes careful"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("site"))


@dataclass(frozen=True)
class Installed:
    """A practice installation of its own, and the command that works on it."""

    home: Path

    def cordula(self, *words: str, ok: tuple[int, ...] = (0,)) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "cordula.cli.main", *words],
            check=False,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=240,
        )
        assert done.returncode in ok, done.stdout + done.stderr
        assert "Traceback" not in done.stdout + done.stderr
        return done

    @property
    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("CORDULA", "DATABASE"))}
        return kept | {"CORDULA_HOME": str(self.home), "PYTHONWARNINGS": "default"}


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The practice programme, played by `cordula demo`."""
    made = Installed(tmp_path_factory.mktemp("home"))
    made.cordula("demo", "--no-serve", "--infants", str(INFANTS))
    return made


@dataclass(frozen=True)
class Served:
    """The running site: its address, and the log that its process writes."""

    address: str
    log: Path
    installed: Installed


@pytest.fixture(scope="session")
def served(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    port, log = _free_port(), tmp_path_factory.mktemp("log") / "server.log"
    command = [sys.executable, "-m", "cordula.cli.main", "serve", "--practice"]
    with log.open("w") as out:
        process = subprocess.Popen(
            [*command, "--port", str(port), "--workers", "1"],
            env=installed.environment,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/health", process, log)
        yield Served(address, log, installed)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        assert process.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.25)
    raise AssertionError(f"the site did not come up: {log.read_text()}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """For one module at a time: while it is open, its loop runs, and no other browser can be opened."""
    path = os.environ.get("CORDULA_CHROMIUM") or shutil.which("chromium")
    assert path, "The browser tests need chromium; 'make test' says how to get it."
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield opened
        opened.close()


@dataclass
class Visitor:
    """Somebody at the site in a browser window, and what went wrong there meanwhile."""

    page: Page
    context: BrowserContext
    address: str
    complaints: list[str]

    def go(self, path: str) -> Page:
        response = self.page.goto(self.address + path)
        assert response is not None
        assert response.status == 200, f"{path}: {response.status}"
        return self.page


@pytest.fixture
def visitor(served: Served, browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """A signed-in practice person, or a stranger where no name is given; nobody complains meanwhile."""
    opened: list[Visitor] = []

    def visit(
        username: str | None = None, *, javascript: bool = True, width: int = 1366
    ) -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=javascript
        )
        one = Visitor(context.new_page(), context, served.address, [])
        _listen(one)
        opened.append(one)
        if username:
            _sign_in(one.page, served.address, username)
        return one

    yield visit
    complaints = [complaint for one in opened for complaint in one.complaints]
    for one in opened:
        one.context.close()
    assert not complaints


def _listen(one: Visitor) -> None:
    def on_console(message: ConsoleMessage) -> None:
        refused = "Failed to load resource" in message.text  # a 409 or 404 the test asked for
        if message.type in ("error", "warning") and not refused:
            one.complaints.append(f"console: {message.text}")

    one.page.on("console", on_console)
    one.page.on("pageerror", lambda error: one.complaints.append(f"script: {error}"))
    one.page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((one.address, "data:", "blob:"))
            else one.complaints.append(f"outside: {request.url}")
        ),
    )


def _sign_in(page: Page, address: str, username: str) -> None:
    page.goto(f"{address}/account/sign-in")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button >> nth=0")
    page.wait_for_url(lambda url: "sign-in" not in url)
