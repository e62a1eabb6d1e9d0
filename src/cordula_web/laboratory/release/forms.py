"""What must be filled in to sign: the last four of the unit number, for an exception its grounds, then who one is."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cordula.events.event import Event
from cordula.events.parts import Signature
from cordula.events.release import ExceptionallyReleased, Released, Signed
from cordula.labels.din import Din
from cordula.labels.errors import LabelError
from cordula.labels.scan import expect, scan
from cordula.vocabulary.identifiers import AccountId
from cordula_web.laboratory.release.standing import Act, Standing
from cordula_web.laboratory.release.statement import Statement
from cordula_web.laboratory.sending import Writing
from cordula_web.people.acting import ActingRequest, SignedInRequest
from cordula_web.people.reauthentication import SigningForm
from cordula_web.records.verdicts import verdict_digest

LAST = 4


class ReleaseForm(SigningForm):
    """A signature under the certificate. Typing the last four, or scanning the bag, arms it."""

    use_required_attribute = False
    last_four = forms.CharField(
        label=_("Last 4 characters of the unit number"),
        help_text=_("Type them, or scan the bag."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Type the last 4 characters of the unit number.")},
    )

    def __init__(self, request: ActingRequest, data: Any, standing: Standing) -> None:
        super().__init__(cast(SignedInRequest, request), data)
        self.standing = standing
        self.fields["password"].error_messages["required"] = str(_("Enter your password."))

    def clean_last_four(self) -> str:
        typed = str(self.cleaned_data["last_four"]).strip()
        din = self.standing.seen.din
        if typed.startswith(("=", "]")):
            typed = _scanned(typed)
            if typed != din:
                raise ValidationError(_("Wrong bag. Stop: this certificate is of another unit."))
        elif typed.upper() != din[-LAST:]:
            raise ValidationError(_("These are not the last 4 characters of this unit’s number."))
        return typed

    def to_event(self, said: Statement, writing: Writing) -> Event:
        signature = self._signature(said, writing)
        verdict = self.standing.verdict
        infant = self.standing.seen.unit.infant
        step = self.standing.step
        assert verdict and infant and step  # noqa: PT018, S101  otherwise the form is not drawn
        rests_on: dict[str, Any] = {
            "unit": self.standing.seen.unit_id,
            "infant": infant,
            "protocol": verdict.protocol,
            "digest": verdict.digest,
            "signature": signature,
            "by": writing.by,
            "at": writing.at,
        }
        match self.standing.act:
            case Act.RELEASE:
                return Released(verdict=verdict_digest(verdict), **rests_on)
            case Act.EXCEPT:
                return self._by_exception(rests_on, writing)
        return Signed(step=step.id, **rests_on)

    def _by_exception(self, rests_on: dict[str, Any], writing: Writing) -> Event:
        assert self.standing.verdict  # noqa: S101
        return ExceptionallyReleased(
            verdict=verdict_digest(self.standing.verdict),
            criteria=self.standing.criteria,
            reason=writing.sealing("reason", self.cleaned_data["reason"]),
            investigation=writing.sealing("investigation", self.cleaned_data["investigation"]),
            acknowledged_by=AccountId(self.cleaned_data["acknowledged_by"]),
            **rests_on,
        )

    def _signature(self, said: Statement, writing: Writing) -> Signature:
        acting = self.standing.seen.acting
        return Signature(
            role=acting.role.name,
            meaning=said.meaning,
            statement=writing.sealing("statement", said.words),
            printed_name=writing.sealing("printed_name", acting.printed_name),
        )


class ExceptionForm(ReleaseForm):
    """A release against criteria that are not met: why, what was found out, and which physician was told."""

    reason = forms.CharField(
        label=_("Why it is released although this is not met"),
        help_text=_("Facts, and no names. It stands on the certificate."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why it is released although this is not met.")},
    )
    investigation = forms.CharField(
        label=_("What was found out about it"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what was found out about it.")},
    )
    acknowledged_by = forms.ChoiceField(
        label=_("Physician who was told and agrees"),
        help_text=_("Another person than you, who answers for the child’s operation."),
        error_messages={"required": _("Name the physician who was told.")},
    )

    field_order = ("reason", "investigation", "acknowledged_by", "last_four")

    def __init__(
        self,
        request: ActingRequest,
        data: Any,
        standing: Standing,
        physicians: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(request, data, standing)
        chosen = self.fields["acknowledged_by"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101
        chosen.choices = [("", _("Choose a person")), *physicians]


def _scanned(text: str) -> str:
    try:
        return expect(scan(text), Din).number
    except LabelError as error:
        raise ValidationError(str(error)) from error
