"""What does the child weigh? A weight far from the last is asked about once, because a dose follows from it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordula import display
from cordula.events.course import Weighed
from cordula.events.sealed import Sealing
from cordula.vocabulary.measures import measure
from cordula.vocabulary.quantity import Quantity
from cordula_web.clinic.forms.course import CourseForm, MomentField, this_minute
from cordula_web.clinic.looked_up import ChildSeen
from cordula_web.frame.parts import PossibleMistake

# Not a limit of anything: a slipped digit changes a weight by more than a fifth, a healthy week does not.
FAR = Decimal("0.2")


class WeightForm(CourseForm):
    title = gettext_lazy("Record a weight")
    button = gettext_lazy("Record the weight")
    records, page = "Weighed", "weigh"
    for_the_living = True

    weight = forms.DecimalField(
        label=gettext_lazy("Weight in kg"),
        help_text=gettext_lazy("Like 6.8"),
        max_digits=6,
        error_messages={"invalid": gettext_lazy("Enter the weight in kg, like 6.8")},
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 8}),
    )
    at = MomentField(label=gettext_lazy("Weighed"), initial=this_minute)
    where = forms.ChoiceField(
        label=gettext_lazy("Where"),
        choices=[
            ("ward", gettext_lazy("Ward")),
            ("theatre", gettext_lazy("Theatre")),
            ("clinic", gettext_lazy("Clinic")),
            ("home", gettext_lazy("At home")),
        ],
    )

    def __init__(self, data: Any = None, *, child: ChildSeen, **kwargs: Any) -> None:
        super().__init__(data, child=child, **kwargs)
        self.question: PossibleMistake | None = None

    def clean_weight(self) -> Decimal:
        weight: Decimal = self.cleaned_data["weight"]
        faults = measure("weight").faults(Quantity(weight, "kg"))
        if faults:
            raise forms.ValidationError([f"{fault}." for fault in faults])
        return weight

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        weight = cleaned.get("weight")
        if weight is not None and self.data.get("right") != str(weight):
            self.question = self._question(weight)
        if self.question:
            self.add_error("weight", _("Say whether this weight is right."))
        return cleaned

    def _question(self, weight: Decimal) -> PossibleMistake | None:
        last = self.child.infant.weight
        if last is None or abs(weight - last.weight.value) <= FAR * last.weight.value:
            return None
        at = display.clin_datetime(last.at, self.child.acting.site.zone)
        return PossibleMistake(
            question=_("Is {weight} right?").format(
                weight=display.quantity(Quantity(weight, "kg"))
            ),
            reason=_("The last weight was {last}, {at}.").format(
                last=display.quantity(last.weight), at=at
            ),
            name="right",
            value=str(weight),
        )

    def to_event(self, sealing: Sealing) -> Weighed:
        weight = Quantity(self.cleaned_data["weight"], "kg")
        return Weighed(weight=weight, where=self.cleaned_data["where"], **self.who)
