"""What happens to the record itself: protocols approved, passports issued, closed reports opened, people forgotten."""

from dataclasses import dataclass
from typing import Literal

from cordula.events.event import Event
from cordula.events.parts import Signature
from cordula.vocabulary.identifiers import InfantId, MotherId, ProtocolId, UnitId


@dataclass(frozen=True, kw_only=True)
class ProtocolApproved(Event):
    """A version of a protocol, by the digest of its files, is in force at this site."""

    protocol_file: ProtocolId
    version: str
    digest: str
    signature: Signature


@dataclass(frozen=True, kw_only=True)
class PassportIssued(Event):
    """The unit's sealed history was handed out; it is the last event that passport contains."""

    unit: UnitId
    recipient: str


@dataclass(frozen=True, kw_only=True)
class ClosedReportOpened(Event):
    """A member of the safety board was shown the results by arm, from the first `size` entries of the ledger, which
    hash to `root`. Who looks at the arms spends a part of the level, so each look is counted from here."""

    protocol_file: ProtocolId
    version: str
    digest: str
    size: int
    root: str


@dataclass(frozen=True, kw_only=True)
class ErasureDecided(Event):
    """A person's words are to be erased; the entries stay, and prove what they always proved."""

    infant: InfantId | None = None
    mother: MotherId | None = None
    basis: Literal["request", "retention_over", "error"]
