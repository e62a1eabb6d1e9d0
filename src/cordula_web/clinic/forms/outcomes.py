"""What was measured in the child, what is her diagnosis, and what is answered about her?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cordula.display import unit_words
from cordula.events.course import Declared, Diagnosed, Examined
from cordula.events.parts import Answer
from cordula.events.sealed import Sealing
from cordula.journey import wording
from cordula.protocols.criteria import Answered
from cordula.vocabulary.cardiac import diagnoses
from cordula.vocabulary.choices import outcome_methods
from cordula.vocabulary.measures import Measure, measure, measures, timepoints
from cordula.vocabulary.quantity import Quantity
from cordula_web.clinic.choices import ANSWERS, asked
from cordula_web.clinic.forms.course import CourseForm, MomentField, this_minute
from cordula_web.clinic.looked_up import ChildSeen
from cordula_web.records.shelf import protocol_of

# These have forms of their own.
ELSEWHERE = frozenset({"weight", "gestational_age"})


def outcome_measures() -> dict[str, Measure]:
    found = measures().items()
    return {key: one for key, one in found if one.of == "infant" and key not in ELSEWHERE}


def _label(one: Measure) -> str:
    if one.grades:
        grades = ", ".join(f"{grade} {words}" for grade, words in enumerate(one.grades))
        return f"{one.label} ({grades})"
    return f"{one.label} ({unit_words(one.unit)})"


class OutcomeForm(CourseForm):
    title = _("Record an outcome")
    button = _("Record the outcome")
    records, page = "Examined", "outcome"
    for_the_living = True

    measure = forms.ChoiceField(label=_("What was measured"))
    result = forms.DecimalField(
        label=_("Result"),
        help_text=_("In the unit that stands beside the measure."),
        max_digits=12,
        error_messages={"invalid": _("Enter the result as a number, like 48")},
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 8}),
    )
    method = forms.ChoiceField(label=_("Method"), choices=asked(outcome_methods()))
    timepoint = forms.ChoiceField(label=_("Which examination"))
    at = MomentField(label=_("When"), initial=this_minute)

    def __init__(self, data: Any = None, *, child: ChildSeen, **kwargs: Any) -> None:
        super().__init__(data, child=child, **kwargs)
        named = [(key, _label(one)) for key, one in outcome_measures().items()]
        self.fields["measure"].choices = asked(named)  # type: ignore[attr-defined]
        self.fields["timepoint"].choices = asked(timepoints("infant"))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            known = measure(cleaned["measure"])
            result = Quantity(cleaned["result"], known.unit)
            for fault in known.faults(
                result, timepoint=cleaned["timepoint"], method=cleaned["method"]
            ):
                self.add_error("result", f"{fault}.")
        return cleaned

    def to_event(self, sealing: Sealing) -> Examined:
        chosen = self.cleaned_data
        unit = measure(chosen["measure"]).unit
        return Examined(
            measure=chosen["measure"],
            result=Quantity(chosen["result"], unit),
            method=chosen["method"],
            timepoint=chosen["timepoint"],
            **self.who,
        )


class DiagnosisForm(CourseForm):
    title = _("Record a diagnosis")
    button = _("Record the diagnosis")
    records, page = "Diagnosed", "diagnose"
    after_birth = False

    diagnosis = forms.ChoiceField(label=_("Diagnosis"))

    def __init__(self, data: Any = None, *, child: ChildSeen, **kwargs: Any) -> None:
        super().__init__(data, child=child, **kwargs)
        known = [(key, one.label) for key, one in diagnoses().items()]
        new = [row for row in known if row[0] not in child.infant.diagnoses]
        self.fields["diagnosis"].choices = asked(new)  # type: ignore[attr-defined]

    def to_event(self, sealing: Sealing) -> Diagnosed:
        before_birth = self.child.infant.born_at is None
        diagnosis = self.cleaned_data["diagnosis"]
        return Diagnosed(diagnosis=diagnosis, before_birth=before_birth, **self.who)


class DeclareForm(CourseForm):
    """The questions come from the child's protocol, so without one there is nothing to answer."""

    title = _("Answer a question of the protocol")
    button = _("Record the answer")
    records, page = "Declared", "declare"
    for_the_living = True

    item = forms.ChoiceField(label=_("Question"))
    answer = forms.ChoiceField(label=_("Answer"), choices=asked(ANSWERS))

    def __init__(self, data: Any = None, *, child: ChildSeen, **kwargs: Any) -> None:
        super().__init__(data, child=child, **kwargs)
        self.fields["item"].choices = asked(questions(child))  # type: ignore[attr-defined]

    @classmethod
    def offered(cls, child: ChildSeen) -> bool:
        return super().offered(child) and bool(questions(child))

    def to_event(self, sealing: Sealing) -> Declared:
        chosen = self.cleaned_data
        return Declared(item=chosen["item"], answer=Answer(chosen["answer"]), **self.who)


def questions(child: ChildSeen) -> list[tuple[str, str]]:
    """What the protocol asks about the child, in the order of its gates."""
    protocol = protocol_of(child.infant)
    asked_for = (
        item
        for gate in (protocol.gates if protocol else ())
        for criterion in gate.criteria
        if isinstance(criterion, Answered) and criterion.of == "infant"
        for item in criterion.items
    )
    return [(item, wording.sentence(wording.plain_key(item))) for item in dict.fromkeys(asked_for)]
