"""Who is acting in this request: which account, in which role, at which site?"""

from dataclasses import dataclass

from django.http import HttpRequest

from cordula.vocabulary.identifiers import AccountId
from cordula_web.people.accounts import Account
from cordula_web.people.areas import Area
from cordula_web.people.roles import NavItem, Role
from cordula_web.people.sites import Membership, Site

CHOSEN = "acting_membership"


@dataclass(frozen=True, slots=True)
class Acting:
    """The account, in one role at one site. What it may do, it may do here."""

    account_id: AccountId
    printed_name: str
    title: str
    role: type[Role]
    site: Site

    def may_see(self, area: Area) -> bool:
        return area in self.role.may_see

    def may_record(self, kind: str) -> bool:
        return kind in self.role.may_record

    @property
    def nav(self) -> tuple[NavItem, ...]:
        return self.role.nav


class ActingRequest(HttpRequest):
    """A request that an area's view gets: somebody is signed in and has a role."""

    user: Account
    acting: Acting


class SignedInRequest(HttpRequest):
    """A request of somebody signed in who may have no role, or has not chosen one."""

    user: Account
    acting: Acting | None


def acting_of(request: HttpRequest) -> Acting | None:
    """The only running membership of the account, or the one chosen for this session."""
    account = request.user
    if not isinstance(account, Account) or not account.is_active:
        return None
    memberships = running_memberships(account)
    chosen = request.session.get(CHOSEN)
    if len(memberships) > 1:
        memberships = [m for m in memberships if m.pk == chosen]
    return acting_as(memberships[0]) if memberships else None


def acting_as(membership: Membership) -> Acting:
    account = membership.account
    return Acting(
        account_id=account.account_id,
        printed_name=account.printed_name,
        title=account.title,
        role=membership.role,
        site=membership.site,
    )


def running_memberships(account: Account) -> list[Membership]:
    return list(
        Membership.active.filter(account=account)
        .select_related("site", "account")
        .order_by("site__name", "role_name")
    )
