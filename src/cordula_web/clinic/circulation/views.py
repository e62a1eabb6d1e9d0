"""The pages of the circulation model. They write nothing; what is typed is forgotten with the answer."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cordula_web.clinic.child_page import crumbs
from cordula_web.clinic.circulation.form import CirculationForm
from cordula_web.clinic.circulation.recorded import recorded
from cordula_web.clinic.looked_up import ChildSeen, child_or_404
from cordula_web.frame.parts import PageHead
from cordula_web.people.acting import ActingRequest
from cordula_web.people.areas import Area
from cordula_web.people.permissions import area
from cordula_web.records.child_banner import child_banner
from cordula_web.records.page import standing


@area(Area.INFANT, methods=("GET", "POST"), post_only_reads=True)
def circulation(request: ActingRequest) -> HttpResponse:
    """For numbers typed by hand: no record is read."""
    title = _("What a change in the heart means")
    form = CirculationForm(request.POST if request.method == "POST" else None)
    return _answered(request, form, "clinic/circulation.html", title=title, head=_head())


@area(Area.INFANT, methods=("GET", "POST"), post_only_reads=True)
def child_circulation(request: ActingRequest, infant: str) -> HttpResponseBase:
    """The same for one child, beginning from what her record says."""
    now = timezone.now()
    seen = child_or_404(request.acting, infant, now)
    if not seen.has_own_heart:
        return redirect("clinic:child", infant=infant)
    known = recorded(seen)
    form = CirculationForm(request.POST if request.method == "POST" else None, known)
    page = {
        "child": child_banner(seen.identity, seen.infant, seen.now) if seen.identity else None,
        "title": f"{seen.printed}: {_('what a change in the heart means')}",
        "head": _head(seen),
        "left_out": known.left_out,
        **standing(request, now),
    }
    return _answered(request, form, "clinic/circulation_of_child.html", **page)


def _head(seen: ChildSeen | None = None) -> PageHead:
    typed = _("A model of a circulation, not this child’s future. Nothing typed here is kept.")
    return PageHead(_("What a change in the heart means"), typed, crumbs(seen) if seen else ())


def _answered(
    request: ActingRequest, form: CirculationForm, template: str, **page: object
) -> HttpResponse:
    def drawn(status: int, **more: object) -> HttpResponse:
        return render(request, template, {"form": form, **page, **more}, status=status)

    if request.method != "POST":
        return drawn(200)
    if not form.is_valid():
        return drawn(422)
    # The numerics are loaded by the first who asks, not when the site starts.
    from cordula_web.clinic.circulation.answer import NoAnswer, answer

    try:
        return drawn(200, answer=answer(form))
    except NoAnswer as none:
        form.add_error(None, str(none))
        return drawn(422)
