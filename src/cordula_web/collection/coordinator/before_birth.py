"""What is still to be done before this child's birth? And the kit, the consent and the enrolment themselves."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cordula import display
from cordula.events.before_birth import Consented, Enrolled, Expected
from cordula.events.event import Event
from cordula.vocabulary.cardiac import consent_scopes
from cordula_web.collection.coordinator.allocation import barcode_of
from cordula_web.collection.coordinator.child import Child, child_or_404
from cordula_web.collection.coordinator.forms import ConsentForm, EnrolForm, KitForm
from cordula_web.frame import squares
from cordula_web.frame.parts import Action
from cordula_web.frame.parts.checks import Check
from cordula_web.people.acting import ActingRequest
from cordula_web.people.areas import Area
from cordula_web.people.permissions import area
from cordula_web.records import queries
from cordula_web.records.sending import RecordingForm, send
from cordula_web.records.shelf import SHELF, protocol_of


@area(Area.INFANT)
def before_birth(request: ActingRequest, infant: str) -> HttpResponse:
    """The hub: what is done, what is next, and the chain of identity to print."""
    child = child_or_404(request, infant)
    chain = child.announced.chain_of_identity
    page = {
        "checks": tuple(_checks(child)),
        "actions": tuple(_actions(child)),
        "chain": chain,
        "square": squares.data_matrix(barcode_of(chain)),
        "order": child.announced.birth_order,
        "due": child.announced.due,
    }
    return child.drawn("collection/before_birth.html", _("Before birth"), page)


def _checks(child: Child) -> list[Check]:
    infant = child.infant
    kit, consent, enrolled = infant.latest(Expected), infant.latest(Consented), infant.enrolment
    agreed = ", ".join(
        term.label for key, term in consent_scopes().items() if key in infant.consented
    )
    return [
        Check(
            _("Kit"),
            _("None is set aside yet."),
            "met" if kit else "not_started",
            kit.din if kit else "",
        ),
        Check(
            _("Consent"),
            agreed or (_("Taken back.") if consent else _("Not recorded yet.")),
            "met" if agreed else "not_started",
        ),
        Check(
            _("Protocol"),
            _protocol_words(child) if enrolled else _("Not enrolled yet."),
            "met" if enrolled else "not_started",
        ),
    ]


def _protocol_words(child: Child) -> str:
    enrolled, protocol = child.infant.enrolment, protocol_of(child.infant)
    assert enrolled is not None  # noqa: S101  asked before
    title = protocol.title if protocol else enrolled.protocol
    return _("{title}, version {version}").format(title=title, version=enrolled.version)


@dataclass(frozen=True, slots=True)
class Offer:
    event: str
    page: str
    label: str


def _actions(child: Child) -> list[Action]:
    offers = [
        Offer("Expected", "kit", _("Set aside a kit")),
        Offer("Consented", "consent", _("Record consent")),
        Offer("Enrolled", "enrol", _("Enrol in a protocol")),
    ]
    if child.announced.children > 1:
        offers.append(Offer("Announced", "sibling", _("Announce the next child of this birth")))
    if child.infant.born_at is not None:
        offers = offers[1:]
    found = [
        Action(offer.label, child.url(offer.page), kind="two")
        for offer in offers
        if child.acting.may_record(offer.event)
    ]
    if child.infant.units and child.acting.may_record("Assessed"):
        kit = child.infant.latest(Expected)
        assert kit is not None  # noqa: S101  her units began with one
        found.append(Action(_("Ask about the donor"), f"/unit/{kit.din}/questions", kind="two"))
    return found


# --- The three forms ------------------------------------------------------------------------------


@area(Area.INFANT, methods=("GET", "POST"), records=("Expected",))
def kit(request: ActingRequest, infant: str) -> HttpResponse:
    child = child_or_404(request, infant)
    form = KitForm(_posted(request), seen=child.versions)
    if form.is_bound and form.is_valid():
        event = form.to_event(child.infant, child.acting.account_id, child.now)
        if _sent(child, form, event):
            return redirect("collection:before_birth", infant=str(child.id))
    return _drawn(child, form, _("Set aside a kit"), "Expected")


@area(Area.INFANT, methods=("GET", "POST"), records=("Consented",))
def consent(request: ActingRequest, infant: str) -> HttpResponse:
    child = child_or_404(request, infant)
    acting = child.acting
    form = ConsentForm(
        _posted(request), site=acting.site, by=acting.account_id, seen=child.versions
    )
    if child.infant.units and form.is_bound and form.is_valid():
        event = form.to_event(child.infant, child.now)
        if _sent(child, form, event):
            return redirect("collection:before_birth", infant=str(child.id))
    return _drawn(child, form, _("Record consent"), "Consented", _kit_first(child))


def _kit_first(child: Child) -> str:
    """The kit's own history must tell of the consent, so the kit has to be there to be named."""
    return (
        "" if child.infant.units else _("Set aside a kit first: this is recorded for the kit too.")
    )


@area(Area.INFANT, methods=("GET", "POST"), records=("Enrolled",))
def enrol(request: ActingRequest, infant: str) -> HttpResponse:
    child = child_or_404(request, infant)
    offered = approved(child)
    form = EnrolForm(_posted(request), offered=offered, seen=child.versions)
    if child.infant.units and form.is_bound and form.is_valid():
        event = form.to_event(child.infant, child.acting.account_id, child.now)
        if _sent(child, form, event):
            return redirect("collection:before_birth", infant=str(child.id))
    none = _("No version of a protocol is approved and installed here.")
    missing = "" if offered else none
    missing = _kit_first(child) or missing
    return _drawn(child, form, _("Enrol in a protocol"), "Enrolled", missing)


def approved(child: Child) -> dict[str, str]:
    """Every version that was approved here and is installed, by what the form sends."""
    found: dict[str, str] = {}
    for event in queries.protocols_in_force(site=child.acting.site.site_id):
        name = str(event.protocol_file)
        enrolment = Enrolled(
            infant=child.id,
            protocol=name,
            version=event.version,
            digest=event.digest,
            by=child.acting.account_id,
            at=child.now,
        )
        protocol = SHELF.take(enrolment)
        if protocol is not None:
            words = _("{title}, version {version}, approved {day}").format(
                title=protocol.title,
                version=event.version,
                day=display.clin_date(event.at, child.now.tzinfo),
            )
            found.setdefault(f"{name} {event.version} {event.digest}", words)
    return found


def _posted(request: ActingRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _sent(child: Child, form: RecordingForm, event: Event) -> bool:
    return send(form, event, site=child.acting.site.site_id, now=child.now)


def _drawn(
    child: Child, form: RecordingForm, heading: str, kind: str, missing: str = ""
) -> HttpResponse:
    if form.errors:
        form.show_anew(seen=child.versions)
    page = {
        "form": form,
        "button": heading,
        "may": child.acting.may_record(kind),
        "missing": missing,
        "back": child.url("before_birth"),
    }
    status = form.status if form.errors else 200
    return child.drawn("collection/form.html", heading, page, status=status)
