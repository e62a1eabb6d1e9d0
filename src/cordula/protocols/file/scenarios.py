"""The truths a trial is simulated under: the one where nothing differs always stands first."""

from collections.abc import Mapping

from cordula.protocols.file.around import check_around
from cordula.protocols.file.context import Context
from cordula.protocols.file.design import Arms
from cordula.protocols.file.endpoints import Endpoint
from cordula.protocols.file.limits import in_unit, time
from cordula.protocols.file.shares import decimal, number
from cordula.protocols.file.table import Table
from cordula.vocabulary.words import _

NULL = "null"
# What is said of the truth of an arm, for each kind of endpoint.
_TRUTHS: dict[str, tuple[str, ...]] = {
    "continuous": ("mean", "sd"),
    "longitudinal": ("mean", "sd"),
    "binary": ("share",),
    "time_to_event": ("survival", "at"),
}


def check_scenarios(
    root: Table, design: tuple[Arms, Mapping[str, Endpoint]], context: Context
) -> None:
    names = list(root.table("scenarios").values)
    if NULL not in names:
        root.tell(
            _(
                "the null scenario is missing: [scenarios.null] says what is so if the cells change nothing"
            )
        )
    elif names[0] != NULL:
        root.tell(_("the null scenario stands first"), "scenarios")
    for name, table in root.named_tables("scenarios"):
        _scenario(name, table, design, context)


def _scenario(
    name: str, table: Table, design: tuple[Arms, Mapping[str, Endpoint]], context: Context
) -> None:
    table.text("title")
    assumed = bool(table.text("assumption", ""))
    context.source(table, needed=not assumed, otherwise=_(", or say in “assumption” what and why"))
    table.text("place", "")
    _leaving_and_coming(table)
    if "dropout_by_baseline" in table:
        number(table, "dropout_by_baseline", "-10", "10")
        if "dropout" not in table:
            table.tell_whole(
                _("“dropout_by_baseline” needs “dropout”: how many, before who"),
                "dropout_by_baseline",
            )
    arms, endpoints = design
    check_around(table, arms, endpoints)
    truth = table.table("truth")
    if not truth.values:
        table.tell(_("a scenario says in “truth” what is so in each arm"))
    for endpoint, by_arm in table.named_tables("truth"):
        if endpoint not in endpoints:
            truth.unknown(endpoint, _("an endpoint of the design"), endpoints, endpoint)
            continue
        _truth(endpoints[endpoint], by_arm, arms)
        if name == NULL:
            _alike(by_arm)
    if name == NULL:
        for _event, by_arm in table.named_tables("events"):
            _alike(by_arm)
    table.done()


def _leaving_and_coming(table: Table) -> None:
    """How many are lost before the end, and how many enter each month."""
    lost = in_unit(table, "dropout", "%", _("a share"))
    if lost is not None and not 0 <= lost.to("%").value < 100:
        table.tell(_("a share from 0 % to below 100 % is needed"), "dropout")
    entering = in_unit(table, "accrual", "/mo", _("a number each month"))
    if entering is not None and entering.value <= 0:
        table.tell(_("more than none enter each month, such as “2 /mo”"), "accrual")


def _truth(endpoint: Endpoint, by_arm: Table, arms: Arms) -> None:
    for arm in by_arm.values:
        if arm not in arms:
            by_arm.unknown(arm, _("an arm of the design"), arms, arm)
            continue
        _of_arm(endpoint, by_arm.table(arm))
    if missing := [arm for arm in arms if arm not in by_arm.values]:
        by_arm.tell(_("nothing is said of the arm {arms}").format(arms=", ".join(missing)))


def _of_arm(endpoint: Endpoint, table: Table) -> None:
    kind, unit = endpoint.kind, endpoint.unit
    if endpoint.visits:
        _of_visits(endpoint, table)
        return
    for key in _TRUTHS.get(kind, ()):
        if key not in table:
            table.tell(_("the truth of a {kind} endpoint needs “{key}”").format(kind=kind, key=key))
        elif key in ("share", "survival"):
            _share(table, key)
        elif key == "at":
            time(table, key)
        elif unit is not None:
            in_unit(table, key, unit, key)
    _check_spread(table)
    table.done()


def _of_visits(endpoint: Endpoint, table: Table) -> None:
    """One mean and one spread for each visit, in their order."""
    for key in ("means", "sds"):
        told = table.texts(key)
        if len(told) != endpoint.visits:
            if key in table:
                says = _("one is needed for each of {visits} visits, such as [“0 %”, “1 %”]")
                table.tell(says.format(visits=endpoint.visits), key)
            continue
        for text in told:
            visit = Table({key: text}, table.path, table.faults)
            value = in_unit(visit, key, endpoint.unit, key) if endpoint.unit else None
            if key == "sds" and value is not None and value.value <= 0:
                visit.tell(_("the spread is more than none"), key)
    table.done()


def _share(table: Table, key: str) -> None:
    value = decimal(table.values[key])
    if value is None or not 0 <= value <= 1:
        table.tell(_("a share from 0 to 1 is needed, in quotes, such as “0.83”"), key)


def _check_spread(table: Table) -> None:
    spread = table.amount("sd")
    if spread is not None and spread.value <= 0:
        table.tell(_("the spread is more than none"), "sd")


def _alike(by_arm: Table) -> None:
    """Under the null nothing differs between the arms; a single arm stands alone.

    Where an arm was refused already, that is the cause, and mending it may make the arms alike."""
    if by_arm.faults.any_in(by_arm.path):
        return
    truths = list(by_arm.values.values())
    if any(truth != truths[0] for truth in truths):
        by_arm.tell(_("in the null scenario the arms are alike"))
