"""What does each part of a page need to be told? Plain values; every text is ready for the reader.

Texts with numbers, dates or identifiers come from `cordula.display`, never from a format string.
Moments stay `datetime` and days stay `date`: the templates write them in the site's zone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise

from cordula_web.frame.gauge import Gauge

Text = str | Promise


# --- The frame itself ---


@dataclass(frozen=True)
class NavItem:
    label: Text
    url: str
    current: bool = False


@dataclass(frozen=True)
class Reader:
    name: str
    place: Text = ""
    sign_out_url: str = ""


@dataclass(frozen=True)
class AsOf:
    event: int
    at: datetime


@dataclass(frozen=True)
class Printed:
    by: str
    at: datetime
    url: str
    square: str = ""  # a Data Matrix of the address, from frame.squares


@dataclass(frozen=True)
class Link:
    label: Text
    url: str


@dataclass(frozen=True)
class PageHead:
    title: Text
    sub: Text = ""
    crumbs: Sequence[Link] = ()
    din: str = ""
    flags: str = ""


@dataclass(frozen=True)
class Action:
    """A link, or with method "post" a button; kind is "" (the one filled), "two" or "stop"."""

    label: Text
    url: str = ""
    kind: str = ""
    method: str = "get"
    name: str = ""
    value: str = ""
    form: str = ""  # the id of the form a button without address belongs to
    key: str = ""  # F4, F8 or F9
    command: str = ""  # what its command square says, valid on this page only
    icon: str = ""
    size: str = ""


# --- The child, the unit, the verdict ---


@dataclass(frozen=True)
class ChildBanner:
    name: Text
    born: date
    age: Text
    sex: Text
    number_label: Text
    number: str
    weight: Text
    allergies: Text
    weighed: Text = ""
    died: date | None = None
    age_at_death: Text = ""


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


# --- The bench ---


@dataclass(frozen=True)
class Step:
    title: Text
    state: str  # done, now, ahead
    place: int = 0
    at: datetime | None = None
    url: str = ""


@dataclass(frozen=True)
class Steps:
    title: Text
    steps: Sequence[Step]


@dataclass(frozen=True)
class LastScan:
    status: str  # met, not_met, unknown
    message: Text
    text: str = ""
    at: datetime | None = None
    all_url: str = ""
    all_label: Text = ""


@dataclass(frozen=True)
class ScanField:
    url: str  # where the scan is posted
    label: Text
    hint: Text = ""
    hidden: Sequence[
        tuple[str, str]
    ] = ()  # further fields: the unit, the version, the idempotency key
    last: LastScan | None = None


@dataclass(frozen=True)
class PossibleMistake:
    question: Text
    reason: Text
    name: str  # posted with value when the reader says that it is right
    value: str


@dataclass(frozen=True)
class MeasureRow:
    id: str  # of the input
    name: str
    label: Text
    unit: Text
    note: Text = ""
    was: Text = ""
    value: str = ""
    usual: Text = ""
    problem: Text = ""
    question: PossibleMistake | None = None


@dataclass(frozen=True)
class Measures:
    caption: Text
    rows: Sequence[MeasureRow]
    was: Text = ""  # column heads
    now: Text = ""
    usual: Text = ""


@dataclass(frozen=True)
class Sum:
    label: Text
    value: Text
    unit: Text = ""  # set smaller behind the value
    note: Text = ""
    status: object = ""


@dataclass(frozen=True)
class Label:
    """A preview. Its bars and square must say PREVIEW ONLY: a scan of the screen is not a scan of the bag."""

    title: Text
    din: str
    flags: str = ""
    copies: Text = ""
    facility: Text = ""
    product: Text = ""
    lines: Sequence[Text] = ()
    collected: datetime | None = None
    use: Text = ""  # FOR AUTOLOGOUS USE ONLY
    warning: Text = ""  # BIOHAZARD
    warning_note: Text = ""
    bars: str = ""
    product_bars: str = ""
    square: str = ""
    specimen: Text = ""
    printer: Text = ""


@dataclass(frozen=True)
class Cell:
    state: str  # full, free, here
    name: str
    url: str = ""


@dataclass(frozen=True)
class FreezerRow:
    label: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class FreezerMap:
    title: Text
    path: Text
    place: str
    caption: Text
    columns: Sequence[str]
    rows: Sequence[FreezerRow]


@dataclass(frozen=True)
class SecondPerson:
    sentence: Text
    note: Text = ""
    known: bool = True


@dataclass(frozen=True)
class Command:
    """A main action with its square, for gloved hands."""

    action: Action
    square: str = ""


# --- Lists, facts, signatures, problems ---


@dataclass(frozen=True)
class WorkRow:
    title: Text
    url: str
    status: object
    due: Text = ""
    due_at: datetime | None = None
    din: str = ""
    subject: Text = ""
    next: Text = ""
    who: Text = ""
    changed: bool = False


@dataclass(frozen=True)
class WorkList:
    caption: Text
    rows: Sequence[WorkRow]
    empty: Text = ""
    empty_next: Text = ""


@dataclass(frozen=True)
class Fact:
    label: Text
    value: Text
    note: Text = ""


@dataclass(frozen=True)
class Facts:
    rows: Sequence[Fact]
    caption: Text = ""


@dataclass(frozen=True)
class Problem:
    text: Text
    url: str  # "#id_volume"


@dataclass(frozen=True)
class SignPanel:
    title: Text
    statement: Text  # the meaning of the signature, one sentence
    name: Text
    button: Text
    url: str = ""
    role: Text = ""
    warning: Text = ""
    hidden: Sequence[tuple[str, str]] = ()
    refuse: Action | None = None
    earlier: Sequence[Fact] = ()


@dataclass(frozen=True)
class Side:
    """A box beside the main part."""

    id: str
    title: Text
    sentence: Text = ""
    phone: str = ""
    phone_note: Text = ""
    facts: Facts | None = None
    actions: Sequence[Action] = ()
