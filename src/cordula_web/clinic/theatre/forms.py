"""Which forms are filled in at the theatre door and in theatre, and which events do they become?"""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordula import display
from cordula.events.sealed import Sealing
from cordula.events.theatre import AdministrationStopped, Prepared, Thawed
from cordula.journey.verdict import Dose
from cordula.vocabulary.choices import giving_stop_reasons
from cordula.vocabulary.identifiers import AccountId, ProductKey
from cordula.vocabulary.quantity import Quantity
from cordula_web.clinic.looked_up import UnitSeen
from cordula_web.clinic.theatre.at_work import both
from cordula_web.clinic.theatre.words import ROUTES_SITES
from cordula_web.frame.clock_time import next_time_it_is
from cordula_web.records.fields import AmountField, ClockField, above_zero, moment
from cordula_web.records.sending import RecordingForm

VERDICT = r"^[0-9a-f]{64}$"


class ThawForm(RecordingForm):
    """When the thaw began and ended, and the verdict that was shown."""

    verdict = forms.RegexField(VERDICT, widget=forms.HiddenInput)
    started = ClockField(label=gettext_lazy("The thaw began"))
    ended = ClockField(label=gettext_lazy("The thaw ended"))

    def __init__(self, data: Any = None, *, now: datetime, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.now = now

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "started" in cleaned and "ended" in cleaned:
            began, ended = moment(self, "started", self.now), moment(self, "ended", self.now)
            if ended.astimezone(UTC) < began.astimezone(UTC):
                told = _("The thaw ended {end}, before it began {start}. Change one of them.")
                words = {"start": _clock(began), "end": _clock(ended)}
                self.add_error("ended", told.format(**words))
        return cleaned

    def to_event(
        self, seen: UnitSeen, products: tuple[ProductKey, ...], by: AccountId, second: AccountId
    ) -> Thawed:
        return Thawed(
            **both(seen),
            products=products,
            started_at=moment(self, "started", self.now),
            verdict=self.cleaned_data["verdict"],
            second_person=second,
            by=by,
            at=moment(self, "ended", self.now),
        )


class PrepareForm(RecordingForm):
    """The volume in the syringe, and until when it stands where the protocol does not say."""

    volume = AmountField("mL", label=gettext_lazy("Volume drawn up"))
    expires = ClockField(
        label=gettext_lazy("Use by"),
        help_text=gettext_lazy("The protocol sets no time. Enter the time your procedure gives."),
    )
    sure = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        dose: Dose | None,
        holds: Quantity | None,
        window: datetime | None,
        now: datetime,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.dose, self.holds, self.window, self.now = dose, holds, window, now
        if window is not None:
            del self.fields["expires"]

    def clean_volume(self) -> Quantity | None:
        volume = above_zero(self.cleaned_data["volume"])
        if volume is not None and self.holds is not None and volume > self.holds:
            told = _("{volume} is more than the {holds} that was thawed.")
            words = {"volume": display.dose(volume), "holds": display.dose(self.holds)}
            raise ValidationError(told.format(**words))
        return volume

    @property
    def expires_at(self) -> datetime:
        return self.window or next_time_it_is(self.cleaned_data["expires"], self.now)

    @property
    def is_unusual(self) -> bool:
        """Less than the dose, or at least twice it: a slip of the decimal point is the usual cause. Our own choice."""
        planned = self.dose.volume if self.dose else None
        volume = self.cleaned_data.get("volume")
        if planned is None or volume is None or self.cleaned_data["sure"] == str(volume.value):
            return False
        return bool(volume < planned or volume >= planned * 2)

    def to_event(self, seen: UnitSeen, by: AccountId, second: AccountId) -> Prepared:
        return Prepared(
            **both(seen),
            volume=self.cleaned_data["volume"],
            expires_at=self.expires_at,
            second_person=second,
            by=by,
            at=self.now,
        )


class InjectionForm(forms.Form):
    """One injection, as it is spoken: where, and how much."""

    use_required_attribute = False

    site = forms.ChoiceField(label=gettext_lazy("Where"))
    volume = AmountField("mL", label=gettext_lazy("How much"))

    def __init__(self, data: Any = None, *, route: str, left: Quantity, **kwargs: Any) -> None:
        super().__init__(data, prefix="injection", **kwargs)
        self.left = left
        self.fields["site"].choices = ROUTES_SITES[route].items()  # type: ignore[attr-defined]

    def clean_volume(self) -> Quantity | None:
        volume = above_zero(self.cleaned_data["volume"])
        if volume is not None and volume > self.left:
            told = _("{volume} is more than the {left} left in the syringe.")
            words = {"volume": display.dose(volume), "left": display.dose(self.left)}
            raise ValidationError(told.format(**words))
        return volume


class GivenForm(RecordingForm):
    """What closes the giving: whether a reaction was seen, and the verdict that was shown."""

    verdict = forms.RegexField(VERDICT, widget=forms.HiddenInput)
    reaction = forms.ChoiceField(
        label=gettext_lazy("Was a reaction seen?"),
        choices=(("no", gettext_lazy("No")), ("yes", gettext_lazy("Yes"))),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say whether a reaction was seen.")},
    )


class StopForm(RecordingForm):
    """Why it is not given, or not gone on with, and how much had been given."""

    given = AmountField(
        "mL",
        label=gettext_lazy("Given before it was stopped"),
        required=False,
        help_text=gettext_lazy("Leave it empty if nothing was given."),
    )
    note = forms.CharField(
        label=gettext_lazy("What happened, in facts, without names"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Why?"),
        choices=list(giving_stop_reasons().items()),
        error_messages={"required": gettext_lazy("Press the reason.")},
    )

    def clean_given(self) -> Quantity | None:
        given = self.cleaned_data["given"]
        return above_zero(given) if given is not None and given.value != 0 else None

    def to_event(
        self, seen: UnitSeen, by: AccountId, at: datetime, sealing: Sealing
    ) -> AdministrationStopped:
        note = self.cleaned_data["note"].strip()
        return AdministrationStopped(
            **both(seen),
            reason=self.cleaned_data["reason"],
            given=self.cleaned_data["given"],
            note=sealing("note", note) if note else None,
            by=by,
            at=at,
        )


def _clock(at: datetime) -> str:
    assert at.tzinfo is not None  # noqa: S101  read in the zone of the site
    return display.clin_time(at, at.tzinfo)
