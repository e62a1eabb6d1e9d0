"""The pages of this room: the day's work, and the search that goes straight to the one match."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from cordula_web.frame.addresses import address
from cordula_web.people.acting import ActingRequest
from cordula_web.people.areas import Area
from cordula_web.people.permissions import area
from cordula_web.records.page import standing
from cordula_web.today.finding import find
from cordula_web.today.sections import sections
from cordula_web.today.understood import understand


@area(Area.TODAY)
def today(request: ActingRequest) -> HttpResponse:
    now = timezone.now()
    acting = request.acting
    page = {
        "sections": sections(acting, now.astimezone(acting.site.zone)),
        "ward": address("collection:ward") if acting.may_see(Area.WARD) else "",
    }
    return render(request, "today/today.html", page | standing(request, now))


@area(Area.TODAY, methods=("GET", "POST"), post_only_reads=True)
def search(request: ActingRequest) -> HttpResponseBase:
    """Asked by POST alone: a name in an address would stay in the browser and in every log on the way."""
    if request.GET:
        return redirect("today:search")
    page = _searched(request)
    if len(page["found"]) == 1:
        return redirect(page["found"][0].url)
    return render(request, "today/search.html", page | standing(request, timezone.now()))


@area(Area.TODAY, methods=("POST",), post_only_reads=True)
def found(request: ActingRequest) -> HttpResponse:
    """The results alone, while somebody types."""
    return render(request, "today/found.html", _searched(request))


def _searched(request: ActingRequest) -> dict[str, Any]:
    query = request.POST.get("q", "")[:400]
    meant = understand(query)
    return {"query": query.strip(), "meant": meant, "found": find(meant, request.acting)}
