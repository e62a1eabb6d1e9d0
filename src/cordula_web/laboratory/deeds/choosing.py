"""Everything that can be recorded of a unit by this reader: what is open now, and why the rest is not."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from cordula_web.frame.addresses import address
from cordula_web.frame.parts import Link, PageHead
from cordula_web.laboratory.banners import unit_banner
from cordula_web.laboratory.deeds.every import DEEDS, page_name
from cordula_web.laboratory.seen import Seen, unit_or_404
from cordula_web.people.acting import ActingRequest
from cordula_web.people.areas import Area, Words
from cordula_web.people.permissions import area
from cordula_web.records.page import standing


@dataclass(frozen=True, slots=True)
class Choice:
    """One deed of the list; `why_not` is empty where it can be done."""

    title: Words
    url: str
    why_not: str


@area(Area.UNIT)
def deeds(request: ActingRequest, din: str) -> HttpResponse:
    seen = unit_or_404(request.acting, din, timezone.now())
    every = tuple(_choices(seen))
    url = address("clinic:unit", {"din": seen.din})
    crumbs = [Link(_("Unit {number}").format(number=seen.number), url)] if url else []
    page = {
        **standing(request, seen.now),
        "title": _("Record something: unit {number}").format(number=seen.number),
        "unit": unit_banner(seen),
        "head": PageHead(_("Record something"), _("What you may record of this unit."), crumbs),
        "labels_url": address("laboratory:labels", {"din": seen.din}),
        "open": [one for one in every if not one.why_not],
        "shut": [one for one in every if one.why_not],
    }
    return render(request, "laboratory/deeds.html", page)


def _choices(seen: Seen) -> Iterator[Choice]:
    """Only what this reader's role may ever record: the rest is other people's work."""
    for word, deed in DEEDS.items():
        if seen.acting.may_record(deed.kind.__name__) and seen.acting.may_see(deed.area):
            url = address(f"laboratory:{page_name(word)}", {"din": seen.din})
            yield Choice(deed.title, url, deed.why_not(seen))
