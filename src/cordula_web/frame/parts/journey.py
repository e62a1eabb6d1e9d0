"""What do the child, the unit, the verdict, the thread and the dose need to be told?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cordula_web.frame.gauge import Gauge
from cordula_web.frame.parts.page import Action, Link, Text


@dataclass(frozen=True)
class ChildBanner:
    name: Text
    born: date | None
    age: Text
    sex: Text
    number_label: Text
    number: str
    weight: Text
    allergies: Text
    weighed: Text = ""
    died: date | None = None
    age_at_death: Text = ""
    due: date | None = None  # shown while she is not born


@dataclass(frozen=True)
class BannerFact:
    label: Text
    value: Text
    note: Text = ""
    tone: str = ""


@dataclass(frozen=True)
class UnitBanner:
    din: str
    flags: str = ""
    facts: Sequence[BannerFact] = ()


@dataclass(frozen=True)
class Blocker:
    status: object
    title: Text
    url: str


@dataclass(frozen=True)
class Answer:
    status: object
    question: Text
    answer: Text
    sentence: Text = ""
    blockers: Sequence[Blocker] = ()


@dataclass(frozen=True)
class DoseAnswer:
    question: Text
    dose: Text
    sentence: Text = ""


@dataclass(frozen=True)
class Verdict:
    unit: Answer
    use: Answer
    dose: DoseAnswer | None = None


@dataclass(frozen=True)
class Who:
    name: Text
    role: Text = ""


@dataclass(frozen=True)
class Rule:
    """One criterion of a gate as it can be looked up: what it asks, what was found, where it comes from."""

    status: object
    says: Text
    found: Text = ""
    needed: Text = ""
    source: Text = ""
    url: str = ""
    open: bool = False  # nobody could source its number


@dataclass(frozen=True)
class GateRow:
    status: object  # a Status or its value
    title: Text
    found: Text = ""  # a sentence: the fact compared with its limit
    number: int | str = ""
    id: str = ""
    who: Sequence[Who] = ()
    at: datetime | None = None
    due: Text = ""
    note: Link | None = None
    citation: Text = ""
    citation_url: str = ""
    actions: Sequence[Action] = ()
    word: Text = ""
    rules: Sequence[Rule] = ()  # shown on demand


@dataclass(frozen=True)
class Stage:
    title: Text
    rows: Sequence[GateRow]
    when: Text = ""


@dataclass(frozen=True)
class Thread:
    title: Text
    stages: Sequence[Stage]
    key: bool = True
    end: Text = ""  # whose heart the thread leads to
    reached: bool = False


@dataclass(frozen=True)
class Rung:
    at: datetime
    text: Text
    kind: str = "step"  # step, now, deadline, missed, theatre


@dataclass(frozen=True)
class Ladder:
    title: Text
    rungs: Sequence[Rung]
    lead: Text = ""


@dataclass(frozen=True)
class DoseLine:
    label: Text
    value: Text
    note: Text = ""


@dataclass(frozen=True)
class DoseWorking:
    title: Text
    lines: Sequence[DoseLine]
    total: DoseLine | None = None
    gauge: Gauge | None = None
    sentence: Text = ""
