"""What may each role see and record? One class for each role; whatever is not named is refused.

Who measured does not review, and who measured or reviewed does not release: the sets below keep the
three apart, and `SEPARATE_DUTIES` is what the tests hold them to.
"""

from typing import ClassVar, NamedTuple

from django.utils.translation import gettext_lazy as _

from cordula_web.people.areas import EVERYTHING, Area, Words

Kinds = frozenset[str]


class NavItem(NamedTuple):
    """One item of the bar at the top."""

    label: Words
    path: str


def kinds(names: str) -> Kinds:
    return frozenset(names.split())


class Role:
    """A part somebody plays at one site. `alone` means: never held together with another role there."""

    name: ClassVar[str]
    label: ClassVar[Words]
    home: ClassVar[str] = "/today"
    nav: ClassVar[tuple[NavItem, ...]] = ()
    may_record: ClassVar[Kinds] = frozenset()
    may_see: ClassVar[frozenset[Area]] = frozenset()
    alone: ClassVar[bool] = False


_TODAY = NavItem(_("Today"), "/today")
_CHILDREN = NavItem(_("Children"), "/child")
_UNITS = NavItem(_("Units"), "/unit")
_FREEZER = NavItem(_("Freezer"), "/freezer")
_DEVIATIONS = NavItem(_("Deviations"), "/deviation")
_THEATRE = NavItem(_("Theatre list"), "/theatre")
_OUTCOMES = NavItem(_("Outcomes"), "/outcomes")
_EVIDENCE = NavItem(_("Evidence"), "/evidence")
_TO_SIGN = (
    NavItem(_("To sign"), "/today"),
    _DEVIATIONS,
    NavItem(_("Storage"), "/freezer"),
    NavItem(_("Records"), "/records"),
    NavItem(_("Audit"), "/audit"),
)
_CLINIC = (_TODAY, _CHILDREN, _UNITS, _THEATRE, _EVIDENCE)
_SEEN_IN_CLINIC = frozenset(
    {
        Area.TODAY,
        Area.UNIT,
        Area.INFANT,
        Area.INFANT_IDENTITY,
        Area.THEATRE,
        Area.OUTCOMES,
        Area.PROTOCOLS,
    }
)
_COURSE = kinds(
    "Weighed Diagnosed Declared OperationPlanned OperationCancelled AdverseEventReported"
    " Transplanted Died VoidedForInfant Notified"
)
_GIVING = kinds("IdentityChecked Administered AdministrationStopped Signed")


class Collector(Role):
    """The midwife who collects. She has hands full: one button, no bar."""

    name = "collector"
    label = _("Midwife")
    home = "/ward"
    may_record = kinds(
        "Expected Born IdentityChecked Collected CollectionStopped HandedOver"
        " LabelPrinted LabelVerified Weighed Deviated"
    )
    may_see = frozenset({Area.TODAY, Area.WARD, Area.INFANT_IDENTITY})


class Technologist(Role):
    """Works at the bench and carries cells to theatre. The bench needs the unit, not the child's name."""

    name = "technologist"
    label = _("Technologist")
    nav = (
        NavItem(_("My bench"), "/today"),
        NavItem(_("Incoming"), "/incoming"),
        _FREEZER,
        NavItem(_("Labels"), "/labels"),
        _DEVIATIONS,
    )
    may_record = kinds(
        "IdentityChecked HandedOver Received ReceivedFromMaker Counted Processed Divided"
        " Cryopreserved TestStarted Tested MotherTested LabelPrinted LabelVerified Stored Moved"
        " Retrieved Allocated Shipped Returned Discarded Thawed Prepared ReviewRequested"
        " Quarantined Deviated"
    )
    may_see = frozenset(
        {
            Area.TODAY,
            Area.BENCH,
            Area.UNIT,
            Area.STORAGE,
            Area.DEVIATIONS,
            Area.THEATRE,
            Area.PROTOCOLS,
        }
    )


