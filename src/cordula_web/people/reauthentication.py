"""Is whoever signs the person who is signed in? Asked in the form of the signature itself.

The first signature of a session takes password and second factor, every later one at least the password
(21 CFR 11.200(a)(1)). The answers are checked within the same request: a signature is never parked in the
session while somebody goes to prove who they are.

    class ReleaseForm(SigningForm):
        reason = forms.CharField()

    form = ReleaseForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid(): ...           # the components were right
"""

import json
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.base.forms import ReauthenticateForm
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cordula_web.people.acting import SignedInRequest
from cordula_web.people.second_factor import has_second_factor, needs_second_factor

SIGNED_BEFORE = "signed_before"


class SigningForm(forms.Form):
    """The components of a signature. A page adds its own fields; these come last."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = forms.CharField(
        label=_("Code of your authenticator app"),
        help_text=_("Asked at the first signature after signing in. A recovery code will do."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    credential = forms.JSONField(required=False, widget=forms.HiddenInput)

    def __init__(self, request: SignedInRequest, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.request = request
        self.asks_for_second_factor = asks_for_second_factor(request)
        for component in ("password", "code", "credential"):
            self.fields[component] = self.fields.pop(component)
        if not self.asks_for_second_factor:
            del self.fields["code"], self.fields["credential"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            self._check(cleaned)
        return cleaned

    def _check(self, cleaned: dict[str, Any]) -> None:
        account = self.request.user
        if not get_adapter(self.request).reauthenticate(account, cleaned["password"]):
            self.add_error("password", _("This is not your password."))
        elif self.asks_for_second_factor:
            self._check_second_factor(cleaned)
        if not self.errors:
            self.request.session[SIGNED_BEFORE] = True

    def _check_second_factor(self, cleaned: dict[str, Any]) -> None:
        account = self.request.user
        if not has_second_factor(account):
            self.add_error(None, _("You cannot sign before you have set up a second factor."))
        elif cleaned.get("credential"):
            given = {"credential": json.dumps(cleaned["credential"])}
            self._take(ReauthenticateWebAuthnForm(user=account, data=given))
        else:
            self._take(ReauthenticateForm(user=account, data={"code": cleaned.get("code", "")}))

    def _take(self, factor: Any) -> None:
        if factor.is_valid():
            factor.save()
        else:
            self.add_error("code", ValidationError(next(iter(factor.errors.values())).data))

    @property
    def passkey_options(self) -> dict[str, Any] | None:
        """What the browser needs to ask for a passkey; None where none is asked for or set up."""
        if not self.asks_for_second_factor or not has_second_factor(self.request.user):
            return None
        options: dict[str, Any] = begin_authentication(self.request.user)
        return {"request_options": options}


def asks_for_second_factor(request: SignedInRequest) -> bool:
    """At the first signature of a session; never where practice goes without."""
    if request.session.get(SIGNED_BEFORE):
        return False
    return has_second_factor(request.user) or needs_second_factor(request.user)
