"""Which lists were committed to, and is every draw proven? What stands here tells nobody an arm."""

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from cordula.display import clin_datetime
from cordula.events.randomisation import Randomised
from cordula.trial.allocation import Draw, History, NotTheList, check
from cordula_web.frame.parts import Table, TableCell, TableRow
from cordula_web.people.sites import Site


def lists_table(history: History, site: Site) -> Table:
    """One row for each list: its root stands in the ledger, so it cannot be changed unseen."""
    drawn = Counter(one.list_name for one in history.randomised.values())
    rows = [
        TableRow(
            [
                TableCell(name),
                TableCell(event.method.replace("_", " ")),
                TableCell(
                    _("%(drawn)s of %(places)s") % {"drawn": drawn[name], "places": event.places}
                ),
                TableCell(clin_datetime(event.at, site.zone)),
                TableCell(event.root, id=True),
            ]
        )
        for name, event in history.committed.items()
    ]
    heads = [_("List"), _("Method"), _("Drawn"), _("Committed"), _("Root of its places")]
    return Table(
        _("Lists of arms"),
        heads,
        rows,
        empty=_("No list of arms was committed to the ledger."),
    )


def draws_table(history: History, site: Site) -> Table:
    """One row for each draw: its place, its seal, and whether the proof leads to the committed root."""
    rows = list(_draws(history, site))
    heads = [_("Place"), _("List"), _("Drawn"), _("Seal of the place"), _("Proof")]
    note = _("The arm stays under the seal. A proof leads from it to the root that was committed.")
    return Table(_("Draws"), heads, rows, empty=_("Nobody has drawn a place yet."), note=note)


def _draws(history: History, site: Site) -> Iterator[TableRow]:
    for event in sorted(history.randomised.values(), key=lambda one: (one.list_name, one.number)):
        proven = is_proven(history, event)
        word = _("Leads to the root") if proven else _("DOES NOT lead to the root")
        yield TableRow(
            [
                TableCell(str(event.number)),
                TableCell(event.list_name),
                TableCell(clin_datetime(event.at, site.zone)),
                TableCell(event.sealed.digest, id=True),
                TableCell(word, status="met" if proven else "not_met"),
            ]
        )


def is_proven(history: History, event: Randomised) -> bool:
    """Whether the seal stands at its place of the list that was committed before the first child."""
    listed = history.committed.get(event.list_name)
    if listed is None:
        return False
    try:
        check(Draw(event.number, event.sealed, event.proof), listed.root, listed.places)
    except NotTheList:
        return False
    return True
