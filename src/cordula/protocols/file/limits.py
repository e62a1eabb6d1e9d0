"""The limits of a criterion: `at_least`, `at_most`, `more_than`, `less_than`, each a number with its unit."""

from cordula.protocols.criteria import Limit
from cordula.protocols.file.amounts import must_convert
from cordula.protocols.file.table import Table
from cordula.vocabulary.measures import Measure
from cordula.vocabulary.quantity import Quantity
from cordula.vocabulary.words import _

BOUNDS = ("at_least", "at_most", "more_than", "less_than")


def limit(table: Table, unit: str, what: str) -> Limit:
    """The limit that stands in this table; its bounds must be sayable in the unit."""
    return Limit(**{bound: in_unit(table, bound, unit, what) for bound in BOUNDS})


def in_unit(table: Table, key: str, unit: str, what: str) -> Quantity | None:
    given = table.amount(key)
    if given is None:
        return None
    try:
        must_convert(given, unit, what)
    except ValueError as fault:
        table.tell_whole(str(fault) if what == key else f"{key}: {fault}", key)
        return None
    return given


def time(table: Table, key: str) -> Quantity | None:
    """A length of time, longer than none."""
    given = in_unit(table, key, "h", _("a length of time"))
    if given is not None and given.value <= 0:
        table.tell(_("a length of time is more than none"), key)
    return given


def bounds(given: Limit) -> dict[str, Quantity]:
    return {bound: value for bound in BOUNDS if (value := getattr(given, bound)) is not None}


def check_order(table: Table, given: Limit) -> None:
    """Nothing can be both above the higher and below the lower bound."""
    low = given.at_least or given.more_than
    high = given.at_most or given.less_than
    both = (given.at_least and given.more_than) or (given.at_most and given.less_than)
    if both:
        table.tell(_("a limit has one lower and one upper bound, not two of a kind"))
    elif low is not None and high is not None and low > high:
        says = _("nothing is both {low} or more and {high} or less")
        table.tell(says.format(low=low, high=high))


def check_plausible(
    table: Table, given: Limit, measure: Measure, timepoint: str, cells: str | None
) -> None:
    """A bound that no result can ever have is a slip of the unit or the decimal point."""
    for bound, value in bounds(given).items() or {"measure": measure.plausible.low}.items():
        for fault in measure.faults(value, timepoint=timepoint, cell_type=cells, method="any"):
            table.tell_whole(fault, bound if bound in table.values else "measure")
