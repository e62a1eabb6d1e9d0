"""What is asked before a label is printed: how many, and why again."""

from typing import Any

from django import forms
from django.utils.translation import gettext as told
from django.utils.translation import gettext_lazy as _

from cordula.events.laboratory import LabelPrinted
from cordula.vocabulary.identifiers import ProductKey, UnitId
from cordula_web.laboratory.deeds.asked import required, words
from cordula_web.laboratory.sending import Writing

COPIES_MAX = 20


class Print(forms.Form):
    """`again` says that this label was printed before: then a reason is needed."""

    use_required_attribute = False

    copies = forms.IntegerField(
        label=_("Copies"),
        min_value=1,
        max_value=COPIES_MAX,
        initial=1,
        error_messages=required(_("Copies")),
    )
    reason = words(_("Why it is printed again"), required=False)

    def __init__(self, data: Any, *, again: bool) -> None:
        super().__init__(data)
        self.again = again
        if not again:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.again and not cleaned.get("reason"):
            self.add_error("reason", told("This label was printed before. Say why again."))
        return cleaned

    def to_event(
        self, unit: UnitId, product: ProductKey | None, template: str, practice: bool, by: Writing
    ) -> LabelPrinted:
        reason = self.cleaned_data.get("reason")
        return LabelPrinted(
            unit=unit,
            product=product,
            template=template,
            copies=self.cleaned_data["copies"],
            reprint_reason=by.sealing("reprint_reason", reason) if reason else None,
            practice=practice,
            by=by.by,
            at=by.at,
        )
