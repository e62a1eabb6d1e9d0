"""Which fields do forms share that build events: a time of the clock, an amount in its unit?"""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cordula.vocabulary.quantity import Quantity, UnitError
from cordula_web.frame.clock_time import last_time_it_was


class ClockField(forms.TimeField):
    """A time of day, read as the last moment at which the clock of this site showed it."""

    # A browser's own time field shows am and pm where its language does; here the day has 24 hours.
    widget = forms.TimeInput(
        attrs={"inputmode": "numeric", "autocomplete": "off", "class": "figure"}, format="%H:%M:%S"
    )

    def __init__(self, **kwargs: Any) -> None:
        told = {"invalid": _lazy("Enter a time of day, like 08:05.")}
        formats = ["%H:%M:%S", "%H:%M", "%H%M"]
        super().__init__(input_formats=formats, error_messages=told, **kwargs)


def moment(form: forms.Form, name: str, now: datetime) -> datetime:
    """The moment that the clock field of this name means."""
    return last_time_it_was(form.cleaned_data[name], now)


class AmountField(forms.CharField):
    """A plain number in one unit, kept with the digits it was written with."""

    def __init__(self, unit: str, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "class": "figure"}
        super().__init__(widget=forms.TextInput(attrs=attrs), max_length=20, **kwargs)
        self.unit = unit

    def clean(self, value: Any) -> Quantity | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            amount = Quantity.of(text, self.unit)
        except (ValueError, UnitError) as fault:
            raise ValidationError(_("{fault}.").format(fault=str(fault).rstrip("."))) from fault
        return amount


def above_zero(amount: Quantity | None) -> Quantity | None:
    if amount is not None and amount.value <= 0:
        raise ValidationError(_("Enter an amount above zero, like 0.68."))
    return amount
