"""What was released last, and what changed then? Pages read files that a command wrote; nothing is computed for a reader."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from cordula.evidence import release, snapshot
from cordula.evidence.changes import changes

Values = Mapping[str, Any]


def newest() -> Values:
    return snapshot.read()


def answers() -> Mapping[str, Values]:
    found: Mapping[str, Values] = newest()["answers"]
    return found


def study(id_: str) -> Values | None:
    found: Values | None = newest()["studies"].get(id_)
    return found


def looked_on(id_: str) -> str:
    """The day somebody last looked for its results."""
    found = study(id_)
    return found["looked_on"] if found else ""


def pictures(key: str) -> list[Values]:
    return list(release.pictures(newest()["name"]).get(key, []))


def picture(name: str) -> bytes | None:
    return release.picture(newest()["name"], name)


def times(question: str) -> list[Values]:
    """The answers to one question, the earliest time first."""
    own = [one for one in answers().values() if one["question"] == question]
    return sorted(own, key=lambda one: one["months"])


def mentions(id_: str) -> Iterator[Values]:
    """The answers that a study has a part in, or is left out of."""
    for one in sorted(answers().values(), key=lambda one: (one["question"], one["months"])):
        parts = (one["inputs"], one["directions"], one["beside"], one["left_out"])
        if any(row["study"] == id_ for part in parts for row in part):
            yield one


def earlier() -> str:
    """The name of the snapshot before the newest; empty where there is none."""
    names = snapshot.names()
    return names[-2] if len(names) > 1 else ""


def changed() -> tuple[str, ...]:
    """What the newest says otherwise than the one before it."""
    return _changed(earlier(), newest()["name"]) if earlier() else ()


@cache
def _changed(before: str, after: str) -> tuple[str, ...]:
    return tuple(changes(snapshot.read(before), snapshot.read(after)))
