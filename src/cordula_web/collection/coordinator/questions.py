"""What did the mother answer to the questions that the child's protocol asks about the donor?"""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from cordula.events.laboratory import Assessed
from cordula.events.parts import Answer
from cordula.protocols.criteria import Answered
from cordula.protocols.protocol import Protocol
from cordula.units.unit import Unit
from cordula.vocabulary.identifiers import AccountId
from cordula_web.collection.coordinator.forms import QuestionsForm
from cordula_web.collection.kit import Kit, kit_or_404
from cordula_web.frame.addresses import address
from cordula_web.frame.parts import Link, PageHead
from cordula_web.people.acting import ActingRequest
from cordula_web.people.areas import Area
from cordula_web.people.permissions import area
from cordula_web.records.page import standing
from cordula_web.records.sending import send
from cordula_web.records.shelf import protocol_of


@area(Area.UNIT, methods=("GET", "POST"), records=("Assessed",))
def questions(request: ActingRequest, din: str) -> HttpResponse:
    kit = kit_or_404(request.acting, din, timezone.now())
    asked = asked_by(protocol_of(kit.infant))
    form = QuestionsForm(
        request.POST if request.method == "POST" else None,
        questions=asked,
        seen=kit.versions,
        initial=answered(kit.unit),
    )
    saved = False
    if request.method == "POST" and form.is_valid():
        events = changed(form, kit, request.acting.account_id, kit.now)
        if not events:
            form.refuse([_("Nothing was answered anew.")], 422)
        elif send(form, *events, site=request.acting.site.site_id, now=kit.now):
            saved = True
            kit = kit_or_404(request.acting, din, timezone.now())
            form = QuestionsForm(questions=asked, seen=kit.versions, initial=answered(kit.unit))
    return _drawn(request, kit, form, saved)


def asked_by(protocol: Protocol | None) -> dict[str, str]:
    """Each item that a gate asks about the donor, in the words of the protocol."""
    found: dict[str, str] = {}
    for gate in protocol.gates if protocol else ():
        for rule in gate.criteria:
            if isinstance(rule, Answered) and rule.of == "unit":
                found |= {item: _words(protocol, item) for item in rule.items}
    return found


def _words(protocol: Protocol | None, item: str) -> str:
    plain = item.replace("_", " ").capitalize()
    return protocol.questions.get(item, plain) if protocol else plain


def answered(unit: Unit) -> dict[str, str]:
    """The newest answer to each item."""
    return {event.item: event.answer.value for event in unit.all(Assessed)}


def changed(form: QuestionsForm, kit: Kit, by: AccountId, at: datetime) -> list[Assessed]:
    """One event for each answer that is new or another than before."""
    assert kit.unit.id is not None  # noqa: S101  a kit that was found was set aside
    before = answered(kit.unit)
    given = {item: form.cleaned_data[item] for item in form.fields if item not in ("key", "seen")}
    return [
        Assessed(unit=kit.unit.id, item=item, answer=Answer(answer), by=by, at=at)
        for item, answer in given.items()
        if answer and answer != before.get(item)
    ]


def _drawn(request: ActingRequest, kit: Kit, form: QuestionsForm, saved: bool) -> HttpResponse:
    if form.errors:
        form.show_anew(seen=kit.versions)
    asked = len(form.fields) > 2
    unit = address("clinic:unit", {"din": kit.din})
    page = {
        "title": _("Kit {number}: about the donor").format(number=kit.number),
        "head": PageHead(
            _("About the donor"),
            _("The questions of the protocol the child is enrolled under."),
            (Link(_("Unit"), unit),) if unit else (),
            kit.din,
        ),
        "form": form,
        "button": _("Record the answers"),
        "saved": _("The answers are recorded.") if saved else "",
        "may": request.acting.may_record("Assessed"),
        "missing": ""
        if asked
        else _("The child is in no protocol that asks about the donor. Enrol the child first."),
        **standing(request, kit.now),
    }
    status = form.status if form.errors else 200
    return render(request, "collection/form.html", page, status=status)
