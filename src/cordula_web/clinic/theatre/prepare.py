"""Draw up the dose: its working, the volume in the syringe, until when it stands, and the second person."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from cordula import display
from cordula.events.theatre import Prepared
from cordula.journey.verdict import Dose, Status
from cordula.units.life import State
from cordula.vocabulary.identifiers import AccountId
from cordula.vocabulary.quantity import Quantity
from cordula_web.clinic.dose_box import working
from cordula_web.clinic.theatre.at_work import AtWork, at_work, both
from cordula_web.clinic.theatre.forms import PrepareForm
from cordula_web.clinic.theatre.steps import SOMEBODY_ELSE, Stop, rows, would_be_refused
from cordula_web.clinic.theatre.vials import look_at, thawed
from cordula_web.clinic.theatre.window import expires_at
from cordula_web.frame.addresses import address
from cordula_web.frame.parts import Action, Fact, PossibleMistake
from cordula_web.frame.parts.checks import Clock
from cordula_web.people.acting import ActingRequest
from cordula_web.people.areas import Area
from cordula_web.people.duties import people_at
from cordula_web.people.permissions import area
from cordula_web.records.scanned import read
from cordula_web.records.sending import send

PAGE = "clinic/theatre_prepare.html"
DRAWN_UP = (State.PREPARED, State.ADMINISTERED, State.STOPPED)


@area(Area.THEATRE, methods=("GET", "POST"), records=("Prepared",))
def prepare(request: ActingRequest, din: str) -> HttpResponse:
    preparing = Preparing(at_work(request, din, "prepare"))
    return preparing.done() if request.method == "POST" else preparing.shown()


@dataclass(frozen=True)
class Preparing:
    work: AtWork

    @property
    def is_over(self) -> bool:
        unit = self.work.seen.unit
        return unit.state in DRAWN_UP and unit.has(Prepared)

    @property
    def dose(self) -> Dose | None:
        return self.work.seen.verdict.dose if self.work.seen.verdict else None

    @cached_property
    def window(self) -> datetime | None:
        seen = self.work.seen
        return expires_at(seen.protocol, seen.verdict, seen.unit)

    @property
    def holds(self) -> Quantity | None:
        """What was thawed, where the volume of every vial is known."""
        volumes = [product.volume for product in thawed(self.work.seen.unit)]
        known = [volume for volume in volumes if volume is not None]
        return sum(known[1:], start=known[0]) if known and len(known) == len(volumes) else None

    @cached_property
    def in_the_way(self) -> tuple[Stop, ...]:
        """A dose outside its range, or worked out from an old weight, is a stop and not a warning."""
        seen, verdict = self.work.seen, self.work.seen.verdict
        if verdict is None:
            return (Stop(Status.UNKNOWN, _("Protocol"), seen.why_no_verdict),)
        if verdict.stopped:
            return (Stop(Status.NOT_MET, _("The unit"), verdict.stopped),)
        found = tuple(Stop(Status.NOT_MET, _("The unit"), says) for says in self._refusals())
        if self.dose is not None and not self.dose.status.opens:
            found = (*found, Stop(self.dose.status, _("Dose"), self.dose.because, "ward_nurse"))
        if self.window is not None and self.window <= self.work.now:
            found = (*found, Stop(Status.NOT_MET, _("Time"), self._too_late(self.window)))
        return found

    def _too_late(self, window: datetime) -> str:
        return _("The time ran out at {time}.").format(time=_clock(window))

    def _refusals(self) -> tuple[str, ...]:
        seen, now = self.work.seen, self.work.now
        event = Prepared(
            **both(seen),
            volume=Quantity.of("1", "mL"),
            expires_at=now + timedelta(minutes=1),
            second_person=SOMEBODY_ELSE,
            by=self.work.by,
            at=now,
        )
        return would_be_refused(seen, event)

    # --- What is done -----------------------------------------------------------------------------

    def done(self) -> HttpResponse:
        post = self.work.request.POST
        if self.is_over or self.in_the_way:
            return self.work.again()
        if "scan" in post:
            self._take(post["scan"])
            return self.work.again()
        return self._record()

    def _take(self, text: str) -> None:
        scanned = read(text)
        if scanned.badge or (scanned.words and not scanned.chain):
            return self.work.take_badge(scanned.badge or scanned.words)
        expected = [product.key for product in thawed(self.work.seen.unit)]
        looked = look_at(scanned, self.work.seen.unit, expected)
        if looked.wrong or looked.status == "unknown":
            self.work.told(looked.status, looked.message, looked.din)
        else:
            self.work.told("met", _("That vial is the one that was thawed."), looked.din)
        return None

    def _record(self) -> HttpResponse:
        work, form = self.work, self._form(self.work.request.POST)
        if not form.is_valid() or form.is_unusual:
            return self.shown(form, 422)
        if work.second is None:
            form.refuse([_("Scan the badge of the second person.")])
            return self.shown(form, 409)
        event = form.to_event(work.seen, work.by, AccountId(work.second.pk))
        if not send(form, event, site=work.site, now=work.now):
            return self.shown(form, form.status)
        work.begun.clear()
        return work.again()

    # --- What is shown ----------------------------------------------------------------------------

    def _form(self, data: Any = None) -> PrepareForm:
        return PrepareForm(
            data,
            dose=self.dose,
            holds=self.holds,
            window=self.window,
            now=self.work.now,
            seen=self.work.versions,
        )

    def shown(self, form: PrepareForm | None = None, status: int = 200) -> HttpResponse:
        if self.is_over:
            return self.work.drawn("clinic/theatre_done.html", _("Drawn up"), self._result())
        question = _question(form) if form is not None and form.is_bound else None
        if form is not None and form.errors:
            form.show_anew(seen=self.work.versions)
        page = {
            "may": self.work.may("Prepared"),
            "stops": rows(self.in_the_way, people_at(self.work.seen.acting.site)),
            "checks": (self.work.second_check(),),
            "scan": self.work.scan_field(_("Badge of the second person")),
            "form": form or self._form(),
            "question": question,
            "working": working(self.dose),
            "clock": Clock(self.window, self.work.now) if self.window else None,
        }
        return self.work.drawn(PAGE, _("Draw up the dose"), page, status=status)

    def _result(self) -> dict[str, Any]:
        prepared = self.work.seen.unit.latest(Prepared)
        assert prepared is not None  # noqa: S101  it is over
        people = people_at(self.work.seen.acting.site, [prepared.by, prepared.second_person])
        both = f"{people.name(prepared.by)} + {people.name(prepared.second_person)}"
        given = self.work.seen.unit.state is not State.PREPARED
        url = address("clinic:administer", {"din": self.work.seen.din})
        return {
            "sentence": _("The dose is drawn up and recorded."),
            "numbers": (
                Fact(_("In the syringe"), display.dose(prepared.volume)),
                Fact(_("Drawn up at"), _clock(prepared.at.astimezone(self.work.now.tzinfo))),
                Fact(_("Use by"), _clock(prepared.expires_at.astimezone(self.work.now.tzinfo))),
                Fact(_("By"), both),
            ),
            "clock": None if given else Clock(prepared.expires_at, self.work.now),
            "next": Action(_("Match child and syringe"), url) if url and not given else None,
        }


def _question(form: PrepareForm) -> PossibleMistake | None:
    planned = form.dose.volume if form.dose else None
    if form.errors or planned is None or not form.is_unusual:
        return None
    volume = form.cleaned_data["volume"]
    return PossibleMistake(
        _("Is {volume} right?").format(volume=display.dose(volume)),
        _("The dose is {dose}. Check the decimal point.").format(dose=display.dose(planned)),
        "sure",
        str(volume.value),
    )


def _clock(at: datetime) -> str:
    assert at.tzinfo is not None  # noqa: S101  in the zone of the site
    return display.clin_time(at, at.tzinfo)
