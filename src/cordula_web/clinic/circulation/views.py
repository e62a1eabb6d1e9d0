"""The page of the circulation model. It reads no record and writes none; what is typed is forgotten with the answer."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cordula_web.clinic.circulation.form import CirculationForm
from cordula_web.frame.parts import PageHead
from cordula_web.people.acting import ActingRequest
from cordula_web.people.areas import Area
from cordula_web.people.permissions import area


@area(Area.INFANT, methods=("GET", "POST"), post_only_reads=True)
def circulation(request: ActingRequest) -> HttpResponse:
    form = CirculationForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _drawn(request, form, 200)
    if not form.is_valid():
        return _drawn(request, form, 422)
    # The numerics are loaded by the first who asks, not when the site starts.
    from cordula_web.clinic.circulation.answer import NoAnswer, answer

    try:
        return _drawn(request, form, 200, answer=answer(form))
    except NoAnswer as none:
        form.add_error(None, str(none))
        return _drawn(request, form, 422)


def _drawn(
    request: ActingRequest, form: CirculationForm, status: int, **more: object
) -> HttpResponse:
    page = {
        "title": _("What a change in the heart means"),
        "head": PageHead(
            _("What a change in the heart means"),
            _("A model of a circulation, not this child’s future. Nothing typed here is kept."),
        ),
        "form": form,
    }
    return render(request, "clinic/circulation.html", page | more, status=status)
