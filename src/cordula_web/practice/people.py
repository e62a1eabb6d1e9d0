"""The practice hospital and everybody who works there. None of them exists."""

from dataclasses import dataclass

from django.db import transaction

from cordula.vocabulary.identifiers import AccountId, SiteId
from cordula_web.people.accounts import Account
from cordula_web.people.sites import Membership, Site

PASSWORD = "practice makes careful"  # noqa: S105  printed on purpose: nothing real stands behind it
SITE = SiteId("st-brigid")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the practice hospital, as the command prints them."""

    username: str
    printed_name: str
    title: str
    role: str


PEOPLE = (
    Person("lindqvist", "J. Lindqvist", "Midwife, labour ward", "collector"),
    Person("osei", "P. Osei", "Midwife, labour ward", "collector"),
    Person("sund", "Petra Sund", "Donor coordinator", "donor_coordinator"),
    Person("brandt", "T. Brandt", "Cell lab, bench 2", "technologist"),
    Person("wu", "S. Wu", "Cell lab, bench 1", "technologist"),
    Person("castellanos", "R. Castellanos", "Cell lab, review", "lab_reviewer"),
    Person("ito", "M. Ito", "Cell lab, storage", "storage_operator"),
    Person("adeyemi", "K. Adeyemi", "Quality assurance", "quality"),
    Person("holm", "Dr Lars Holm", "Medical director", "medical_director"),
    Person("pillai", "Dr Meera Pillai", "Clinical genetics", "geneticist"),
    Person("moreau", "Dr A. Moreau", "Cardiology", "cardiologist"),
    Person("hallstrom", "Mr D. Hallström", "Cardiac surgery", "surgeon"),
    Person("kaya", "N. Kaya", "Theatre nurse", "ward_nurse"),
    Person("silva", "F. Silva", "Follow-up", "follow_up_coordinator"),
    Person("novak", "E. Novak", "Statistics", "statistician"),
    Person("okafor", "Prof B. Okafor", "Safety board", "safety_board"),
    Person("berger", "V. Berger", "Audit", "auditor"),
    Person("admin", "C. Ruiz", "Site administration", "site_administrator"),
)


@dataclass(frozen=True, slots=True)
class Staff:
    """The practice people by user name, as the ledger knows them."""

    ids: dict[str, AccountId]

    def __getitem__(self, username: str) -> AccountId:
        return self.ids[username]


@transaction.atomic
def employ() -> Staff:
    """Make the practice hospital and its people, once."""
    site, _ = Site.objects.get_or_create(
        id=str(SITE),
        defaults={
            "name": "St Brigid’s (practice)",
            "time_zone": "Europe/Dublin",
            "phone": "Ext. 4410",
            "practice": True,
        },
    )
    return Staff({person.username: _account(person, site).account_id for person in PEOPLE})


def _account(person: Person, site: Site) -> Account:
    account = Account.objects.filter(username=person.username).first()
    if account is None:
        account = Account.objects.create_account(
            person.username, PASSWORD, printed_name=person.printed_name, title=person.title
        )
        Membership.objects.create(account=account, site=site, role_name=person.role)
    return account
