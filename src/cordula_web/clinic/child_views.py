"""The pages of one child: her course, and everything that was ever recorded of her."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from cordula.vocabulary.identifiers import stream_of
from cordula_web.clinic.child_page import child_page, crumbs
from cordula_web.clinic.entries import entries, reading_for
from cordula_web.clinic.looked_up import child_or_404
from cordula_web.frame.parts import PageHead
from cordula_web.people.acting import ActingRequest
from cordula_web.people.areas import Area
from cordula_web.people.permissions import area
from cordula_web.records import lists, queries
from cordula_web.records.child_banner import child_banner
from cordula_web.records.page import standing


@area(Area.INFANT)
def child(request: ActingRequest, infant: str) -> HttpResponse:
    now = timezone.now()
    seen = child_or_404(request.acting, infant, now)
    cards = list(lists.units_of(seen.id, request.acting.site.site_id))
    return render(request, "clinic/child.html", child_page(seen, cards) | standing(request, now))


@area(Area.INFANT)
def child_record(request: ActingRequest, infant: str) -> HttpResponse:
    now = timezone.now()
    seen = child_or_404(request.acting, infant, now)
    stream = stream_of(seen.id)
    recorded = queries.history(stream, site=request.acting.site.site_id)
    reading = reading_for(request.acting, seen.infant.events)
    page = {
        "child": child_banner(seen.identity, seen.infant, seen.now) if seen.identity else None,
        "head": PageHead(_("The whole record"), crumbs=crumbs(seen)),
        "title": f"{seen.printed}: {_('the whole record')}",
        "entries": entries(recorded, seen.infant, stream, reading),
    }
    return render(request, "clinic/child_record.html", page | standing(request, now))
