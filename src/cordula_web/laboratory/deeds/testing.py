"""Tests of the unit and of the mother: set up, read, and what follows for the donor's eligibility."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as told
from django.utils.translation import gettext_lazy as _

from cordula.events.event import Event
from cordula.events.laboratory import EligibilityDetermined, MotherTested, Tested, TestStarted
from cordula.journey.limits import span
from cordula.vocabulary.tests import laboratory_test, laboratory_tests
from cordula_web.laboratory.deeds.asked import choice, line, moment, unchosen
from cordula_web.laboratory.deeds.deed import Deed
from cordula_web.laboratory.seen import Seen
from cordula_web.laboratory.sending import Writing

# Between the key of a test and one of its results, in the value of a choice.
PART = ":"
ELIGIBILITY = {
    "complete_eligible": _("Complete, eligible"),
    "complete_ineligible": _("Complete, not eligible"),
    "incomplete": _("Incomplete"),
    "not_required": _("Not required: for the child’s own use"),
}


def _tests(of: str) -> Iterator[tuple[str, str]]:
    return ((key, one.label) for key, one in laboratory_tests().items() if one.of == of)


def _results(of: str) -> list[Any]:
    """Each test with the words it can give, so that no result is chosen for the wrong test."""
    groups = [
        (
            one.label,
            [
                (f"{key}{PART}{result}", f"{one.label}: {says}")
                for result, says in one.results.items()
            ],
        )
        for key, one in laboratory_tests().items()
        if one.of == of
    ]
    return [("", told("Choose")), *groups]


class StartTest(Deed):
    kind = TestStarted
    title = _("Start a test")
    button = _("Record the start")
    done = _("The test is running.")

    test = forms.ChoiceField(label=_("Test"), error_messages=unchosen(_("Test")))
    due = moment(
        _("Result due"),
        required=False,
        help_text=_("Leave it empty where the test has a known length."),
    )

    def prepare(self) -> None:
        field = self.fields["test"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [("", told("Choose")), *_tests("unit")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        test = cleaned.get("test")
        if test and not cleaned.get("due") and laboratory_test(test).incubation is None:
            self.add_error(
                "due", _("Nothing says how long this test takes. Enter when the result is due.")
            )
        return cleaned

    def to_events(self, writing: Writing) -> Sequence[Event]:
        test, due = self.cleaned_data["test"], self.cleaned_data["due"]
        incubation = laboratory_test(test).incubation
        if due is None and incubation is not None:
            due = self.at(writing) + span(incubation.time)
        return [TestStarted(test=test, due=due, **self.done_by(writing))]


class RecordResult(Deed):
    kind = Tested
    title = _("Record a result")
    button = _("Record the result")
    done = _("The result is recorded.")

    result = forms.ChoiceField(
        label=_("Test and result"), error_messages=unchosen(_("Test and result"))
    )
    final = forms.ChoiceField(
        label=_("Is it final?"),
        choices=[("final", _("Final")), ("interim", _("Interim: the test goes on"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it is final.")},
    )
    organism = line(_("Organism"), required=False, help_text=_("Where something grew."))

    def prepare(self) -> None:
        field = self.fields["result"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = _results("unit")

    def to_events(self, writing: Writing) -> Sequence[Event]:
        given = self.cleaned_data
        test, _part, result = given["result"].partition(PART)
        return [
            Tested(
                test=test,
                result=result,
                final=given["final"] == "final",
                organism=given["organism"] or None,
                **self.done_by(writing),
            )
        ]


class RecordMothersResult(Deed):
    kind = MotherTested
    title = _("Record a result of the mother")
    lead = _(
        "Her blood stands in for the newborn’s. It is never recorded as a result of the child."
    )
    button = _("Record the result")
    done = _("The result is recorded.")

    result = forms.ChoiceField(
        label=_("Test and result"), error_messages=unchosen(_("Test and result"))
    )
    specimen_at = moment(_("Blood drawn"))

    def prepare(self) -> None:
        field = self.fields["result"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = _results("mother")

    def to_events(self, writing: Writing) -> Sequence[Event]:
        test, _part, result = self.cleaned_data["result"].partition(PART)
        mother = self.seen.unit.mother
        assert mother is not None  # noqa: S101  asked by `why_nothing`
        return [
            MotherTested(
                units=(self.seen.unit_id,),
                mother=mother,
                test=test,
                result=result,
                specimen_at=self.cleaned_data["specimen_at"],
                by=writing.by,
                at=self.at(writing),
            )
        ]

    @classmethod
    def why_nothing(cls, seen: Seen) -> str:
        return "" if seen.unit.mother else told("No mother is known for this unit.")


class DetermineEligibility(Deed):
    kind = EligibilityDetermined
    title = _("Determine the donor’s eligibility")
    button = _("Record it")
    then = "clinic:unit"

    status = choice(_("Eligibility"), ELIGIBILITY)

    def to_events(self, writing: Writing) -> Sequence[Event]:
        return [EligibilityDetermined(status=self.cleaned_data["status"], **self.done_by(writing))]
