"""What does the coordinator write down before the birth, and which events does it become?"""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordula.events.before_birth import Announced, Consented, Enrolled, Expected
from cordula.events.parts import Answer
from cordula.infants.infant import Infant
from cordula.vocabulary.cardiac import consent_scopes
from cordula.vocabulary.identifiers import (
    AccountId,
    ChainOfIdentityId,
    DinNumber,
    InfantId,
    MotherId,
    UnitId,
)
from cordula_web.collection.ward.forms import mark
from cordula_web.people import badges
from cordula_web.people.identities import Identity
from cordula_web.people.sites import Site
from cordula_web.records.scanned import read
from cordula_web.records.sending import RecordingForm, named_by

CHILDREN_MAX = 6


class DayField(forms.DateField):
    """A day, written as it is shown: 04-Jun-2026."""

    def __init__(self, **kwargs: Any) -> None:
        told = {"invalid": gettext_lazy("Enter a day, like 04-Jun-2026.")}
        widget = forms.TextInput(attrs={"autocomplete": "off", "placeholder": "04-Jun-2026"})
        formats = ["%d-%b-%Y", "%d %b %Y", "%Y-%m-%d"]
        super().__init__(input_formats=formats, error_messages=told, widget=widget, **kwargs)


class AnnounceForm(RecordingForm):
    """The mother by name, and the child that is expected; names never reach the ledger."""

    family_name = forms.CharField(label=gettext_lazy("Mother’s family name"), max_length=80)
    given_name = forms.CharField(label=gettext_lazy("Mother’s given name"), max_length=80)
    number = forms.CharField(label=gettext_lazy("Mother’s hospital number"), max_length=40)
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=40, required=False)
    due = DayField(label=gettext_lazy("Due"), required=False)
    children = forms.IntegerField(
        label=gettext_lazy("How many children are expected?"),
        min_value=1,
        max_value=CHILDREN_MAX,
        initial=1,
    )
    which = forms.IntegerField(
        label=gettext_lazy("Which of them is this?"),
        help_text=gettext_lazy("Each child of a multiple birth is announced alone."),
        min_value=1,
        max_value=CHILDREN_MAX,
        initial=1,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        which, children = cleaned.get("which"), cleaned.get("children")
        if which and children and which > children:
            told = _("Child {which} of {children} cannot be. Change one of the numbers.")
            self.add_error("which", told.format(which=which, children=children))
        return cleaned

    @property
    def infant(self) -> InfantId:
        return named_by(InfantId, self.cleaned_data["key"])

    @property
    def new_mother(self) -> MotherId:
        return named_by(MotherId, self.cleaned_data["key"])

    def to_event(
        self, mother: MotherId, chain: ChainOfIdentityId, by: AccountId, at: datetime
    ) -> Announced:
        chosen = self.cleaned_data
        due: date | None = chosen["due"]
        return Announced(
            infant=self.infant,
            mother=mother,
            chain_of_identity=chain,
            birth_order=f"{chosen['which']} of {chosen['children']}",
            children=chosen["children"],
            due=due,
            by=by,
            at=at,
        )

    def mother_identity(self) -> Identity:
        chosen = self.cleaned_data
        return Identity(
            family_name=chosen["family_name"],
            given_name=chosen["given_name"],
            hospital_number=chosen["number"],
            phone=chosen["phone"],
        )

    def child_identity(self) -> Identity:
        """Until she has a name of her own, she goes by her mother's."""
        chosen = self.cleaned_data
        several = chosen["children"] > 1
        baby = _("Baby {which}").format(which=chosen["which"]) if several else _("Baby")
        return Identity(
            family_name=chosen["family_name"],
            given_name=baby,
            mother_family_name=chosen["family_name"],
            mother_given_name=chosen["given_name"],
        )


class KitForm(RecordingForm):
    """The donation number of the kit, scanned from its label."""

    din = forms.CharField(
        label=gettext_lazy("Donation number of the kit"),
        help_text=gettext_lazy("Scan it, or type it with the boxed check character."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off"}),
    )

    def clean_din(self) -> DinNumber:
        scanned = read(self.cleaned_data["din"])
        if scanned.din is None:
            raise ValidationError(
                scanned.problem or _("That is not a donation number. Scan the kit.")
            )
        return scanned.din

    def to_event(self, infant: Infant, by: AccountId, at: datetime) -> Expected:
        assert infant.id is not None  # noqa: S101  a child that was found was announced
        assert infant.mother is not None  # noqa: S101
        assert infant.chain_of_identity is not None  # noqa: S101
        return Expected(
            unit=named_by(UnitId, self.cleaned_data["key"]),
            infant=infant.id,
            mother=infant.mother,
            din=self.cleaned_data["din"],
            chain_of_identity=infant.chain_of_identity,
            by=by,
            at=at,
        )


class ConsentForm(RecordingForm):
    """What parents agreed to. Nothing is ticked beforehand; what is not ticked is not agreed to."""

    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("Parents agree to"),
        choices=[(key, term.label) for key, term in consent_scopes().items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose what parents agreed to.")},
    )
    parents = forms.ChoiceField(
        label=gettext_lazy("Who agreed?"),
        choices=(("1", gettext_lazy("One parent")), ("2", gettext_lazy("Both parents"))),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say who agreed.")},
    )
    not_available = forms.BooleanField(
        label=gettext_lazy("The other parent is not reasonably available"), required=False
    )
    form = mark(gettext_lazy("Form and version"))
    witness = forms.CharField(
        label=gettext_lazy("Witness"),
        help_text=gettext_lazy("Scan the badge, or type the user name."),
        required=False,
        max_length=80,
    )

    def __init__(self, data: Any = None, *, site: Site, by: AccountId, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.site, self.by = site, by

    def clean_witness(self) -> AccountId | None:
        text = self.cleaned_data["witness"].strip()
        if not text:
            return None
        try:
            return badges.whose(text, self.site, self.by).account_id
        except badges.NotThere as fault:
            raise ValidationError(str(fault)) from fault

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("parents") == "2" and cleaned.get("not_available"):
            told = _("Both parents agreed, so both were available. Change one of the two answers.")
            self.add_error("not_available", told)
        return cleaned

    def to_event(self, infant: Infant, at: datetime) -> Consented:
        assert infant.id is not None  # noqa: S101  a child that was found was announced
        chosen = self.cleaned_data
        return Consented(
            infant=infant.id,
            units=infant.units,
            scopes=tuple(chosen["scopes"]),
            parents=int(chosen["parents"]),
            other_parent_not_available=chosen["not_available"],
            form=chosen["form"],
            witness=chosen["witness"],
            by=self.by,
            at=at,
        )


ANSWERS = (
    (Answer.YES.value, gettext_lazy("Yes")),
    (Answer.NO.value, gettext_lazy("No")),
    (Answer.NOT_KNOWN.value, gettext_lazy("Not known")),
)


class QuestionsForm(RecordingForm):
    """The questions that the child's protocol asks about the donor. Each may be left for later."""

    def __init__(self, data: Any = None, *, questions: dict[str, str], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for item, words in questions.items():
            self.fields[item] = forms.ChoiceField(
                label=words, choices=ANSWERS, widget=forms.RadioSelect, required=False
            )


class EnrolForm(RecordingForm):
    """Under which approved version of a protocol the child takes part."""

    protocol = forms.ChoiceField(
        label=gettext_lazy("Protocol and version"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a protocol.")},
    )

    def __init__(self, data: Any = None, *, offered: dict[str, str], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["protocol"].choices = offered.items()  # type: ignore[attr-defined]

    def to_event(self, infant: Infant, by: AccountId, at: datetime) -> Enrolled:
        assert infant.id is not None  # noqa: S101  a child that was found was announced
        name, version, digest = self.cleaned_data["protocol"].split(" ")
        return Enrolled(
            infant=infant.id,
            units=infant.units,
            protocol=name,
            version=version,
            digest=digest,
            by=by,
            at=at,
        )
