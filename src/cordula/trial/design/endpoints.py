"""What is measured to answer the question: one class for each kind of endpoint.

`difference` of every kind is first arm − last arm (cells − control in the library). `looks_for` says which
way a test of one side looks; a test of two sides looks both."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from cordula.trial.design.estimand import Estimand
from cordula.vocabulary.quantity import Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """What every kind has. `statistic` names what the bounds are compared with."""

    kind: ClassVar[str]

    id: str
    title: str
    rank: str
    analysis: str
    missing: str
    looks_for: str = "higher"
    estimand: Estimand | None = None

    @property
    def primary(self) -> bool:
        return self.rank in ("primary", "co_primary")

    @property
    def tested(self) -> bool:
        return self.analysis != "descriptive"

    @property
    def statistic(self) -> str:
        return STATISTICS[self.analysis]

    @property
    def difference(self) -> str:
        """What is estimated, in the words of a table."""
        return DIFFERENCES.get(self.analysis, "Difference, first arm − last arm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Continuous(Endpoint):
    """One number of each child, mostly a change from baseline, in the unit of its measure."""

    kind = "continuous"
    measure: str
    timepoint: str
    unit: str
    follow_up: Quantity
    change_from_baseline: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Longitudinal(Endpoint):
    """The same number at two to four visits; the last visit is the one that is compared."""

    kind = "longitudinal"
    measure: str
    timepoint: str
    unit: str
    visits: tuple[str, ...]
    follow_ups: tuple[Quantity, ...]
    change_from_baseline: bool

    @property
    def follow_up(self) -> Quantity:
        return self.follow_ups[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Binary(Endpoint):
    """Whether something happened by a time. One arm alone is compared with `reference`, a share that the
    null scenario tells."""

    kind = "binary"
    follow_up: Quantity
    reference: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeToEvent(Endpoint):
    """How long until something happened. The looks come with `events` where their number is planned, else when
    the planned number of children has been followed for the whole time."""

    kind = "time_to_event"
    follow_up: Quantity | None = None
    events: int | None = None

    @property
    def unit(self) -> str:
        """Of what is estimated: months of event-free time; a ratio and a share have none."""
        return "mo" if self.analysis == "rmst" else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hierarchical(Endpoint):
    """Endpoints in the order of their gravity: a pair of children is compared by the first that tells them apart."""

    kind = "hierarchical"
    components: tuple[str, ...]
    follow_up: Quantity | None = None


STATISTICS = {
    "ancova": "t of the adjusted difference of means (analysis of covariance on the baseline), by its P value",
    "t_test": "t of the difference of means with one variance, by its P value",
    "mmrm": "t of the difference at the last visit from a mixed model for repeated measures, by its P value",
    "exact": "Fisher's exact P value of the cumulative counts (one arm: the exact binomial)",
    "score": "z of the pooled score test on cumulative counts",
    "log_rank": "z of the log-rank test",
    "rmst": "z of the difference of restricted mean survival times",
    "competing_risks": "z of Gray's test of the cumulative incidences",
    "win_ratio": "z of the log win ratio, U-statistic variance",
    "net_benefit": "z of the net benefit, U-statistic variance",
    "descriptive": "none: it is described and not tested",
}
DIFFERENCES = {
    "log_rank": "Log hazard ratio, first arm to last arm",
    "rmst": "Event-free time, first arm − last arm",
    "competing_risks": "Share with the event, first arm − last arm",
    "win_ratio": "Log of pairs won over pairs lost by the first arm",
    "net_benefit": "Pairs won − pairs lost by the first arm, as a share",
}
