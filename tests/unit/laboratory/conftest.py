"""Lina's unit, and the laboratory around it, as the pages of the laboratory find them."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher

from cordula_web.people.sites import Site
from cordula_web.records.histories import REMEMBERED
from cordula_web.records.shelf import SHELF
from tests import site
from tests.unit.journey import cast as journey
from tests.unit.records.evil_owner import empty_the_ledger


@pytest.fixture(autouse=True)
def keys(settings: Any, tmp_path: Path) -> None:
    settings.CORDULA_KEYS = tmp_path / "keys"
    settings.CORDULA_ORIGIN = "cordula.example/st-anna"
    REMEMBERED.forget()


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same hash with less work."""
    for name, cost in {"time_cost": 1, "memory_cost": 64, "parallelism": 1}.items():
        monkeypatch.setattr(Argon2PasswordHasher, name, cost)


@pytest.fixture
def st_anna(transactional_db: None, settings: Any) -> Iterator[None]:
    """The cast at a practice site, where a password alone signs."""
    site.people_the_site(site.PASSWORD)
    Site.objects.update(practice=True)
    settings.PRACTICE_WITHOUT_SECOND_FACTOR = True
    SHELF.put(journey.PROTOCOL)
    yield
    SHELF.forget()
    empty_the_ledger()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Sets what time it is for the pages."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return set_to
