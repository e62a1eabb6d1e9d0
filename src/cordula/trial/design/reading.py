"""From the design section of a protocol to objects. The file was checked for form when it was loaded.

What cannot be seen from the form alone, such as more looks than children, is refused here with CannotBe."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from cordula.protocols.file.amounts import amount
from cordula.protocols.protocol import Protocol
from cordula.stats.refusals import CannotBe
from cordula.trial.design.arms import Allocation, Arm, sizes
from cordula.trial.design.design import Design
from cordula.trial.design.endpoints import (
    Binary,
    Continuous,
    Endpoint,
    Hierarchical,
    Longitudinal,
    TimeToEvent,
)
from cordula.trial.design.estimand import Estimand, Intercurrent, Strategy
from cordula.trial.rules.futility import futility_of
from cordula.trial.rules.looks import LookRule
from cordula.trial.rules.multiplicity import Multiplicity
from cordula.trial.rules.safety import SafetyRule
from cordula.vocabulary.measures import measure
from cordula.vocabulary.quantity import Quantity

Row = Mapping[str, Any]
MISSING = {
    "continuous": "complete_cases",
    "longitudinal": "likelihood",
    "binary": "complete_cases",
    "time_to_event": "censored",
    "hierarchical": "censored",
}


def design_of(protocol: Protocol) -> Design:
    """The design of a loaded protocol. Raises CannotBe where nothing of this kind could be run."""
    row = protocol.design
    arms = tuple(_arm(one) for one in row["arms"])
    endpoints = {one["id"]: endpoint_of(one, _reference(protocol, one)) for one in row["endpoints"]}
    participants = _participants(row, arms)
    design = Design(
        protocol=protocol.id,
        version=protocol.version,
        digest=protocol.digest,
        title=protocol.title,
        randomised=bool(row.get("randomised", False)),
        masked=row["masked"],
        arms=arms,
        participants=participants,
        allocation=_allocation(row),
        alpha=Decimal(row["alpha"]),
        sides=row.get("sides", 2),
        endpoints=endpoints,
        looks=looks_of(row),
        multiplicity=_multiplicity(row, endpoints),
        safety=tuple(_safety(one, arms, participants) for one in row.get("safety", ())),
        assumed=tuple(row.get("assumed", ())),
        assumption=row.get("assumption", ""),
    )
    _check_looks(design)
    _check_order(design)
    return design


def _reference(protocol: Protocol, row: Row) -> Decimal | None:
    """What the null scenario says of the only arm; with two arms there is nothing to refer to."""
    arms = protocol.design["arms"]
    truth = protocol.scenarios["null"]["truth"].get(row["id"], {})
    if len(arms) > 1 or "share" not in truth.get(arms[0]["id"], {}):
        return None
    return Decimal(truth[arms[0]["id"]]["share"])


def _arm(row: Row) -> Arm:
    return Arm(
        id=row["id"],
        title=row["title"],
        ratio=row.get("ratio", 1),
        participants=row.get("participants"),
        cells=row.get("cells", True),
    )


def _participants(row: Row, arms: tuple[Arm, ...]) -> int:
    told = [arm.participants for arm in arms]
    counted = sum(number for number in told if number is not None)
    whole = row.get("participants")
    if whole is None and None in told:
        raise CannotBe("a design says how many children take part: “participants” is missing")
    if whole is None or None in told:
        return int(counted if whole is None else whole)
    if counted != whole:
        raise CannotBe(f"the arms have {counted} children together and the design has {whole}")
    return int(whole)


def _allocation(row: Row) -> Allocation:
    table = row.get("allocation", {"method": "simple" if row.get("randomised") else "none"})
    return Allocation(
        method=table["method"],
        blocks=tuple(table.get("blocks", ())),
        strata=tuple(table.get("strata", ())),
    )


def looks_of(row: Row) -> LookRule:
    """The rule of the looks: shares of the information, the level, and how it is spent."""
    spending = row.get("spending")
    return LookRule(
        shares=tuple(Decimal(share) for share in row["looks"]),
        alpha=Decimal(row["alpha"]),
        sides=row.get("sides", 2),
        spending=spending if isinstance(spending, str) else None,
        spent=tuple(Decimal(x) for x in spending) if isinstance(spending, list) else (),
        shape=row.get("shape"),
        parameter=Decimal(row["parameter"]) if "parameter" in row else None,
        futility=futility_of(row["futility"]) if "futility" in row else None,
    )


def _multiplicity(row: Row, endpoints: Mapping[str, Endpoint]) -> Multiplicity:
    table = row.get("multiplicity", {"method": "none"})
    order = table.get("order", [one.id for one in endpoints.values() if one.primary])
    return Multiplicity(
        method=table["method"],
        order=tuple(order),
        weights=tuple(Decimal(x) for x in table.get("weights", ())),
        passes_on=tuple(tuple(Decimal(x) for x in r) for r in table.get("passes_on", ())),
        stops_with=table.get("stops_with", ""),
    )


def _safety(row: Row, arms: tuple[Arm, ...], participants: int) -> SafetyRule:
    by_arm = dict(zip((arm.id for arm in arms), sizes(arms, participants), strict=True))
    return SafetyRule(
        id=row["id"],
        title=row["title"],
        event=row["event"],
        arm=row["arm"],
        within=amount(row["within"]),
        rule=row["rule"],
        acceptable=Decimal(row["acceptable"]),
        children=by_arm[row["arm"]],
        prior=tuple(Decimal(x) for x in row.get("prior", ())),
        threshold=Decimal(row["threshold"]) if "threshold" in row else None,
        alpha=Decimal(row["alpha"]) if "alpha" in row else None,
        beta=Decimal(row["beta"]) if "beta" in row else None,
        unacceptable=Decimal(row["unacceptable"]) if "unacceptable" in row else None,
        first=row.get("from", 1),
    )


def endpoint_of(row: Row, reference: Decimal | None = None) -> Endpoint:
    """One endpoint of the class of its kind. reference: the share that a single arm is compared with."""
    shared = {
        "id": row["id"],
        "title": row["title"],
        "rank": row["rank"],
        "analysis": row["analysis"],
        "missing": row.get("missing", MISSING[row["kind"]]),
        "looks_for": row.get("looks_for", "higher"),
        "estimand": _estimand(row["estimand"]) if "estimand" in row else None,
    }
    after = amount(row["after"]) if "after" in row else None
    if row["kind"] == "time_to_event":
        return TimeToEvent(**shared, follow_up=after, events=row.get("events"))
    if row["kind"] == "hierarchical":
        return Hierarchical(**shared, components=tuple(row["components"]), follow_up=after)
    if row["kind"] == "binary":
        when = after or _time_of(row.get("timepoint"))
        return Binary(**shared, follow_up=when, reference=reference)
    return _measured(row, shared)


def _measured(row: Row, shared: dict[str, Any]) -> Endpoint:
    told = {
        "measure": row["measure"],
        "timepoint": row["timepoint"],
        "unit": measure(row["measure"]).unit,
        "change_from_baseline": row.get("change_from_baseline", False),
    }
    if row["kind"] == "continuous":
        return Continuous(**shared, **told, follow_up=_time_of(row["timepoint"]))
    visits = tuple(row.get("visits", ()))
    times = tuple(_time_of(visit) for visit in visits)
    return Longitudinal(**shared, **told, visits=visits, follow_ups=times)


def _time_of(timepoint: str | None) -> Quantity:
    """``after_12_months`` is 12 months; what is measured before or at the operation is no time after it."""
    words = (timepoint or "").split("_")
    if len(words) != 3 or words[0] != "after":
        return Quantity.of("0", "mo")
    return amount(f"{words[1]} {words[2]}")


def _estimand(row: Row) -> Estimand:
    handled = {Intercurrent(event): Strategy(way) for event, way in row["intercurrent"].items()}
    return Estimand(
        treatment=row["treatment"],
        population=row["population"],
        variable=row["variable"],
        intercurrent=handled,
        summary=row["summary"],
        set_to=amount(row["set_to"]) if "set_to" in row else None,
    )


def _check_looks(design: Design) -> None:
    after = design.looks_after
    if len(set(after)) < len(after):
        raise CannotBe(
            f"{len(after)} looks at {design.participants} children come after {after}: "
            "each look needs more children than the one before"
        )


def _check_order(design: Design) -> None:
    """Whether every endpoint that the trial is decided by can be tested, at a share of the level with bounds."""
    if design.multiplicity.method == "none":
        return
    order = design.multiplicity.order
    for name in order:
        if not design.endpoints[name].tested:
            raise CannotBe(
                f"“{name}” is described and not tested, so that what comes after it in “order” never would be"
            )
    for one in design.endpoints.values():
        if one.primary and one.tested and one.id not in order:
            raise CannotBe(
                f"“{one.id}” is primary and missing in the “order” of [design.multiplicity]"
            )
