"""The sub-pages of a child on which something of her course is recorded: one page for each form."""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from cordula_web.clinic.child_page import crumbs
from cordula_web.clinic.forms.allocation import UnblindForm
from cordula_web.clinic.forms.course import CourseForm
from cordula_web.clinic.forms.reviews import ReviewForm
from cordula_web.clinic.looked_up import ChildSeen, child_or_404
from cordula_web.frame.parts import PageHead
from cordula_web.people import refusals
from cordula_web.people.acting import ActingRequest, SignedInRequest
from cordula_web.people.areas import Area
from cordula_web.people.permissions import Permission, area
from cordula_web.records.child_banner import child_banner
from cordula_web.records.page import standing

View = Callable[..., HttpResponseBase]


def page_of(kind: type[CourseForm]) -> View:
    """The page of one form. Everybody who sees children may ask for it; it says who can, where they cannot."""
    allowed = Permission(Area.INFANT, frozenset({"POST"}), frozenset({kind.records}))

    @area(Area.INFANT, methods=("GET", "POST"), records=(kind.records,))
    def view(request: ActingRequest, infant: str) -> HttpResponse:
        seen = child_or_404(request.acting, infant, timezone.now())
        if not seen.acting.may_record(kind.records):
            return _who_can(request, allowed)
        if not kind.offered(seen):
            return redirect("clinic:child", infant=infant)
        return _asked(request, seen, kind)

    return view


def _who_can(request: ActingRequest, allowed: Permission) -> HttpResponse:
    """The page that names those who may record this."""
    somebody = cast(SignedInRequest, request)
    return refusals.say_who_can(somebody, Area.INFANT, lambda role, _: allowed.lets(role, "POST"))


def _asked(request: ActingRequest, seen: ChildSeen, kind: type[CourseForm]) -> HttpResponse:
    form = _form(request, seen, kind)
    if request.method != "POST":
        return _drawn(request, seen, form, 200)
    if not form.is_valid():
        return _drawn(request, seen, form, 422)
    if not form.record(timezone.now()):
        return _drawn(request, seen, form, form.status)
    return redirect("clinic:child", infant=str(seen.id))


def _form(request: ActingRequest, seen: ChildSeen, kind: type[CourseForm]) -> CourseForm:
    data = request.POST if request.method == "POST" else None
    if issubclass(kind, ReviewForm | UnblindForm):
        return kind(cast(SignedInRequest, request), data, child=seen)
    return kind(data, child=seen)


def _drawn(request: ActingRequest, seen: ChildSeen, form: CourseForm, status: int) -> HttpResponse:
    page: dict[str, Any] = {
        "child": child_banner(seen.identity, seen.infant, seen.now) if seen.identity else None,
        "head": PageHead(form.title, crumbs=crumbs(seen)),
        "title": f"{seen.printed}: {form.title}",
        "form": form,
        "question": getattr(form, "question", None),
        "statement": getattr(form, "statement", ""),
        "signs": request.acting,
    }
    return render(
        request, "clinic/course_form.html", page | standing(request, seen.now), status=status
    )