class LabReviewer(Role):
    """Reviews what others measured."""

    name = "lab_reviewer"
    label = _("Laboratory reviewer")
    nav = (NavItem(_("To review"), "/today"), _UNITS, _FREEZER, _DEVIATIONS)
    may_record = kinds("Signed Rejected Voided Quarantined Deviated")
    may_see = frozenset(
        {
            Area.TODAY,
            Area.BENCH,
            Area.UNIT,
            Area.STORAGE,
            Area.RELEASE,
            Area.DEVIATIONS,
            Area.RECORDS,
            Area.PROTOCOLS,
        }
    )


class StorageOperator(Role):
    """Looks after freezers, places and shippers."""

    name = "storage_operator"
    label = _("Storage operator")
    nav = (_TODAY, _FREEZER, _UNITS, _DEVIATIONS)
    may_record = kinds(
        "PlaceOpened Stored Moved Retrieved TemperatureExcursed HandedOver Shipped Returned"
        " Discarded LabelPrinted LabelVerified Quarantined Deviated"
    )
    may_see = frozenset({Area.TODAY, Area.UNIT, Area.STORAGE, Area.DEVIATIONS, Area.DEVICES})


class Quality(Role):
    """Signs releases, judges deviations and excursions, holds and corrects."""

    name = "quality"
    label = _("Quality assurance")
    nav = _TO_SIGN
    may_record = kinds(
        "Signed Released ReleaseRevoked Rejected EligibilityDetermined ExcursionReviewed Deviated"
        " DeviationClosed Quarantined QuarantineLifted Voided VoidedForInfant Notified"
        " PassportIssued ProtocolApproved ErasureDecided"
    )
    may_see = frozenset(
        {
            Area.TODAY,
            Area.BENCH,
            Area.UNIT,
            Area.INFANT,
            Area.INFANT_IDENTITY,
            Area.STORAGE,
            Area.RELEASE,
            Area.THEATRE,
            Area.DEVIATIONS,
            Area.RECORDS,
            Area.PROTOCOLS,
            Area.AUDIT,
        }
    )


class MedicalDirector(Role):
    """Gives the second release signature, and alone releases by exception."""

    name = "medical_director"
    label = _("Medical director")
    nav = _TO_SIGN
    may_record = kinds(
        "Signed Released ExceptionallyReleased ReleaseRevoked Rejected EligibilityDetermined"
        " Quarantined QuarantineLifted Deviated Notified PassportIssued ProtocolApproved"
        " ErasureDecided"
    )
    may_see = Quality.may_see | {Area.OUTCOMES, Area.SAFETY}


class Surgeon(Role):
    """Asks: can I use it? Gives the cells."""

    name = "surgeon"
    label = _("Surgeon")
    nav = _CLINIC
    may_record = _COURSE | _GIVING | kinds("Operated Enrolled Randomised Unblinded Deviated")
    may_see = _SEEN_IN_CLINIC


class Cardiologist(Role):
    """Follows the child from the first echo, enrols, and may give the cells by catheter."""

    name = "cardiologist"
    label = _("Cardiologist")
    nav = _CLINIC
    may_record = (
        _COURSE
        | _GIVING
        | kinds("Announced Enrolled Randomised Unblinded Born Examined ReviewRequested Deviated")
    )
    may_see = _SEEN_IN_CLINIC


class WardNurse(Role):
    """Checks identity at the bedside, weighs, receives the cells, and can stop the administration."""

    name = "ward_nurse"
    label = _("Ward or theatre nurse")
    nav = (_TODAY, _CHILDREN, _THEATRE)
    may_record = kinds(
        "IdentityChecked HandedOver Received Weighed Declared AdministrationStopped"
        " AdverseEventReported Deviated"
    )
    may_see = frozenset(
        {Area.TODAY, Area.UNIT, Area.INFANT, Area.INFANT_IDENTITY, Area.THEATRE, Area.WARD}
    )


class DonorCoordinator(Role):
    """Meets the parents: announces the child, takes consent and the donor's history."""

    name = "donor_coordinator"
    label = _("Donor coordinator")
    nav = (_TODAY, _CHILDREN, _UNITS)
    may_record = kinds(
        "Announced Expected Consented ConsentWithdrawn Enrolled Born Assessed MotherTested"
        " ReviewRequested Notified Deviated"
    )
    may_see = frozenset(
        {
            Area.TODAY,
            Area.WARD,
            Area.UNIT,
            Area.INFANT,
            Area.INFANT_IDENTITY,
            Area.DEVIATIONS,
            Area.PROTOCOLS,
        }
    )


