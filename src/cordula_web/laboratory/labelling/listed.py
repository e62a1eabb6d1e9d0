"""Whose labels were printed and not scanned back? The units in work, and any unit that is scanned."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from cordula_web.frame.addresses import address
from cordula_web.frame.parts import PageHead
from cordula_web.laboratory.bench import IN_WORK
from cordula_web.laboratory.labelling.views import waiting
from cordula_web.laboratory.scanning.views import scan_field
from cordula_web.laboratory.seen import units_in
from cordula_web.people.acting import ActingRequest
from cordula_web.people.areas import Area
from cordula_web.people.permissions import area
from cordula_web.records.page import standing


@dataclass(frozen=True, slots=True)
class Labelled:
    """A unit in work, and how many of its labels wait to be scanned back."""

    din: str
    url: str
    waiting: int


@area(Area.BENCH)
def every_label(request: ActingRequest) -> HttpResponse:
    now = timezone.now()
    rows = [
        Labelled(seen.din, address("laboratory:labels", {"din": seen.din}), waiting(seen))
        for seen in units_in(request.acting, IN_WORK, now)
    ]
    context = {
        **standing(request, now),
        "title": _("Labels"),
        "head": PageHead(_("Labels"), _("Scan a bag, and its labels open.")),
        "scan": scan_field(request, "every_label", None, _("Bag")),
        "rows": sorted(rows, key=lambda row: (-row.waiting, row.din)),
    }
    return render(request, "laboratory/every_label.html", context)
