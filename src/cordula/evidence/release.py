"""What is released on a day? The snapshot, and in a folder beside it the pictures of its answers.

Pictures are drawn here, once, and kept as files with the snapshot. They could be drawn when a page first asks for
them and be kept by digest: but then somebody would wait for it, each server would need the plotting library, and two
servers with other fonts would show two pictures of one dated answer."""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from cordula.evidence import snapshot
from cordula.evidence.answer import Answer
from cordula.evidence.plots import Figure, figures
from cordula.evidence.snapshot import SNAPSHOTS

INDEX = "pictures.json"


def release(name: str, made_on: date, folder: Path = SNAPSHOTS) -> dict[str, Any]:
    """Writes both and returns the snapshot. Pictures that no answer has any more are removed."""
    answers = snapshot.answered()
    values = snapshot.make(name, made_on, answers)
    drawn = {key: figures(one) for key, one in answers.items()}
    beside = folder / name
    beside.mkdir(exist_ok=True)
    for old in beside.glob("*.svg"):
        old.unlink()
    for figure in (one for several in drawn.values() for one in several):
        (beside / f"{figure.name}.svg").write_text(figure.svg, encoding="utf-8")
    (beside / INDEX).write_bytes(snapshot.written(index(answers, drawn)))
    (folder / f"{name}.json").write_bytes(snapshot.written(values))
    return values


def index(
    answers: Mapping[str, Answer], drawn: Mapping[str, tuple[Figure, ...]]
) -> dict[str, list[dict[str, Any]]]:
    """The pictures of each answer with their words and their rows, as a page shows them beside the picture."""
    return {key: [_indexed(one) for one in drawn[key]] for key in answers}


def _indexed(figure: Figure) -> dict[str, Any]:
    return {
        "name": figure.name,
        "kind": figure.kind,
        "title": figure.title,
        "description": figure.description,
        "rows": [list(row) for row in figure.rows],
        "sha256": sha256(figure.svg.encode()).hexdigest(),
    }


def pictures(name: str, folder: Path = SNAPSHOTS) -> dict[str, list[dict[str, Any]]]:
    """By the key of the answer; empty for a snapshot that was released without pictures."""
    return _pictures(folder / name / INDEX)


@cache
def _pictures(path: Path) -> dict[str, list[dict[str, Any]]]:
    if not path.exists():
        return {}
    found: dict[str, list[dict[str, Any]]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def picture(name: str, of: str, folder: Path = SNAPSHOTS) -> bytes | None:
    """One picture of a snapshot by its name; None where its index does not name it."""
    named = {one["name"] for several in pictures(name, folder).values() for one in several}
    return (folder / name / f"{of}.svg").read_bytes() if of in named else None
