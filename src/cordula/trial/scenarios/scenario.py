"""One truth: the outcome in each arm, its measurement, the course of the children, and how they enter."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from math import log

from cordula.vocabulary.quantity import Quantity

MONTH = "mo"


@dataclass(frozen=True, slots=True)
class Spread:
    """The truth of a number in one arm: its mean and its standard deviation, in the unit of the measure."""

    mean: Quantity
    sd: Quantity


@dataclass(frozen=True, slots=True)
class Means:
    """The same at each visit."""

    means: tuple[Quantity, ...]
    sds: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """The share of children in whom it happens."""

    share: Decimal


@dataclass(frozen=True, slots=True)
class Survival:
    """The share in whom it has not happened by a time; the hazard is the same at all times."""

    without: Decimal
    at: Quantity

    @property
    def hazard(self) -> float:
        """Events for each child and month."""
        return -log(float(self.without)) / float(self.at.to(MONTH).value)


Hazard = Survival
Truth = Spread | Means | Share | Survival


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """What is measured before: its spread, and how the outcome goes with it."""

    correlation: Decimal
    mean: Quantity | None = None
    sd: Quantity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """`truth[endpoint][arm]`. `selection[endpoint]` is a lead that the first arm has from who was chosen for
    it, without any effect of its treatment: a difference that is found because of it is a false one."""

    id: str
    title: str
    truth: Mapping[str, Mapping[str, Truth]]
    assumption: str = ""
    source: str = ""
    dropout: Decimal = Decimal(0)
    dropout_by_baseline: Decimal = Decimal(0)
    accrual: Quantity | None = None
    baseline: Mapping[str, Baseline] = field(default_factory=dict)
    measurement: Mapping[str, tuple[Quantity | None, Quantity | None]] = field(default_factory=dict)
    correlations: Mapping[str, tuple[tuple[Decimal, ...], ...]] = field(default_factory=dict)
    events: Mapping[str, Mapping[str, Hazard]] = field(default_factory=dict)
    after_operation: Mapping[str, Quantity] = field(default_factory=dict)
    selection: Mapping[str, Quantity] = field(default_factory=dict)

    @property
    def null(self) -> bool:
        return self.id == "null"

    @property
    def months_between_entries(self) -> float:
        """0 where nobody said how fast children enter."""
        return 0.0 if self.accrual is None else 1 / float(self.accrual.to("/mo").value)

    def hazard(self, event: str, arm: str) -> float:
        """Events for each child and month; 0 where the scenario says nothing of them."""
        told = self.events.get(event, {}).get(arm)
        return 0.0 if told is None else told.hazard
