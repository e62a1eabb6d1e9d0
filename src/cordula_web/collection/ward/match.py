"""Do mother, baby and bag belong together? Scanned, not chosen from a list; a mismatch has no way around it."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _

from cordula.events.collection import IdentityChecked
from cordula_web.collection.kit import BEDSIDE, Stage
from cordula_web.collection.ward.screen import Screen, page_of, screen
from cordula_web.frame.parts import Action
from cordula_web.frame.parts.checks import Alarm, Check
from cordula_web.people.acting import ActingRequest
from cordula_web.people.areas import Area
from cordula_web.people.permissions import area
from cordula_web.records.scanned import Scanned, matches_infant, matches_mother, read
from cordula_web.records.sending import RecordingForm, send


@area(Area.WARD, methods=("GET", "POST"), records=("IdentityChecked",))
def match(request: ActingRequest, din: str) -> HttpResponse:
    matching = Matching(screen(request, din))
    if matching.at.kit.stage not in (Stage.EXPECTED, Stage.COLLECTED):
        return matching.at.again(page_of(matching.at.kit) or "/ward")
    return matching.done() if request.method == "POST" else matching.shown()


@dataclass(frozen=True)
class Matching:
    at: Screen

    @property
    def checks(self) -> tuple[Check, ...]:
        """Mother, baby, bag and the second midwife, in the order they are at hand."""
        begun, kit = self.at.begun, self.at.kit
        mother = Check(_("Mother"), _("Scan the wristband."))
        if begun.get("mother"):
            mother = Check(_("Mother"), _("Wristband scanned"), "met", at=begun.at("mother"))
        baby = Check(_("Baby"), _("Scan the wristband after the birth."))
        if begun.get("baby"):
            baby = Check(_("Baby"), _("Wristband scanned"), "met", at=begun.at("baby"))
        bag = Check(_("Bag"), _("Scan the number on the bag."))
        if begun.get("bag"):
            bag = Check(_("Bag"), "", "met", din=kit.din, at=begun.at("bag"))
        return mother, baby, bag, self._second()

    def _second(self) -> Check:
        found = self.at.kit.matched
        if found is not None:
            return Check(_("Two people looked"), _("They match."), "met", at=found.at)
        return self.at.second_check()

    @property
    def may_go_on(self) -> bool:
        """Before the birth there is no wristband of the baby yet: mother and bag are enough to begin."""
        return bool(self.at.begun.get("mother") and self.at.begun.get("bag")) and not self.alarm

    @property
    def all_scanned(self) -> bool:
        begun = self.at.begun
        seen = begun.get("mother") and begun.get("baby") and begun.get("bag")
        return bool(seen and self.at.second)

    @property
    def alarm(self) -> Alarm | None:
        found = self.at.begun.get("alarm")
        if not found:
            return None
        title, din = found
        actions = [Action(_("Scan again"), method="post", name="act", value="again", form="act")]
        if self.at.kit.stage is Stage.EXPECTED and self.at.may("CollectionStopped"):
            actions.append(Action(_("Stop collecting"), self.at.url("stop"), kind="stop"))
        sentence = _("Do not go on with it. Look at the wristbands and at the bag.")
        kit = self.at.kit.din if din else ""
        return Alarm(title, sentence, expected_din=kit, scanned_din=din, actions=actions)

    # --- What is done -----------------------------------------------------------------------------

    def done(self) -> HttpResponse:
        post = self.at.request.POST
        form = RecordingForm(post)
        if "scan" in post:
            self.take(form, post["scan"])
        elif post.get("act") == "again":
            self.at.begun.drop("alarm", "last")
        elif post.get("act") == "match" and self.all_scanned and not self.alarm:
            if not self.record(form, matches=True):
                return self.shown(form)
            self.at.begun.drop("last")
            return self.at.again(self._next)
        return self.at.again()

    @property
    def _next(self) -> str:
        expected = self.at.kit.stage is Stage.EXPECTED
        return self.at.url("collect" if expected else "hand_over")

    def take(self, form: RecordingForm, text: str) -> None:
        scanned = read(text)
        if scanned.problem:
            return self.at.told("unknown", scanned.problem)
        if scanned.badge:
            return self.at.take_badge(scanned.badge)
        if scanned.din is not None:
            return self._bag(form, scanned)
        return self._wristband(form, scanned)

    def _bag(self, form: RecordingForm, scanned: Scanned) -> None:
        if scanned.din != self.at.kit.din:
            title = _("This bag belongs to another baby")
            return self._mismatch(form, title, str(scanned.din))
        self.at.begun.put("bag", str(scanned.din))
        return self.at.told("met", _("The bag is this baby’s."), str(scanned.din))

    def _wristband(self, form: RecordingForm, scanned: Scanned) -> None:
        kit, site = self.at.kit, self.at.site
        mother, baby = (
            matches_mother(scanned, kit.mother, site),
            matches_infant(scanned, kit.infant, site),
        )
        if mother:
            self.at.begun.put("mother", True)
            return self.at.told("met", _("The wristband is the mother’s."))
        if baby:
            self.at.begun.put("baby", True)
            return self.at.told("met", _("The wristband is this baby’s."))
        if mother is False or baby is False:
            return self._mismatch(form, _("This wristband belongs to another mother or baby"), "")
        return self.at.take_badge(scanned.words)

    def _mismatch(self, form: RecordingForm, title: str, din: str) -> None:
        """Kept in the record, because the next person must know; and nothing scanned so far counts."""
        self.at.begun.drop("mother", "baby", "bag")
        self.at.begun.put("alarm", [title, din])
        self.at.told("not_met", title, din)
        self.record(form, matches=False)

    def record(self, form: RecordingForm, *, matches: bool) -> bool:
        if not form.is_valid():
            return False
        event = checked(self.at, matches=matches)
        return send(form, event, site=self.at.site, now=self.at.now)

    # --- What is shown ----------------------------------------------------------------------------

    def shown(self, form: RecordingForm | None = None) -> HttpResponse:
        if form is not None:
            form.show_anew(seen=self.at.kit.versions)
        page = {
            "alarm": self.alarm,
            "checks": self.checks,
            "scan": self.at.scan_field(_("Wristband, bag or badge")),
            "form": form or RecordingForm(seen=self.at.kit.versions),
            "may": self.at.may("IdentityChecked"),
            "may_go_on": self.may_go_on and self.at.may("Collected"),
            "all_scanned": self.all_scanned and self.at.kit.matched is None,
            "next_url": self._next,
        }
        status = form.status if form is not None and form.errors else 200
        heading = _("Mother, baby and bag")
        return self.at.drawn("collection/match.html", heading, 2, page, status=status)


def checked(at: Screen, *, matches: bool) -> IdentityChecked:
    unit, infant = at.kit.unit.id, at.kit.infant.id
    assert unit is not None  # noqa: S101  a kit that was found was set aside
    assert infant is not None  # noqa: S101
    return IdentityChecked(
        unit=unit,
        infant=infant,
        where=BEDSIDE,
        matched=matches,
        second_person=at.second_id,
        by=at.by,
        at=at.now,
    )
