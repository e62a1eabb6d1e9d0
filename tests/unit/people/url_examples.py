"""Which object does the permission matrix ask for, at an address that names one?

An address that is not named here is asked for something that is not there, so that everybody must get 404.
Whoever writes a page about an object adds a line: the name of the address, and a function that makes an
object at a site and gives the arguments of the address. Then the role that may must get it, the same role
at another site must not, and nobody else either.
"""

from collections.abc import Callable
from typing import Any

from cordula_web.people.accounts import Account
from cordula_web.people.sites import Membership, Site

Example = Callable[[Site], dict[str, Any]]


def _somebody(site: Site) -> dict[str, Any]:
    account = Account.objects.get_or_create(username="example", printed_name="Example")[0]
    Membership.objects.get_or_create(account=account, site=site, role_name="surgeon")
    return {"account": account.pk}


EXAMPLES: dict[str, Example] = {"people:person": _somebody}

# Addresses written as a regular expression say here what fits it.
ARGUMENTS: dict[str, dict[str, Any]] = {
    "account_reset_password_from_key": {"uidb36": "u-nobody", "key": "abc-def"},
}
