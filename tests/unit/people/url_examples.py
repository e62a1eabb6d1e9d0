"""Which object does the permission matrix ask for, at an address that names one?

An address that is not named here is asked for something that is not there, so that everybody must get 404.
Whoever writes a page about an object adds a line: the name of the address, and a function that makes an
object at a site and gives the arguments of the address. Then the role that may must get it, the same role
at another site must not, and nobody else either.
"""

from collections.abc import Callable, Iterable
from tempfile import TemporaryDirectory
from typing import Any

from django.test import override_settings
from django.utils import timezone

from cordula.events.before_birth import Announced, Expected
from cordula.events.collection import Born
from cordula.events.event import Event
from cordula.vocabulary.identifiers import (
    AccountId,
    ChainOfIdentityId,
    DinNumber,
    InfantId,
    MotherId,
    UnitId,
)
from cordula_web.clinic.child_page import FORMS
from cordula_web.people.accounts import Account
from cordula_web.people.sites import Membership, Site
from cordula_web.records.actions import record
from cordula_web.records.models import InfantCard, UnitCard

Example = Callable[[Site], dict[str, Any]]


def _somebody(site: Site) -> dict[str, Any]:
    account = Account.objects.get_or_create(username="example", printed_name="Example")[0]
    Membership.objects.get_or_create(account=account, site=site, role_name="surgeon")
    return {"account": account.pk}


DIN, CHILD = DinNumber("A999926777777"), InfantId("example-child")


def _kit(site: Site) -> dict[str, Any]:
    """A kit that was set aside for a child."""
    if not UnitCard.objects.filter(din=DIN).exists():
        who = Account.objects.create(username="example-coordinator", printed_name="Example")
        Membership.objects.create(account=who, site=site, role_name="donor_coordinator")
        _set_aside(AccountId(who.pk), site)
    return {"din": DIN}


def _set_aside(by: AccountId, site: Site) -> None:
    mother, chain = MotherId("example-mother"), ChainOfIdentityId("CHA999926777777")
    shared: Any = {"mother": mother, "chain_of_identity": chain, "by": by, "at": timezone.now()}
    events = (
        Announced(infant=CHILD, birth_order="1 of 2", children=2, **shared),
        Expected(unit=UnitId("example-unit"), infant=CHILD, din=DIN, **shared),
    )
    _record(events, site)


def _record(events: Iterable[Event], site: Site) -> None:
    with TemporaryDirectory() as keys, override_settings(CORDULA_KEYS=keys):
        for event in events:
            key = f"example {type(event).__name__}"
            record(event, key=key, site=site.site_id, now=timezone.now())


def _announced(site: Site) -> dict[str, Any]:
    _kit(site)
    return {"infant": CHILD}


def _born(site: Site) -> dict[str, Any]:
    """A child whose course can be recorded: most forms are offered from the birth on."""
    if not InfantCard.objects.filter(infant=CHILD, born_at__isnull=False).exists():
        _kit(site)
        who = Account.objects.get(username="example-coordinator")
        Membership.objects.create(account=who, site=site, role_name="collector")
        born = Born(infant=CHILD, sex="female", by=AccountId(who.pk), at=timezone.now())
        _record([born], site)
    return {"infant": CHILD}


EXAMPLES: dict[str, Example] = {
    "people:person": _somebody,
    "clinic:unit": _kit,
    "clinic:unit_record": _kit,
    "clinic:child": _announced,
    "clinic:child_record": _announced,
    **{f"clinic:{form.page}": _born for form in FORMS},
    "clinic:allocate": _kit,
    "clinic:ship": _kit,
    "clinic:receive": _kit,
    "clinic:return": _kit,
    "clinic:thaw": _kit,
    "clinic:prepare": _kit,
    "clinic:administer": _kit,
    "clinic:stop": _kit,
    "collection:match": _kit,
    "collection:collect": _kit,
    "collection:stop": _kit,
    "collection:hand_over": _kit,
    "collection:questions": _kit,
    "collection:sibling": _announced,
    "collection:before_birth": _announced,
    "collection:kit": _announced,
    "collection:consent": _announced,
    "collection:enrol": _announced,
}

# Addresses written as a regular expression say here what fits it.
ARGUMENTS: dict[str, dict[str, Any]] = {
    "account_reset_password_from_key": {"uidb36": "u-nobody", "key": "abc-def"},
}
