"""When do deaths or serious events stop a trial? The rules that are counted after every child, checked for sense."""

from collections.abc import Sequence
from decimal import Decimal

from cordula.protocols.file.context import Context
from cordula.protocols.file.limits import time
from cordula.protocols.file.shares import keys, numbers, share
from cordula.protocols.file.table import Table
from cordula.vocabulary.words import _

EVENTS = keys("death transplant unplanned_operation serious_event")
RULES = keys("beta_binomial pocock sprt")


def check_safety(design: Table, arms: Sequence[str], context: Context) -> None:
    seen: set[str] = set()
    for table in design.tables("safety"):
        name = table.text("id")
        if name in seen:
            table.tell(_("two safety rules have the same id"), "id")
        seen.add(name)
        _rule(table, arms, context)


def _rule(table: Table, arms: Sequence[str], context: Context) -> None:
    table.text("title")
    table.word("event", lambda: EVENTS, _("an event that can be counted"))
    arm = table.text("arm")
    if arm and arms and arm not in arms:
        table.unknown(arm, _("an arm of the design"), arms, "arm")
    if time(table, "within") is None and "within" not in table:
        table.tell(_("a safety rule says “within” which time an event counts, such as “30 days”"))
    acceptable = share(table, "acceptable")
    rule = table.word("rule", lambda: RULES, _("a safety rule"))
    if rule == "beta_binomial":
        _prior(table)
        share(table, "threshold")
    elif rule == "pocock":
        share(table, "alpha")
    elif rule == "sprt":
        _two_shares(table, acceptable)
    if "from" in table and table.whole("from") < 1:
        table.tell(_("a rule counts from the first child or later"), "from")
    assumed = bool(table.text("assumption", ""))
    context.source(table, needed=not assumed, otherwise=_(", or say in “assumption” what and why"))
    table.text("place", "")
    table.done()


def _two_shares(table: Table, acceptable: Decimal | None) -> None:
    """Wald's test weighs the acceptable share against one that is not, with an error on either side."""
    errors = share(table, "alpha"), share(table, "beta")
    if None not in errors and sum(one or 0 for one in errors) >= 1:
        table.tell(_("alpha and beta together are less than 1"), "beta")
    other = share(table, "unacceptable")
    if other is not None and acceptable is not None and other <= acceptable:
        table.tell(_("the unacceptable share is above the acceptable one"), "unacceptable")


def _prior(table: Table) -> None:
    """The two numbers of a beta distribution: events and children without, as if they had been seen."""
    prior = numbers(table, "prior")
    if "prior" in table.values and (len(prior) != 2 or min(prior) <= 0):
        table.tell(_("two numbers above 0 are needed, such as [“0.2”, “1.8”]"), "prior")
