"""Which forms does the midwife fill in with one hand, and which events do they become?"""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordula.vocabulary.cardiac import stop_reasons
from cordula.vocabulary.quantity import Quantity
from cordula_web.records.fields import AmountField, above_zero
from cordula_web.records.sending import RecordingForm

SEXES = (
    ("female", gettext_lazy("Girl")),
    ("male", gettext_lazy("Boy")),
    ("indeterminate", gettext_lazy("Not clear yet")),
)
METHODS = (
    ("before_placenta", gettext_lazy("Before the placenta")),
    ("after_placenta", gettext_lazy("After the placenta")),
)
ANTICOAGULANTS = (
    ("CPD", "CPD"),
    ("CPDA-1", "CPDA-1"),
    ("ACD-A", "ACD-A"),
    ("heparin", gettext_lazy("Heparin")),
)
# Identifiers of boxes, seals and loggers: never a name.
_MARK = r"^[A-Za-z0-9 ./:-]{1,40}$"
_MARKED = {"invalid": gettext_lazy("Up to 40 letters, digits, spaces, points and hyphens.")}


def chosen(label: Any, choices: Any, told: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": told},
    )


class CollectForm(RecordingForm):
    """What was collected. The times are pressed, not written, and stand beside the form."""

    sex = chosen(
        gettext_lazy("The baby is a"), SEXES, gettext_lazy("Say whether it is a girl or a boy.")
    )
    volume = AmountField(
        "mL",
        label=gettext_lazy("How much is in the bag?"),
        error_messages={"required": gettext_lazy("Enter the volume in mL, like 62.")},
    )
    method = chosen(
        gettext_lazy("When was it collected?"),
        METHODS,
        gettext_lazy("Say whether it was before or after the placenta."),
    )
    anticoagulant = chosen(
        gettext_lazy("What does the bag contain?"),
        ANTICOAGULANTS,
        gettext_lazy("Read the anticoagulant from the bag."),
    )

    def __init__(self, data: Any = None, *, born: bool, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if born:
            del self.fields["sex"]

    def clean_volume(self) -> Quantity | None:
        return above_zero(self.cleaned_data["volume"])


class StopForm(RecordingForm):
    """One of five reasons; the button that says it records it."""

    reason = forms.ChoiceField(choices=[(key, term.label) for key, term in stop_reasons().items()])


def mark(label: Any, *, required: bool = True) -> forms.RegexField:
    return forms.RegexField(_MARK, label=label, required=required, error_messages=_MARKED)


class HandOverForm(RecordingForm):
    """To whom, in which box, under which seal, with which logger."""

    courier = mark(gettext_lazy("Courier"))
    container = mark(gettext_lazy("Box"))
    seal = mark(gettext_lazy("Seal"), required=False)
    logger = mark(gettext_lazy("Temperature logger"), required=False)


def in_order(born: datetime | None, clamped: datetime | None, now: datetime) -> None:
    """Raises ValidationError where the times cannot be true."""
    if born is None:
        raise ValidationError(_("Press “Born”, and correct the time by the buttons beside it."))
    if clamped is not None and clamped < born:
        raise ValidationError(_("The cord was clamped before the birth. Change one of the times."))
    if born > now or (clamped is not None and clamped > now):
        raise ValidationError(_("A time lies in the future. Change it."))
