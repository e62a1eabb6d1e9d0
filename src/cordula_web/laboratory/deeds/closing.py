"""The unit will not be used, or not now: refused, its release taken back, held, or let go again."""

from collections.abc import Sequence

from django.utils.translation import gettext as told
from django.utils.translation import gettext_lazy as _

from cordula.events.event import Event
from cordula.events.quality import Quarantined, QuarantineLifted
from cordula.events.release import Rejected, ReleaseRevoked
from cordula.units.rules.release import AT_THE_CHILD, RELEASABLE
from cordula.vocabulary.cardiac import refusal_reasons
from cordula_web.laboratory.deeds.asked import choice, offer_choices, words
from cordula_web.laboratory.deeds.deed import Deed
from cordula_web.laboratory.seen import Seen
from cordula_web.laboratory.sending import Writing
from cordula_web.people.areas import Area


class Refuse(Deed):
    kind = Rejected
    title = _("Refuse the unit")
    lead = _("The unit will not be used. Everybody who waits for it sees this.")
    button, button_kind = _("Refuse the unit"), "stop"
    done = _("The unit is refused.")
    area = Area.RELEASE
    states = RELEASABLE
    then = "laboratory:release"

    reason = choice(_("Reason"), {})
    note = words(_("In words"), required=False)

    def prepare(self) -> None:
        reasons = {key: reason.label for key, reason in refusal_reasons().items()}
        offer_choices(self.fields["reason"], reasons)

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        if cleaned.get("reason") == "other" and not cleaned.get("note"):
            self.add_error("note", _("Say why, in words."))
        return cleaned

    def to_events(self, writing: Writing) -> Sequence[Event]:
        note = self.cleaned_data["note"]
        sealed = writing.sealing("note", note) if note else None
        return [Rejected(reason=self.cleaned_data["reason"], note=sealed, **self.done_by(writing))]


class TakeBack(Deed):
    kind = ReleaseRevoked
    title = _("Take back the release")
    lead = _("Everything after the release is closed at once. Phone theatre as well.")
    button, button_kind = _("Take back the release"), "stop"
    done = _("The release is taken back.")
    area = Area.RELEASE
    states = AT_THE_CHILD
    then = "laboratory:release"

    reason = words(_("Reason"))

    def to_events(self, writing: Writing) -> Sequence[Event]:
        reason = writing.sealing("reason", self.cleaned_data["reason"])
        return [ReleaseRevoked(infant=self.infant, reason=reason, **self.done_by(writing))]


class Hold(Deed):
    kind = Quarantined
    title = _("Hold the unit")
    lead = _("Nothing may be done with it until quality assurance lifts the hold.")
    button, button_kind = _("Hold the unit"), "stop"
    done = _("The unit is held.")
    area = Area.UNIT
    then = "clinic:unit"

    reason = words(_("Reason"))

    def to_events(self, writing: Writing) -> Sequence[Event]:
        reason = writing.sealing("reason", self.cleaned_data["reason"])
        return [Quarantined(reason=reason, **self.done_by(writing))]

    @classmethod
    def why_nothing(cls, seen: Seen) -> str:
        return told("The unit is held already.") if seen.unit.held else ""


class LiftHold(Deed):
    kind = QuarantineLifted
    title = _("Lift the hold")
    button = _("Lift the hold")
    done = _("The hold is lifted.")
    area = Area.UNIT
    then = "clinic:unit"

    reason = words(_("Reason"))

    def to_events(self, writing: Writing) -> Sequence[Event]:
        reason = writing.sealing("reason", self.cleaned_data["reason"])
        return [QuarantineLifted(reason=reason, **self.done_by(writing))]

    @classmethod
    def why_nothing(cls, seen: Seen) -> str:
        return "" if seen.unit.held else told("The unit is not held.")
