"""What did the parents take back, and what is to become of the cells?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cordula.events.before_birth import ConsentWithdrawn
from cordula.events.sealed import Sealing
from cordula.vocabulary.cardiac import consent_scopes
from cordula.vocabulary.choices import wishes
from cordula_web.clinic.choices import asked
from cordula_web.clinic.forms.course import CourseForm
from cordula_web.clinic.looked_up import ChildSeen


class WithdrawForm(CourseForm):
    title = _("Take back consent")
    button = _("Record that consent was taken back")
    records, page = "ConsentWithdrawn", "withdraw"
    after_birth = False
    warning = _(
        "Without consent to collect, store or use, every step for the unit stops at once."
        " Parents need give no reason."
    )

    scopes = forms.MultipleChoiceField(
        label=_("What is taken back"), widget=forms.CheckboxSelectMultiple
    )
    wish = forms.ChoiceField(label=_("The family’s wish for the cells"), choices=asked(wishes()))
    note = forms.CharField(
        label=_("Anything to add"),
        help_text=_("No names. The words are sealed: the ledger keeps only their digest."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data: Any = None, *, child: ChildSeen, **kwargs: Any) -> None:
        super().__init__(data, child=child, **kwargs)
        given = child.infant.consented
        named = [(key, term.label) for key, term in consent_scopes().items() if key in given]
        self.fields["scopes"].choices = named  # type: ignore[attr-defined]

    @classmethod
    def offered(cls, child: ChildSeen) -> bool:
        return super().offered(child) and bool(child.infant.consented)

    def to_event(self, sealing: Sealing) -> ConsentWithdrawn:
        chosen = self.cleaned_data
        note = sealing("note", chosen["note"]) if chosen["note"] else None
        return ConsentWithdrawn(
            units=self.child.infant.units,
            scopes=tuple(chosen["scopes"]),
            wish=chosen["wish"],
            note=note,
            **self.who,
        )
