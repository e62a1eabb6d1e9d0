"""A protocol as data: what its file says, checked, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cordula.protocols.criteria import Criterion, Limit
from cordula.vocabulary.quantity import Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A text a rule comes from. `standing` tells how far it was read: seen, secondary, computed."""

    id: str
    title: str
    url: str = ""
    read_on: str = ""
    standing: str = "seen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A part of the way from cord to heart."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Criteria that are shown and closed together, as one row of the timeline."""

    id: str
    stage: str
    title: str
    criteria: tuple[Criterion, ...]
    who: str
    # A gate must be closed this long before the planned operation, where the protocol says so.
    before_operation: Quantity | None = None
    source: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatures:
    """Who must sign a step: one signature for each role, each by a different person."""

    roles: tuple[str, ...]
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An act of the protocol. `waits_for` names the gates and steps that must be met or done."""

    id: str
    stage: str
    title: str
    event: str
    role: str
    waits_for: tuple[str, ...]
    signatures: Signatures | None = None
    before_operation: Quantity | None = None
    says: str = ""
    source: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseRule:
    """How the dose follows from the child's weight.

    Either a volume per kg (the cells then follow from the concentration at `concentration_at`), or
    a number of cells per kg (the volume then follows from the concentration). The rule is open
    while one of its numbers is: `open_numbers` names them."""

    volume_per_kg: Quantity | None = None
    cells_per_kg: Quantity | None = None
    concentration: str
    concentration_at: str
    range_per_kg: Limit | None = None
    volume: Limit | None = None
    injections_at_least: int | None = None
    injections_at_most: int | None = None
    weight_not_older_than: Quantity | None
    route: str
    source: str
    place: str = ""
    open: bool = False
    open_numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A measure taken at a time after the operation. It is open while nobody says how exactly in time."""

    measure: str
    after: Quantity
    window: Quantity | None
    source: str
    place: str = ""
    open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A number that the protocol left open and a site filled in: where, from which text, by whose leave."""

    where: str
    says: str
    source: str
    approved_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """One version of a protocol. Its digest is that of its file's bytes, and of the site's file with it."""

    id: str
    version: str
    title: str
    registry: tuple[str, ...]
    reconstruction: bool
    product: str
    origin: str  # autologous or allogeneic
    operation: str
    sources: Mapping[str, Source]
    stages: tuple[Stage, ...]
    gates: tuple[Gate, ...]
    steps: tuple[Step, ...]
    dose: DoseRule | None
    follow_up: tuple[FollowUp, ...]
    # Sections of the trial engine, kept as read and checked for form here.
    design: Mapping[str, Any]
    scenarios: Mapping[str, Mapping[str, Any]]
    digest: str
    notes: tuple[str, ...] = ()
    # The words of each questionnaire item that a criterion asks for.
    questions: Mapping[str, str] = field(default_factory=dict)
    # Invented numbers, for learning the software: never for a child.
    practice: bool = False
    site: str = ""
    filled: tuple[Filled, ...] = ()
