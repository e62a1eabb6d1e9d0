"""The child draws her place of the list; and, in an emergency, somebody is told what she drew."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordula.events.randomisation import Randomised, Unblinded
from cordula.events.sealed import Sealing
from cordula.vocabulary.identifiers import ProtocolId
from cordula_web.clinic.forms.course import CourseForm
from cordula_web.clinic.looked_up import ChildSeen
from cordula_web.people import badges
from cordula_web.people.accounts import Account
from cordula_web.people.reauthentication import SigningForm
from cordula_web.people.sealed_lists import NotKept
from cordula_web.records import arms
from cordula_web.records.shelf import protocol_of


class DrawForm(CourseForm):
    """Nothing is typed: the place is the next one, and the list is chosen only where there are several."""

    title = gettext_lazy("Draw the arm")
    button = gettext_lazy("Draw the next place")
    warning = gettext_lazy("A child draws once. A draw cannot be taken back.")
    records, page = "Randomised", "draw"
    for_the_living, after_birth = True, False

    listed = forms.ChoiceField(label=gettext_lazy("List"))

    def __init__(self, data: Any = None, *, child: ChildSeen, **kwargs: Any) -> None:
        super().__init__(data, child=child, **kwargs)
        self.due = {one.listed.list_name: one for one in due_for(child)}
        told = _("{name}: place {number} of {places}")
        self.fields["listed"].choices = [  # type: ignore[attr-defined]
            (name, told.format(name=name, number=one.number, places=one.listed.places))
            for name, one in self.due.items()
        ]

    @classmethod
    def offered(cls, child: ChildSeen) -> bool:
        return super().offered(child) and bool(due_for(child))

    def to_event(self, sealing: Sealing) -> Randomised:
        due = self.due[self.cleaned_data["listed"]]
        draw, words = arms.draw_of(due)
        sealing.disclosures.append(words)
        return Randomised(
            protocol_file=due.listed.protocol_file,
            list_name=due.listed.list_name,
            number=draw.place,
            sealed=draw.sealed,
            proof=draw.proof,
            **self.who,
        )

    def record(self, now: datetime) -> bool:
        due = self.due[self.cleaned_data["listed"]]
        try:
            recorded = super().record(now)
        except NotKept as fault:
            self.refuse([_("The place cannot be drawn: {why}.").format(why=fault)])
            return False
        if recorded:
            # The words stand under the child's key now, and nowhere else.
            arms.forget_drawn(due.listed, self.child.acting.site.site_id)
        return recorded


def due_for(child: ChildSeen) -> tuple[arms.Due, ...]:
    """What this child could draw next; nothing once she has drawn, or where nobody draws."""
    protocol = protocol_of(child.infant)
    if protocol is None or not arms.is_randomised(protocol) or arms.draw_in(child.infant):
        return ()
    return arms.due_places(protocol, child.acting.site.site_id)


class UnblindForm(SigningForm, CourseForm):
    """Two people, a reason, and the password: an arm is told for a child's sake and for nothing else."""

    title = gettext_lazy("Be told the arm in an emergency")
    button = gettext_lazy("Record it and tell me the arm")
    warning = gettext_lazy(
        "Only where the child's care depends on it. It is recorded with your name, and the trial counts it."
    )
    records, page = "Unblinded", "unblind"
    after_birth = False

    reason = forms.CharField(
        label=gettext_lazy("Why her care depends on it"),
        help_text=gettext_lazy("The words are sealed: the ledger keeps their digest."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    badge = forms.CharField(
        label=gettext_lazy("Badge of the second person"),
        help_text=gettext_lazy("Scan the badge of whoever stands beside you."),
        max_length=200,
    )

    @classmethod
    def offered(cls, child: ChildSeen) -> bool:
        protocol = protocol_of(child.infant)
        if protocol is None or not super().offered(child) or not arms.is_randomised(protocol):
            return False
        drawn = arms.draw_in(child.infant) is not None
        return drawn and not arms.may_know_arm(child.acting, child.infant, protocol)

    @property
    def statement(self) -> str:
        """The sentence that is signed, as it stands beside the signature."""
        return _("The care of {child} depends on knowing her arm. I ask to be told.").format(
            child=self.child.printed
        )

    def clean_badge(self) -> Account:
        acting = self.child.acting
        try:
            return badges.whose(self.cleaned_data["badge"], acting.site, acting.account_id)
        except badges.NotThere as fault:
            raise ValidationError(str(fault)) from fault

    def to_event(self, sealing: Sealing) -> Unblinded:
        drawn = arms.draw_in(self.child.infant)
        assert drawn is not None  # noqa: S101  the form is offered to nobody else
        return Unblinded(
            protocol_file=ProtocolId(drawn.protocol_file),
            told_to=self.child.acting.account_id,
            emergency=True,
            reason=sealing("reason", self.cleaned_data["reason"]),
            second_person=self.cleaned_data["badge"].account_id,
            **self.who,
        )
