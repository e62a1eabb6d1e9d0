"""From the scenarios of a protocol to objects. The file was checked for form when it was loaded."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from cordula.protocols.file.amounts import amount
from cordula.protocols.protocol import Protocol
from cordula.trial.scenarios.scenario import (
    Baseline,
    Hazard,
    Means,
    Scenario,
    Share,
    Spread,
    Survival,
    Truth,
)
from cordula.vocabulary.quantity import Quantity

Row = Mapping[str, Any]


def scenarios_of(protocol: Protocol) -> dict[str, Scenario]:
    """Every scenario by its name, the null first."""
    visits = {one["id"]: len(one.get("visits", ())) for one in protocol.design["endpoints"]}
    return {name: _scenario(name, row, visits) for name, row in protocol.scenarios.items()}


def _scenario(name: str, row: Row, visits: Mapping[str, int]) -> Scenario:
    return Scenario(
        id=name,
        title=row["title"],
        assumption=row.get("assumption", ""),
        source=row.get("source", ""),
        truth={
            endpoint: {arm: _truth(one) for arm, one in by_arm.items()}
            for endpoint, by_arm in row["truth"].items()
        },
        dropout=_share_of(row.get("dropout")),
        dropout_by_baseline=Decimal(row.get("dropout_by_baseline", "0")),
        accrual=amount(row["accrual"]) if "accrual" in row else None,
        baseline={key: _baseline(one) for key, one in row.get("baseline", {}).items()},
        measurement={key: _errors(one) for key, one in row.get("measurement", {}).items()},
        correlations={
            key: _correlations(one, visits[key]) for key, one in row.get("visits", {}).items()
        },
        events={
            event: {
                arm: Hazard(Decimal(one["without"]), amount(one["at"])) for arm, one in by.items()
            }
            for event, by in row.get("events", {}).items()
        },
        after_operation=_amounts(row, "after_operation"),
        selection=_amounts(row, "selection"),
    )


def _truth(row: Row) -> Truth:
    if "share" in row:
        return Share(Decimal(row["share"]))
    if "survival" in row:
        return Survival(Decimal(row["survival"]), amount(row["at"]))
    if "means" in row:
        return Means(tuple(map(amount, row["means"])), tuple(map(amount, row["sds"])))
    return Spread(amount(row["mean"]), amount(row["sd"]))


def _share_of(text: str | None) -> Decimal:
    """``"5 %"`` is 0.05."""
    return Decimal(0) if text is None else amount(text).to("%").value / 100


def _baseline(row: Row) -> Baseline:
    mean, sd = (amount(row[key]) if key in row else None for key in ("mean", "sd"))
    return Baseline(correlation=Decimal(row["correlation"]), mean=mean, sd=sd)


def _errors(row: Row) -> tuple[Quantity | None, Quantity | None]:
    first, later = (amount(row[key]) if key in row else None for key in ("first", "later"))
    return first, later


def _correlations(row: Row, visits: int) -> tuple[tuple[Decimal, ...], ...]:
    if "correlations" in row:
        return tuple(tuple(Decimal(x) for x in line) for line in row["correlations"])
    alike, one = Decimal(row["correlation"]), Decimal(1)
    return tuple(tuple(one if i == j else alike for j in range(visits)) for i in range(visits))


def _amounts(row: Row, key: str) -> dict[str, Quantity]:
    return {name: amount(text) for name, text in row.get(key, {}).items()}
