"""What is a study to us: who was treated how, and each number with its denominator, spread, source and flag?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a number was read, and how far."""

    key: str
    label: str
    read: str = ""
    standing: str = "seen"
    pmid: str | None = None
    doi: str | None = None
    pmc: str | None = None
    registry: str | None = None
    url: str | None = None
    read_on: date | None = None

    @property
    def citation(self) -> str:
        """The shortest text by which somebody else finds it: PMID before DOI before PMC, registry and address."""
        named = (("PMID ", self.pmid), ("DOI ", self.doi), ("", self.pmc), ("", self.registry))
        found = next((before + value for before, value in named if value), self.url or "")
        return found or self.label


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    amount: str
    unit: str
    source: Source | None
    flag: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    key: str
    words: str
    n: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmResult:
    """One arm's number: a mean with its spread, or events among n, or an estimate with its interval."""

    arm: str
    n: int | None = None
    events: int | None = None
    mean: Decimal | None = None
    median: Decimal | None = None
    spread: Decimal | None = None
    spread_is: str | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    level: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """A number the source gives for the arms together, cells against control."""

    estimate: Decimal
    low: Decimal | None = None
    high: Decimal | None = None
    level: Decimal | None = None
    n: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one source says of one measure at one time."""

    measure: str
    source: Source
    flag: str
    line: int
    method: str | None = None
    subgroup: str | None = None
    months: Decimal | None = None
    p: str | None = None
    p_compares: str = "arms"
    direction: str | None = None
    arms: tuple[ArmResult, ...] = ()
    between: Between | None = None
    note: str | None = None

    def arm(self, key: str) -> ArmResult | None:
        return next((one for one in self.arms if one.arm == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """One study. `numbers` says how far its numbers have been read, `looked_on` when somebody last looked."""

    id: str
    name: str
    title: str
    design: str
    phase: str
    population: str
    who: str
    cells: str
    origin: str
    route: str
    timing: str
    state: str
    numbers: str
    looked_on: date
    registry: tuple[str, ...] = ()
    country: str | None = None
    years: str | None = None
    shares_patients_with: tuple[str, ...] = ()
    memory: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    dose: Dose | None = None
    sources: Mapping[str, Source]
    arms: Mapping[str, Arm]
    results: tuple[Result, ...] = ()

    @property
    def size(self) -> int | None:
        """Children in its arms together, where the arms say how many."""
        counts = [arm.n for key, arm in self.arms.items() if key in ("cells", "control")]
        known = [n for n in counts if n is not None]
        return sum(known) if known and len(known) == len(counts) else None
