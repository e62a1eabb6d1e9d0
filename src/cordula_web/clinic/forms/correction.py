"""An entry of a child's history was wrong: it counts no longer, and stays readable."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cordula import display
from cordula.events.quality import VoidedForInfant
from cordula.events.sealed import Sealing
from cordula.infants.admission import VOIDABLE
from cordula_web.clinic.choices import asked
from cordula_web.clinic.event_words import title_of
from cordula_web.clinic.forms.course import CourseForm
from cordula_web.clinic.looked_up import ChildSeen


class VoidForm(CourseForm):
    title = _("Strike out a wrong entry")
    button = _("Strike it out")
    records, page = "VoidedForInfant", "void"
    warning = _("It counts no longer, and stays readable. Record the right one afterwards.")

    entry = forms.ChoiceField(label=_("Which entry"))
    reason = forms.CharField(
        label=_("Why it is wrong"),
        help_text=_("Facts, and no names."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, child: ChildSeen, **kwargs: Any) -> None:
        super().__init__(data, child=child, **kwargs)
        self.fields["entry"].choices = asked(list(_voidable(child)))  # type: ignore[attr-defined]

    @classmethod
    def offered(cls, child: ChildSeen) -> bool:
        return super().offered(child) and any(_voidable(child))

    def to_event(self, sealing: Sealing) -> VoidedForInfant:
        return VoidedForInfant(
            version=int(self.cleaned_data["entry"]),
            reason=sealing("reason", self.cleaned_data["reason"]),
            **self.who,
        )


def _voidable(child: ChildSeen) -> Iterator[tuple[str, str]]:
    """The newest first: it is most often the last entry that is wrong."""
    infant, zone = child.infant, timezone.get_current_timezone()
    for version in range(infant.version, 0, -1):
        event = infant.events[version - 1]
        if isinstance(event, VOIDABLE) and version not in infant.voided:
            when = display.clin_datetime(event.at, zone)
            yield str(version), f"{version}: {title_of(event)}, {when}"
