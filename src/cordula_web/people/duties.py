"""Who is meant when a protocol says who must act? The names it uses, and the roles and people behind them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cordula_web.people.accounts import Account
from cordula_web.people.areas import Words
from cordula_web.people.roles import ROLES, Role
from cordula_web.people.sites import Membership, Site

# A protocol may name a part of the house where we have a role.
ALSO_CALLED: dict[str, str] = {
    "midwife": "collector",
    "cell_lab": "technologist",
    "laboratory": "technologist",
    "virology": "technologist",
    "nurse": "ward_nurse",
    "theatre_nurse": "ward_nurse",
    "quality_assurance": "quality",
    "genetics": "geneticist",
}


def role_meant(who: str) -> type[Role] | None:
    return ROLES.get(ALSO_CALLED.get(who, who))


def names_of(role: type[Role]) -> frozenset[str]:
    """Every name by which a protocol may mean this role."""
    return frozenset({role.name}) | {also for also, own in ALSO_CALLED.items() if own == role.name}


def names_known() -> frozenset[str]:
    return frozenset(ROLES) | frozenset(ALSO_CALLED)


def role_words(who: str) -> Words:
    """The role as people say it; a name that no role answers to, as near to words as it comes."""
    role = role_meant(who)
    return role.label if role else who.replace("_", " ")


@dataclass(frozen=True, slots=True)
class People:
    """Printed names, by account and by role, at one site."""

    printed: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    holders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def name(self, account: str) -> str:
        return self.printed.get(account) or account

    def title(self, account: str) -> str:
        return self.titles.get(account, "")

    def holding(self, who: str) -> tuple[str, ...]:
        """The names of those who hold the role that is meant."""
        role = role_meant(who)
        return self.holders.get(role.name, ()) if role else ()


def people_at(site: Site, accounts: Iterable[str] = ()) -> People:
    """Everybody who holds a role at the site, and whoever else is named."""
    running = Membership.active.filter(site=site, account__is_active=True).select_related("account")
    holders: dict[str, list[str]] = {}
    known: dict[str, Account] = {}
    for held in running.order_by("account__printed_name"):
        holders.setdefault(held.role_name, []).append(held.account.printed_name)
        known[held.account.pk] = held.account
    known |= Account.objects.in_bulk([name for name in map(str, accounts) if name not in known])
    return People(
        {key: account.printed_name for key, account in known.items()},
        {key: account.title for key, account in known.items()},
        {role: tuple(names) for role, names in holders.items()},
    )
