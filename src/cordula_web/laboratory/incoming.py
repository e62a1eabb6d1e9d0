"""What is on its way or has just arrived, and how much time is left for it by its protocol?"""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from cordula.events.collection import IdentityChecked, Received
from cordula.events.event import Event
from cordula.events.laboratory import Processed
from cordula.units.life import State
from cordula_web.frame.addresses import address
from cordula_web.frame.parts import Action, PageHead
from cordula_web.laboratory.banners import left, tone
from cordula_web.laboratory.freezing import work_by
from cordula_web.laboratory.seen import Seen, units_in
from cordula_web.people.acting import ActingRequest
from cordula_web.people.areas import Area
from cordula_web.people.permissions import area
from cordula_web.records.page import standing

WAITING = (State.COLLECTED, State.RECEIVED)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A unit that waits for the laboratory."""

    din: str
    state: str
    collected: datetime | None
    due: datetime | None
    left: str
    tone: str
    action: Action | None


@area(Area.BENCH)
def incoming(request: ActingRequest) -> HttpResponse:
    now = timezone.now()
    rows = [_arrival(seen) for seen in units_in(request.acting, WAITING, now)]
    rows.sort(key=lambda row: (row.due is None, row.due.timestamp() if row.due else 0.0))
    context = {
        **standing(request, now),
        "title": _("Incoming"),
        "head": PageHead(
            _("Incoming"), _("Collected, and not yet processed. The first limit first.")
        ),
        "rows": rows,
    }
    return render(request, "laboratory/incoming.html", context)


def _arrival(seen: Seen) -> Arrival:
    due = work_by(seen)
    return Arrival(
        din=seen.din,
        state=_("On its way") if seen.unit.state is State.COLLECTED else _("Received"),
        collected=seen.unit.moment("collected"),
        due=due,
        left=left(due, seen.now).strip("()") if due else "",
        tone=tone(due, seen.now) if due else "",
        action=_next(seen),
    )


def _next(seen: Seen) -> Action | None:
    """The one thing that comes next, for those who may do it."""
    kind, label, page = _deed(seen)
    url = address(page, {"din": seen.din}) if seen.acting.may_record(kind.__name__) else ""
    return Action(label, url, "two", size="sm") if url else None


def _deed(seen: Seen) -> tuple[type[Event], str, str]:
    if seen.unit.state is State.COLLECTED:
        return Received, _("Receive it"), "laboratory:receive"
    checks = [c for c in seen.unit.all(IdentityChecked) if c.where == "laboratory"]
    if not checks:
        return IdentityChecked, _("Compare bag and label"), "laboratory:identity"
    return Processed, _("Process it"), "laboratory:process"
