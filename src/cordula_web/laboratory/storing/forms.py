"""What is asked about a place: what stood in it between two moments, an excursion, and what quality makes of one."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cordula.events.storage import ExcursionReviewed, TemperatureExcursed
from cordula.units.place import Place
from cordula.vocabulary.quantity import Quantity
from cordula_web.laboratory.deeds.asked import amount, choice, moment, words
from cordula_web.laboratory.sending import Writing

DECISIONS = {
    "no_effect": _("No effect"),
    "test_again": _("Test again"),
    "discard": _("Destroy"),
}


class Between(forms.Form):
    """Two moments, the first before the last."""

    use_required_attribute = False

    start = moment(_("From"))
    end = moment(_("To"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and start > end:
            self.add_error("end", _("The end is before the start. Change one of them."))
        return cleaned

    @property
    def span(self) -> tuple[datetime, datetime]:
        return self.cleaned_data["start"], self.cleaned_data["end"]


class Excursion(Between):
    """The place was outside its limit; it applies to every unit that was in it meanwhile."""

    extreme = amount(_("Warmest temperature reached"), "Cel")
    limit = amount(_("Limit of this place"), "Cel")

    def to_event(self, place: Place, writing: Writing) -> TemperatureExcursed:
        assert place.opened is not None  # noqa: S101
        start, end = self.span
        return TemperatureExcursed(
            units=place.units_between(start, end),
            place=place.opened.place,
            number=f"{end:%y%m%d}-{writing.reference}",
            started_at=start,
            extreme=self.cleaned_data["extreme"],
            limit=self.cleaned_data["limit"],
            by=writing.by,
            at=end,
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        extreme, limit = cleaned.get("extreme"), cleaned.get("limit")
        if isinstance(extreme, Quantity) and isinstance(limit, Quantity) and extreme <= limit:
            self.add_error("extreme", _("This is inside the limit, so it is no excursion."))
        return cleaned


class Review(forms.Form):
    """Quality judges what an excursion means for the units that were in it."""

    use_required_attribute = False

    number = forms.CharField(widget=forms.HiddenInput)
    decision = choice(_("What it means for these units"), DECISIONS)
    note = words(_("Why"), required=False)

    def to_event(self, excursion: TemperatureExcursed, writing: Writing) -> ExcursionReviewed:
        note = self.cleaned_data["note"]
        return ExcursionReviewed(
            units=excursion.units,
            number=excursion.number,
            decision=self.cleaned_data["decision"],
            note=writing.sealing("note", note) if note else None,
            by=writing.by,
            at=writing.at,
        )
