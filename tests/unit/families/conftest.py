"""Somebody without an account, who opens a page."""

from collections.abc import Iterator

import pytest
from django.test import Client

from cordula_web.families import content


@pytest.fixture
def stranger() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    yield
    for kept in (content._page, content._paper, content._content, content._can_be_shown):
        kept.cache_clear()
