"""A password and an authenticator app, as the tests hold them in their hands."""

import time

from allauth.mfa.totp.internal import auth as totp

from cordula_web.people.accounts import Account

PASSWORD = "a long enough phrase 41"


def give_app(account: Account) -> str:
    """Sets up an authenticator app, and gives its secret."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(account, secret)
    return secret


def code_of(secret: str) -> str:
    """What the app shows now."""
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))
