"""What may lie behind a rise of the ejection fraction? Four stories, as data."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Telling:
    """One story before it is told of a child; `fixed` is 0 where the lever is pulled until the rise is reached."""

    id: str
    title: str
    lever: str
    means: str
    look: str
    amounts: tuple[float, float] = (1.0, 1.0)
    leak_weight_kg: float = 0.0
    fixed: float = 0.0

    @property
    def added(self) -> bool:
        """A leak is added; everything else is multiplied."""
        return self.leak_weight_kg > 0


@cache
def tellings() -> tuple[Telling, ...]:
    text = (files("cordula.heart.ask") / "stories.toml").read_text(encoding="utf-8")
    return tuple(Telling(id=key, **_tupled(told)) for key, told in tomllib.loads(text).items())


def _tupled(told: dict[str, Any]) -> dict[str, Any]:
    amounts = told.get("amounts")
    return {**told, "amounts": tuple(amounts)} if isinstance(amounts, list) else told
