"""What was recorded at the end: the numbers, and that the page can be closed."""

from typing import Any

from django.utils.translation import gettext as _

from cordula import display
from cordula.events.theatre import Administered, AdministrationStopped, Prepared
from cordula.journey import wording
from cordula_web.clinic.looked_up import UnitSeen
from cordula_web.clinic.theatre.words import route_words, site_words
from cordula_web.frame.parts import Fact, Table, TableCell, TableRow
from cordula_web.people.duties import people_at


def given_result(seen: UnitSeen) -> dict[str, Any]:
    given = seen.unit.latest(Administered)
    assert given is not None and seen.now.tzinfo is not None  # noqa: S101,PT018  it was given
    people = people_at(seen.acting.site, [given.by, given.second_person])
    both = f"{people.name(given.by)} + {people.name(given.second_person)}"
    return {
        "sentence": _("What was given is recorded."),
        "close": True,
        "numbers": (
            Fact(_("Given"), display.dose(given.given), _dose(given)),
            Fact(_("Left over"), _left_over(seen, given)),
            Fact(_("Injections"), display.number(len(given.injections)), route_words(given.route)),
            Fact(_("Last injection"), display.clin_time(given.at, seen.now.tzinfo)),
            Fact(_("Reaction"), _("Seen") if given.reaction_seen else _("None seen")),
            Fact(_("By"), both),
        ),
        "table": _injections(given),
    }


def _dose(given: Administered) -> str:
    return _("of a dose of {dose} at {weight}").format(
        dose=display.dose(given.planned), weight=display.quantity(given.weight)
    )


def _left_over(seen: UnitSeen, given: Administered) -> str:
    prepared = seen.unit.latest(Prepared)
    if prepared is None:
        return _("Not known")
    return display.dose(prepared.volume - given.given)


def _injections(given: Administered) -> Table:
    rows = tuple(
        TableRow(
            (
                TableCell(display.number(number)),
                TableCell(site_words(one.site)),
                TableCell(display.dose(one.volume)),
            )
        )
        for number, one in enumerate(given.injections, 1)
    )
    return Table(_("Injections"), (_("Number"), _("Where"), _("How much")), rows)


def stopped_result(seen: UnitSeen) -> dict[str, Any]:
    stopped = seen.unit.latest(AdministrationStopped)
    assert stopped is not None and seen.now.tzinfo is not None  # noqa: S101,PT018  it was stopped
    reason = wording.giving_stop_reason(stopped.reason)
    given = display.dose(stopped.given) if stopped.given else _("Nothing")
    return {
        "sentence": _("It is recorded that the cells are not given."),
        "close": True,
        "numbers": (
            Fact(_("Why"), str(reason)),
            Fact(_("Given before it was stopped"), given),
            Fact(_("At"), display.clin_time(stopped.at, seen.now.tzinfo)),
            Fact(_("By"), people_at(seen.acting.site, [stopped.by]).name(stopped.by)),
        ),
    }
