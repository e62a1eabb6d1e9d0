"""What is measured to answer the question, how it is analysed, and which question exactly that is (the estimand)."""

from dataclasses import dataclass

from cordula.protocols.file.estimand import check_estimand
from cordula.protocols.file.known import MEASURES_STAND_IN, infant_measures
from cordula.protocols.file.limits import in_unit
from cordula.protocols.file.shares import keys
from cordula.protocols.file.table import Table
from cordula.vocabulary.measures import measures, timepoints
from cordula.vocabulary.words import _


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What the scenarios must know of an endpoint: its kind, the unit of its measure, how many visits."""

    kind: str
    unit: str | None = None
    visits: int = 0


RANKS = keys("primary co_primary secondary safety")
ANALYSES: dict[str, dict[str, str]] = {
    "continuous": keys("ancova t_test descriptive"),
    "longitudinal": keys("mmrm"),
    "binary": keys("exact score descriptive"),
    "time_to_event": keys("log_rank rmst competing_risks"),
    "hierarchical": keys("win_ratio net_benefit"),
}
# Which way a test of one side looks, where it is not for more of what is measured.
SIDES = keys("higher lower")
# What is done about a value that is missing.
MISSING: dict[str, dict[str, str]] = {
    "continuous": keys("complete_cases"),
    "longitudinal": keys("likelihood"),
    "binary": keys("complete_cases failure"),
    "time_to_event": keys("censored"),
    "hierarchical": keys("censored"),
}


def check_endpoints(design: Table) -> dict[str, Endpoint]:
    """Each endpoint by its id."""
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
    of_kind = _("an analysis of a {kind} endpoint").format(kind=kind)
    if kind in ANALYSES:
        table.word("analysis", lambda: ANALYSES[kind], of_kind)
    else:
        table.text("analysis")
    if "missing" in table and kind in MISSING:
        what = _("a way with missing values of a {kind} endpoint").format(kind=kind)
        table.word("missing", lambda: MISSING[kind], what)
    if "looks_for" in table:
        table.word("looks_for", lambda: SIDES, _("a direction"))
    unit = _measure(table, kind)
    visits = _visits(table, kind)
    if "events" in table and (table.whole("events") < 1 or kind != "time_to_event"):
        table.tell(_("“events” are counted from 1, for a time to an event"), "events")
    if "after" in table:
        in_unit(table, "after", "h", _("a length of time"))
    check_estimand(table, kind, unit)
    if "components" in table or kind != "hierarchical":
        table.flag("change_from_baseline")
        table.done()
    else:
        table.tell(_("a hierarchical endpoint names its “components”, the gravest first"))
    return Endpoint(kind, unit, visits)


def _measure(table: Table, kind: str) -> str | None:
    """The unit of what is measured, where something is."""
    if "measure" in table:
        what = _("a measure of the child")
        key = table.word("measure", infant_measures, what, listed=MEASURES_STAND_IN)
        table.word("timepoint", lambda: timepoints("infant"), _("a timepoint of the child"))
        return measures()[key].unit if key in infant_measures() else None
    if kind in ("continuous", "longitudinal"):
        table.tell(_("a {kind} endpoint needs its “measure” and “timepoint”").format(kind=kind))
    return None


def _visits(table: Table, kind: str) -> int:
    """How many visits a longitudinal endpoint has: 2 to 4, the last of them its timepoint."""
    if "visits" not in table:
        if kind == "longitudinal":
            table.tell(_("a longitudinal endpoint names its “visits”, two to four of them"))
        return 0
    visits = table.words("visits", lambda: timepoints("infant"), _("a timepoint of the child"))
    if kind != "longitudinal":
        table.tell(
            _("a {kind} endpoint is measured once; a longitudinal one has visits").format(
                kind=kind
            ),
            "visits",
        )
    elif not 2 <= len(visits) <= 4 or len(set(visits)) < len(visits):
        table.tell(_("a longitudinal endpoint has 2 to 4 different visits"), "visits")
    elif visits[-1] != table.values.get("timepoint"):
        table.tell(_("the last visit is the endpoint's timepoint"), "visits")
    return len(visits)
