"""What is asked of whoever reports a deviation, and of quality when it closes one."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cordula.events.quality import Deviated, DeviationClosed
from cordula.vocabulary.identifiers import DinNumber, NotAnIdentifier, SiteId, UnitId
from cordula_web.laboratory.deeds.asked import choice, line, words, yes_no
from cordula_web.laboratory.deviations.found import Deviation
from cordula_web.laboratory.scanning.meaning import heard
from cordula_web.laboratory.sending import Writing
from cordula_web.records import queries
from cordula_web.records.refusals import NotHere

SEVERITIES = {"minor": _("Minor"), "major": _("Major")}


class Report(forms.Form):
    """Three facts: what happened, to which unit, and whether there is harm now."""

    use_required_attribute = False

    what = words(_("What happened"))
    unit = line(_("Unit"), help_text=_("Scan the bag, or type its number."))
    harm = yes_no(_("Is anybody or any unit harmed now?"))

    def __init__(self, data: Any, site: SiteId, **more: Any) -> None:
        super().__init__(data, **more)
        self.site = site

    def clean_unit(self) -> UnitId:
        typed = str(self.cleaned_data["unit"])
        scanned = heard(typed)
        number = scanned.din if scanned.kind == "bag" else typed.replace(" ", "").upper()
        try:
            found = queries.unit_by_din(DinNumber(number), site=self.site).id
        except (NotAnIdentifier, NotHere):
            found = None
        if found is None:
            raise ValidationError(_("No unit of this number is known here. Scan the bag."))
        return found

    def to_event(self, writing: Writing) -> Deviated:
        return Deviated(
            units=(self.cleaned_data["unit"],),
            number=f"{writing.at:%y%m%d}-{writing.reference}",
            what=writing.sealing("what", self.cleaned_data["what"]),
            harm=self.cleaned_data["harm"] == "yes",
            by=writing.by,
            at=writing.at,
        )


class Close(forms.Form):
    """Quality judges: how grave, whether the unit can still be used, and why."""

    use_required_attribute = False

    severity = choice(_("How grave"), SEVERITIES)
    usable = yes_no(_("Can the unit still be used?"))
    conclusion = words(_("Conclusion"))

    def to_event(self, found: Deviation, writing: Writing) -> DeviationClosed:
        return DeviationClosed(
            units=found.report.units,
            infant=found.report.infant,
            number=found.number,
            severity=self.cleaned_data["severity"],
            usable=self.cleaned_data["usable"] == "yes",
            conclusion=writing.sealing("conclusion", self.cleaned_data["conclusion"]),
            by=writing.by,
            at=writing.at,
        )
