"""The showcase on a port of its own, and a browser to look at it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def showcase() -> Iterator[str]:
    """The address of the showcase, ended by a slash."""
    with override_settings(ROOT_URLCONF="cordula_web.frame.showcase.alone"):
        server = make_server("127.0.0.1", 0, WSGIHandler(), _Server, _Quiet)
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/showcase/"
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 1440, "height": 1000})
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained of: broken scripts, refused fragments, files that are not there."""
    return []


@pytest.fixture
def open_page(
    context: BrowserContext, showcase: str, complaints: list[str]
) -> Callable[[str], Page]:
    def opened(name: str) -> Page:
        page = context.new_page()
        page.on(
            "console",
            lambda told: told.type in ("error", "warning") and complaints.append(told.text),
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(showcase + name)
        return page

    return opened
