"""The ward of St Anna: a kit set aside for Lina, and the midwives."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from cordula_web.people import identities
from cordula_web.people.identities import Identity
from cordula_web.records.histories import REMEMBERED
from cordula_web.records.shelf import SHELF
from tests import cast, site
from tests.unit.journey import cast as journey

MOTHER = Identity(family_name="Haddad", given_name="Rana", hospital_number="3300 1188")


@pytest.fixture(autouse=True)
def keys(settings: Any, tmp_path: Path) -> None:
    settings.CORDULA_KEYS = tmp_path / "keys"
    settings.CORDULA_ORIGIN = "cordula.example/st-anna"
    REMEMBERED.forget()


@pytest.fixture
def st_anna(db: None) -> Iterator[None]:
    site.people_the_site()
    identities.save(cast.MOTHER, MOTHER, site.HERE)
    SHELF.put(journey.PROTOCOL)
    yield
    SHELF.forget()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Sets what time it is for the pages."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return set_to
