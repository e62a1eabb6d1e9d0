"""The pages of deviations: what is open by age, a report in three fields, and how quality closes one."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordula import display
from cordula_web.frame.addresses import address
from cordula_web.frame.parts import Link, PageHead
from cordula_web.laboratory.deviations import found as records
from cordula_web.laboratory.deviations.forms import Close, Report
from cordula_web.laboratory.sending import Refused, drawn, record, sent
from cordula_web.people.acting import ActingRequest
from cordula_web.people.areas import Area
from cordula_web.people.duties import people_at
from cordula_web.people.permissions import area
from cordula_web.records.page import standing


@area(Area.DEVIATIONS, methods=("GET", "POST"), records=("Deviated",))
def deviations(request: ActingRequest) -> HttpResponse:
    acting = request.acting
    if request.method == "POST":
        return _report(request)
    form = Report(None, acting.site.site_id, initial={"unit": request.GET.get("unit", "")})
    return _list(request, form)


def _report(request: ActingRequest) -> HttpResponse:
    form = Report(request.POST, request.acting.site.site_id)
    if not form.is_valid():
        return _list(request, form, status=422)
    refused = record(
        lambda writing: [form.to_event(writing)], sent(request), request.acting, timezone.now()
    )
    if refused is not None:
        return _list(request, form, refused)
    messages.success(request, _("The deviation is reported. Quality assurance judges it."))
    return redirect("laboratory:deviations")


def _list(
    request: ActingRequest, form: Report, refused: Refused | None = None, status: int = 200
) -> HttpResponse:
    now, acting = timezone.now(), request.acting
    site = acting.site.site_id
    rows = [
        (one, records.numbers_of(one, site), display.duration(max(now - one.at, now - now)))
        for one in records.deviations(site)
        if one.closed is None
    ]
    told = ngettext("{count} is open.", "{count} are open.", len(rows)).format(count=len(rows))
    context = {
        **standing(request, now),
        "title": _("Deviations"),
        "head": PageHead(_("Deviations"), told),
        "rows": rows,
        "form": form if acting.may_record("Deviated") else None,
        "hidden": (sent(request) if request.method == "POST" else drawn({})).hidden,
        "problems": refused.problems if refused else (),
    }
    return render(
        request, "laboratory/deviations.html", context, status=refused.status if refused else status
    )


@area(Area.DEVIATIONS, methods=("GET", "POST"), records=("DeviationClosed",))
def deviation(request: ActingRequest, number: str) -> HttpResponse:
    site = request.acting.site.site_id
    one = next((d for d in records.deviations(site) if d.number == number), None)
    if one is None:
        raise Http404
    if request.method != "POST" or one.closed is not None:
        return _one(request, one, Close())
    form = Close(request.POST)
    if not form.is_valid():
        return _one(request, one, form, status=422)
    refused = record(
        lambda writing: [form.to_event(one, writing)], sent(request), request.acting, timezone.now()
    )
    if refused is not None:
        return _one(request, one, form, refused)
    messages.success(request, _("The deviation is closed."))
    return redirect("laboratory:deviation", number=number)


def _one(
    request: ActingRequest,
    one: records.Deviation,
    form: Close,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    now, acting = timezone.now(), request.acting
    people = people_at(
        acting.site, [str(one.report.by), *([str(one.closed.by)] if one.closed else [])]
    )
    what, conclusion = records.words(one)
    context = {
        **standing(request, now),
        "title": _("Deviation {number}").format(number=one.number),
        "head": PageHead(
            _("Deviation {number}").format(number=one.number),
            crumbs=[Link(_("Deviations"), address("laboratory:deviations"))],
        ),
        "one": one,
        "what": what,
        "conclusion": conclusion,
        "reporter": people.name(str(one.report.by)),
        "closer": people.name(str(one.closed.by)) if one.closed else "",
        "units": [
            (din, address("clinic:unit", {"din": din}))
            for din in records.numbers_of(one, acting.site.site_id)
        ],
        "form": form if one.closed is None and acting.may_record("DeviationClosed") else None,
        "hidden": (sent(request) if request.method == "POST" else drawn({})).hidden,
        "problems": refused.problems if refused else (),
    }
    return render(
        request, "laboratory/deviation.html", context, status=refused.status if refused else status
    )
