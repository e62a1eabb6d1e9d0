"""How does somebody new get a password? By a link that works once, handed over by the site administrator."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

from cordula_web.people.accounts import Account


def first_password_path(account: Account) -> str:
    """The path of the page on which this person chooses a password. It works until a password is chosen,
    and not longer than PASSWORD_RESET_TIMEOUT."""
    arguments = {
        "uidb36": user_pk_to_url_str(account),
        "key": default_token_generator.make_token(account),
    }
    return reverse("account_reset_password_from_key", kwargs=arguments)
