"""The labels of one unit: which there are, printing one, and scanning it back."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cordula.events.laboratory import LabelPrinted, LabelVerified
from cordula.units.products import Product
from cordula.vocabulary.identifiers import ProductKey
from cordula_web.frame.addresses import address
from cordula_web.frame.parts import Link, PageHead, Problem
from cordula_web.laboratory.banners import unit_banner
from cordula_web.laboratory.labelling import content, printer, scanned_back
from cordula_web.laboratory.labelling.forms import Print
from cordula_web.laboratory.labelling.zpl import zpl
from cordula_web.laboratory.seen import Seen, unit_or_404
from cordula_web.laboratory.sending import Refused, drawn, record, sent
from cordula_web.people.acting import ActingRequest
from cordula_web.people.areas import Area, Words
from cordula_web.people.permissions import area
from cordula_web.records.page import standing

WHOLE = "unit"


@dataclass(frozen=True, slots=True)
class Row:
    """One label that the unit can have, and how far it is: not printed, printed, scanned back."""

    name: Words
    url: str
    word: Words
    status: str


@area(Area.UNIT)
def labels(request: ActingRequest, din: str) -> HttpResponse:
    seen = unit_or_404(request.acting, din, timezone.now())
    told = _("A label counts once it was scanned back.")
    page = _top(request, seen, _("Labels"), told) | {"rows": tuple(_rows(seen))}
    return render(request, "laboratory/labels.html", page)


@area(Area.UNIT, methods=("GET", "POST"), records=("LabelPrinted",))
def label(request: ActingRequest, din: str, which: str) -> HttpResponse:
    """One label: its preview, how it is printed, and whether it was scanned back."""
    seen = unit_or_404(request.acting, din, timezone.now())
    product = _product_or_404(seen, which)
    again = _last(seen, product) is not None
    if request.method != "POST":
        return _page(request, seen, product, which, Print(None, again=again))
    form = Print(request.POST, again=again)
    if not form.is_valid():
        return _page(request, seen, product, which, form, status=422)
    return _print(request, seen, product, which, form)


def _print(
    request: ActingRequest, seen: Seen, product: Product | None, which: str, form: Print
) -> HttpResponse:
    """The printer first: what did not come out of it must not stand in the record."""
    made = content.content_of(seen, product)
    if to := printer.address():
        try:
            printer.send(zpl(made, form.cleaned_data["copies"], seen.acting.site.zone), to)
        except printer.PrinterSilent:
            silent = Refused((_("The label printer does not answer. Nothing was printed."),), 503)
            return _page(request, seen, product, which, form, silent)
    template = str(product.kind) if product else WHOLE
    key = product.key if product else None
    refused = record(
        lambda by: [form.to_event(seen.unit_id, key, template, made.practice, by)],
        sent(request),
        request.acting,
        timezone.now(),
    )
    if refused:
        return _page(request, seen, product, which, form, refused)
    messages.success(request, _("It is recorded. Scan the printed label now."))
    return redirect("laboratory:label", din=seen.din, which=which)


@area(Area.UNIT, methods=("POST",), records=("LabelVerified",))
def scan_back(request: ActingRequest, din: str, which: str) -> HttpResponse:
    seen = unit_or_404(request.acting, din, timezone.now())
    product = _product_or_404(seen, which)
    text = request.POST.get("scan", "").strip()[:500]
    form = Print(None, again=_last(seen, product) is not None)
    if fault := scanned_back.fault(content.content_of(seen, product), text):
        return _page(request, seen, product, which, form, Refused((fault,)))
    event = LabelVerified(
        unit=seen.unit_id,
        product=product.key if product else None,
        scanned=text,
        by=request.acting.account_id,
        at=timezone.now(),
    )
    refused = record(lambda _by: [event], sent(request), request.acting, timezone.now())
    if refused:
        return _page(request, seen, product, which, form, refused)
    messages.success(request, _("The label reads what it should."))
    return redirect("laboratory:labels", din=seen.din)


# --- What is shown --------------------------------------------------------------------------------


def _page(
    request: ActingRequest,
    seen: Seen,
    product: Product | None,
    which: str,
    form: Print,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    acting, last = request.acting, _last(seen, product)
    made = content.content_of(seen, product)
    page = _top(request, seen, _name(product), "") | {
        "label": content.preview(seen, product),
        "paper": content.printed(made) if last and printer.address() is None else None,
        "copies": range(last.copies) if last else (),
        "form": form if acting.may_record("LabelPrinted") else None,
        "again": form.again,
        "waits": last is not None and not _verified(seen, product, last),
        "may_scan": acting.may_record("LabelVerified"),
        "scan_url": address("laboratory:scan_label", {"din": seen.din, "which": which}),
        "hidden": drawn(seen.versions).hidden,
        "problems": refused.problems if refused else _problems(form),
    }
    return render(
        request, "laboratory/label.html", page, status=refused.status if refused else status
    )


def _problems(form: Print) -> tuple[Problem, ...]:
    told = (str(error) for errors in form.errors.values() for error in errors)
    return tuple(Problem(error, "#print") for error in told)


def _top(request: ActingRequest, seen: Seen, heading: str, lead: str) -> dict[str, object]:
    found = [
        (_("Unit {number}").format(number=seen.number), address("clinic:unit", {"din": seen.din})),
        (_("Labels"), address("laboratory:labels", {"din": seen.din})),
    ]
    return {
        **standing(request, seen.now),
        "title": f"{heading}: {_('unit {number}').format(number=seen.number)}",
        "unit": unit_banner(seen),
        "head": PageHead(heading, lead, [Link(label, url) for label, url in found if url]),
    }


def _rows(seen: Seen) -> Iterator[Row]:
    at_hand = [product for product in seen.unit.products.values() if product.at_hand]
    for product in (None, *at_hand):
        which = _which(product)
        url = address("laboratory:label", {"din": seen.din, "which": which})
        last = _last(seen, product)
        if last is None:
            yield Row(_name(product), url, _("Not printed"), "not_started")
        elif _verified(seen, product, last):
            yield Row(_name(product), url, _("Scanned back"), "met")
        else:
            yield Row(_name(product), url, _("Printed, not scanned back"), "waiting_result")


def waiting(seen: Seen) -> int:
    """How many labels were printed and not scanned back."""
    return sum(row.status == "waiting_result" for row in _rows(seen))


def _which(product: Product | None) -> str:
    key = product.key if product else None
    return f"{key.product_code}{key.collection_type}{key.division}" if key else WHOLE


def _product_or_404(seen: Seen, which: str) -> Product | None:
    if which == WHOLE:
        return None
    for product in seen.unit.products.values():
        if product.at_hand and _which(product) == which:
            return product
    raise Http404


def _name(product: Product | None) -> str:
    if product is None:
        return _("Label of the donation")
    kind, division = str(product.kind).capitalize(), product.key.division
    return _("Label of {kind} {division}").format(kind=kind, division=division)


def _last(seen: Seen, product: Product | None) -> LabelPrinted | None:
    key: ProductKey | None = product.key if product else None
    mine = [event for event in seen.unit.all(LabelPrinted) if event.product == key]
    return mine[-1] if mine else None


def _verified(seen: Seen, product: Product | None, last: LabelPrinted) -> bool:
    key = product.key if product else None
    return any(e.product == key and e.at >= last.at for e in seen.unit.all(LabelVerified))
