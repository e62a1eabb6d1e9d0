"""Where every scan of the laboratory is sent: it answers in words on the page, or leads to the page that is meant."""

import logging
from datetime import datetime
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from cordula_web.frame.addresses import address
from cordula_web.frame.parts import LastScan, ScanField
from cordula_web.laboratory.scanning import second_person
from cordula_web.laboratory.scanning.answers import Answer, answer
from cordula_web.laboratory.scanning.meaning import heard
from cordula_web.laboratory.seen import Seen, unit_or_404
from cordula_web.people.acting import ActingRequest
from cordula_web.people.areas import Area
from cordula_web.people.permissions import area

log = logging.getLogger(__name__)
KEPT = "last_scan"
LONGEST = 200


def scan_field(
    request: ActingRequest, page: str, seen: Seen | None, hint: str, place: str = ""
) -> ScanField:
    """The field of a page, with the last answer where it came without script."""
    hidden = (("page", page), ("unit", seen.din if seen else ""), ("place", place))
    # Whoever only looks after the freezers has an address of their own: the bench is not theirs.
    url = "laboratory:scan" if request.acting.may_see(Area.BENCH) else "laboratory:scan_in_storage"
    return ScanField(address(url), _("Ready to scan"), hint, hidden, _last(request, seen))


def _scan(request: ActingRequest) -> HttpResponse:
    now = timezone.now()
    din, page = request.POST.get("unit", ""), request.POST.get("page", "")
    expected = unit_or_404(request.acting, din, now) if din else None
    what = heard(request.POST.get("scan", "")[:LONGEST])
    place = request.POST.get("place", "")
    said = answer(what, request.acting, expected, now, page=page, place=place)
    # Kind and outcome alone: what was scanned may be a person's.
    log.info("scan of %s: %s", what.kind, said.outcome)
    if said.second is not None:
        second_person.remember(request, din, said.second, now)
    return _answered(request, said, page, expected, now)


scan = area(Area.BENCH, methods=("POST",), post_only_reads=True)(_scan)
scan_in_storage = area(Area.STORAGE, methods=("POST",), post_only_reads=True)(_scan)


def _answered(
    request: ActingRequest, said: Answer, page: str, seen: Seen | None, now: datetime
) -> HttpResponse:
    if "HX-Request" in request.headers:
        if said.goto:
            return HttpResponse(headers={"HX-Redirect": said.goto})
        return render(request, "laboratory/scanned.html", _fragment(request, said, seen, now))
    if said.second is None:
        # A colleague's name stands on the page by itself, and is not kept with the session.
        _keep(request, said.last, seen)
    # The page sends its own name along; a name that leads nowhere leads to the bench.
    place = {"place": request.POST.get("place", "")}
    back = address(f"laboratory:{page}", {"din": seen.din} if seen else {}, place)
    return HttpResponseRedirect(said.goto or back or "/")


def _fragment(
    request: ActingRequest, said: Answer, seen: Seen | None, now: datetime
) -> dict[str, Any]:
    if said.second is None or seen is None:
        return {"last": said.last, "second": None}
    second = second_person.second_person(request, request.acting, seen.din, now)
    return {"last": said.last, "second": second_person.drawn(second, request.acting)}


def _keep(request: ActingRequest, last: LastScan, seen: Seen | None) -> None:
    request.session[KEPT] = {
        "unit": seen.din if seen else "",
        "status": last.status,
        "message": str(last.message),
        "text": last.text,
        "at": last.at.isoformat() if last.at else "",
    }


def _last(request: ActingRequest, seen: Seen | None) -> LastScan | None:
    """Shown once, and on the page of the unit it was made for."""
    kept = request.session.get(KEPT)
    if not isinstance(kept, dict) or kept.get("unit") != (seen.din if seen else ""):
        return None
    del request.session[KEPT]
    at = datetime.fromisoformat(kept["at"]) if kept["at"] else None
    return LastScan(kept["status"], kept["message"], kept["text"], at)
