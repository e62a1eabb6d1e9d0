"""Give the cells: match child and syringe, watch the clock, list each injection, and close the record."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from cordula import display
from cordula.events.theatre import Administered, AdministrationStopped, Prepared
from cordula.journey.verdict import Status
from cordula.units.life import State
from cordula.vocabulary.identifiers import AccountId
from cordula.vocabulary.quantity import Quantity
from cordula_web.clinic.dose_box import working
from cordula_web.clinic.theatre.at_work import AtWork, at_work, both
from cordula_web.clinic.theatre.doses import Doses, total
from cordula_web.clinic.theatre.forms import GivenForm, InjectionForm
from cordula_web.clinic.theatre.identity import Matching, matched
from cordula_web.clinic.theatre.results import given_result, stopped_result
from cordula_web.clinic.theatre.steps import Stop, rows, step_of, stops
from cordula_web.clinic.theatre.words import route_words, site_words
from cordula_web.frame.addresses import address
from cordula_web.frame.parts import Sum
from cordula_web.frame.parts.checks import Clock
from cordula_web.people.acting import ActingRequest
from cordula_web.people.areas import Area
from cordula_web.people.duties import people_at
from cordula_web.people.permissions import area
from cordula_web.records.sending import RecordingForm, send
from cordula_web.records.verdicts import verdict_digest

PAGE = "clinic/theatre_administer.html"
# Where the protocol names no route, the one that every protocol of the library that thaws at the table uses.
ROUTE = "intramyocardial"


@area(
    Area.THEATRE,
    methods=("GET", "POST"),
    records=("IdentityChecked", "Administered"),
)
def administer(request: ActingRequest, din: str) -> HttpResponse:
    giving = Giving(at_work(request, din, "administer"))
    return giving.done() if request.method == "POST" else giving.shown()


@dataclass(frozen=True)
class Giving:
    work: AtWork

    # --- Where it stands --------------------------------------------------------------------------

    @property
    def prepared(self) -> Prepared | None:
        """The dose in the syringe, until it was given or stopped."""
        unit = self.work.seen.unit
        return unit.latest(Prepared) if unit.state is State.PREPARED else None

    @property
    def is_matched(self) -> bool:
        return matched(self.work.seen.unit) is not None

    @property
    def is_expired(self) -> bool:
        return self.prepared is not None and self.work.now > self.prepared.expires_at

    @cached_property
    def matching(self) -> Matching:
        return Matching(self.work)

    @cached_property
    def doses(self) -> Doses:
        assert self.prepared is not None  # noqa: S101  asked before
        return Doses(self.work.begun, self.prepared.volume)

    @property
    def route(self) -> str:
        protocol = self.work.seen.protocol
        return protocol.dose.route if protocol and protocol.dose else ROUTE

    @property
    def planned(self) -> Quantity | None:
        """The dose as it was worked out; where the protocol gives none, what was drawn up."""
        verdict = self.work.seen.verdict
        volume = verdict.dose.volume if verdict and verdict.dose else None
        return volume or (self.prepared.volume if self.prepared else None)

    @cached_property
    def in_the_way(self) -> tuple[Stop, ...]:
        """What must be so before the syringe is even matched."""
        seen = self.work.seen
        if seen.verdict is None:
            return (Stop(Status.UNKNOWN, _("Protocol"), seen.why_no_verdict),)
        if self.prepared is None:
            told = _("No dose is drawn up for this child.")
            return (Stop(Status.NOT_STARTED, _("Draw up the dose"), told, "technologist"),)
        if seen.verdict.stopped:
            return (Stop(Status.NOT_MET, _("The unit"), seen.verdict.stopped),)
        return ()

    @property
    def still_open(self) -> tuple[Stop, ...]:
        """What the protocol still asks for once child and syringe are matched."""
        verdict = self.work.seen.verdict
        return stops(verdict, step_of(verdict, "Administered")) if self.is_matched else ()

    # --- What is done -----------------------------------------------------------------------------

    def done(self) -> HttpResponse:
        if self.prepared is None or self.in_the_way:
            return self.work.again()
        post = self.work.request.POST
        if not self.is_matched:
            return self._match(post)
        act = post.get("act")
        if act == "inject" and self.work.may("Administered") and not self.is_expired:
            return self._inject(post)
        if act == "take_back":
            self.doses.take_back()
        elif act == "record" and self.work.may("Administered"):
            return self._record(post)
        elif "scan" in post:
            self.matching.take(RecordingForm(post), post["scan"])
        elif act == "again":
            self.work.begun.drop("alarm", "last")
        return self.work.again()

    def _match(self, post: Any) -> HttpResponse:
        form = RecordingForm(post)
        if "scan" in post:
            self.matching.take(form, post["scan"])
        elif post.get("act") == "again":
            self.work.begun.drop("alarm", "last")
        elif post.get("act") == "match" and self.matching.all_scanned and not self.matching.alarm:
            if not self.matching.record(form, matches=True):
                return self.shown(refused=form, status=form.status)
            self.work.begun.drop("last")
        return self.work.again()

    def _inject(self, post: Any) -> HttpResponse:
        form = InjectionForm(post, route=self.route, left=self.doses.left)
        if not form.is_valid():
            return self.shown(injection=form, status=422)
        self.doses.add(form.cleaned_data["site"], form.cleaned_data["volume"], self.work.now)
        return self.work.again()

    def _record(self, post: Any) -> HttpResponse:
        work, form = self.work, self._given_form(post)
        if not form.is_valid():
            return self.shown(closing=form, status=422)
        if not self.doses.spoken:
            form.refuse([_("List at least one injection.")])
        if work.second is None:
            form.refuse([_("Scan the badge of the second person again.")])
        if work.seen.infant is None or work.seen.infant.weight is None:
            form.refuse([_("No weight of the child is recorded.")])
        if form.errors:
            return self.shown(closing=form, status=409)
        if not send(form, self._event(form), site=work.site, now=work.now):
            return self.shown(closing=form, status=form.status)
        work.begun.clear()
        return work.again()

    def _event(self, form: GivenForm) -> Administered:
        seen, spoken = self.work.seen, self.doses.spoken
        weighed = seen.infant.weight if seen.infant else None
        assert weighed is not None  # noqa: S101  asked before, like the next two
        assert self.planned is not None  # noqa: S101
        assert self.work.second is not None  # noqa: S101
        return Administered(
            **both(seen),
            route=self.route,
            started_at=spoken[0].at,
            planned=self.planned,
            given=self.doses.given,
            weight=weighed.weight,
            injections=self.doses.injections,
            verdict=form.cleaned_data["verdict"],
            second_person=AccountId(self.work.second.pk),
            reaction_seen=form.cleaned_data["reaction"] == "yes",
            by=self.work.by,
            at=spoken[-1].at,
        )

    # --- What is shown ----------------------------------------------------------------------------

    def _given_form(self, data: Any = None) -> GivenForm:
        return GivenForm(data, seen=self.work.versions, initial={"verdict": self._digest})

    @property
    def _digest(self) -> str:
        verdict = self.work.seen.verdict
        return verdict_digest(verdict) if verdict else ""

    def shown(
        self,
        injection: InjectionForm | None = None,
        closing: GivenForm | None = None,
        refused: RecordingForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        unit = self.work.seen.unit
        if self.prepared is None and unit.has(Administered):
            return self.work.drawn(
                "clinic/theatre_done.html", _("Given"), given_result(self.work.seen)
            )
        if self.prepared is None and unit.has(AdministrationStopped):
            page = stopped_result(self.work.seen)
            return self.work.drawn("clinic/theatre_done.html", _("Not given"), page)
        if closing is not None and closing.errors:
            closing.show_anew(verdict=self._digest, seen=self.work.versions)
        page = self._page(injection, closing, refused)
        return self.work.drawn(PAGE, self._heading, page, status=status)

    @property
    def _heading(self) -> str:
        return _("Give the cells") if self.is_matched else _("Match child and syringe")

    def _page(
        self,
        injection: InjectionForm | None,
        closing: GivenForm | None,
        refused: RecordingForm | None,
    ) -> dict[str, Any]:
        seen, prepared = self.work.seen, self.prepared
        people = people_at(seen.acting.site)
        stop = address("clinic:stop", {"din": seen.din})
        page: dict[str, Any] = {
            "stops": rows(self.in_the_way, people),
            "may_match": self.work.may("IdentityChecked"),
            "may_give": self.work.may("Administered"),
            "stop_url": stop if prepared and self.work.may("AdministrationStopped") else "",
            "clock": Clock(prepared.expires_at, self.work.now) if prepared else None,
            "working": working(seen.verdict.dose) if seen.verdict else None,
            "alarm": self.matching.alarm,
            "scan": self.work.scan_field(_("Wristband, syringe or badge")),
            "matched": self.is_matched,
            "form": refused or RecordingForm(seen=self.work.versions),
        }
        if prepared is None:
            return page
        if not self.is_matched:
            return page | {
                "checks": self.matching.checks,
                "all_scanned": self.matching.all_scanned,
            }
        return page | self._giving(injection, closing) | {"open": rows(self.still_open, people)}

    def _giving(self, injection: InjectionForm | None, closing: GivenForm | None) -> dict[str, Any]:
        doses = self.doses
        last = doses.spoken[-1].injection.site if doses.spoken else None
        fresh = InjectionForm(route=self.route, left=doses.left, initial={"site": last})
        return {
            "route": route_words(self.route),
            "injections": [
                (site_words(one.injection.site), one.injection.volume, one.at)
                for one in doses.spoken
            ],
            "sums": self._sums(),
            "expired": self.is_expired,
            "injection": injection or fresh,
            "closing": closing or self._given_form(),
            "checks": (self.work.second_check(),),
            "second": self.work.second,
            "scan": self.work.scan_field(_("Badge of the second person")),
        }

    def _sums(self) -> tuple[Sum, ...]:
        doses = self.doses
        volumes = [one.injection.volume for one in doses.spoken]
        dose = display.dose(self.planned) if self.planned else ""
        return (
            Sum(_("Given so far"), display.dose(total(volumes)), note=_of_dose(dose)),
            Sum(_("Left in the syringe"), display.dose(doses.left)),
            Sum(_("Injections"), display.number(len(volumes))),
        )


def _of_dose(dose: str) -> str:
    return _("of a dose of {dose}").format(dose=dose) if dose else ""
