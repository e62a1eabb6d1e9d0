"""Do child and syringe belong together? Two people look, in theatre, and the match is recorded anew each time."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from cordula.events.collection import IdentityChecked
from cordula.events.theatre import Prepared
from cordula.units.unit import Unit
from cordula.vocabulary.identifiers import AccountId
from cordula_web.clinic.theatre.at_work import AtWork, both
from cordula_web.clinic.theatre.vials import look_at, short, thawed
from cordula_web.frame.addresses import address
from cordula_web.frame.parts import Action
from cordula_web.frame.parts.checks import Alarm, Check
from cordula_web.records.scanned import Scanned, matches_infant, read
from cordula_web.records.sending import RecordingForm, send

THEATRE = "theatre"


def matched(unit: Unit) -> IdentityChecked | None:
    """The match that counts: the newest in theatre, by two people, after this dose was drawn up.

    A match of an earlier attempt says nothing about the syringe that is held now."""
    prepared = unit.latest(Prepared)
    checks = [check for check in unit.all(IdentityChecked) if check.where == THEATRE]
    newest = checks[-1] if checks else None
    if newest is None or prepared is None or newest.at < prepared.at:
        return None
    return newest if newest.matched and newest.second_person else None


@dataclass(frozen=True)
class Matching:
    """The scans of child, syringe and second person, and what they come to."""

    work: AtWork

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        begun = self.work.begun
        child = Check(_("Child"), _("Scan the wristband."))
        if begun.get("child"):
            child = Check(_("Child"), _("Wristband scanned."), "met", at=begun.at("child"))
        syringe = Check(_("Syringe or vial"), _("Scan the donation number."))
        if begun.get("din"):
            syringe = Check(
                _("Syringe or vial"), "", "met", din=self.work.seen.din, at=begun.at("din")
            )
        return child, syringe, self.work.second_check()

    @property
    def all_scanned(self) -> bool:
        begun = self.work.begun
        return bool(begun.get("child") and begun.get("din") and self.work.second)

    @property
    def alarm(self) -> Alarm | None:
        found = self.work.begun.get("alarm")
        if not found:
            return None
        title, sentence, din, product = found
        stop = address("clinic:stop", {"din": self.work.seen.din})
        actions = [Action(_("Scan again"), method="post", name="act", value="again", form="act")]
        if stop and self.work.may("AdministrationStopped"):
            actions.append(Action(_("Stop, do not give"), stop, kind="stop"))
        return Alarm(
            title,
            sentence,
            expected_din=self.work.seen.din if din else "",
            scanned=product,
            scanned_din=din,
            actions=actions,
        )

    # --- What is done -----------------------------------------------------------------------------

    def take(self, form: RecordingForm, text: str) -> None:
        """One scan: the child's, the syringe's, a badge, or something that stops everything."""
        scanned = read(text)
        if scanned.problem:
            return self.work.told("unknown", scanned.problem)
        if scanned.badge:
            return self.work.take_badge(scanned.badge)
        if scanned.din is not None or scanned.code is not None:
            return self._syringe(form, scanned)
        return self._wristband(form, scanned)

    def _syringe(self, form: RecordingForm, scanned: Scanned) -> None:
        unit = self.work.seen.unit
        looked = look_at(scanned, unit, [product.key for product in thawed(unit)])
        if looked.wrong:
            product = short(looked.product) if looked.product else ""
            title = _("This syringe belongs to another child.")
            if not scanned.din or scanned.din == unit.din:
                title = _("This is not the vial that was thawed.")
            return self._mismatch(form, title, looked.din, product)
        if scanned.din is not None:
            self.work.begun.put("din", str(scanned.din))
            return self.work.told("met", _("The number matches this unit."), str(scanned.din))
        return self.work.told("unknown", _("Scan the donation number too."))

    def _wristband(self, form: RecordingForm, scanned: Scanned) -> None:
        infant = self.work.seen.infant
        found = matches_infant(scanned, infant, self.work.site) if infant else None
        if found:
            self.work.begun.put("child", True)
            return self.work.told("met", _("The wristband is this child’s."))
        if found is False:
            return self._mismatch(form, _("This is another child."), "", "")
        return self.work.take_badge(scanned.words)

    def _mismatch(self, form: RecordingForm, title: str, din: str, product: str) -> None:
        """Kept in the record, because the next person must know; and nothing scanned so far counts."""
        self.work.begun.drop("child", "din")
        sentence = _("Do not give it. Look at the wristband and the label, and scan both again.")
        self.work.begun.put("alarm", [title, sentence, din, product])
        self.work.told("not_met", title, din)
        self.record(form, matches=False)

    def record(self, form: RecordingForm, *, matches: bool) -> bool:
        seen, second = self.work.seen, self.work.second
        if not form.is_valid() or seen.infant is None:
            return False
        event = IdentityChecked(
            **both(seen),
            where=THEATRE,
            matched=matches,
            second_person=AccountId(second.pk) if second else None,
            by=self.work.by,
            at=self.work.now,
        )
        return send(form, event, site=self.work.site, now=self.work.now)
