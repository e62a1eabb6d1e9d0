"""The child draws her place of the list; and, in an emergency, somebody is told what she drew."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordula.events.randomisation import Randomised, Unblinded
from cordula.events.sealed import Sealing
from cordula.stats.refusals import CannotBe
from cordula.vocabulary.identifiers import ProtocolId
from cordula_web.clinic.forms.course import CourseForm
from cordula_web.clinic.forms.factors import FactorFields
from cordula_web.clinic.looked_up import ChildSeen
from cordula_web.frame.parts import Fact, Facts
from cordula_web.people import badges
from cordula_web.people.accounts import Account
from cordula_web.people.reauthentication import SigningForm
from cordula_web.people.sealed_lists import NotKept
from cordula_web.records import arms
from cordula_web.records.shelf import protocol_of


class DrawForm(CourseForm):
    """The place is the next one. A list is chosen only where there are several; factors are asked for only where
    the arm depends on them."""

    title = gettext_lazy("Draw the arm")
    button = gettext_lazy("Draw the next place")
    warning = gettext_lazy("A child draws once. A draw cannot be taken back.")
    records, page = "Randomised", "draw"
    for_the_living, after_birth = True, False

    listed = forms.ChoiceField(
        label=gettext_lazy("List"),
        help_text=gettext_lazy("The one of her stratum."),
        error_messages={
            "required": gettext_lazy("Choose the list that she draws from."),
            "invalid_choice": gettext_lazy("This list has no place left."),
        },
    )

    def __init__(self, data: Any = None, *, child: ChildSeen, **kwargs: Any) -> None:
        super().__init__(data, child=child, **kwargs)
        self.due = {one.listed.list_name: one for one in due_for(child)}
        self.fields["listed"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose a list")),
            *((name, place_of(one)) for name, one in self.due.items()),
        ]
        if len(self.due) == 1:
            self.fields["listed"].widget = forms.HiddenInput()
            self.fields["listed"].initial = next(iter(self.due))
        self.factors = FactorFields.of(child)
        self.fields.update(self.factors.fields(data))

    @property
    def told(self) -> Facts:
        """What there is to know before drawing; of the arm itself, nothing."""
        return Facts(tuple(_told(self.child, self.due)), caption=_("What is drawn"))

    @classmethod
    def offered(cls, child: ChildSeen) -> bool:
        return super().offered(child) and bool(due_for(child))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, problem in self.factors.problems(cleaned):
            self.add_error(name, problem)
        return cleaned

    def to_event(self, sealing: Sealing) -> Randomised:
        due, factors = self._due, self.factors.values(self.cleaned_data)
        protocol = protocol_of(self.child.infant)
        assert protocol is not None  # noqa: S101  without one nothing is due
        if factors:
            site = self.child.acting.site.site_id
            draw, words = arms.draw_for(due, protocol, factors, site)
        else:
            draw, words = arms.draw_of(due)
        sealing.disclosures.append(words)
        return Randomised(
            protocol_file=due.listed.protocol_file,
            list_name=due.listed.list_name,
            number=draw.place,
            sealed=draw.sealed,
            proof=draw.proof,
            factors=factors,
            no_cells=arms.without_cells(protocol, words.value),
            **self.who,
        )

    @property
    def _due(self) -> arms.Due:
        return self.due[self.cleaned_data["listed"]]

    def record(self, now: datetime) -> bool:
        due = self._due
        try:
            recorded = super().record(now)
        except (NotKept, CannotBe) as fault:
            self.refuse([_("The place cannot be drawn: {why}.").format(why=fault)])
            return False
        if recorded:
            # The words stand under the child's key now, and nowhere else.
            arms.forget_drawn(due.listed, self.child.acting.site.site_id)
        return recorded


def place_of(due: arms.Due) -> str:
    told = _("{name}: place {number} of {places}")
    return told.format(name=due.listed.list_name, number=due.number, places=due.listed.places)


def _told(child: ChildSeen, due: Mapping[str, arms.Due]) -> Iterator[Fact]:
    if len(due) == 1:
        yield Fact(_("Next place"), place_of(next(iter(due.values()))))
    protocol = protocol_of(child.infant)
    if protocol is not None and arms.masking_of(protocol) == "open":
        yield Fact(_("Who is told the arm"), _("Those who treat her, and the safety board."))
    else:
        yield Fact(_("Who is told the arm"), _("The safety board alone. The trial is masked."))


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
        error_messages={"required": gettext_lazy("Say why her care depends on it.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    badge = forms.CharField(
        label=gettext_lazy("Badge of the second person"),
        help_text=gettext_lazy("Scan the badge of whoever stands beside you."),
        error_messages={"required": gettext_lazy("A second person is needed: scan her badge.")},
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
