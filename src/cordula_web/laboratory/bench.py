"""The empty bench: scan a bag to start, and which units are in work with how much time left to freeze them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from cordula.units.life import State
from cordula_web.frame import squares
from cordula_web.frame.addresses import address
from cordula_web.frame.parts import PageHead
from cordula_web.laboratory.banners import left, tone
from cordula_web.laboratory.freezing import freeze_by
from cordula_web.laboratory.run_steps import next_step
from cordula_web.laboratory.scanning.meaning import BADGE
from cordula_web.laboratory.scanning.views import scan_field
from cordula_web.laboratory.seen import Seen, units_in
from cordula_web.people.acting import ActingRequest
from cordula_web.people.areas import Area
from cordula_web.people.permissions import area
from cordula_web.records.page import standing

IN_WORK = (State.RECEIVED, State.PROCESSED)


@dataclass(frozen=True, slots=True)
class InWork:
    """A unit on the bench, as the list shows it."""

    din: str
    url: str
    step: str
    collected: datetime | None
    due: datetime | None
    left: str
    tone: str


@area(Area.BENCH)
def bench(request: ActingRequest) -> HttpResponse:
    now = timezone.now()
    units = units_in(request.acting, IN_WORK, now)
    context = {
        **standing(request, now),
        "title": _("My bench"),
        "head": PageHead(_("My bench"), _("Scan a bag, and its page opens.")),
        "scan": scan_field(request, "bench", None, _("Bag or place")),
        "rows": in_work(units),
    }
    return render(request, "laboratory/bench.html", context)


@area(Area.BENCH)
def badge(request: ActingRequest) -> HttpResponse:
    """The reader's own badge, to be printed and worn."""
    now, acting = timezone.now(), request.acting
    context = {
        **standing(request, now),
        "title": _("Your badge"),
        "head": PageHead(_("Your badge"), _("Print it. Others scan it when you stand by.")),
        "square": squares.data_matrix(f"{BADGE}{acting.account_id}"),
    }
    return render(request, "laboratory/badge.html", context)


def in_work(units: Iterable[Seen]) -> list[InWork]:
    """The first deadline first; units without one at the end."""
    rows = [_row(seen) for seen in units]
    return sorted(rows, key=lambda row: (row.due is None, row.due.timestamp() if row.due else 0.0))


def _row(seen: Seen) -> InWork:
    due, step = freeze_by(seen), next_step(seen.unit)
    return InWork(
        din=seen.din,
        url=address("laboratory:count", {"din": seen.din}),
        step=str(step.title) if step else "",
        collected=seen.unit.moment("collected"),
        due=due,
        left=left(due, seen.now).strip("()") if due else "",
        tone=tone(due, seen.now) if due else "",
    )
