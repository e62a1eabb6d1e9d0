"""What is an answer: what was pooled, what was not and why, the estimates, and how sure one may be?

Records are plain: `pandas.DataFrame(answer.records())` opens the inputs as a table."""

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from cordula.evidence.questions import Question, at_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One study's part. `estimate`, `low`, `high` are in the question's unit, `y` and `se` on the pooled scale."""

    study: str
    name: str
    design: str
    design_words: str
    cells: str
    n: int | None
    months: Decimal | None
    method: str | None
    subgroup: str | None
    flag: str
    source: str
    source_label: str
    how: str
    arms: tuple[dict[str, Any], ...]
    estimate: float
    low: float
    high: float
    y: float | None
    se: float | None
    weight: float | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    study: str
    name: str
    reason: str
    flag: str | None = None
    numbers: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """A study of which only the direction is known."""

    study: str
    name: str
    n: int | None
    direction: str
    direction_words: str
    p: str | None
    months: Decimal | None
    measure: str
    measure_words: str
    flag: str
    source: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """An estimate in the question's unit, and by which method."""

    estimate: float
    low: float
    high: float
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heterogeneity:
    tau: float
    tau_low: float | None
    tau_high: float | None
    q: float | None
    q_p: float | None
    i2: float | None
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorRow:
    """The answer under one prior of τ. `tau` stays on the pooled scale."""

    prior: str
    main: bool
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    prediction_low: float | None = None
    prediction_high: float | None = None
    tau: float | None = None
    tau_low: float | None = None
    tau_high: float | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pooled:
    """`main` is what is told first; the other estimates stand beside it."""

    k: int
    children: int | None
    main: Estimate
    fixed: Estimate | None = None
    random: Estimate | None = None
    prediction: Estimate | None = None
    bayes: Estimate | None = None
    bias_adjusted: Estimate | None = None
    heterogeneity: Heterogeneity | None = None
    shrinkage: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """Of a normal mixture its mean and SD, of a beta mixture its a and b."""

    weight: float
    first: float
    second: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictivePrior:
    """What the studies lend to the next one: a mixture of `kind` normal or beta, and how many children it is worth."""

    kind: str
    components: tuple[Component, ...]
    robust: tuple[Component, ...]
    robust_weight: float
    sigma: float | None
    ess: float | None
    ess_robust: float | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    rule: str
    steps: int
    because: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A person's own judgement against the rules, signed."""

    question: str
    months: Decimal
    level: str
    who: str
    when: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Certainty:
    level: str
    words: str
    begins: str
    reasons: tuple[Reason, ...]
    judgement: Judgement | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithoutOne:
    without: str
    name: str
    estimate: float | None
    low: float | None
    high: float | None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    asked: Question
    months: Decimal
    inputs: tuple[Input, ...]
    left_out: tuple[LeftOut, ...]
    directions: tuple[Direction, ...]
    beside: tuple[Direction, ...]
    pooled: Pooled | None
    why_not: str | None
    leave_one_out: tuple[WithoutOne, ...]
    prior_sensitivity: tuple[PriorRow, ...]
    small_studies: str
    predictive_prior: PredictivePrior | None
    certainty: Certainty
    in_words: tuple[str, ...]

    @property
    def key(self) -> str:
        return at_key(self.asked.id, self.months)

    def records(self) -> list[dict[str, Any]]:
        """One flat record a study pooled, with the pooled rows below; a notebook opens it as a table."""
        rows = [_flat(one) for one in self.inputs]
        for kind in ("fixed", "random", "bayes", "prediction", "bias_adjusted"):
            found = getattr(self.pooled, kind, None)
            if found is not None:
                rows.append({"study": kind, "name": found.method, **_numbers(found)})
        return rows


def _flat(one: Input) -> dict[str, Any]:
    row = {key: value for key, value in asdict(one).items() if key != "arms"}
    for arm in one.arms:
        row |= {f"{arm['arm']}_{key}": value for key, value in arm.items() if key != "arm"}
    return row


def _numbers(found: Estimate) -> dict[str, float]:
    return {"estimate": found.estimate, "low": found.low, "high": found.high}
