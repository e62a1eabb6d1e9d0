"""An invented run at the bench: one unit, its measures, its label and its place."""

from typing import Any

from cordula_web.frame import squares
from cordula_web.frame.parts import (
    Action,
    BannerFact,
    Cell,
    Command,
    FreezerMap,
    FreezerRow,
    Label,
    LastScan,
    MeasureRow,
    Measures,
    PossibleMistake,
    ScanField,
    SecondPerson,
    Step,
    Steps,
    Sum,
    UnitBanner,
)
from cordula_web.frame.showcase.journey import at

DIN = "A999926123481"
NOW = at(22, 9, 51)

UNIT = UnitBanner(
    DIN,
    facts=(
        BannerFact("Collected", "21-Nov-2026 18:44"),
        BannerFact("Age of the blood", "15hr 8min"),
        BannerFact("Freeze by", "23-Nov-2026 18:44", "(32hr 52min left)", "wait"),
    ),
)

_DONE = (("Scan the bag", 12), ("Check the request", 13), ("Weigh", 15), ("Reduce the volume", 48))
STEPS = Steps(
    "Run 26-0611",
    (
        *(Step(title, "done", at=at(22, 9, minute)) for title, minute in _DONE),
        Step("Count the cells", "now", 5),
        Step("Label", "ahead", 6),
        Step("Freeze", "ahead", 7),
        Step("Put away", "ahead", 8),
    ),
)

MEASURES = Measures(
    "Cell counts before and after volume reduction",
    (
        MeasureRow(
            "m-volume", "volume", "Volume", "mL", "from scale 2", "92 mL", "21", "20 to 25 mL"
        ),
        MeasureRow(
            "m-tnc",
            "tnc",
            "All cells",
            "million per mL",
            "",
            "12.4 million",
            "46.1",
            "30 to 80 million",
        ),
        MeasureRow("m-live", "live", "Live cells", "%", "", "97%", "94", "90% to 99%"),
        MeasureRow(
            "m-cd34",
            "cd34",
            "CD34 cells",
            "%",
            was="0.31%",
            value="1.9",
            usual="0.1% to 0.8%",
            question=PossibleMistake(
                "Is 1.9% right?",
                "Before it was 0.31%. Check the decimal point.",
                "confirmed",
                "cd34",
            ),
        ),
    ),
    was="Before",
    now="After",
    usual="Usual here",
)

SUMS = (
    Sum("Total nucleated cells", "968", "million", "21 mL × 46.1 million per mL"),
    Sum("Recovered", "85%", note="Limit 70% or more", status="met"),
    Sum("Enough for a child of 10 kg?", "Yes", note="10 to 30 million live cells needed"),
)

FULL = {"A": "123456", "B": "123456", "C": "123", "D": "1", "E": "12"}


def _row(letter: str) -> FreezerRow:
    places = [(f"{letter}{column}", column) for column in "123456"]
    states = {name: "full" if column in FULL[letter] else "free" for name, column in places}
    states |= {"C4": "here"} if letter == "C" else {}
    return FreezerRow(letter, [Cell(state, name) for name, state in states.items()])


FREEZER = FreezerMap(
    "Place kept for this unit",
    "Tank 3, rack B, box 7",
    "C4",
    "Box 7. C4 is reserved for this unit.",
    tuple("123456"),
    tuple(_row(letter) for letter in FULL),
)


FIRST_SCAN = LastScan("met", "Bag matches this run.", DIN, NOW, "/showcase/bench", "All scans (14)")


def answer(text: str) -> LastScan:
    """What the bench says to a scan."""
    if text.lstrip("=")[:13].upper() == DIN:
        return LastScan("met", "Bag matches this run.", DIN, NOW)
    if text.startswith("="):
        return LastScan("not_met", "Wrong bag. Stop.", text.lstrip("=")[:13], NOW)
    return LastScan("unknown", "Not known here.", text, NOW)


def label() -> Label:
    return Label(
        "Label",
        DIN,
        copies="2 copies",
        facility="St Brigid’s Cell Laboratory, Practice Town",
        product="MNC, CORD BLOOD",
        lines=("Cryopreserved, 10% DMSO", "Volume 21 mL. Store below −150 °C"),
        collected=at(21, 18, 44),
        use="FOR AUTOLOGOUS USE ONLY",
        warning="BIOHAZARD",
        warning_note="tests not finished",
        bars=squares.code_128(squares.PREVIEW),
        product_bars=squares.code_128(squares.PREVIEW),
        square=squares.data_matrix(squares.PREVIEW),
        specimen="SPECIMEN",
        printer="Printer on bench 2 is ready.",
    )


def _command(action: Action) -> Command:
    return Command(action, squares.data_matrix(f"CMD:{action.command}"))


def context(last: LastScan) -> dict[str, Any]:
    report = Action(
        "Report a deviation",
        "/showcase/bench",
        "two",
        key="F8",
        command="DEVIATION:7F3A",
        size="big",
    )
    save = Action(
        "Save, then label", method="post", form="count", key="F9", command="NEXT:7F3A", size="big"
    )
    return {
        "unit": UNIT,
        "steps": STEPS,
        "scan": ScanField(
            "/showcase/scan", "Ready to scan", "Bag, badge, reagent or command", last=last
        ),
        "measures": MEASURES,
        "sums": SUMS,
        "label": label(),
        "map": FREEZER,
        "second": SecondPerson("Second person: S. Wu", "Badge scanned 09:51:40"),
        "commands": (_command(report), _command(save)),
    }
