"""What did the world know on a day? Every question answered and released as one file with the same bytes each time.

Pages read snapshots; nothing is computed while a parent waits."""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from cordula.evidence.answer import Answer
from cordula.evidence.claims import claims
from cordula.evidence.facts import facts
from cordula.evidence.library import OWN, studies, waiting
from cordula.evidence.pooling import pool
from cordula.evidence.questions import at_key, questions
from cordula.evidence.refusal import EvidenceRefused, Problem, Unknown
from cordula.evidence.told import (
    answer_values,
    claim_values,
    fact_values,
    study_values,
    waiting_values,
)

FORMAT = "cordula-evidence-snapshot/1"
SNAPSHOTS = OWN / "snapshots"
# The numerics whose change may change an answer.
CODE = (
    OWN,
    OWN.parent / "stats" / "synthesis",
    OWN.parent / "stats" / "borrowing",
    OWN.parent / "stats" / "models",
)


def answered() -> dict[str, Answer]:
    """Every question at each of its times."""
    return {
        at_key(one.id, months): pool(one, months)
        for one in questions().values()
        for months in one.months
    }


def make(name: str, made_on: date, answers: Mapping[str, Answer] | None = None) -> dict[str, Any]:
    """The whole snapshot as plain values. The day is an argument: the same files give the same bytes."""
    known = studies()
    given = answered() if answers is None else answers
    return {
        "format": FORMAT,
        "name": name,
        "made_on": made_on.isoformat(),
        "software": {"version": _version(), "digest": digest_of_code()},
        "data_digest": digest_of_data(),
        "answers": {key: answer_values(one) for key, one in given.items()},
        "studies": {key: study_values(one) for key, one in known.items()},
        "waiting": [waiting_values(one) for one in waiting(known)],
        "claims": [claim_values(one) for one in claims()],
        "facts": {key: fact_values(one) for key, one in facts().items()},
    }


def written(values: Mapping[str, Any]) -> bytes:
    """Sorted keys, two spaces, UTF-8, one newline at the end."""
    text = json.dumps(values, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False)
    return f"{text}\n".encode()


def names(folder: Path = SNAPSHOTS) -> list[str]:
    """The snapshots there are, the oldest first: a name is a year and a month."""
    return sorted(path.stem for path in folder.glob("*.json"))


def read(name: str | None = None, folder: Path = SNAPSHOTS) -> dict[str, Any]:
    """The snapshot of this name, or the newest. Raises Unknown where there is none."""
    known = names(folder)
    wanted = name if name is not None else (known[-1] if known else "")
    if wanted not in known:
        raise Unknown(wanted, "a snapshot", known)
    return _read(folder / f"{wanted}.json")


@cache
def _read(path: Path) -> dict[str, Any]:
    """Raises EvidenceRefused for a file that no release wrote."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as fault:
        raise EvidenceRefused(
            [Problem(path.name, 1, f"no snapshot can be read: {fault}")]
        ) from fault
    if not isinstance(found, dict) or not {"name", "answers"} <= found.keys():
        raise EvidenceRefused([Problem(path.name, 1, "this is no snapshot: “name” is missing")])
    return found


def digest_of_data() -> str:
    """SHA-256 over every file of the evidence but the snapshots, each with its name."""
    return _digest(list(OWN.rglob("*.toml")))


def digest_of_code() -> str:
    return _digest([path for folder in CODE for path in folder.rglob("*.py")])


def _digest(paths: list[Path]) -> str:
    whole = sha256()
    for path in sorted(paths):
        name = path.relative_to(OWN.parent).as_posix()
        whole.update(f"{name}\n{sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


def _version() -> str:
    try:
        return version("cordula")
    except PackageNotFoundError:
        return "not installed"
