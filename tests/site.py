"""A hospital for the tests of pages: the cast with their roles, their names, and what they recorded.

`record_life` records any part of the cast's life through the one door, each event at its own time, with words and
verdicts as the pages would give them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any

from django.contrib.auth.hashers import make_password
from django.test import Client

from cordula.events.event import Event
from cordula.events.parts import Signature
from cordula.events.sealed import Sealed, Sealing
from cordula.vocabulary.identifiers import (
    AccountId,
    ChainOfIdentityId,
    DinNumber,
    InfantId,
    MotherId,
    SiteId,
    UnitId,
)
from cordula_web.people import identities
from cordula_web.people.accounts import Account
from cordula_web.people.acting import CHOSEN
from cordula_web.people.identities import Identity
from cordula_web.people.second_factor import SEEN
from cordula_web.people.sites import Membership, Site
from cordula_web.records import queries
from cordula_web.records.actions import record
from cordula_web.records.models import Entry
from cordula_web.records.refusals import NotHere
from cordula_web.records.verdicts import verdict_digest
from tests import cast

HERE, ELSEWHERE = SiteId("st-anna"), SiteId("st-luke")
COORDINATOR, GENETICIST = AccountId("coordinator"), AccountId("geneticist")
CARDIOLOGIST, AUDITOR = AccountId("cardiologist"), AccountId("auditor")

# Whoever the cast has do something holds a role that may; the first is the one a browser acts in.
ROLES: dict[AccountId, tuple[str, ...]] = {
    cast.MIDWIFE: ("collector", "donor_coordinator", "cardiologist"),
    cast.SECOND_MIDWIFE: ("collector",),
    cast.TECHNOLOGIST: ("technologist", "storage_operator"),
    cast.SECOND_TECHNOLOGIST: ("technologist",),
    cast.QUALITY: ("quality", "technologist", "donor_coordinator"),
    cast.DIRECTOR: ("medical_director", "donor_coordinator"),
    cast.SURGEON: ("surgeon", "geneticist"),
    cast.NURSE: ("ward_nurse",),
    COORDINATOR: ("donor_coordinator",),
    GENETICIST: ("geneticist",),
    CARDIOLOGIST: ("cardiologist",),
    AUDITOR: ("auditor",),
}
NAMES = {
    cast.MIDWIFE: "J. Lindqvist",
    cast.SECOND_MIDWIFE: "P. Osei",
    cast.TECHNOLOGIST: "T. Brandt",
    cast.SECOND_TECHNOLOGIST: "S. Wu",
    cast.QUALITY: "K. Adeyemi",
    cast.DIRECTOR: "Dr Lars Holm",
    cast.SURGEON: "Mr D. Hallström",
    cast.NURSE: "A. Byrne",
    COORDINATOR: "Petra Sund",
    GENETICIST: "Dr Meera Pillai",
    CARDIOLOGIST: "Dr Ines Faro",
    AUDITOR: "R. Vance",
}
LINA = Identity(
    family_name="Haddad",
    given_name="Lina",
    title="Miss",
    born=date(2026, 6, 4),
    sex="female",
    hospital_number="4471 0926",
    allergies="None known",
    mother_family_name="Haddad",
    mother_given_name="Rana",
)
PASSWORD = "a password of the tests"


def people_the_site(password: str | None = None) -> None:
    """Two sites, and the whole cast at the first of them."""
    for site, name in ((HERE, "St Anna"), (ELSEWHERE, "St Luke")):
        Site.objects.create(id=site, name=name, time_zone="Europe/Dublin", phone="Ext. 4410")
    hashed = make_password(password)
    for account, roles in ROLES.items():
        who = Account.objects.create(
            id=account, username=account, printed_name=NAMES[account], password=hashed
        )
        for role in roles:
            Membership.objects.create(account=who, site_id=HERE, role_name=role)
    identities.save(cast.LINA, LINA, HERE)


def record_life(events: Iterable[Event], site: SiteId = HERE) -> None:
    """Record these events in order, each when it happened. What was recorded before is not recorded again."""
    for event in (cast.tank_opened(), *events):
        key = sha256(repr(event).encode()).hexdigest()
        if not Entry.objects.filter(key=key).exists():
            _record(event, key, site)


def _record(event: Event, key: str, site: SiteId) -> None:
    sealing = Sealing()
    event = _as_shown(_sealed_anew(event, sealing), site)
    record(event, key=key, site=site, sealing=sealing, now=event.at)


def _sealed_anew(event: Any, sealing: Sealing) -> Any:
    """The cast seals no real words; here each is sealed with words that can be looked for."""
    changes: dict[str, Any] = {}
    for field in fields(event):
        value = getattr(event, field.name)
        if isinstance(value, Signature):
            name = NAMES.get(event.by, str(event.by))
            changes[field.name] = replace(
                value,
                statement=sealing("statement", "I release."),
                printed_name=sealing("printed_name", name),
            )
        elif isinstance(value, Sealed):
            changes[field.name] = sealing(field.name, f"The words of “{field.name}”.")
    return replace(event, **changes)


def _as_shown(event: Any, site: SiteId) -> Any:
    """An act that rests on a verdict names the one that stood at that moment."""
    if not hasattr(event, "verdict"):
        return event
    try:
        verdict = queries.verdict(event.unit, site=site, now=event.at)
    except NotHere:
        return event
    return replace(event, verdict=verdict_digest(verdict)) if verdict else event


def browser(account: AccountId, role: str | None = None) -> Client:
    """A browser in which this person is signed in and acts in the role, or in the first they hold."""
    client = Client()
    client.force_login(Account.objects.get(pk=account))
    session = client.session
    session[SEEN] = True
    held = Membership.active.get(account_id=account, role_name=role or ROLES[account][0])
    session[CHOSEN] = held.pk
    session.save()
    return client


def of_another(events: Iterable[Event], number: int) -> list[Event]:
    """The same life for another child, with a unit, a mother and positions of her own."""
    din = DinNumber(f"A9999261{number:05d}")
    names = {
        cast.LINA: InfantId(f"child-{number}"),
        cast.UNIT: UnitId(f"unit-{number}"),
        cast.MOTHER: MotherId(f"mother-{number}"),
        cast.DIN: din,
        cast.CHAIN: ChainOfIdentityId(f"CHA9999261{number:05d}"),
        "C4": f"C4-{number}",
        "C5": f"C5-{number}",
    }
    return [_renamed(event, names) for event in events]


def _renamed(value: Any, names: Mapping[Any, Any]) -> Any:
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, tuple):
        return tuple(_renamed(item, names) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        changes = {f.name: _renamed(getattr(value, f.name), names) for f in fields(value) if f.init}
        return replace(value, **changes)
    return value
