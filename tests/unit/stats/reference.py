"""The reference values kept with the project: each with the R call that produced it."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

FOLDER = Path(__file__).parents[3] / "vectors" / "statistics"


@dataclass(frozen=True)
class Case:
    """One case: what is expected, how near, and the R call that says it."""

    id: str
    expected: dict[str, Any]
    inputs: Any
    rel_tol: float
    r_call: str
    note: str | None

    def near(self, name: str, got: Any, rel_tol: float | None = None) -> None:
        """|got − expected| ≤ rel_tol · max(1, |expected|), for every number of it."""
        wanted = np.asarray(self.expected[name], dtype=float)
        found = np.asarray(got, dtype=float)
        assert found.shape == wanted.shape, (name, found.shape, wanted.shape)
        off = np.abs(found - wanted) / np.maximum(1.0, np.abs(wanted))
        assert np.all(off <= (rel_tol or self.rel_tol)), (self.r_call, name, found, wanted)


@cache
def _cases() -> dict[str, Case]:
    listed = json.loads((FOLDER / "reference.json").read_text())["cases"]
    return {c["id"]: Case(**{k: c.get(k) for k in Case.__dataclass_fields__}) for c in listed}


def case(id: str) -> Case:
    return _cases()[id]


def ids() -> tuple[str, ...]:
    return tuple(_cases())


@cache
def dataset(name: str) -> dict[str, Any]:
    found = json.loads((FOLDER / "datasets.json").read_text())[name]
    return found  # type: ignore[no-any-return]
