"""The hospital of the tests, and what time it is there."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from cordula_web.records.histories import REMEMBERED
from cordula_web.records.shelf import SHELF
from tests import site
from tests.unit.journey import cast as journey


@pytest.fixture(autouse=True)
def keys(settings: Any, tmp_path: Path) -> None:
    settings.CORDULA_KEYS = tmp_path / "keys"
    settings.CORDULA_ORIGIN = "cordula.example/st-anna"
    REMEMBERED.forget()


@pytest.fixture
def st_anna(db: None) -> Iterator[None]:
    site.people_the_site()
    SHELF.put(journey.PROTOCOL)
    yield
    SHELF.forget()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Sets what time it is for the pages."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return set_to
