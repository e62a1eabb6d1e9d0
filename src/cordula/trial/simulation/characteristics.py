"""How did the design perform? Shares and means, each with its Monte Carlo error, and what they do not say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import sqrt

from cordula.trial.rules import Reason
from cordula.trial.simulation.tally import Sums, Tally


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of the trials and its Monte Carlo standard error; an error of 0 where it was worked out exactly.

    The error uses (x + 1)/(n + 2), so that none of a thousand trials is not called certain."""

    value: float
    error: float

    @classmethod
    def of(cls, count: float, trials: float, exact: bool = False) -> "Rate":
        if exact:
            return cls(float(count / trials), 0.0)
        smoothed = (count + 1) / (trials + 2)
        return cls(float(count / trials), sqrt(smoothed * (1 - smoothed) / trials))


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over the trials, its Monte Carlo standard error, and the greatest value that was seen."""

    value: float
    error: float | None
    greatest: float

    @classmethod
    def of(cls, sums: Sums, exact: bool = False) -> "Mean | None":
        if sums.mean is None:
            return None
        return cls(sums.mean, 0.0 if exact else sums.error, sums.greatest)


@dataclass(frozen=True, slots=True)
class LookShare:
    """One look: after how many children, and how often trials stop here and why."""

    look: int
    children: int
    stops: Mapping[str, Rate]


@dataclass(frozen=True, slots=True)
class SafetyOutcome:
    """One safety rule: how often it stops, whether it should, and how late it speaks.

    `exact`: the same share by enumeration, were every child followed for the whole time (None: not worked out)."""

    rule: str
    title: str
    true_share: float
    acceptable: float
    false_alarm: bool
    stopped: Rate
    children: Mean | None
    months: Mean | None
    exact: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatingCharacteristics:
    """What a design does under one truth.

    `found`: how often each endpoint is found in either direction; `any_found`: how often any of them is. With
    no true difference that is the type I error (`false`), else the power. `bias` and intervals are those of the
    first endpoint, at the moment the trial stopped: `coverage` of the plain interval of 1 − α,
    `repeated_coverage` of the interval at the bound of that look. `unbiased` is the bias of the median-unbiased
    estimate; `above` and `unbiased_above` say how often either lies above the truth: half of the time is right.
    `wrongly`, of several endpoints: how often any without a true difference is found (the family-wise error)."""

    scenario: str
    title: str
    protocol: str
    version: str
    digest: str
    seed: int
    trials: int
    asked: int
    exact: bool
    endpoints: tuple[str, ...]
    decided_by: str
    statistic: str
    target: float | None
    unit: str
    false: bool
    found: Mapping[str, Rate]
    any_found: Rate
    higher: Rate
    lower: Rate
    looks: tuple[LookShare, ...]
    bounds: tuple[float, ...]
    estimate: Mean | None
    bias: Mean | None
    spread: float | None
    coverage: Rate | None
    repeated_coverage: Rate | None
    children: Mean | None
    months: Mean | None
    safety: tuple[SafetyOutcome, ...] = ()
    remarks: tuple[str, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)
    unbiased: Mean | None = None
    above: Rate | None = None
    unbiased_above: Rate | None = None
    wrongly: Rate | None = None

    @property
    def complete(self) -> bool:
        """Whether all trials that were asked for were run."""
        return self.trials == self.asked


def stops_of(tally: Tally, looks_after: tuple[int, ...]) -> tuple[LookShare, ...]:
    """How often trials stop at each look, and why."""
    return tuple(
        LookShare(
            number + 1,
            children,
            {
                reason.name.lower(): Rate.of(row[reason], tally.trials, tally.exact)
                for reason in Reason
                if row[reason]
            },
        )
        for number, (children, row) in enumerate(zip(looks_after, tally.stops, strict=True))
    )


def reason_rate(tally: Tally, reason: Reason) -> Rate:
    return Rate.of(tally.stops[:, reason].sum(), tally.trials, tally.exact)
