"""Must this account have a second factor, and has it one?

Always, except at sites for practice where the installation says that it is off; then pages say so too.
"""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings

from cordula_web.people.accounts import Account
from cordula_web.people.acting import SignedInRequest
from cordula_web.people.sites import Membership, Site

SEEN = "second_factor_seen"
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def has_second_factor(account: Account) -> bool:
    return bool(is_mfa_enabled(account, FACTORS))


def practice_without_second_factor(site: Site) -> bool:
    return bool(settings.PRACTICE_WITHOUT_SECOND_FACTOR) and site.practice


def needs_second_factor(account: Account) -> bool:
    """False only where the setting allows it and every role the account holds is for practice."""
    if not settings.PRACTICE_WITHOUT_SECOND_FACTOR:
        return True
    sites = Membership.active.filter(account=account).values_list("site__practice", flat=True)
    return not sites or not all(sites)


def must_set_up_second_factor(request: SignedInRequest) -> bool:
    """Whether the reader has to go and set one up first. Once it is there, the session remembers."""
    if request.session.get(SEEN):
        return False
    if has_second_factor(request.user):
        request.session[SEEN] = True
        return False
    return needs_second_factor(request.user)
