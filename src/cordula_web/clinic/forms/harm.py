"""What harm, or possible harm, came to the child?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cordula.events.course import AdverseEventReported, Died, Transplanted
from cordula.events.parts import Answer
from cordula.events.sealed import Sealing
from cordula.vocabulary.choices import grades, harms, relations
from cordula_web.clinic.choices import ANSWERS, asked
from cordula_web.clinic.forms.course import CourseForm, MomentField, this_minute
from cordula_web.clinic.looked_up import ChildSeen

_NO_NAMES = _("Facts, and no names. The words are sealed: the ledger keeps only their digest.")


class HarmForm(CourseForm):
    title = _("Report an adverse event")
    button = _("Report it")
    records, page = "AdverseEventReported", "harm"

    category = forms.ChoiceField(label=_("What kind"), choices=asked(harms()))
    grade = forms.ChoiceField(label=_("Grade"), help_text=_("By CTCAE."), choices=asked(grades()))
    serious = forms.ChoiceField(
        label=_("Serious"),
        help_text=_("Death, danger to life, a stay in hospital, lasting harm."),
        choices=asked([("yes", _("Yes")), ("no", _("No"))]),
    )
    was_expected = forms.ChoiceField(label=_("Expected"), choices=asked(ANSWERS))
    related_to_product = forms.ChoiceField(
        label=_("Related to the cells?"), choices=asked(relations())
    )
    related_to_procedure = forms.ChoiceField(
        label=_("Related to how they were given, or to the operation?"), choices=asked(relations())
    )
    started_at = MomentField(label=_("Began"))
    words = forms.CharField(
        label=_("What happened"),
        help_text=_NO_NAMES,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def to_event(self, sealing: Sealing) -> AdverseEventReported:
        chosen = self.cleaned_data
        return AdverseEventReported(
            units=self.child.infant.units,
            number=self._number(),
            category=chosen["category"],
            grade=int(chosen["grade"]),
            serious=chosen["serious"] == "yes",
            expected=Answer(chosen["was_expected"]),
            related_to_product=chosen["related_to_product"],
            related_to_procedure=chosen["related_to_procedure"],
            started_at=chosen["started_at"],
            words=sealing("words", chosen["words"]),
            **self.who,
        )

    def _number(self) -> str:
        """The next of this child; voided reports keep their numbers."""
        infant = self.child.infant
        reported = [event for event in infant.events if isinstance(event, AdverseEventReported)]
        return f"AE-{len(reported) + 1}"


class TransplantedForm(CourseForm):
    title = _("Record a heart transplant")
    button = _("Record the transplant")
    records, page = "Transplanted", "transplanted"
    for_the_living = True
    warning = _("It counts in every outcome of the trial. It cannot be taken back here.")

    at = MomentField(label=_("When the child received the heart"), initial=this_minute)

    @classmethod
    def offered(cls, child: ChildSeen) -> bool:
        return super().offered(child) and child.infant.transplanted_at is None

    def to_event(self, sealing: Sealing) -> Transplanted:
        return Transplanted(**self.who)


class DiedForm(CourseForm):
    title = _("Record a death")
    button = _("Record the death")
    records, page = "Died", "died"
    for_the_living = True
    warning = _(
        "After this nothing can be planned, given or asked for. It cannot be taken back here."
    )

    at = MomentField(label=_("When the child died"), initial=this_minute)
    cause = forms.CharField(
        label=_("Cause, as far as it is known"),
        help_text=_NO_NAMES,
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def to_event(self, sealing: Sealing) -> Died:
        words: str = self.cleaned_data["cause"]
        cause: Any = sealing("cause", words) if words else None
        return Died(cause=cause, **self.who)
