"""How are several endpoints tested without finding too often what is not there? Checked for sense."""

from collections.abc import Mapping
from decimal import Decimal

from cordula.protocols.file.endpoints import Endpoint
from cordula.protocols.file.shares import keys, shares
from cordula.protocols.file.table import Table
from cordula.vocabulary.words import _

METHODS = keys("none fixed_sequence holm hochberg graphical")
# With which endpoints found a trial stops.
STOPS_WITH = keys("first any all")


def check_multiplicity(design: Table, endpoints: Mapping[str, Endpoint]) -> None:
    if "multiplicity" not in design:
        return
    table = design.table("multiplicity")
    method = table.word("method", lambda: METHODS, _("a method for several endpoints"))
    order: tuple[str, ...] = ()
    if method != "none":
        order = table.words("order", lambda: endpoints, _("an endpoint of this design"))
        if len(set(order)) < len(order):
            table.tell(_("an endpoint stands in the order once"), "order")
    if method == "graphical":
        _graph(table, len(order))
    if "stops_with" in table:
        table.word("stops_with", lambda: STOPS_WITH, _("a word for what stops the trial"))
    table.text("assumption", "")
    table.done()


def _graph(table: Table, count: int) -> None:
    """Weights that sum to 1 at most, and what each hands on: Bretz and others 2009, doi:10.1002/sim.3495."""
    weights = shares(table, "weights")
    if len(weights) != count or sum(weights) > 1:
        table.tell(_("one is needed for each endpoint, together 1 at most"), "weights")
    rows = table.take("passes_on", list, _("a list of lists"))
    if rows is None:
        table.tell(_("a graph says in “passes_on” where the alpha of each endpoint goes"))
        return
    if len(rows) != count or not all(_row(row, at, count) for at, row in enumerate(rows)):
        says = _(
            "a row is needed for each endpoint, shares in quotes, 0 to itself, together 1 at most"
        )
        table.tell(says, "passes_on")


def _row(row: object, at: int, count: int) -> bool:
    if not isinstance(row, list) or len(row) != count:
        return False
    try:
        values = [Decimal(value) if isinstance(value, str) else Decimal(-1) for value in row]
    except ArithmeticError:
        return False
    return min(values) >= 0 and sum(values) <= 1 and values[at] == 0
