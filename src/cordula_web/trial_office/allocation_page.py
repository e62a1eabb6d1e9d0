"""Which lists were committed to, and is every draw proven? What stands here tells nobody an arm."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cordula.display import clin_datetime
from cordula.events.randomisation import AllocationListCommitted, Randomised
from cordula.stats.refusals import CannotBe
from cordula.trial.allocation import (
    Draw,
    History,
    NotTheList,
    check,
    check_draws,
    is_seeded,
    predictable,
)
from cordula.trial.design import Design
from cordula_web.frame.parts import Table, TableCell, TableRow
from cordula_web.people.sealed_lists import NotKept
from cordula_web.people.sites import Site
from cordula_web.records.arms import seeds_of

# So much of a seal tells it apart; the whole of it stands in the ledger.
DIGITS = 16


@dataclass(frozen=True, slots=True)
class Proof:
    """What is found of a draw: a state of the frame, and its words."""

    status: str
    word: str


@dataclass(frozen=True, slots=True)
class AllocationPage:
    """said: what holds of all draws; faults: draws that do not lead to what was committed; summary: of the table of
    draws, which is long and folded away while nothing is wrong with it."""

    said: tuple[str, ...]
    faults: tuple[str, ...]
    lists: Table
    draws: Table
    summary: str


def allocation_page(design: Design, history: History, site: Site) -> AllocationPage:
    proofs = proofs_of(design, history)
    faults = tuple(
        _("Draw %(place)s of the list “%(name)s” does not lead to what was committed.")
        % {"place": one.number, "name": one.list_name}
        for one, proof in proofs
        if proof.status == "not_met"
    )
    drawn = len(proofs)
    return AllocationPage(
        said=tuple(_said(design, history, drawn)),
        faults=faults,
        lists=lists_table(history, site),
        draws=draws_table(proofs, site),
        summary=_("Each draw with its proof (%(drawn)s)") % {"drawn": drawn},
    )


def _said(design: Design, history: History, drawn: int) -> Iterator[str]:
    if not history.committed:
        return
    if drawn:
        yield _("Children who have drawn: %(drawn)s.") % {"drawn": drawn}
    try:
        guessed, certain = predictable(design, design.participants)
    except CannotBe:
        return
    if guessed is not None and certain is not None:
        told = _(
            "Whoever always names the arm that is behind guesses %(guessed)s %% of the draws of a whole list, and could "
            "be sure of %(certain)s %%. That holds for whoever knows the arms before; here nobody is told them."
        )
        numbers = {"guessed": f"{100 * guessed:.0f}", "certain": f"{100 * certain:.0f}"}
        yield told % numbers


def lists_table(history: History, site: Site) -> Table:
    """One row for each list: its root stands in the ledger, so it cannot be changed unseen."""
    rows = [_list_row(history, event, site) for event in history.committed.values()]
    heads = [_("List"), _("Method"), _("Drawn"), _("Committed"), _("Committed to")]
    note = _("The root over a list's sealed places, or the seal of a seed. Neither tells an arm.")
    empty = _("No list of arms was committed to the ledger.")
    return Table(_("Lists of arms"), heads, rows, empty=empty, note=note).named()


def _list_row(history: History, event: AllocationListCommitted, site: Site) -> TableRow:
    drawn = history.drawn.get(event.list_name, 0)
    told = _("%(drawn)s of %(places)s") % {"drawn": drawn, "places": event.places}
    note = _("goes on from “%(name)s”") % {"name": event.continues} if event.continues else ""
    used_up = _("used up") if drawn >= event.places else ""
    return TableRow(
        [
            TableCell(event.list_name, note=note),
            TableCell(event.method.replace("_", " ")),
            TableCell(told, note=used_up),
            TableCell(clin_datetime(event.at, site.zone)),
            TableCell(event.root, id=True),
        ]
    )


def draws_table(proofs: list[tuple[Randomised, Proof]], site: Site) -> Table:
    """One row for each draw: its place, its seal, and whether it is proven."""
    rows = [
        TableRow(
            [
                TableCell(_("Place %(number)s") % {"number": event.number}),
                TableCell(event.list_name),
                TableCell(clin_datetime(event.at, site.zone)),
                TableCell(event.sealed.digest[:DIGITS] + "…", id=True),
                TableCell(proof.word, status=proof.status),
            ]
        )
        for event, proof in proofs
    ]
    heads = [_("Place"), _("List"), _("Drawn"), _("Seal begins"), _("Proof")]
    note = _("The arm stays under the seal.")
    empty = _("Nobody has drawn a place yet.")
    return Table(_("Draws"), heads, rows, empty=empty, note=note).named()


# --- Proofs -----------------------------------------------------------------------------------


def proofs_of(design: Design, history: History) -> list[tuple[Randomised, Proof]]:
    """Every draw with what is found of it, list by list and in the order of the places."""
    found = []
    for name, listed in history.committed.items():
        seeded = _of_seed(design, history, name) if is_seeded(listed.method) else None
        found += [(one, seeded or _of_place(listed, one)) for one in history.draws_of(name)]
    return found


def _of_place(listed: AllocationListCommitted, event: Randomised) -> Proof:
    """Whether the seal stands at its place of the list that was committed before the first child."""
    try:
        check(Draw(event.number, event.sealed, event.proof), listed.root, listed.places)
    except NotTheList:
        return Proof("not_met", _("DOES NOT lead to the root"))
    return Proof("met", _("Leads to the root"))


def _of_seed(design: Design, history: History, name: str) -> Proof:
    """The seed is kept here and shown to nobody; the places are drawn again from it."""
    try:
        check_draws(design, history, name, seeds_of(history, name))
    except NotKept:
        return Proof("waiting_result", _("Proven when the seed is told"))
    except (NotTheList, CannotBe):
        return Proof("not_met", _("DOES NOT follow from the seed"))
    return Proof("met", _("Follows from the seed"))


def told_seeds(history: History) -> Iterator[str]:
    """The seeds from which nobody can draw any more, with all that is needed to draw their places again. For the
    closed part alone: a seed that is still drawn from would tell the arms to come."""
    for name, listed in history.committed.items():
        if not is_seeded(listed.method) or history.drawn.get(name, 0) < listed.places:
            continue
        try:
            seed = seeds_of(history, name)[name]
        except NotKept:
            continue
        told = _(
            "All places of “%(name)s” are drawn, so its seed may be told: “%(value)s”, sealed with %(salt)s."
        )
        yield told % {"name": name, "value": seed.value, "salt": seed.salt}
