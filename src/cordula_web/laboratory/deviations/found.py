"""Which deviations are there at this site, which are open, and what do they say?"""

from dataclasses import dataclass
from datetime import datetime

from cordula.events.quality import Deviated, DeviationClosed
from cordula.vocabulary.identifiers import SiteId
from cordula_web.people import disclosures
from cordula_web.records import lists, queries
from cordula_web.records.models import UnitCard


@dataclass(frozen=True, slots=True)
class Deviation:
    """A report, and how quality closed it, if it did."""

    report: Deviated
    closed: DeviationClosed | None = None

    @property
    def number(self) -> str:
        return self.report.number

    @property
    def at(self) -> datetime:
        return self.report.at


def deviations(site: SiteId) -> list[Deviation]:
    """Every deviation of the site, the oldest first."""
    events = [e.event for e in queries.entries_of(["Deviated", "DeviationClosed"], site=site)]
    closed = {e.number: e for e in events if isinstance(e, DeviationClosed)}
    return [Deviation(e, closed.get(e.number)) for e in events if isinstance(e, Deviated)]


def words(found: Deviation) -> tuple[str, str]:
    """What was reported, and what quality concluded; empty where it was erased."""
    digests = [found.report.what.digest]
    if found.closed is not None:
        digests.append(found.closed.conclusion.digest)
    read = disclosures.read(digests)
    return read.get(digests[0], ""), read.get(digests[-1], "") if found.closed else ""


def numbers_of(found: Deviation, site: SiteId) -> list[str]:
    """The donation numbers of the units it is about."""
    units = [str(unit) for unit in found.report.units]
    cards = lists.for_site(UnitCard, site).filter(unit__in=units)
    return [din for din in cards.values_list("din", flat=True) if din]
