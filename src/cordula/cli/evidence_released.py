"""How does a command release the evidence: is the name one, what is written, and what has changed since?"""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from cordula.cli.failures import BadInput

NAME = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


def where(command: Any) -> Any:
    """The options of every command that releases: in which folder, and of which day."""
    folder = click.option(
        "--folder",
        type=FOLDER,
        help="Where snapshots are kept; by default those of Cordula itself.",
    )
    day = click.option(
        "--on",
        "made_on",
        type=click.DateTime(["%Y-%m-%d"]),
        help="The day it is dated; by default today.",
    )
    return folder(day(command))


def released(name: str, folder: Path | None, made_on: datetime | None) -> dict[str, Any]:
    """Writes the snapshot and its pictures; says where, against which it was compared, and what has changed."""
    from cordula.evidence import snapshot
    from cordula.evidence.changes import changes
    from cordula.evidence.refusal import EvidenceRefused, PoolingRefused
    from cordula.evidence.release import release

    if not NAME.fullmatch(name):
        raise BadInput(f"“{name}” is no name of a snapshot: a year and a month, such as 2026-11.")
    place = folder or snapshot.SNAPSHOTS
    earlier = [one for one in snapshot.names(place) if one <= name]
    try:
        before = snapshot.read(earlier[-1], place) if earlier else None
    except EvidenceRefused as refused:
        raise BadInput(str(refused)) from refused
    day = made_on.date() if made_on else date.today()  # noqa: DTZ011  the day at the desk
    try:
        values = release(name, day, place)
    except PoolingRefused as refused:
        raise BadInput(str(refused)) from refused
    told = {
        "snapshot": name,
        "written": str(place / f"{name}.json"),
        "answers": len(values["answers"]),
    }
    if before is None:
        return {**told, "against": None, "changes": []}
    return {**told, "against": before["name"], "changes": changes(before, values)}


def release_lines(told: dict[str, Any]) -> list[str]:
    """The same for people."""
    if told["against"] is None:
        return [f"Written: {told['written']}", f"The first: {told['answers']} answers."]
    return [f"Written: {told['written']}", *(told["changes"] or ["Nothing has changed."])]
