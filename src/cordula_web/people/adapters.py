"""How does allauth behave here? No sign-up, no mail, and secrets encrypted before they reach the database."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cordula_web.people import second_factor
from cordula_web.people.accounts import Account
from cordula_web.people.site_key import site_key

_NOT_TOGETHER = _("This name and this password do not belong together. Check both.")
_TOO_MANY = _("Too many attempts. Wait 15 minutes, or ask your site administrator.")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    # The same words whether or not the name is known, so that nobody learns which names there are.
    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _NOT_TOGETHER,
        "username_password_mismatch": _NOT_TOGETHER,
        "incorrect_password": _("This is not your password."),
        "too_many_login_attempts": _TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nothing is sent: a site may have no mail, and a message about an account names a person."""

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Pages say what happened themselves; allauth's messages would name the user."""


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages: ClassVar[dict[str, Any]] = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("Your last second factor stays. Add another one first."),
        "incorrect_code": _("This code is not right, or was used before. Wait for the next one."),
    }

    def encrypt(self, text: str) -> str:
        return site_key().seal_text(text, about="second factor")

    def decrypt(self, encrypted_text: str) -> str:
        return site_key().open_text(encrypted_text, about="second factor")

    def get_totp_label(self, user: Account) -> str:
        return user.username

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """The last second factor stays where one is needed."""
        account = authenticator.user
        others = [a for a in _factors(account) if a.pk != authenticator.pk]
        return bool(others) or not second_factor.needs_second_factor(account)


def _factors(account: Account) -> list[Any]:
    from allauth.mfa.models import Authenticator

    return list(Authenticator.objects.filter(user=account, type__in=second_factor.FACTORS))
