"""Who gives roles, and takes them? Nobody to themselves; clinical work and the care of accounts are kept apart."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cordula_web.people.accounts import Account
from cordula_web.people.roles import Role, SiteAdministrator
from cordula_web.people.sites import Membership, Site


class NotGranted(ValueError):
    """A role cannot be given or taken so; the message says why, for the person at the page."""


@transaction.atomic
def grant(account: Account, site: Site, role: type[Role], by: Account | None) -> Membership:
    """Gives a role. `by` is None only where nobody could: at a practice site, or for the first administrator."""
    # Locked, so that two administrators at once cannot give two roles that exclude each other.
    Account.objects.select_for_update().get(pk=account.pk)
    _check_giver(account, site, role, by)
    running = list(Membership.active.filter(account=account, site=site))
    for membership in running:
        if membership.role is role:
            return membership
        _check_together(role, membership.role)
    return Membership.objects.create(account=account, site=site, role_name=role.name, granted_by=by)


@transaction.atomic
def end(membership: Membership, by: Account, at: datetime) -> None:
    """Takes a role away at once: the next request of that account no longer has it."""
    _check_administrator(membership.site, by)
    if membership.account_id == by.pk:
        raise NotGranted(_("Nobody takes a role from themselves. Ask another site administrator."))
    Membership.active.filter(pk=membership.pk).update(ended_at=at, ended_by=by)


@transaction.atomic
def switch_off(account: Account, site: Site, by: Account) -> None:
    """The account can no longer sign in anywhere. Only for somebody who has had a role at this site."""
    _check_administrator(site, by)
    if account.pk == by.pk:
        raise NotGranted(_("Nobody switches off their own account."))
    if not Membership.objects.filter(account=account, site=site).exists():
        raise NotGranted(_("This person has had no role at your site."))
    Account.objects.filter(pk=account.pk).update(is_active=False)


def _check_giver(account: Account, site: Site, role: type[Role], by: Account | None) -> None:
    if by is None:
        if not site.practice and (role is not SiteAdministrator or _has_administrator(site)):
            raise NotGranted(_("A role is given by a site administrator of this site."))
        return
    if by.pk == account.pk:
        raise NotGranted(_("Nobody gives a role to themselves. Ask another site administrator."))
    _check_administrator(site, by)


def _check_administrator(site: Site, by: Account) -> None:
    if not Membership.active.filter(
        account=by, account__is_active=True, site=site, role_name=SiteAdministrator.name
    ).exists():
        raise NotGranted(_("Only a site administrator of this site can do this."))


def _has_administrator(site: Site) -> bool:
    return Membership.active.filter(
        site=site, role_name=SiteAdministrator.name, account__is_active=True
    ).exists()


def _check_together(role: type[Role], held: type[Role]) -> None:
    alone = next((each for each in (role, held) if each.alone), None)
    if alone:
        raise NotGranted(
            _("{role} is never held together with another role at the same site.").format(
                role=alone.label
            )
        )
