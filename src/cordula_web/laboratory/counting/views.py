"""The bench page of one unit: scan, count, answer what is asked, save, and see where it goes next."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordula.vocabulary.measures import timepoints
from cordula.vocabulary.quantity import Quantity
from cordula_web.frame import squares
from cordula_web.frame.addresses import address
from cordula_web.frame.parts import Action, Command, Link
from cordula_web.laboratory import run_steps, shelf_map
from cordula_web.laboratory.banners import unit_banner
from cordula_web.laboratory.counting import draft
from cordula_web.laboratory.counting.asked import measures_at
from cordula_web.laboratory.counting.drawing import table
from cordula_web.laboratory.counting.moments import open_timepoints, usual_timepoint
from cordula_web.laboratory.counting.reading import read
from cordula_web.laboratory.counting.sheet import Sheet
from cordula_web.laboratory.counting.sums import sums, weight_of
from cordula_web.laboratory.labelling.content import preview
from cordula_web.laboratory.scanning import second_person
from cordula_web.laboratory.scanning.views import scan_field
from cordula_web.laboratory.seen import Seen, unit_or_404
from cordula_web.laboratory.sending import Refused, Sent, drawn, record, sent
from cordula_web.people.acting import ActingRequest
from cordula_web.people.areas import Area
from cordula_web.people.permissions import area
from cordula_web.records.page import standing


@area(Area.BENCH, methods=("GET", "POST"), records=("Counted",))
def count(request: ActingRequest, din: str) -> HttpResponse:
    seen = unit_or_404(request.acting, din, timezone.now())
    form = sent(request) if request.method == "POST" else drawn(seen.versions)
    sheet = _sheet(request, seen)
    if "empty" in request.POST:
        draft.drop(request)
        return redirect(_address(seen, sheet))
    if "save" in request.POST:
        return _save(request, seen, sheet, form)
    return _page(request, seen, sheet, form)


@area(Area.BENCH, methods=("POST",), post_only_reads=True)
def count_sums(request: ActingRequest, din: str) -> HttpResponse:
    """The sums for what stands in the fields now. Nothing is recorded; what was typed is kept as a draft."""
    seen = unit_or_404(request.acting, din, timezone.now())
    sheet = _sheet(request, seen)
    draft.keep(request, seen.din, sheet.timepoint)
    told = {"sums": _sums(request, seen, sheet)}
    return render(request, "components/sums.html", told)


def _sheet(request: ActingRequest, seen: Seen) -> Sheet:
    given: QueryDict = request.POST if request.method == "POST" else request.GET
    timepoint = given.get("at", "")
    if timepoint not in open_timepoints(seen.unit):
        timepoint = usual_timepoint(seen.unit)
    asked = measures_at(timepoint, seen.protocol, every=bool(given.get("every")))

    # Never from the address: a link to the page fills no field.
    typed: Mapping[str, str] = request.POST or draft.kept(request, seen.din, timepoint)

    def field(name: str) -> str:
        return typed.get(name, "")

    entries = read(asked, field, given.getlist("confirmed"), seen.unit, timepoint)
    return Sheet(seen.unit, timepoint, entries)


def _save(request: ActingRequest, seen: Seen, sheet: Sheet, form: Sent) -> HttpResponse:
    if sheet.problems or sheet.asked:
        return _page(request, seen, sheet, form, status=422, checked=True)
    second = second_person.second_person(request, request.acting, seen.din, seen.now)
    other = second.account if second else None
    refused = record(
        lambda writing: sheet.to_events(writing, other), form, request.acting, timezone.now()
    )
    if refused is not None:
        fresh = unit_or_404(request.acting, seen.din, seen.now)
        again = Sent(form.key, fresh.versions)
        return _page(request, fresh, _sheet(request, fresh), again, refused)
    draft.drop(request)
    number = sum(bool(entry.result) for entry in sheet.entries)
    told = ngettext("{number} result is recorded.", "{number} results are recorded.", number)
    messages.success(request, told.format(number=number))
    return redirect(_address(seen, sheet))


def _address(seen: Seen, sheet: Sheet) -> str:
    return f"{address('laboratory:count', {'din': seen.din})}?at={sheet.timepoint}"


def _page(
    request: ActingRequest,
    seen: Seen,
    sheet: Sheet,
    form: Sent,
    refused: Refused | None = None,
    status: int = 200,
    *,
    checked: bool = False,
) -> HttpResponse:
    may = seen.acting.may_record("Counted") and bool(open_timepoints(seen.unit))
    context = {
        **standing(request, seen.now),
        **_beside(request, seen, sheet),
        "title": _title(seen, sheet),
        "may": may,
        "sheet": sheet,
        "drafted": request.method == "GET" and any(entry.text for entry in sheet.entries),
        "measures": table(sheet, seen),
        "moments": _moments(seen, sheet),
        "sums": _sums(request, seen, sheet),
        "kg": _kg(request, seen),
        "hidden": (*form.hidden, ("at", sheet.timepoint)),
        "problems": refused.problems if refused else (sheet.problems if checked else ()),
        "every": _every(request),
        "commands": _commands(seen, form) if may else (),
    }
    return render(
        request, "laboratory/count.html", context, status=refused.status if refused else status
    )


def _title(seen: Seen, sheet: Sheet) -> str:
    """The first thing that is read aloud, so an open question stands in it."""
    told = _("Unit {number}: count the cells").format(number=seen.number)
    return _("A value must be confirmed. {page}").format(page=told) if sheet.asked else told


def _beside(request: ActingRequest, seen: Seen, sheet: Sheet) -> dict[str, Any]:
    """What stands around the table: the unit, the run, the scanner, label and place."""
    second = second_person.second_person(request, request.acting, seen.din, seen.now)
    return {
        "unit": unit_banner(seen),
        "steps": run_steps.steps(seen, run_steps.count_step(sheet.timepoint)),
        "scan": scan_field(request, "count", seen, _("Bag, badge or command")),
        "label": preview(seen),
        "labels_url": address("laboratory:labels", {"din": seen.din}),
        "map": shelf_map.for_unit(seen),
        "second": second_person.drawn(second, seen.acting),
    }


def _sums(request: ActingRequest, seen: Seen, sheet: Sheet) -> Any:
    rule = seen.protocol.dose if seen.protocol else None
    return sums(sheet.values, sheet.before, rule, weight_of(_kg(request, seen)), sheet.timepoint)


def _kg(request: ActingRequest, seen: Seen) -> str:
    """The weight to plan for: as typed, else the child's newest, else none."""
    if "kg" in request.POST:
        return request.POST["kg"].strip()
    if typed := request.session.get(draft.KEPT, {}).get("fields", {}).get("kg"):
        return str(typed)
    weighed: Quantity | None = (
        seen.infant.weight.weight if seen.infant and seen.infant.weight else None
    )
    return f"{weighed.to('kg').value:f}" if weighed else ""


