"""The pages of the evidence: each reads the newest snapshot and computes nothing."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from cordula.evidence.refusal import Unknown
from cordula_web.clinic.evidence import released
from cordula_web.clinic.evidence.answer_page import answer_page, crumbs, made
from cordula_web.clinic.evidence.claims_page import claims
from cordula_web.clinic.evidence.for_protocol import rules, same_cells
from cordula_web.clinic.evidence.overview import asked
from cordula_web.clinic.evidence.study_page import study_page
from cordula_web.clinic.evidence.waiting import waiting
from cordula_web.frame.parts import PageHead
from cordula_web.people.acting import ActingRequest
from cordula_web.people.areas import Area
from cordula_web.people.permissions import area
from cordula_web.records.page import standing


@area(Area.PROTOCOLS)
def overview(request: ActingRequest) -> HttpResponse:
    """Every question, what is awaited, and what changed since the snapshot before."""
    try:
        newest = released.newest()
    except Unknown:
        return _drawn(request, "evidence_none", {"title": _("Evidence")})
    shown = {
        "title": _("Evidence"),
        "newest": newest,
        "asked": asked(),
        "waiting": waiting(),
        "earlier": released.earlier(),
        "changed": released.changed(),
        "made": made(),
    }
    return _drawn(request, "evidence", shown)


@area(Area.PROTOCOLS)
def answer(request: ActingRequest, question: str, months: str = "") -> HttpResponse:
    """One question at one time; without a time, at its first."""
    found = [one for one in _times(question) if months in ("", f"{one['months']:g}")]
    if not found:
        raise Http404
    return _drawn(request, "evidence_answer", answer_page(found[0]))


@area(Area.PROTOCOLS)
def study(request: ActingRequest, study: str) -> HttpResponse:
    found = released.study(study) if _is_released() else None
    if found is None:
        raise Http404
    return _drawn(request, "evidence_study", study_page(found))


@area(Area.PROTOCOLS)
def claimed(request: ActingRequest) -> HttpResponse:
    title = _("What is claimed, and what studies show")
    if not _is_released():
        return _drawn(request, "evidence_none", {"title": title})
    shown = {"title": title, "head": PageHead(title, crumbs=crumbs()), "claims": claims()}
    return _drawn(request, "evidence_claims", shown | {"made": made()})


@area(Area.PROTOCOLS)
def protocol(request: ActingRequest, protocol: str) -> HttpResponse:
    """The questions that concern the cells and the route of one protocol."""
    concerns = rules().get(protocol)
    if concerns is None or not _is_released():
        raise Http404
    title = _("What is known about “{protocol}”").format(protocol=protocol)
    shown = {
        "title": title,
        "head": PageHead(title, concerns.note, crumbs()),
        "asked": asked(concerns.questions),
        "same": same_cells(concerns),
        "made": made(),
    }
    return _drawn(request, "evidence_protocol", shown)


@area(Area.PROTOCOLS)
def picture(request: ActingRequest, name: str) -> HttpResponse:
    """A picture as it was released. It has no styles and no scripts, so our own policy lets all of it through."""
    found = released.picture(name) if _is_released() else None
    if found is None:
        raise Http404
    return HttpResponse(found, content_type="image/svg+xml")


def _is_released() -> bool:
    try:
        return bool(released.newest())
    except Unknown:
        return False


def _times(question: str) -> list[released.Values]:
    return released.times(question) if _is_released() else []


def _drawn(request: ActingRequest, template: str, shown: dict[str, Any]) -> HttpResponse:
    context = shown | standing(request, timezone.now())
    return render(request, f"clinic/{template}.html", context)
