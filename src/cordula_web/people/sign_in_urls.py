"""Which of allauth's pages are there? Only these: sign-in, sign-out, passwords, second factors. None creates an account."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path, re_path

from cordula_web.people.permissions import public, signed_in
from cordula_web.people.views import no_password, remove_passkey

_anybody = public(methods=("GET", "POST"))
_somebody = signed_in(methods=("GET", "POST"))

# The names are allauth's own: it looks its pages up by them.
urlpatterns = [
    path("sign-in", _anybody(account.login), name="account_login"),
    path("sign-out", _anybody(account.logout), name="account_logout"),
    path("inactive", public()(account.account_inactive), name="account_inactive"),
    path("confirm", _somebody(account.reauthenticate), name="account_reauthenticate"),
    path("password", _somebody(account.password_change), name="account_change_password"),
    path("password/none", no_password, name="account_set_password"),
    re_path(
        r"^first-password/(?P<uidb36>[0-9A-Za-z-]+)-(?P<key>[^-/]+-[^-/]+)$",
        _anybody(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "first-password/done",
        public()(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("second-factor", _somebody(mfa.index), name="mfa_index"),
    path("second-factor/check", _anybody(mfa.authenticate), name="mfa_authenticate"),
    path("second-factor/confirm", _somebody(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("second-factor/app", _somebody(totp.activate_totp), name="mfa_activate_totp"),
    path("second-factor/app/off", _somebody(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "second-factor/codes",
        _somebody(recovery_codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "second-factor/codes/new",
        _somebody(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "second-factor/codes/file",
        _somebody(recovery_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("passkeys", _somebody(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path("passkeys/new", _somebody(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path(
        "passkeys/confirm",
        _somebody(webauthn.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("passkeys/<int:pk>/remove", _somebody(remove_passkey), name="mfa_remove_webauthn"),
    path("passkeys/<int:pk>/name", _somebody(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
    path("passkeys/sign-in", _anybody(webauthn.login_webauthn), name="mfa_login_webauthn"),
]
