"""The pages of the freezers: every place with its room, and one place with its map, its contents and its excursions."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cordula import display
from cordula.events.event import Event
from cordula.events.storage import ExcursionReviewed, PlaceOpened, TemperatureExcursed
from cordula.units.place import Place
from cordula.vocabulary.identifiers import NotAnIdentifier, PlaceId, stream_of
from cordula_web.frame.addresses import address
from cordula_web.frame.parts import Link, PageHead
from cordula_web.laboratory.scanning.views import scan_field
from cordula_web.laboratory.sending import Refused, drawn, record, sent
from cordula_web.laboratory.shelf_map import Grid, map_of, path, taken_in
from cordula_web.laboratory.storing.contents import Kept, ever_here, kept, shelves
from cordula_web.laboratory.storing.forms import Between, Excursion, Review
from cordula_web.people.acting import ActingRequest
from cordula_web.people.areas import Area
from cordula_web.people.permissions import area
from cordula_web.records import lists, queries
from cordula_web.records.models import PlaceCard
from cordula_web.records.page import standing
from cordula_web.records.refusals import NotHere

# Two forms of one page must not share the names of their fields.
EVER, TOLD = "ever_%s", "excursion_%s"


@area(Area.STORAGE)
def freezer(request: ActingRequest) -> HttpResponse:
    now = timezone.now()
    context = {
        **standing(request, now),
        "title": _("Freezer"),
        "head": PageHead(_("Freezer"), _("Scan a place or a bag, or choose a place.")),
        "scan": scan_field(request, "freezer", None, _("Place or bag")),
        "shelves": shelves(request.acting.site.site_id),
        "open_url": address("laboratory:open_place") if _may_open(request) else "",
    }
    return render(request, "laboratory/freezer.html", context)


def _may_open(request: ActingRequest) -> bool:
    return request.acting.may_record(PlaceOpened.__name__)


@area(Area.STORAGE)
def place(request: ActingRequest, place: str) -> HttpResponse:
    card, history = _place_or_404(request, place)
    asked = Between(request.GET if "start" in request.GET else None, auto_id=EVER)
    return _page(request, card, history, between=asked)


@area(Area.STORAGE, methods=("POST",), records=("TemperatureExcursed",))
def excursion(request: ActingRequest, place: str) -> HttpResponse:
    card, history = _place_or_404(request, place)
    form = Excursion(request.POST, auto_id=TOLD)
    if not form.is_valid():
        return _page(request, card, history, excursion=form, status=422)
    refused = _record(request, lambda writing: [form.to_event(history, writing)])
    if refused:
        return _page(request, card, history, excursion=form, refused=refused)
    messages.success(
        request, _("The excursion is recorded, for every unit that was in this place.")
    )
    return redirect("laboratory:place", place=place)


@area(Area.STORAGE, methods=("POST",), records=("ExcursionReviewed",))
def review(request: ActingRequest, place: str) -> HttpResponse:
    card, history = _place_or_404(request, place)
    form = _review(request.POST.get("number", ""), request.POST)
    found = next((e for e in history.excursions if e.number == request.POST.get("number")), None)
    if found is None:
        gone = Refused((_("This excursion is not known here. Open the page again."),))
        return _page(request, card, history, refused=gone)
    if not form.is_valid():
        return _page(request, card, history, review=form, status=422)
    refused = _record(request, lambda writing: [form.to_event(found, writing)])
    if refused:
        return _page(request, card, history, review=form, refused=refused)
    messages.success(request, _("The review is recorded."))
    return redirect("laboratory:place", place=place)


def _record(request: ActingRequest, build: Any) -> Refused | None:
    return record(build, sent(request), request.acting, timezone.now())


def _place_or_404(request: ActingRequest, name: str) -> tuple[PlaceCard, Place]:
    site = request.acting.site.site_id
    try:
        history = queries.place(PlaceId(name), site=site)
    except (NotAnIdentifier, NotHere) as fault:
        raise Http404 from fault
    card = lists.places(site).filter(place=name).first()
    if card is None:
        raise Http404
    return card, history


def _page(
    request: ActingRequest,
    card: PlaceCard,
    history: Place,
    *,
    between: Between | None = None,
    excursion: Excursion | None = None,
    review: Review | None = None,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    now, acting = timezone.now(), request.acting
    site, name = acting.site.site_id, PlaceId(card.place)
    contents = kept(lists.occupied(name, site), site)
    taken = taken_in(card, site)
    urls = {one.position: one.url for one in contents if one.url}
    may_tell, may_judge = (
        acting.may_record(kind.__name__) for kind in (TemperatureExcursed, ExcursionReviewed)
    )
    context = {
        **standing(request, now),
        "title": path(card),
        "head": PageHead(path(card), _room(card, len(taken)), _crumbs()),
        "place": card.place,
        "scan": scan_field(request, "place", None, _("Bag to put away"), card.place),
        "map": map_of(
            card,
            taken,
            (),
            _("Positions"),
            urls,
            _("{free} free").format(free=display.number(card.positions - len(taken))),
        ),
        "outside": sorted(taken - set(Grid.of(card.positions).names)),
        "contents": contents,
        "between": between or Between(auto_id=EVER),
        "found": _found(name, between, request),
        "excursions": _excursions(history, request, review if may_judge else None, may_judge),
        "excursion_form": (excursion or _new_excursion(history)) if may_tell else None,
        "hidden": drawn({stream_of(name): history.version}).hidden,
        "form": excursion or review or between,
        "problems": refused.problems if refused else (),
    }
    return render(
        request, "laboratory/place.html", context, status=refused.status if refused else status
    )


def _new_excursion(history: Place) -> Excursion:
    limit = history.opened.temperature_limit if history.opened else None
    told = f"{limit.to('Cel').value:f}" if limit else ""
    return Excursion(initial={"limit": told}, auto_id=TOLD)


def _review(number: str, data: Any = None) -> Review:
    """Several may wait on one page, so the fields of each have names of their own."""
    return Review(data, auto_id=f"review-{number}-%s", initial={"number": number})


def _room(card: PlaceCard, taken: int) -> str:
    told = _("{free} of {all} positions are free.")
    return told.format(
        free=display.number(card.positions - taken), all=display.number(card.positions)
    )


def _crumbs() -> list[Link]:
    return [Link(_("Freezer"), address("laboratory:freezer"))]


def _found(name: PlaceId, between: Between | None, request: ActingRequest) -> list[Kept] | None:
    """None while nobody asked."""
    if between is None or not between.is_bound or not between.is_valid():
        return None
    return ever_here(name, *between.span, request.acting.site.site_id)


def _excursions(
    history: Place, request: ActingRequest, sent_back: Review | None, may_judge: bool
) -> list[tuple[TemperatureExcursed, str, Review | None]]:
    """Each with what quality made of it, or with the form for whoever may say it."""
    site = request.acting.site.site_id
    reviews: list[Event] = [e.event for e in queries.entries_of(["ExcursionReviewed"], site=site)]
    decided = {r.number: r.decision for r in reviews if isinstance(r, ExcursionReviewed)}
    found = []
    for one in history.excursions:
        decision = decided.get(one.number, "").replace("_", " ")
        asked = may_judge and one.units and not decision
        same = sent_back is not None and sent_back["number"].value() == one.number
        form = (sent_back if same else _review(one.number)) if asked else None
        found.append((one, decision, form))
    return found
