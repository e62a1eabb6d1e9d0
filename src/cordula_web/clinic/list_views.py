"""The pages that list units and children."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cordula.vocabulary.identifiers import SiteId
from cordula_web.clinic.lists import ON_A_PAGE, child_table, unit_table
from cordula_web.clinic.unit_words import states
from cordula_web.people.acting import ActingRequest
from cordula_web.people.areas import Area
from cordula_web.people.permissions import area
from cordula_web.records import lists
from cordula_web.records.models import InfantCard, UnitCard
from cordula_web.records.page import standing

_WHICH = {
    "planned": _("With an operation planned"),
    "without_unit": _("Without a unit"),
    "unborn": _("Not born yet"),
}
_CHILDREN: dict[str, dict[str, Any]] = {
    "planned": {"operation_at__isnull": False},
    "without_unit": {"units": []},
    "unborn": {"born_at": None},
}


class UnitFilter(forms.Form):
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="filter_%s")
        self.fields["state"].choices = [("", _("All")), *states().items()]  # type: ignore[attr-defined]


class ChildFilter(forms.Form):
    which = forms.ChoiceField(
        label=_("Which"), required=False, choices=[("", _("All")), *_WHICH.items()]
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="filter_%s")


@area(Area.UNIT)
def units(request: ActingRequest) -> HttpResponse:
    now = timezone.now()
    form = UnitFilter(request.GET)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    page = _page(request, _units(request.acting.site.site_id, state))
    table = unit_table(list(page), request.acting, now.astimezone(request.acting.site.zone))
    empty = _("There is no unit in this state.") if state else _("There is no unit at this site.")
    next_step = _("A unit is here as soon as a kit is set aside for a child before birth.")
    shown = {"title": _("Units"), "empty": empty, "empty_next": next_step}
    return _drawn(request, shown, form, page, table, now)


@area(Area.INFANT)
def children(request: ActingRequest) -> HttpResponse:
    now = timezone.now()
    site = request.acting.site.site_id
    form = ChildFilter(request.GET)
    which = form.cleaned_data["which"] if form.is_valid() else ""
    page = _page(request, lists.infants(site).filter(**_CHILDREN.get(which, {})))
    cards = list(page)
    table = child_table(cards, _units_of(cards, site), now.astimezone(request.acting.site.zone))
    empty = _("There is no such child.") if which else _("No child is announced at this site.")
    next_step = _("A child is here as soon as she is announced, before birth.")
    shown = {"title": _("Children"), "empty": empty, "empty_next": next_step}
    return _drawn(request, shown, form, page, table, now)


def _units(site: SiteId, state: str) -> QuerySet[UnitCard]:
    """The next deadline first, whatever the state."""
    cards = lists.units(site, [state] if state else None)
    return cards.order_by(F("due").asc(nulls_last=True), "din")


def _units_of(cards: Iterable[InfantCard], site: SiteId) -> dict[str, list[UnitCard]]:
    """The units of the children on this page, in one query."""
    found: dict[str, list[UnitCard]] = {}
    children = [card.infant for card in cards]
    for card in lists.for_site(UnitCard, site).filter(infant__in=children).order_by("din"):
        found.setdefault(card.infant or "", []).append(card)
    return found


def _page(request: HttpRequest, cards: Any) -> Page[Any]:
    return Paginator(cards, ON_A_PAGE).get_page(request.GET.get("page"))


def _drawn(
    request: ActingRequest, shown: Any, form: forms.Form, page: Any, table: Any, now: Any
) -> HttpResponse:
    context = {**shown, "form": form, "page": page, "table": table}
    return render(request, "clinic/list.html", context | standing(request, now))
