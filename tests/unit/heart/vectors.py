"""The reference tables kept with the project, and the circulations that are compared with them."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from cordula import heart
from cordula.heart.circulation import Steady
from cordula.vocabulary.quantity import Quantity

FOLDER = Path(__file__).parents[3] / "vectors" / "heart"


@cache
def table(file: str) -> dict[str, Any]:
    return json.loads((FOLDER / f"{file}.json").read_text())  # type: ignore[no-any-return]


@cache
def steady(name: str, age_days: int | None = None) -> Steady:
    """The circuit at its own weight, or at the usual weight of an age; it must settle."""
    age = None if age_days is None else Quantity.of(age_days, "d")
    found = heart.load(name).scaled(age=age).steady()
    assert isinstance(found, Steady), (name, found)
    return found
