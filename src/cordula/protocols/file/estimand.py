"""Which question does an endpoint answer? The five attributes of an estimand (ICH E9(R1), A.3.3), checked for sense.

The treatment, the population, the variable, what becomes of it after each intercurrent event, and the
summary that compares the arms."""

from cordula.protocols.file.limits import in_unit
from cordula.protocols.file.shares import keys
from cordula.protocols.file.table import Table
from cordula.vocabulary.words import _

# Every one must be handled: a trial of newborns with half a heart meets all three.
INTERCURRENT = keys("death transplant unplanned_operation")
STRATEGIES = keys("treatment_policy hypothetical composite while_alive principal_stratum")
SUMMARIES: dict[str, dict[str, str]] = {
    "continuous": keys("difference_of_means mean"),
    "longitudinal": keys("difference_of_means mean"),
    "binary": keys("difference_of_shares ratio_of_odds share"),
    "time_to_event": keys("hazard_ratio difference_of_restricted_means difference_of_incidences"),
    "hierarchical": keys("win_ratio net_benefit"),
}


def check_estimand(endpoint: Table, kind: str, unit: str | None) -> None:
    if "estimand" not in endpoint:
        return
    table = endpoint.table("estimand")
    for attribute in ("treatment", "population", "variable"):
        table.text(attribute)
    if kind in SUMMARIES:
        what = _("a summary of a {kind} endpoint").format(kind=kind)
        table.word("summary", lambda: SUMMARIES[kind], what)
    else:
        table.text("summary")
    handled = _intercurrent(table, kind)
    if "set_to" in table:
        _set_to(table, handled, kind, unit)
    elif kind == "continuous" and "composite" in handled.values():
        says = _("“composite” needs “set_to”: the value that stands for the event, such as “-20 %”")
        table.tell(says)
    table.done()


def _intercurrent(estimand: Table, kind: str) -> dict[str, str]:
    """The strategy of each intercurrent event; each must be told."""
    table, handled = estimand.table("intercurrent"), {}
    for event in INTERCURRENT:
        if event not in table:
            table.tell(
                _("nothing is said of what becomes of the outcome after: {event}").format(
                    event=event
                )
            )
            continue
        handled[event] = table.word(event, lambda: STRATEGIES, _("a strategy of ICH E9(R1)"))
    if kind in ("continuous", "longitudinal") and handled.get("death") == "treatment_policy":
        says = _(
            "nothing can be measured after a death: “composite”, “while_alive”, “hypothetical” or “principal_stratum” can be"
        )
        table.tell(says, "death")
    table.done()
    return handled


def _set_to(table: Table, handled: dict[str, str], kind: str, unit: str | None) -> None:
    if "composite" not in handled.values():
        table.tell(
            _("“set_to” stands for an event with the strategy “composite”; none has it"), "set_to"
        )
    if kind != "continuous":
        table.tell(
            _("“set_to” is for a continuous endpoint; in others the event itself counts"), "set_to"
        )
    elif unit is not None:
        in_unit(table, "set_to", unit, "set_to")