class Geneticist(Role):
    """Signs the genetic review. Nobody else sees its words before that."""

    name = "geneticist"
    label = _("Clinical geneticist")
    nav = (
        NavItem(_("To review"), "/today"),
        NavItem(_("Signed"), "/variants"),
        _EVIDENCE,
    )
    may_record = kinds("Reviewed Deviated")
    may_see = frozenset(
        {Area.TODAY, Area.INFANT, Area.INFANT_IDENTITY, Area.GENETICS, Area.PROTOCOLS}
    )


class Statistician(Role):
    """Designs and analyses. Sees no names, and arms only as A and B."""

    name = "statistician"
    label = _("Statistician")
    home = "/trial"
    nav = (NavItem(_("Trials"), "/trial"), NavItem(_("Simulations"), "/simulations"), _EVIDENCE)
    may_record = kinds("AllocationListCommitted")
    may_see = frozenset({Area.TODAY, Area.TRIAL, Area.PROTOCOLS})
    alone = True


class SafetyBoard(Role):
    """A member of the data and safety monitoring board: meeting packs, and what is published."""

    name = "safety_board"
    label = _("Safety board member")
    home = "/meetings"
    nav = (NavItem(_("Meetings"), "/meetings"), _EVIDENCE)
    may_record = kinds("ClosedReportOpened Unblinded")
    may_see = frozenset({Area.TODAY, Area.SAFETY, Area.PROTOCOLS})
    alone = True


class FollowUpCoordinator(Role):
    """Keeps in touch after the operation: weights, outcomes, harm."""

    name = "follow_up_coordinator"
    label = _("Follow-up coordinator")
    nav = (_TODAY, _CHILDREN, _OUTCOMES)
    may_record = kinds(
        "Weighed Examined Declared AdverseEventReported Transplanted Died ConsentWithdrawn"
        " Notified Deviated"
    )
    may_see = frozenset(
        {Area.TODAY, Area.INFANT, Area.INFANT_IDENTITY, Area.OUTCOMES, Area.PROTOCOLS}
    )


class Auditor(Role):
    """Reads everything, writes nothing."""

    name = "auditor"
    label = _("Auditor")
    nav = (NavItem(_("Audit"), "/audit"), _UNITS, _DEVIATIONS, NavItem(_("Records"), "/records"))
    may_see = EVERYTHING
    alone = True


class SiteAdministrator(Role):
    """Gives others their roles; sees no clinical record."""

    name = "site_administrator"
    label = _("Site administrator")
    home = "/people"
    nav = (
        NavItem(_("People"), "/people"),
        NavItem(_("Protocols"), "/protocol"),
        NavItem(_("Devices"), "/devices"),
    )
    may_see = frozenset({Area.TODAY, Area.PEOPLE, Area.PROTOCOLS, Area.DEVICES})
    alone = True


class Device(Role):
    """A logger or a freezer that reports what it measured. It sees nothing."""

    name = "device"
    label = _("Device")
    may_record = kinds("TemperatureExcursed")
    alone = True


ROLES: dict[str, type[Role]] = {role.name: role for role in Role.__subclasses__()}

# Measuring, reviewing and releasing are three people's work (ledger 4.2): no role does two of them.
SEPARATE_DUTIES: dict[str, Kinds] = {
    "measures": kinds("Counted Processed Tested MotherTested Collected Stored"),
    "reviews": kinds("Voided ExcursionReviewed DeviationClosed QuarantineLifted Reviewed"),
    "gives": kinds("Administered"),
    "releases": kinds("Released ExceptionallyReleased"),
}


class UnknownRole(LookupError):
    """No role has this name."""


def role_named(name: str) -> type[Role]:
    try:
        return ROLES[name]
    except KeyError:
        raise UnknownRole(f"“{name}” is no role; there are {', '.join(sorted(ROLES))}") from None


def roles_that_see(area: Area) -> tuple[type[Role], ...]:
    return tuple(role for role in ROLES.values() if area in role.may_see)
