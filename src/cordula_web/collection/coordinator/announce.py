"""Announce a child: names go to the erasable table, and the ledger gets random identifiers alone."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cordula.vocabulary.identifiers import MotherId
from cordula_web.collection.coordinator.allocation import NoFacility, facility_of, next_chain
from cordula_web.collection.coordinator.child import child_or_404
from cordula_web.collection.coordinator.forms import AnnounceForm
from cordula_web.frame.parts import PageHead
from cordula_web.people import identities
from cordula_web.people.acting import ActingRequest
from cordula_web.people.areas import Area
from cordula_web.people.identities import Identity, identity_of
from cordula_web.people.permissions import area
from cordula_web.records.page import standing
from cordula_web.records.sending import send

# Two coordinators may ask for a number at the same moment; the second takes the one after.
TRIES = 3


@area(Area.INFANT, methods=("GET", "POST"), records=("Announced",))
def announce(request: ActingRequest) -> HttpResponse:
    form = AnnounceForm(request.POST if request.method == "POST" else None)
    return _answer(request, form)


@area(Area.INFANT, methods=("GET", "POST"), records=("Announced",))
def sibling(request: ActingRequest, infant: str) -> HttpResponse:
    """The next child of the same birth, with what is known of the mother filled in."""
    child = child_or_404(request, infant)
    mother = identity_of(child.announced.mother)
    known = {"due": child.announced.due and child.announced.due.strftime("%d-%b-%Y")}
    if isinstance(mother, Identity) and request.acting.may_see(Area.INFANT_IDENTITY):
        known |= {
            "family_name": mother.family_name,
            "given_name": mother.given_name,
            "number": mother.hospital_number,
            "phone": mother.phone,
        }
    first, _of, children = child.announced.birth_order.partition(" of ")
    known |= {"children": children, "which": str(int(first) + 1) if first.isdigit() else ""}
    form = AnnounceForm(request.POST if request.method == "POST" else None, initial=known)
    return _answer(request, form, child.announced.mother)


def _answer(
    request: ActingRequest, form: AnnounceForm, mother: MotherId | None = None
) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and _announced(request, form, mother):
        return redirect("collection:before_birth", infant=str(form.infant))
    now = timezone.now().astimezone(request.acting.site.zone)
    page = {
        "title": _("Announce a child"),
        "head": PageHead(_("Announce a child"), _("Names are kept apart from the record.")),
        "form": form,
        "button": _("Announce"),
        "may": request.acting.may_record("Announced"),
        **standing(request, now),
    }
    status = form.status if form.errors else 200
    return render(request, "collection/form.html", page, status=status)


def _announced(request: ActingRequest, form: AnnounceForm, mother: MotherId | None) -> bool:
    """Recorded under the next free chain of identity; the names are kept once the child is in the record."""
    mother = mother or _known_mother(request, form) or form.new_mother
    try:
        facility = facility_of(request.acting.site)
    except NoFacility as fault:
        form.refuse([str(fault)])
        return False
    for left in reversed(range(TRIES)):
        if _sent(request, form, mother, facility):
            break
        if not left or not _number_was_taken(form):
            return False
        form.full_clean()
    site = str(request.acting.site.site_id)
    identities.save(mother, form.mother_identity(), site)
    identities.save(form.infant, form.child_identity(), site)
    return True


def _sent(request: ActingRequest, form: AnnounceForm, mother: MotherId, facility: str) -> bool:
    acting, now = request.acting, timezone.now()
    chain = next_chain(facility, now.astimezone(acting.site.zone).year)
    event = form.to_event(mother, chain, acting.account_id, now)
    return send(form, event, site=acting.site.site_id, now=now)


def _number_was_taken(form: AnnounceForm) -> bool:
    return any("chain of identity" in str(text) for text in form.non_field_errors())


def _known_mother(request: ActingRequest, form: AnnounceForm) -> MotherId | None:
    """A mother who is known here by her hospital number: twins have one, and so have brothers and sisters."""
    site = str(request.acting.site.site_id)
    found = identities.with_hospital_number(site, form.cleaned_data["number"])
    return next((person for person in found if isinstance(person, MotherId)), None)
