"""Opening a place that products can be kept in: a box of a rack of a tank, with its positions and its limit."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as told
from django.utils.translation import gettext_lazy as _

from cordula.events.storage import PlaceOpened
from cordula.vocabulary.identifiers import PlaceId
from cordula_web.frame.addresses import address
from cordula_web.frame.parts import Link, PageHead
from cordula_web.laboratory.deeds.asked import amount, line, required
from cordula_web.laboratory.sending import Refused, Writing, drawn, record, sent
from cordula_web.people.acting import ActingRequest
from cordula_web.people.areas import Area
from cordula_web.people.permissions import area
from cordula_web.records import lists
from cordula_web.records.page import standing
from cordula_web.records.sending import named_by

# A box has a few dozen positions; a number far above is a slip of the finger.
POSITIONS_MAX = 1000


class OpenPlace(forms.Form):
    """The words of the place from the tank inwards, how much it holds, and how warm it may become."""

    use_required_attribute = False

    tank = line(_("Tank or freezer"), help_text=_("As it is written on its door, like Tank 2."))
    inwards = line(
        _("From there inwards"),
        required=False,
        help_text=_("Separated by commas, like Rack B, Box 5."),
    )
    positions = forms.IntegerField(
        label=_("Positions"),
        min_value=1,
        max_value=POSITIONS_MAX,
        error_messages=required(_("Positions")),
    )
    limit = amount(_("Warmest it may become"), "Cel", required=False)

    def __init__(self, data: Any, taken: frozenset[tuple[str, ...]]) -> None:
        super().__init__(data)
        self.taken = taken

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("tank") and self._path(cleaned) in self.taken:
            self.add_error("inwards", told("There is a place of this name already."))
        return cleaned

    @staticmethod
    def _path(cleaned: dict[str, Any]) -> tuple[str, ...]:
        inwards = str(cleaned.get("inwards") or "").split(",")
        return tuple(part for word in (cleaned["tank"], *inwards) if (part := str(word).strip()))

    def to_event(self, place: PlaceId, writing: Writing) -> PlaceOpened:
        given = self.cleaned_data
        return PlaceOpened(
            place=place,
            path=self._path(given),
            positions=given["positions"],
            temperature_limit=given["limit"],
            by=writing.by,
            at=writing.at,
        )


@area(Area.STORAGE, methods=("GET", "POST"), records=("PlaceOpened",))
def open_place(request: ActingRequest) -> HttpResponse:
    site = request.acting.site.site_id
    taken = frozenset(tuple(card.path) for card in lists.places(site))
    if request.method != "POST":
        return _page(request, OpenPlace(None, taken))
    form = OpenPlace(request.POST, taken)
    if not form.is_valid():
        return _page(request, form, status=422)
    hidden = sent(request)
    place = named_by(PlaceId, hidden.key)
    refused = record(
        lambda writing: [form.to_event(place, writing)], hidden, request.acting, timezone.now()
    )
    if refused:
        return _page(request, form, refused)
    messages.success(request, told("The place is open."))
    return redirect("laboratory:freezer")


def _page(
    request: ActingRequest, form: OpenPlace, refused: Refused | None = None, status: int = 200
) -> HttpResponse:
    page = {
        **standing(request, timezone.now()),
        "title": told("Open a place"),
        "head": PageHead(
            told("Open a place"),
            told("A box, a shelf or a shipper that products are kept in."),
            [Link(told("Freezer"), address("laboratory:freezer"))],
        ),
        "form": form,
        "hidden": drawn({}).hidden if not form.is_bound else sent(request).hidden,
        "problems": refused.problems if refused else (),
    }
    status = refused.status if refused else status
    return render(request, "laboratory/open_place.html", page, status=status)
