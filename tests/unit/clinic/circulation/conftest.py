"""The numerics, loaded before a test opens a transaction: the database ends one in which nothing happens for long."""

import pytest

from cordula_web.clinic.circulation.answer import answer
from cordula_web.clinic.circulation.form import CirculationForm


@pytest.fixture(scope="session", autouse=True)
def loaded() -> None:
    form = CirculationForm({"circuit": "norwood-bts", "weight": "5.6", "points": "5"})
    assert form.is_valid()
    answer(form)
