"""The collection itself: born, clamped, now; how much; the second midwife. Nothing here hurries anybody."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext as _

from cordula.events.collection import Born, Collected
from cordula.events.event import Event
from cordula_web.collection.kit import Stage
from cordula_web.collection.ward.forms import CollectForm, in_order
from cordula_web.collection.ward.match import Matching, checked
from cordula_web.collection.ward.screen import Screen, page_of, screen
from cordula_web.people.acting import ActingRequest
from cordula_web.people.areas import Area
from cordula_web.people.permissions import area
from cordula_web.records.sending import RecordingForm, send

TYPED = ("sex", "volume", "method", "anticoagulant")
MOMENTS = ("born", "clamped")


@area(Area.WARD, methods=("GET", "POST"), records=("Collected",))
def collect(request: ActingRequest, din: str) -> HttpResponse:
    collecting = Collecting(screen(request, din))
    if collecting.at.kit.stage is not Stage.EXPECTED:
        return collecting.at.again(page_of(collecting.at.kit) or "/ward")
    return collecting.done() if request.method == "POST" else collecting.shown()


@dataclass(frozen=True)
class Collecting:
    at: Screen

    @property
    def matching(self) -> Matching:
        return Matching(self.at)

    @property
    def born(self) -> datetime | None:
        """As recorded, or as pressed on this screen."""
        return self.at.kit.infant.born_at or self._pressed("born")

    @property
    def clamped(self) -> datetime | None:
        return self._pressed("clamped")

    def _pressed(self, name: str) -> datetime | None:
        found = self.at.begun.get(name)
        return datetime.fromisoformat(found).astimezone(self.at.now.tzinfo) if found else None

    # --- What is done -----------------------------------------------------------------------------

    def done(self) -> HttpResponse:
        post = self.at.request.POST
        if "scan" in post:
            self.matching.take(RecordingForm(post), post["scan"])
            alarm = self.matching.alarm
            self._keep(post)
            return self.at.again(self.at.url("match") if alarm else "")
        self._keep(post)
        act, _colon, change = post.get("act", "").partition(":")
        if act in MOMENTS:
            self._press(act, change)
            return self.at.again()
        return self._record(post) if act == "record" else self.at.again()

    def _keep(self, post: Any) -> None:
        """What was chosen so far survives every press and every scan."""
        typed = {name: post[name] for name in TYPED if name in post}
        if typed:
            self.at.begun.put("typed", (self.at.begun.get("typed") or {}) | typed)

    def _press(self, name: str, change: str) -> None:
        """“born” sets the time to now, “born:-1” makes it a minute earlier."""
        moment = self._pressed(name)
        if change in ("-1", "1") and moment is not None:
            moment += timedelta(minutes=int(change))
        elif moment is None:
            moment = self.at.now
        if moment <= self.at.now:
            self.at.begun.put(name, moment.isoformat())

    def _record(self, post: Any) -> HttpResponse:
        form = self._form(post)
        form.full_clean()
        try:
            in_order(self.born, self.clamped, self.at.now)
        except ValidationError as fault:
            form.add_error(None, fault)
        if not form.is_valid():
            return self.shown(form)
        if not self.matching.may_go_on:
            form.refuse([_("Scan mother and bag first.")])
        if self.at.second is None:
            form.refuse([_("Scan the badge of the second midwife.")])
        if form.errors or not send(form, *self._events(form), site=self.at.site, now=self.at.now):
            return self.shown(form)
        self.at.begun.drop("typed", "last", *MOMENTS)
        return self.at.again(self.at.url("hand_over"))

    def _events(self, form: CollectForm) -> list[Event]:
        """The birth if nobody wrote it down yet, the match if all was scanned, and the collection."""
        kit, at = self.at.kit, self.at
        assert kit.unit.id is not None  # noqa: S101  a kit that was found was set aside
        assert kit.infant.id is not None  # noqa: S101
        assert kit.unit.din is not None  # noqa: S101
        assert self.born is not None  # noqa: S101  asked before
        events: list[Event] = []
        if kit.infant.born_at is None:
            sex = form.cleaned_data["sex"]
            events.append(Born(infant=kit.infant.id, sex=sex, by=at.by, at=self.born))
        if kit.matched is None and self.matching.all_scanned:
            events.append(checked(at, matches=True))
        collected = Collected(
            unit=kit.unit.id,
            infant=kit.infant.id,
            din=kit.unit.din,
            volume=form.cleaned_data["volume"],
            anticoagulant=form.cleaned_data["anticoagulant"],
            method=form.cleaned_data["method"],
            clamped_at=self.clamped,
            second_person=at.second_id,
            by=at.by,
            at=at.now,
        )
        return [*events, collected]

    # --- What is shown ----------------------------------------------------------------------------

    def _form(self, data: Any = None) -> CollectForm:
        return CollectForm(
            data,
            born=self.at.kit.infant.born_at is not None,
            seen=self.at.kit.versions,
            initial=self.at.begun.get("typed") or {},
        )

    def shown(self, form: CollectForm | None = None) -> HttpResponse:
        if form is not None:
            form.show_anew(seen=self.at.kit.versions)
        page = {
            "may": self.at.may("Collected"),
            "checks": self.matching.checks,
            "scan": self.at.scan_field(_("Baby’s wristband or badge")),
            "form": form or self._form(),
            "born": self.born,
            "born_recorded": self.at.kit.infant.born_at is not None,
            "clamped": self.clamped,
            "now": self.at.now,
        }
        status = form.status if form is not None and form.errors else 200
        heading = _("Is the bag full and clamped?")
        return self.at.drawn("collection/collect.html", heading, 3, page, status=status)
