"""The design of a trial: arms, ratio, endpoints, looks and alpha, checked for form and for sense.

The trial engine reads the values; here stands only what can be seen to be wrong before anything is simulated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from cordula.protocols.file.context import Context
from cordula.protocols.file.known import infant_measures
from cordula.protocols.file.limits import in_unit
from cordula.protocols.file.table import Table
from cordula.vocabulary.measures import measures, timepoints
from cordula.vocabulary.words import _

Arms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What the scenarios must know of an endpoint: its kind, and the unit of its measure."""

    kind: str
    unit: str | None = None


def _keys(words: str) -> dict[str, str]:
    return {word: word for word in words.split()}


MASKINGS = _keys("open single double triple")
RANKS = _keys("primary co_primary secondary safety")
ALLOCATIONS = _keys("none simple permuted_blocks minimisation urn biased_coin")
SPENDING = _keys("obrien_fleming pocock hwang_shih_decani kim_demets haybittle_peto")
ANALYSES: dict[str, dict[str, str]] = {
    "continuous": _keys("ancova t_test descriptive"),
    "longitudinal": _keys("mmrm"),
    "binary": _keys("exact score descriptive"),
    "time_to_event": _keys("log_rank rmst competing_risks"),
    "hierarchical": _keys("win_ratio net_benefit"),
}
# What may be assumed where no text says it; everything else in a design is sourced.
ASSUMABLE = _keys("alpha sides looks spending allocation analysis ratio participants masked")


def check_design(root: Table, context: Context) -> tuple[Arms, Mapping[str, Endpoint]]:
    """The names of the arms, and each endpoint by its id; empty where they could not be read."""
    if "design" not in root:
        root.tell(_("a protocol says how it is studied: [design] is missing"))
        return (), {}
    table = root.table("design")
    randomised = table.flag("randomised")
    table.word("masked", lambda: MASKINGS, _("a masking"))
    if "participants" in table and table.whole("participants") < 1:
        table.tell(_("a trial has at least one participant"), "participants")
    arms, ratio = _arms(table)
    if randomised and len(arms) < 2:
        table.tell(_("a randomised trial has two arms or more"), "randomised")
    _allocation(table, ratio, randomised)
    alpha = _share(table, "alpha")
    if "sides" in table and table.whole("sides") not in (1, 2):
        table.tell(_("a test has 1 or 2 sides"), "sides")
    _looks(table, alpha)
    endpoints = _endpoints(table)
    _assumed(table)
    context.source(table)
    table.text("place", "")
    table.done()
    return arms, endpoints


def _arms(design: Table) -> tuple[Arms, Sequence[int]]:
    names, ratio = [], []
    for table in design.tables("arms"):
        names.append(table.text("id"))
        table.text("title")
        ratio.append(table.whole("ratio", 1))
        if ratio[-1] < 1:
            table.tell(_("the ratio of an arm is a whole number, 1 or more"), "ratio")
        if "participants" in table and table.whole("participants") < 0:
            table.tell(_("participants are counted from 0"), "participants")
        table.done()
    if not names:
        design.tell(_("a design has at least one of [[design.arms]]"))
    if len(set(names)) < len(names):
        design.tell(_("two arms have the same id"), "arms")
    return tuple(names), ratio


def _allocation(design: Table, ratio: Sequence[int], randomised: bool) -> None:
    if "allocation" not in design:
        return
    table = design.table("allocation")
    method = table.word("method", lambda: ALLOCATIONS, _("a method of allocation"))
    if randomised == (method == "none"):
        table.tell(_("“none” is for trials that are not randomised, and for them alone"), "method")
    if "blocks" in table:
        whole = max(sum(ratio), 1)
        for block in table.values["blocks"] if isinstance(table.values["blocks"], list) else ():
            if type(block) is not int or block < 1 or block % whole:
                says = _(
                    "a block of {block} cannot be divided as {ratio}: multiples of {whole} can"
                )
                told = " : ".join(map(str, ratio))
                table.tell(says.format(block=block, ratio=told, whole=whole), "blocks")
    elif method == "permuted_blocks":
        table.tell(_("permuted blocks need “blocks”, such as [4, 6]"))
    table.texts("strata", ())
    table.done()


