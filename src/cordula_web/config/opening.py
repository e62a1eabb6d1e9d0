"""The first day of a record of one's own: one site, and one administrator who gives the others their roles."""

from django.core.exceptions import ValidationError
from django.db import transaction

from cordula.cli.failures import BadInput
from cordula_web.people.first_password import first_password_path
from cordula_web.people.memberships import grant
from cordula_web.people.models import Account, Site
from cordula_web.people.roles import SiteAdministrator


@transaction.atomic
def open_site(
    *, site_id: str, name: str, time_zone: str, phone: str, username: str, person: str
) -> str:
    """Make the site and its first administrator; answers the path where the password is chosen."""
    if Site.objects.filter(id=site_id).exists():
        raise BadInput(
            f"There is a site “{site_id}” already. Its administrator gives further roles."
        )
    site = Site(id=site_id, name=name, time_zone=time_zone, phone=phone)
    account = Account(username=username, printed_name=person, title="Site administration")
    account.set_unusable_password()
    try:
        site.full_clean()
        account.full_clean(exclude=["password"])
    except ValidationError as wrong:
        raise BadInput(" ".join(wrong.messages)) from wrong
    site.save()
    account.save()
    grant(account, site, SiteAdministrator, by=None)
    return first_password_path(account)
