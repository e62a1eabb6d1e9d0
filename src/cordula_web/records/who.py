"""Who works where, and as what? Asked once for everybody a transaction names, in its first round trip."""

from collections.abc import Iterable, Iterator
from functools import cache
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from cordula.events.event import Event
from cordula.vocabulary.identifiers import SiteId
from cordula_web.people.models import Membership, Site
from cordula_web.people.roles import UnknownRole, role_named
from cordula_web.records.round_trip import Rows, Statement

# Everybody else an event can say was there.
OTHERS = ("second_person", "witness", "acknowledged_by")


def others(event: Event) -> Iterator[str]:
    for name in OTHERS:
        if account := getattr(event, name, None):
            yield str(account)


class Staff:
    """The roles that accounts in use hold now, by account and site."""

    def __init__(self, rows: Rows) -> None:
        self._roles: dict[tuple[str, str], set[str]] = {}
        for account, site, role in rows:
            self._roles.setdefault((account, site), set()).add(role)

    def works(self, account: str, site: str) -> bool:
        return (account, site) in self._roles

    def holds(self, account: str, site: str, role: str) -> bool:
        return role in self._roles.get((account, site), ())

    def may_record(self, account: str, site: str, kind: str) -> bool:
        """By any of the roles, as `people.permissions.may_record` says it of one account."""
        return any(kind in _kinds(role) for role in self._roles.get((account, site), ()))


@cache
def _kinds(role: str) -> frozenset[str]:
    try:
        return role_named(role).may_record
    except UnknownRole:
        return frozenset()


def staff_asked(events: Iterable[Event], sites: Iterable[SiteId]) -> Statement:
    """Asks for the roles of whoever these events name, at these sites."""
    accounts = {name for event in events for name in (str(event.by), *others(event))}
    return _running(), [sorted(accounts), sorted({str(site) for site in sites})]


def zones_asked(sites: Iterable[SiteId]) -> Statement:
    return _zones(), [sorted({str(site) for site in sites})]


def zones_told(rows: Rows) -> dict[SiteId, ZoneInfo]:
    return {SiteId(name): ZoneInfo(zone) for name, zone in rows}


# What a running membership is, the room of the people says; its question is put into words once.
@cache
def _running() -> str:
    running = Membership.active.filter(account__is_active=True)
    asked = _words(running.values_list("account_id", "site_id", "role_name"))
    return f"SELECT * FROM ({asked}) AS running WHERE account_id = ANY(%s) AND site_id = ANY(%s)"  # noqa: S608


@cache
def _zones() -> str:
    asked = _words(Site.objects.values_list("id", "time_zone"))
    return f"SELECT * FROM ({asked}) AS sites WHERE id = ANY(%s)"  # noqa: S608


def _words(
    asked: QuerySet[Membership, tuple[str, str, str]] | QuerySet[Site, tuple[str, str]],
) -> str:
    text, values = asked.query.sql_with_params()
    assert not values  # noqa: S101  no value is ever put into the text
    return str(text)
