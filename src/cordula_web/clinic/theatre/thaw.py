"""Thaw at the theatre door: the verdict as judged now, the vial scanned, the second person, the times."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from cordula import display
from cordula.events.theatre import Thawed
from cordula.journey.verdict import Status, Step
from cordula.vocabulary.identifiers import AccountId, ProductKey
from cordula_web.clinic.dose_box import working
from cordula_web.clinic.theatre.at_work import AtWork, at_work, both
from cordula_web.clinic.theatre.forms import ThawForm
from cordula_web.clinic.theatre.steps import (
    SOMEBODY_ELSE,
    Stop,
    rows,
    step_of,
    stops,
    would_be_refused,
)
from cordula_web.clinic.theatre.vials import look_at, name_of, short, to_thaw
from cordula_web.frame.addresses import address
from cordula_web.frame.parts import Action, Fact
from cordula_web.frame.parts.checks import Alarm, Check
from cordula_web.people.acting import ActingRequest
from cordula_web.people.areas import Area
from cordula_web.people.duties import people_at
from cordula_web.people.permissions import area
from cordula_web.records.scanned import read
from cordula_web.records.sending import send
from cordula_web.records.verdicts import verdict_digest

PAGE = "clinic/theatre_thaw.html"


@area(Area.THEATRE, methods=("GET", "POST"), records=("Thawed",))
def thaw(request: ActingRequest, din: str) -> HttpResponse:
    thawing = Thawing(at_work(request, din, "thaw"))
    return thawing.done() if request.method == "POST" else thawing.shown()


@dataclass(frozen=True)
class Thawing:
    """The page while it is worked on. Vials, second person and times are begun; the record comes last."""

    work: AtWork

    # --- What is asked ----------------------------------------------------------------------------

    @property
    def is_over(self) -> bool:
        """Whether what was set aside is thawed already."""
        return self.work.seen.unit.has(Thawed) and not self.expected

    @cached_property
    def expected(self) -> tuple[ProductKey, ...]:
        return tuple(product.key for product in to_thaw(self.work.seen.unit))

    @cached_property
    def step(self) -> Step | None:
        return step_of(self.work.seen.verdict, "Thawed")

    @cached_property
    def in_the_way(self) -> tuple[Stop, ...]:
        found = stops(self.work.seen.verdict, self.step)
        if self.work.seen.verdict is None:
            return (Stop(Status.UNKNOWN, _("Protocol"), self.work.seen.why_no_verdict),)
        if self.step is None:
            told = _("This protocol has no thaw that is still to be done.")
            return (Stop(Status.NOT_NEEDED, _("Thaw"), told),)
        return found or tuple(
            Stop(Status.NOT_MET, _("The unit"), says) for says in self._refusals()
        )

    def _refusals(self) -> tuple[str, ...]:
        seen, now = self.work.seen, self.work.now
        event = Thawed(
            **both(seen),
            products=self.expected,
            started_at=now,
            verdict="",
            second_person=SOMEBODY_ELSE,
            by=self.work.by,
            at=now,
        )
        return would_be_refused(seen, event)

    # --- What was scanned -------------------------------------------------------------------------

    @property
    def scanned(self) -> tuple[ProductKey, ...]:
        """The vials whose number and code were both scanned."""
        found = self.work.begun.get("products") or []
        return tuple(key for key in self.expected if str(key) in found and self._number_scanned)

    @property
    def _number_scanned(self) -> bool:
        return bool(self.work.begun.get("din") == self.work.seen.din)

    @property
    def checks(self) -> tuple[Check, ...]:
        begun = self.work.begun
        number = Check(
            _("Number on the vial"),
            _("Scan the donation number."),
            "met" if self._number_scanned else "not_started",
            din=self.work.seen.din if self._number_scanned else "",
            at=begun.at("din"),
        )
        found = begun.get("products") or []
        vials = (self._vial(key, str(key) in found) for key in self.expected)
        return (number, *vials, self.work.second_check())

    def _vial(self, key: ProductKey, met: bool) -> Check:
        name = name_of(self.work.seen.unit, key)
        if met:
            return Check(
                name, _("Code and division match."), "met", at=self.work.begun.at("products")
            )
        return Check(name, _("Scan the product code."))

    @property
    def alarm(self) -> Alarm | None:
        found = self.work.begun.get("alarm")
        if not found:
            return None
        title, din, product = found
        return Alarm(
            _("Wrong bag. Stop.") if din and din != self.work.seen.din else _("Wrong vial. Stop."),
            title,
            expected=", ".join(map(short, self.expected)),
            expected_din=self.work.seen.din,
            scanned=product,
            scanned_din=din,
            actions=(
                Action(_("Scan again"), method="post", name="act", value="again", form="act"),
            ),
        )

    # --- What is done -----------------------------------------------------------------------------

    def done(self) -> HttpResponse:
        post = self.work.request.POST
        if self.is_over or self.in_the_way:
            return self.work.again()
        if "scan" in post:
            self._take(post["scan"])
        elif post.get("act") == "again":
            self.work.begun.drop("alarm", "last")
        elif post.get("act") in ("started", "ended") and self.scanned and not self.alarm:
            self.work.begun.put(post["act"], self.work.now.isoformat())
        elif post.get("act") == "record" and not self.alarm:
            return self._record()
        return self.work.again()

    def _take(self, text: str) -> None:
        scanned = read(text)
        if scanned.badge:
            return self.work.take_badge(scanned.badge)
        looked = look_at(scanned, self.work.seen.unit, self.expected)
        if looked.wrong:
            product = short(looked.product) if looked.product else ""
            self.work.begun.drop("din", "products", "started", "ended")
            self.work.begun.put("alarm", [looked.message, looked.din, product])
        if looked.status == "unknown" and scanned.words and not scanned.chain:
            return self.work.take_badge(scanned.words)
        if looked.status == "met" and looked.din:
            self.work.begun.put("din", looked.din)
        if looked.status == "met" and looked.product:
            found = self.work.begun.get("products") or []
            self.work.begun.put("products", [*found, str(looked.product)])
        self.work.told(looked.status, looked.message, looked.din)
        return None

    def _record(self) -> HttpResponse:
        work, form = self.work, self._form(self.work.request.POST)
        if not form.is_valid():
            return self.shown(form, 422)
        if not self.scanned:
            form.refuse([_("Scan the number and the product code of the vial first.")])
        if work.second is None:
            form.refuse([_("Scan the badge of the second person.")])
        if form.errors:
            return self.shown(form, 409)
        second = AccountId(work.second.pk) if work.second else SOMEBODY_ELSE
        event = form.to_event(work.seen, self.scanned, work.by, second)
        if not send(form, event, site=work.site, now=work.now):
            return self.shown(form, form.status)
        work.begun.clear()
        return work.again()

    # --- What is shown ----------------------------------------------------------------------------

    def _form(self, data: Any = None) -> ThawForm:
        begun = self.work.begun
        times = {name: _clock(begun.get(name), self.work.now) for name in ("started", "ended")}
        return ThawForm(
            data,
            now=self.work.now,
            seen=self.work.versions,
            initial={"verdict": self._digest, **times},
        )

    @property
    def _digest(self) -> str:
        verdict = self.work.seen.verdict
        return verdict_digest(verdict) if verdict else ""

    def shown(self, form: ThawForm | None = None, status: int = 200) -> HttpResponse:
        if self.is_over:
            return self.work.drawn("clinic/theatre_done.html", _("Thawed"), self._result())
        if form is not None and form.errors:
            # The reader now sees the verdict as it stands: what is sent next rests on this one.
            form.show_anew(verdict=self._digest, seen=self.work.versions)
        people = people_at(self.work.seen.acting.site)
        page = {
            "may": self.work.may("Thawed"),
            "stops": rows(self.in_the_way, people),
            "alarm": self.alarm,
            "checks": self.checks,
            "scan": self.work.scan_field(_("Vial label or badge")),
            "ready": bool(self.scanned),
            "form": form or self._form(),
            "started": self.work.begun.at("started"),
            "ended": self.work.begun.at("ended"),
            "working": working(self.work.seen.verdict.dose) if self.work.seen.verdict else None,
        }
        return self.work.drawn(PAGE, _("Thaw"), page, status=status)

    def _result(self) -> dict[str, Any]:
        unit, zone = self.work.seen.unit, self.work.now.tzinfo
        thawed = unit.latest(Thawed)
        assert thawed is not None  # noqa: S101  it is over
        assert zone is not None  # noqa: S101  the clock carries the zone of the site
        names = ", ".join(name_of(unit, key) for key in thawed.products)
        people = people_at(self.work.seen.acting.site, [thawed.by, thawed.second_person])
        both = f"{people.name(thawed.by)} + {people.name(thawed.second_person)}"
        return {
            "sentence": _("The thaw is recorded."),
            "numbers": (
                Fact(_("Thawed"), names),
                Fact(_("The thaw began"), display.clin_time(thawed.started_at, zone)),
                Fact(_("The thaw ended"), display.clin_time(thawed.at, zone)),
                Fact(_("By"), both),
            ),
            "next": self.next_action(),
        }

    def next_action(self) -> Action | None:
        url = address("clinic:prepare", {"din": self.work.seen.din})
        return Action(_("Draw up the dose"), url) if url and self.work.may("Prepared") else None


def _clock(text: str | None, now: datetime) -> str:
    return datetime.fromisoformat(text).astimezone(now.tzinfo).strftime("%H:%M:%S") if text else ""
