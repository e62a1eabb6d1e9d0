"""Which parts of the site can a role be let into? One name for each; a page declares the one it belongs to."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# A text, or one that is put into the reader's language when it is shown.
Words = str | Promise


class Area(StrEnum):
    """A part of the site that a role may see, or may not."""

    TODAY = "today"
    WARD = "ward"
    BENCH = "bench"
    UNIT = "unit"
    INFANT = "infant"
    INFANT_IDENTITY = "infant_identity"
    STORAGE = "storage"
    RELEASE = "release"
    THEATRE = "theatre"
    OUTCOMES = "outcomes"
    GENETICS = "genetics"
    DEVIATIONS = "deviations"
    TRIAL = "trial"
    SAFETY = "safety"
    RECORDS = "records"
    PROTOCOLS = "protocols"
    DEVICES = "devices"
    PEOPLE = "people"
    AUDIT = "audit"

    @property
    def label(self) -> Words:
        return _LABELS[self]


_LABELS: dict[Area, Words] = {
    Area.TODAY: _("work list"),
    Area.WARD: _("collections on the ward"),
    Area.BENCH: _("bench of the cell laboratory"),
    Area.UNIT: _("cord blood units"),
    Area.INFANT: _("clinical course of children"),
    Area.INFANT_IDENTITY: _("names of children and mothers"),
    Area.STORAGE: _("freezers and places"),
    Area.RELEASE: _("release of units"),
    Area.THEATRE: _("theatre list, thaw and administration"),
    Area.OUTCOMES: _("outcomes"),
    Area.GENETICS: _("genetic reviews"),
    Area.DEVIATIONS: _("deviations"),
    Area.TRIAL: _("trials"),
    Area.SAFETY: _("safety reports"),
    Area.RECORDS: _("records and passports"),
    Area.PROTOCOLS: _("protocols"),
    Area.DEVICES: _("devices"),
    Area.PEOPLE: _("people and their roles"),
    Area.AUDIT: _("audit"),
}

EVERYTHING = frozenset(Area)
