"""When does one look at the data, what is spent at each look, and when is it no use to go on? Checked for sense."""

from decimal import Decimal

from cordula.protocols.file.shares import keys, number, numbers, share, shares
from cordula.protocols.file.table import Table
from cordula.vocabulary.words import _

SPENDING = keys("obrien_fleming pocock hwang_shih_decani kim_demets haybittle_peto")
SHAPES = keys("obrien_fleming pocock wang_tsiatis haybittle_peto")
# Bounds with a number of their own, and between which values it lies.
PARAMETERS = {
    "hwang_shih_decani": ("-40", "40"),
    "kim_demets": ("0", "20"),
    "wang_tsiatis": ("-10", "1"),
    "haybittle_peto": ("0", "10"),
}
# Peto's own bound needs no number to be told; the others mean nothing without theirs.
MAY_BE_LEFT_OUT = ("haybittle_peto",)


def check_looks(design: Table, alpha: Decimal | None) -> None:
    """Shares of the information at which one looks: rising, above 0, the last of them 1."""
    looks = shares(design, "looks")
    if looks and (looks[0] <= 0 or sorted(set(looks)) != looks):
        design.tell(
            _(
                "looks come one after another, each with more information than the last and the first with some"
            ),
            "looks",
        )
    if looks and looks[-1] != 1:
        design.tell(_("the last look is at all of the information: 1"), "looks")
    if len(looks) > 10:
        design.tell_whole(
            _("a design has 10 looks at most, not {count}").format(count=len(looks)), "looks"
        )
    if "shape" in design and "spending" in design:
        design.tell(_("bounds have a “shape” or a “spending”, not both"), "shape")
    elif "shape" in design:
        _parameter(design, design.word("shape", lambda: SHAPES, _("a shape of bounds")))
    elif "spending" in design:
        _spending(design, alpha, len(looks))
    elif len(looks) > 1:
        says = _(
            "{count} looks at the whole level find too often what is not there: “spending” or “shape” says how much each look has"
        )
        design.tell_whole(says.format(count=len(looks)), "looks")


def _spending(design: Table, alpha: Decimal | None, looks: int) -> None:
    if isinstance(design.values["spending"], str):
        _parameter(design, design.word("spending", lambda: SPENDING, _("a spending function")))
        return
    spent = shares(design, "spending")
    if sorted(spent) != spent or len(spent) != looks:
        design.tell(_("alpha spent can only grow, and has one value for each look"), "spending")
    elif spent and alpha is not None and spent[-1] != alpha:
        design.tell(
            _("by the last look all of alpha is spent: {alpha}").format(alpha=alpha), "spending"
        )


def _parameter(table: Table, name: str) -> None:
    if name not in PARAMETERS:
        if "parameter" in table:
            table.tell(_("{name} has no parameter").format(name=name), "parameter")
    elif "parameter" in table or name not in MAY_BE_LEFT_OUT:
        number(table, "parameter", *PARAMETERS[name])


def check_futility(design: Table) -> None:
    """When going on could no longer show anything: bounds, conditional power, or beta spent at the looks."""
    if "futility" not in design:
        return
    table = design.table("futility")
    table.flag("binding")
    table.text("assumption", "")
    ways = [key for key in ("bounds", "conditional_power", "beta") if key in table]
    if len(ways) != 1:
        table.tell(_("futility is told in one way: “bounds”, “conditional_power” or “beta”"))
    elif ways == ["bounds"]:
        _bounds(table, len(design.values.get("looks", ())))
    elif ways == ["conditional_power"]:
        share(table, "conditional_power")
    else:
        share(table, "beta")
        _parameter(table, table.word("spending", lambda: SPENDING, _("a spending function")))
        if design.values.get("sides") != 1:
            table.tell(_("beta is spent in a test of 1 side; give “bounds” for one of 2"), "beta")
    table.done()


def _bounds(table: Table, looks: int) -> None:
    given = numbers(table, "bounds")
    if given and len(given) != looks - 1:
        says = _("{count} bounds for {looks} looks: one for each look before the last is right")
        table.tell(says.format(count=len(given), looks=looks), "bounds")
