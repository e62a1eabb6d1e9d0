"""Who can sign in? An account is never deleted and its id never used again; it is deactivated, and its name can be erased."""

from secrets import token_bytes
from typing import Any, ClassVar

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from cordula.vocabulary.identifiers import AccountId


def new_account_id() -> str:
    """`u-` and 26 random characters: the name by which the ledger knows whoever signs."""
    return "u-" + AccountId.new(token_bytes(16))


class AccountsManager(BaseUserManager["Account"]):
    def create_account(
        self, username: str, password: str | None = None, **fields: Any
    ) -> "Account":
        account = self.model(username=self.model.normalize_username(username), **fields)
        account.set_password(password)
        account.save()
        return account


class NeverDeleted(models.QuerySet["Account"]):
    def delete(self) -> Any:
        raise ValidationError(_KEPT)


_KEPT = (
    "An account is never deleted: entries of the ledger name it for ever. Deactivate it, and erase"
    " its name if the person asks for that."
)


class Account(AbstractBaseUser):
    """One person, or one device. What stands here is all that is known of them."""

    id = models.CharField(primary_key=True, max_length=40, default=new_account_id, editable=False)
    username = models.CharField(_("user name"), max_length=150, unique=True)
    email = models.EmailField(_("e-mail"), blank=True)
    printed_name = models.CharField(_("name as printed"), max_length=120)
    title = models.CharField(_("title and department"), max_length=120, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = AccountsManager.from_queryset(NeverDeleted)()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["printed_name"]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("username"), name="one_account_per_user_name"),
            models.UniqueConstraint(
                Lower("email"),
                condition=~models.Q(email=""),
                name="one_account_per_email",
            ),
        ]

    def __str__(self) -> str:
        # Shown in logs and errors by Django itself, therefore never the name.
        return self.id

    @property
    def account_id(self) -> AccountId:
        return AccountId(self.id)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise ValidationError(_KEPT)


def forget_name(account_id: str) -> None:
    """The account can no longer sign in, and nothing about the person stands in it. Its id stays."""
    from allauth.account.models import EmailAddress
    from allauth.mfa.models import Authenticator

    _end_sessions(account_id)
    EmailAddress.objects.filter(user_id=account_id).delete()
    Authenticator.objects.filter(user_id=account_id).delete()
    Account.objects.filter(pk=account_id).update(
        username=account_id,
        email="",
        printed_name="",
        title="",
        is_active=False,
        password=make_password(None),
    )


def _end_sessions(account_id: str) -> None:
    """A session says under which name somebody signed in."""
    for session in Session.objects.iterator():
        if session.get_decoded().get(SESSION_KEY) == account_id:
            session.delete()
