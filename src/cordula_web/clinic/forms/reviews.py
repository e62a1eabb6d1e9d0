"""Is a review asked for, and what does the specialist sign? Nobody else sees a word of it before that."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordula.events.course import Reviewed, ReviewRequested
from cordula.events.parts import Signature
from cordula.events.sealed import Sealing
from cordula.vocabulary.choices import review_conclusions, reviews
from cordula_web.clinic.choices import asked
from cordula_web.clinic.forms.course import CourseForm
from cordula_web.people.reauthentication import SigningForm

MEANING = "review"


class AskForReviewForm(CourseForm):
    title = gettext_lazy("Ask for a review")
    button = gettext_lazy("Ask for the review")
    records, page = "ReviewRequested", "ask_review"
    for_the_living, after_birth = True, False

    review = forms.ChoiceField(label=gettext_lazy("Review"), choices=asked(reviews()))

    def to_event(self, sealing: Sealing) -> ReviewRequested:
        units = self.child.infant.units
        return ReviewRequested(review=self.cleaned_data["review"], units=units, **self.who)


class ReviewForm(SigningForm, CourseForm):
    """Signed with password and second factor, like every signature."""

    title = gettext_lazy("Sign the genetic review")
    button = gettext_lazy("Sign the review")
    records, page = "Reviewed", "review"
    for_the_living, after_birth = True, False

    report = forms.CharField(
        label=gettext_lazy("Report"),
        help_text=gettext_lazy(
            "What the team may read after you sign. The words are sealed: the ledger keeps their digest."
        ),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    conclusion = forms.ChoiceField(
        label=gettext_lazy("Conclusion"),
        help_text=gettext_lazy("Chosen last."),
        choices=asked(review_conclusions()),
    )

    @property
    def statement(self) -> str:
        """The sentence that is signed, as it stands beside the signature."""
        return _(
            "I have reviewed the genetic findings of {child}. What I wrote is my report."
        ).format(child=self.child.printed)

    def to_event(self, sealing: Sealing) -> Reviewed:
        chosen, acting = self.cleaned_data, self.child.acting
        signature = Signature(
            role=acting.role.name,
            meaning=MEANING,
            statement=sealing("statement", self.statement),
            printed_name=sealing("printed_name", acting.printed_name),
        )
        return Reviewed(
            units=self.child.infant.units,
            review="genetics",
            conclusion=chosen["conclusion"],
            report=sealing("report", chosen["report"]),
            signature=signature,
            **self.who,
        )
