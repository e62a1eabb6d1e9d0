"""What did the world know when the evidence was last released? Parents are shown a dated snapshot, never a file that is being edited."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from cordula.evidence import snapshot

Values = Mapping[str, Any]


def made_on() -> date:
    return date.fromisoformat(snapshot.read()["made_on"])


def facts() -> Mapping[str, Values]:
    found: Mapping[str, Values] = snapshot.read()["facts"]
    return found


def studies() -> Mapping[str, Values]:
    found: Mapping[str, Values] = snapshot.read()["studies"]
    return found


def claims() -> list[Values]:
    found: list[Values] = snapshot.read()["claims"]
    return found


def sources_of(saying: Values) -> list[Values]:
    """Where a study or a fact that a claim names was read. A study read in several places names them all: a
    claim does not say which of them it was."""
    if saying["fact"] is not None:
        return [facts()[saying["fact"]]["source"]]
    return list(studies()[saying["study"]]["sources"].values())


def of_fact(fact: Values, take: str, of: str | None) -> Decimal | None:
    """One number of a fact: of one group, where it tells of several; none where that is not said."""
    if take == "n" and fact["n"] is not None:
        return Decimal(fact["n"])
    rows = [row for row in fact["values"] if of is None or row.get("of") == of]
    found = rows[0].get(take) if len(rows) == 1 else None
    return None if found is None else Decimal(str(found))


def of_study(study: Values, take: str, arm: str | None) -> Decimal | date | None:
    """One number of a study, or the day somebody last looked for its results; none where that is not said."""
    if take == "looked_on":
        return date.fromisoformat(study["looked_on"])
    if take == "size":
        return None if study["size"] is None else Decimal(study["size"])
    if take == "arm":
        n = study["arms"].get(arm, {}).get("n")
        return None if n is None else Decimal(n)
    measured = [one for one in study["results"] if one["direction"] and one["months"]]
    same = [one for one in measured if one["direction"] == "no_difference"]
    return Decimal(len(same if take == "no_difference" else measured))
