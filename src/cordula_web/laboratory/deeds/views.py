"""One page for every deed: the same frame, the fields of the deed, and reasons where nothing can be done."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cordula_web.frame.addresses import address
from cordula_web.frame.parts import Link, PageHead
from cordula_web.laboratory import run_steps
from cordula_web.laboratory.banners import unit_banner
from cordula_web.laboratory.deeds.deed import Deed
from cordula_web.laboratory.scanning import second_person
from cordula_web.laboratory.scanning.views import scan_field
from cordula_web.laboratory.seen import Seen, unit_or_404
from cordula_web.laboratory.sending import Refused, Sent, drawn, record, sent
from cordula_web.people.acting import ActingRequest
from cordula_web.people.permissions import area
from cordula_web.records.page import standing

View = Callable[..., HttpResponseBase]


def page_of(deed: type[Deed], name: str) -> Callable[[HttpRequest, str], HttpResponseBase]:
    """The page on which this deed is recorded."""

    @area(deed.area, methods=("GET", "POST"), records=(deed.kind.__name__,))
    def page(request: ActingRequest, din: str) -> HttpResponse:
        seen = unit_or_404(request.acting, din, timezone.now())
        if why_not := deed.why_not(seen):
            refused = Refused((why_not,)) if request.method == "POST" else None
            return _page(request, deed, name, seen, None, drawn(seen.versions), refused, why_not)
        if request.method == "POST":
            return _save(request, deed, name, seen)
        form = deed(None, seen, _second(request, deed, seen), request.GET.get("place", ""))
        return _page(request, deed, name, seen, form, drawn(seen.versions))

    return page


def _save(request: ActingRequest, deed: type[Deed], name: str, seen: Seen) -> HttpResponse:
    form = deed(request.POST, seen, _second(request, deed, seen))
    if not form.is_valid():
        return _page(request, deed, name, seen, form, sent(request), status=422)
    refused = record(form.to_events, sent(request), request.acting, timezone.now())
    if refused is not None:
        fresh = unit_or_404(request.acting, seen.din, seen.now)
        again = Sent(sent(request).key, fresh.versions)
        return _page(request, deed, name, fresh, form, again, refused)
    messages.success(request, str(deed.done))
    return redirect(_next(deed, seen))


def _next(deed: type[Deed], seen: Seen) -> str:
    """The page that follows, or the unit's own, or the bench."""
    names = (deed.then, "clinic:unit", "laboratory:bench")
    return next(url for name in names if (url := address(name, {"din": seen.din}, {})))


def _second(request: ActingRequest, deed: type[Deed], seen: Seen) -> Any:
    if not deed.by_two:
        return None
    second = second_person.second_person(request, request.acting, seen.din, seen.now)
    return second.account if second else None


def _page(
    request: ActingRequest,
    deed: type[Deed],
    name: str,
    seen: Seen,
    form: Deed | None,
    hidden: Sent,
    refused: Refused | None = None,
    why_not: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        **standing(request, seen.now),
        "title": f"{deed.title}: {_('unit {number}').format(number=seen.number)}",
        "unit": unit_banner(seen),
        "head": PageHead(deed.title, deed.lead, _crumbs(seen)),
        "steps": run_steps.steps(seen, run_steps.step_of_page(name)),
        "button": deed.button,
        "button_kind": deed.button_kind,
        "form": form,
        "hidden": hidden.hidden,
        "problems": refused.problems if refused else (),
        "why_not": why_not,
        **(_beside(request, deed, name, seen) if form else {}),
    }
    return render(
        request, "laboratory/deed.html", context, status=refused.status if refused else status
    )


def _crumbs(seen: Seen) -> list[Link]:
    url = address("clinic:unit", {"din": seen.din})
    return [Link(_("Unit {number}").format(number=seen.number), url)] if url else []


def _beside(request: ActingRequest, deed: type[Deed], name: str, seen: Seen) -> dict[str, Any]:
    """The scan field, and who stands by, where the deed asks for them."""
    found: dict[str, Any] = {}
    if deed.by_two or deed.scans:
        hint = _("Bag or badge") if deed.by_two else _("Place or bag")
        found["scan"] = scan_field(request, name, seen, hint)
    if deed.by_two:
        second = second_person.second_person(request, request.acting, seen.din, seen.now)
        found["second"] = second_person.drawn(second, seen.acting)
    return found