def _moments(seen: Seen, sheet: Sheet) -> list[tuple[Link, bool]]:
    """The points of the unit's life at which it can be counted."""
    base, words = address("laboratory:count", {"din": seen.din}), timepoints("unit")
    return [
        (Link(_(words[name]), f"{base}?at={name}"), name == sheet.timepoint)
        for name in open_timepoints(seen.unit)
    ]


def _every(request: ActingRequest) -> bool:
    given = request.POST if request.method == "POST" else request.GET
    return bool(given.get("every"))


def _commands(seen: Seen, form: Sent) -> tuple[Command, ...]:
    """The main actions with their squares, valid for this page alone."""
    page = form.key[:4].upper()
    save = Action(
        _("Save the count"),
        kind="",
        method="post",
        name="save",
        value="yes",
        form="count",
        key="F9",
        command=f"NEXT:{page}",
        size="big",
    )
    commands = [_command(save)]
    report = address("laboratory:deviations")
    if report and seen.acting.may_record("Deviated"):
        url = f"{report}?unit={seen.din}#report"
        commands.insert(
            0,
            _command(
                Action(
                    _("Report a deviation"),
                    url,
                    "two",
                    key="F8",
                    command=f"DEVIATION:{page}",
                    size="big",
                )
            ),
        )
    return tuple(commands)


def _command(action: Action) -> Command:
    return Command(action, squares.data_matrix(f"CMD:{action.command}"))
