"""What does the ledger say of a trial at this site, frozen at one size of its tree?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.conf import settings

from cordula.events.randomisation import Randomised
from cordula.events.record_keeping import ClosedReportOpened, ProtocolApproved
from cordula.protocols.protocol import Protocol
from cordula.trial.monitoring import Arms, Frozen, Plan, Told, arms_of, frozen, plan_of
from cordula.vocabulary.identifiers import InfantId, SiteId
from cordula_web.people import disclosures
from cordula_web.people.sites import Site
from cordula_web.records import queries
from cordula_web.records.shelf import SHELF
from cordula_web.records.tree import root_at, stored_tree


@dataclass(frozen=True, slots=True)
class Opening:
    """The closed part was opened: by this entry, from the first `size` entries."""

    index: int
    event: ClosedReportOpened


@dataclass(frozen=True, slots=True)
class Trial:
    """A version of a protocol that is in force here, and every entry of the ledger about it and its children."""

    protocol: Protocol
    plan: Plan
    told: tuple[Told, ...]

    @property
    def openings(self) -> tuple[Opening, ...]:
        """How often and from where the arms were looked at, under this version, oldest first."""
        return tuple(
            Opening(one.index, one.event)
            for one in self.told
            if isinstance(one.event, ClosedReportOpened)
            and one.event.digest == self.protocol.digest
        )

    def at(self, size: int) -> Frozen:
        """The facts at this size of the ledger. Raises NotHere where it never had it."""
        root = root_at(stored_tree(), size).hex() if size else ""
        moment = queries.standing_at(size).recorded_at
        assert moment is not None  # noqa: S101  an entry has its time
        return frozen(self.told, size=size, root=root, at=moment)

    def looks(self, upto: int) -> list[tuple[Frozen, Arms]]:
        """The facts and arms at every look up to the opening with this index, oldest first.

        The same size opened twice is one look, and so is one that nobody new was measured for."""
        sizes = dict.fromkeys(one.event.size for one in self.openings if one.index <= upto)
        facts = [self.at(size) for size in sizes]
        return list(zip(facts, self._arms(facts), strict=True))

    def _arms(self, facts: Sequence[Frozen]) -> list[Arms]:
        drawn = [one.event.sealed for one in self.told if isinstance(one.event, Randomised)]
        words = {one.digest: one for one in disclosures.disclosures_of(s.digest for s in drawn)}
        return [arms_of(self.plan.design, one, self.plan.operation, words) for one in facts]


def approved(site: SiteId) -> list[ProtocolApproved]:
    """Each version that came into force here once, the newest approval first."""
    found = {one.digest: one for one in reversed(queries.protocols_in_force(site=site))}
    return list(reversed(found.values()))


def trial_of(name: str, version: str, site: SiteId) -> Trial | None:
    """None where this version never came into force here, or is not installed. Raises CannotBe."""
    wanted = (one for one in approved(site) if (one.protocol_file, one.version) == (name, version))
    approval = next(wanted, None)
    protocol = SHELF.find(name, approval.digest) if approval else None
    if protocol is None:
        return None
    entries = queries.of_trial(protocol.id, protocol.digest, site=site)
    told = tuple(Told(one.index, one.envelope.event, _children(one)) for one in entries)
    return Trial(protocol, plan_here(protocol, site), told)


def plan_here(protocol: Protocol, site: SiteId) -> Plan:
    """At a practice site every child is invented, whatever the protocol is."""
    plan, here = plan_of(protocol), Site.objects.filter(pk=str(site), practice=True)
    return replace(plan, practice=plan.practice or settings.PRACTICE or here.exists())


def _children(one: queries.Recorded) -> tuple[InfantId, ...]:
    streams = (place.stream for place in one.envelope.places)
    return tuple(InfantId(s.partition(":")[2]) for s in streams if s.kind == "infant")
