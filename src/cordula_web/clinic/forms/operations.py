"""Which operation is planned, cancelled or done?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cordula.events.course import Operated, OperationCancelled, OperationPlanned
from cordula.events.sealed import Sealing
from cordula.journey import wording
from cordula.vocabulary.cardiac import operations
from cordula.vocabulary.choices import cancel_reasons
from cordula_web.clinic.choices import asked
from cordula_web.clinic.forms.course import CourseForm, MomentField, this_minute
from cordula_web.clinic.looked_up import ChildSeen


def _not_done(child: ChildSeen) -> list[tuple[str, str]]:
    infant = child.infant
    return [(key, wording.operation(key)) for key in operations() if not infant.performed(key)]


def _planned(child: ChildSeen) -> list[tuple[str, str]]:
    infant = child.infant
    return [(key, wording.operation(key)) for key in operations() if infant.planned(key)]


class PlanForm(CourseForm):
    title = _("Plan an operation")
    button = _("Plan the operation")
    records, page = "OperationPlanned", "plan"
    for_the_living, after_birth = True, False

    operation = forms.ChoiceField(label=_("Operation"))
    planned_for = MomentField(label=_("Planned for"))
    theatre = forms.ChoiceField(
        label=_("Theatre"),
        choices=[(f"Theatre {number}", f"Theatre {number}") for number in range(1, 9)],
    )

    def __init__(self, data: Any = None, *, child: ChildSeen, **kwargs: Any) -> None:
        super().__init__(data, child=child, **kwargs)
        self.fields["operation"].choices = asked(_not_done(child))  # type: ignore[attr-defined]

    def to_event(self, sealing: Sealing) -> OperationPlanned:
        chosen = self.cleaned_data
        return OperationPlanned(
            operation=chosen["operation"],
            planned_for=chosen["planned_for"],
            theatre=chosen["theatre"],
            **self.who,
        )


class CancelForm(CourseForm):
    title = _("Cancel an operation")
    button = _("Cancel the operation")
    records, page = "OperationCancelled", "cancel"
    after_birth = False

    operation = forms.ChoiceField(label=_("Operation"))
    reason = forms.ChoiceField(label=_("Reason"), choices=asked(cancel_reasons()))

    def __init__(self, data: Any = None, *, child: ChildSeen, **kwargs: Any) -> None:
        super().__init__(data, child=child, **kwargs)
        self.fields["operation"].choices = asked(_planned(child))  # type: ignore[attr-defined]

    @classmethod
    def offered(cls, child: ChildSeen) -> bool:
        return super().offered(child) and bool(_planned(child))

    def to_event(self, sealing: Sealing) -> OperationCancelled:
        chosen = self.cleaned_data
        return OperationCancelled(
            operation=chosen["operation"], reason=chosen["reason"], **self.who
        )


class OperatedForm(CourseForm):
    title = _("Record an operation")
    button = _("Record the operation")
    records, page = "Operated", "operated"

    operation = forms.ChoiceField(label=_("Operation"))
    started_at = MomentField(label=_("Began"))
    at = MomentField(label=_("Ended"), initial=this_minute)

    def __init__(self, data: Any = None, *, child: ChildSeen, **kwargs: Any) -> None:
        super().__init__(data, child=child, **kwargs)
        self.fields["operation"].choices = asked(_not_done(child))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        started, ended = cleaned.get("started_at"), cleaned.get("at")
        if started and ended and ended < started:
            self.add_error("at", _("The end is before the beginning. Change one of them."))
        return cleaned

    def to_event(self, sealing: Sealing) -> Operated:
        chosen = self.cleaned_data
        return Operated(operation=chosen["operation"], started_at=chosen["started_at"], **self.who)
