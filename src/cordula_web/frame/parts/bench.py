"""What do the tools of the bench and the freezer need to be told?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cordula_web.frame.parts.page import Action, Text


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
class Choice:
    """What a value is nothing without, such as which cells, by which method. Without options it is typed."""

    id: str
    name: str
    label: Text
    value: str = ""
    options: Sequence[tuple[str, Text]] = ()
    suggested: Sequence[str] = ()


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
    choices: Sequence[Choice] = ()


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