def _looks(design: Table, alpha: Decimal | None) -> None:
    """Shares of the information at which one looks: rising, above 0, the last of them 1."""
    looks = _shares(design, "looks")
    if looks and (looks[0] <= 0 or sorted(set(looks)) != looks):
        design.tell(
            _(
                "looks come one after another, each with more information than the last and the first with some"
            ),
            "looks",
        )
    if looks and looks[-1] != 1:
        design.tell(_("the last look is at all of the information: 1"), "looks")
    if "spending" not in design:
        return
    if isinstance(design.values["spending"], str):
        design.word("spending", lambda: SPENDING, _("a spending function"))
        return
    spent = _shares(design, "spending")
    if sorted(spent) != spent or len(spent) != len(looks):
        design.tell(_("alpha spent can only grow, and has one value for each look"), "spending")
    elif spent and alpha is not None and spent[-1] != alpha:
        design.tell(
            _("by the last look all of alpha is spent: {alpha}").format(alpha=alpha), "spending"
        )


def _endpoints(design: Table) -> dict[str, Endpoint]:
    found: dict[str, Endpoint] = {}
    for table in design.tables("endpoints"):
        name = table.text("id")
        if name in found:
            table.tell(_("two endpoints have the same id"), "id")
        found[name] = _endpoint(table)
    if not found:
        design.tell(_("a design has at least one of [[design.endpoints]]"))
    for table in design.tables("endpoints"):
        if "components" in table:
            table.words("components", lambda: found, _("an endpoint of this design"))
    return found


def _endpoint(table: Table) -> Endpoint:
    kind = table.word("kind", lambda: ANALYSES, _("a kind of endpoint"))
    table.text("title")
    table.word("rank", lambda: RANKS, _("a rank"))
    analyses = ANALYSES.get(kind, {})
    if analyses:
        table.word(
            "analysis", lambda: analyses, _("an analysis of a {kind} endpoint").format(kind=kind)
        )
    else:
        table.text("analysis")
    unit = None
    if "measure" in table:
        key = table.word("measure", infant_measures, _("a measure of the child"))
        unit = measures()[key].unit if key in measures() else None
        table.word("timepoint", lambda: timepoints("infant"), _("a timepoint of the child"))
    elif kind in ("continuous", "longitudinal"):
        table.tell(_("a {kind} endpoint needs its “measure” and “timepoint”").format(kind=kind))
    if "after" in table:
        in_unit(table, "after", "h", _("a length of time"))
    if "components" in table or kind != "hierarchical":
        table.flag("change_from_baseline")
        table.done()
    else:
        table.tell(_("a hierarchical endpoint names its “components”, the gravest first"))
    return Endpoint(kind, unit)


def _assumed(table: Table) -> None:
    """What no text says may be assumed, if it is said that it is, and why."""
    if "assumed" in table:
        table.words("assumed", lambda: ASSUMABLE, _("something a design may assume"))
        table.text("assumption")
    elif "assumption" in table:
        table.tell(_("an assumption says in “assumed” what is assumed"), "assumption")


def _share(table: Table, key: str) -> Decimal | None:
    if key not in table:
        table.tell(_("{table} needs “{key}”").format(table=table.name, key=key))
        return None
    value = decimal(table.values[key])
    if value is None or not 0 < value < 1:
        table.tell(
            _("{key} lies between 0 and 1, written in quotes, such as “0.05”").format(key=key), key
        )
        return None
    return value


def _shares(table: Table, key: str) -> list[Decimal]:
    found = [decimal(text) for text in table.texts(key)]
    if any(value is None or not 0 <= value <= 1 for value in found):
        table.tell(_("{key} are shares from 0 to 1, in quotes, such as “0.5”").format(key=key), key)
        return []
    return [value for value in found if value is not None]


def decimal(text: object) -> Decimal | None:
    """The exact number a text tells; None where it tells none."""
    try:
        value = Decimal(text) if isinstance(text, str) else None
    except InvalidOperation:
        return None
    return value if value is not None and value.is_finite() else None
