"""How does allauth behave here? No sign-up, no mail, and secrets encrypted before they reach the database."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from cordula_web.people import second_factor
from cordula_web.people.accounts import Account
from cordula_web.people.site_key import site_key


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nothing is sent: a site may have no mail, and a message about an account names a person."""

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Pages say what happened themselves; allauth's messages would name the user."""


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
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
