"""How much is given, and how the child is followed afterwards."""

from cordula.protocols.criteria import Limit
from cordula.protocols.file.context import Context
from cordula.protocols.file.known import (
    MEASURES_STAND_IN,
    infant_measures,
    unit_measures,
    unit_timepoints,
)
from cordula.protocols.file.limits import check_order, in_unit, limit, time
from cordula.protocols.file.table import Table
from cordula.protocols.protocol import DoseRule, FollowUp
from cordula.vocabulary.cardiac import routes
from cordula.vocabulary.measures import measures
from cordula.vocabulary.quantity import NotConvertible, Quantity
from cordula.vocabulary.words import _

# Stands in for a time that was not given, which has been told as a fault.
_NO_TIME = Quantity.of("0", "h")

OPEN_NUMBERS = {
    key: key
    for key in (
        "volume_per_kg",
        "cells_per_kg",
        "range_per_kg",
        "volume",
        "injections_at_least",
        "injections_at_most",
        "weight_not_older_than",
    )
}


def read_dose(root: Table, context: Context) -> DoseRule | None:
    """The [dose] table; None where a protocol has no dose rule of its own."""
    if "dose" not in root:
        return None
    table = root.table("dose")
    open_numbers = _open(table)
    rule = DoseRule(
        volume_per_kg=in_unit(table, "volume_per_kg", "mL/kg", _("a volume for each kg")),
        cells_per_kg=in_unit(table, "cells_per_kg", "10*6/kg", _("a number of cells for each kg")),
        concentration=_concentration(table),
        concentration_at=table.word("concentration_at", unit_timepoints, _("a timepoint")),
        range_per_kg=_limit(table, "range_per_kg", "10*6/kg", _("a number of cells for each kg")),
        volume=_limit(table, "volume", "mL", _("a volume")),
        injections_at_least=table.whole_or_none("injections_at_least"),
        injections_at_most=table.whole_or_none("injections_at_most"),
        weight_not_older_than=time(table, "weight_not_older_than"),
        route=table.word("route", routes, _("a route")),
        source=context.source(table),
        place=table.text("place", ""),
        open=bool(open_numbers),
        open_numbers=open_numbers,
    )
    _check_dose(table, rule)
    table.done()
    return rule


def _open(table: Table) -> tuple[str, ...]:
    """The numbers nobody could source; such a number is left out."""
    if "open" not in table:
        return ()
    names = table.words("open", lambda: OPEN_NUMBERS, _("a number of the dose"))
    for name in names:
        if name in table.values:
            says = _("it is listed as open and has a value: a sourced number is not open")
            table.tell(says, name)
    return names


def _concentration(table: Table) -> str:
    what = _("a measure of the unit")
    key = table.word("concentration", unit_measures, what, listed=MEASURES_STAND_IN)
    found = measures().get(key)
    if found is not None and found.of == "unit":
        try:
            found.plausible.low.to("10*6/mL")
        except NotConvertible:
            says = _("{measure} is in {unit}; a dose is worked out from cells in each mL")
            table.tell(says.format(measure=found.name, unit=found.unit), "concentration")
    return key


def _limit(table: Table, key: str, unit: str, what: str) -> Limit | None:
    if key not in table:
        return None
    under = table.table(key)
    given = limit(under, unit, what)
    check_order(under, given)
    under.done()
    return given


def _check_dose(table: Table, rule: DoseRule) -> None:
    said = [k for k in ("volume_per_kg", "cells_per_kg") if k in table or k in rule.open_numbers]
    if len(said) != 1:
        table.tell(_("a dose goes by volume_per_kg or by cells_per_kg: give one of the two"))
    if "volume_per_kg" in said and not (rule.range_per_kg or "range_per_kg" in rule.open_numbers):
        table.tell(
            _("a dose by volume needs range_per_kg, so that too many or too few cells are seen")
        )
    if rule.weight_not_older_than is None and "weight_not_older_than" not in rule.open_numbers:
        table.tell(_("a dose needs weight_not_older_than, or lists it as open"))
    few, many = rule.injections_at_least, rule.injections_at_most
    if few is not None and many is not None and not 0 < few <= many:
        says = _("injections go from at least 1 up, not from {few} to {many}")
        table.tell_whole(says.format(few=few, many=many), "injections_at_least")


def read_follow_up(root: Table, context: Context) -> tuple[FollowUp, ...]:
    return tuple(_follow_up(table, context) for table in root.tables("follow_up"))


def _follow_up(table: Table, context: Context) -> FollowUp:
    is_open = table.flag("open")
    if is_open and "window" in table:
        table.tell(_("the window is open and has a value: a sourced number is not open"), "window")
    after = time(table, "after")
    if after is None and "after" not in table.values:
        table.tell(_("{table} needs “after”").format(table=table.name))
    follow_up = FollowUp(
        measure=table.word(
            "measure", infant_measures, _("a measure of the child"), listed=MEASURES_STAND_IN
        ),
        after=after or _NO_TIME,
        window=time(table, "window"),
        source=context.source(table),
        place=table.text("place", ""),
        open=is_open,
    )
    table.done()
    return follow_up
