"""A unit comes into the laboratory: received, and compared with its child's label by two people."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from cordula.events.collection import IdentityChecked, Received
from cordula.events.event import Event
from cordula.units.life import State
from cordula_web.laboratory.deeds.asked import amount, choice, yes_no
from cordula_web.laboratory.deeds.deed import Deed
from cordula_web.laboratory.sending import Writing

CONDITIONS = {
    "good": _("Good"),
    "clotted": _("Clotted"),
    "leaking": _("Leaking"),
    "damaged": _("Bag or container damaged"),
    "label_unreadable": _("Label cannot be read"),
}


class Receive(Deed):
    kind = Received
    title = _("Receive the unit")
    lead = _("Look at bag, label, seal and logger before you open anything.")
    button = _("Receive it")
    done = _("The unit is received. Compare it with its label next.")
    states = (State.COLLECTED,)
    then = "laboratory:identity"

    condition = choice(_("Condition of bag and blood"), CONDITIONS)
    lowest = amount(_("Lowest temperature on the way"), "Cel", required=False)
    highest = amount(_("Highest temperature on the way"), "Cel", required=False)
    seal_intact = yes_no(_("Is the seal intact?"))

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        lowest, highest = cleaned.get("lowest"), cleaned.get("highest")
        if (lowest is None) != (highest is None):
            missing = "lowest" if lowest is None else "highest"
            self.add_error(missing, _("Enter both temperatures, or neither."))
        elif lowest is not None and highest is not None and lowest > highest:
            self.add_error("lowest", _("The lowest is above the highest. Change one of them."))
        return cleaned

    def to_events(self, writing: Writing) -> Sequence[Event]:
        given = self.cleaned_data
        return [
            Received(
                where="laboratory",
                condition=given["condition"],
                temperature_lowest=given["lowest"],
                temperature_highest=given["highest"],
                seal_intact=given["seal_intact"] == "yes",
                **self.done_by(writing),
            )
        ]


class CheckIdentity(Deed):
    kind = IdentityChecked
    title = _("Compare bag and label")
    lead = _(
        "Two people compare the number on the bag, the label and the papers. No name is needed."
    )
    button = _("Record the comparison")
    done = _("The comparison is recorded.")
    by_two = only_by_two = True

    matched = yes_no(_("Do bag, label and papers match?"))

    def to_events(self, writing: Writing) -> Sequence[Event]:
        matched = self.cleaned_data["matched"] == "yes"
        return [
            IdentityChecked(
                infant=self.infant,
                where="laboratory",
                matched=matched,
                second_person=self.second,
                **self.done_by(writing),
            )
        ]
