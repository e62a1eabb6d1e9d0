"""An invented child and her unit, for the pages about the journey. Nobody of this name is meant."""

from datetime import UTC, date, datetime
from decimal import Decimal

from cordula_web.frame.gauge import gauge
from cordula_web.frame.parts import (
    Action,
    Answer,
    Blocker,
    ChildBanner,
    DoseAnswer,
    DoseLine,
    DoseWorking,
    GateRow,
    Ladder,
    Link,
    PageHead,
    Rung,
    Side,
    Stage,
    Thread,
    Verdict,
    Who,
)

HERE = "/showcase/unit"


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


CHILD = ChildBanner(
    name="HADDAD, Lina (Miss)",
    born=date(2026, 6, 4),
    age="(5m\u00a018d)",
    sex="Female",
    number_label="Hospital No.",
    number="4471 0926",
    weight="6.8 kg",
    weighed="today 07:40",
    allergies="None known",
)

HEAD = PageHead(
    title="Unit",
    din="A999926123456",
    sub="Her own cord blood cells. 2 vials of 3 mL, frozen 05-Jun-2026.",
    crumbs=(Link("Theatre list", HERE), Link("HADDAD, Lina", HERE)),
)

VERDICT = Verdict(
    unit=Answer("met", "Is there a unit for her?", "Yes", "Her own cells. Identity matches."),
    use=Answer(
        "not_met",
        "Can it be used?",
        "Not yet",
        "6 of 10 gates are met.",
        blockers=(
            Blocker("not_met", "Donor health questionnaire", "#gate-7"),
            Blocker("waiting_result", "Potency and sterility", "#gate-8"),
            Blocker("waiting_signature", "Genetic review", "#gate-9"),
            Blocker("locked", "Release for this child", "#gate-10"),
        ),
    ),
    dose=DoseAnswer(
        "Planned dose at 6.8 kg",
        "0.68 mL",
        "14 million live cells, 2.1 million per kg. A plan only, until the unit is released.",
    ),
)

BIRTH = (
    GateRow(
        "met",
        "Parents’ consent",
        "To collect, store and use in CORD-HEART 1. Not withdrawn.",
        number=1,
        id="gate-1",
        who=(Who("Both parents"), Who("Witness: J. Lindqvist", "midwife")),
        at=at(12, 10, month=5),
    ),
    GateRow(
        "met",
        "Identity",
        "Mother, baby and bag match: at the bedside and at the lab.",
        number=2,
        id="gate-2",
        who=(Who("J. Lindqvist + P. Osei"),),
        at=at(4, 5, 51, month=6),
    ),
    GateRow(
        "met",
        "Collection and transport",
        "92 mL. 18hr 20min to the lab (limit 48hr), at 16 °C to 22 °C.",
        number=3,
        id="gate-3",
        who=(Who("T. Brandt", "cell lab"),),
        at=at(5, 0, 11, month=6),
    ),
)

CELL_LAB = (
    GateRow(
        "met",
        "Mother’s infection tests",
        "HIV, hepatitis B, hepatitis C, syphilis and HTLV: all negative.",
        number=4,
        id="gate-4",
        who=(Who("R. Castellanos", "virology"),),
        at=at(9, 14, 2, month=6),
    ),
    GateRow(
        "met",
        "Cell count and viability",
        "94% alive after thawing the test segment (limit 70% or more).",
        number=5,
        id="gate-5",
        who=(Who("T. Brandt + S. Wu"),),
        at=at(13, 16, 40),
    ),
    GateRow(
        "met_with_note",
        "Frozen storage",
        "One excursion, 11min at −142 °C. Reviewed: can be used.",
        number=6,
        id="gate-6",
        note=Link("Deviation 142", HERE),
        who=(Who("K. Adeyemi", "QA"),),
        at=at(3, 10, 15, month=9),
    ),
)

RELEASE = (
    GateRow(
        "not_met",
        "Donor health questionnaire",
        "Question 14 (travel in the 28 days before birth) has no answer.",
        number=7,
        id="gate-7",
        who=(Who("Petra Sund", "donor coordinator"),),
        due="3 days overdue",
        actions=(
            Action("Ask Petra Sund to finish it", HERE, size="sm"),
            Action("Other ways to close this gate", HERE, kind="two", size="sm"),
        ),
    ),
    GateRow(
        "waiting_result",
        "Potency and sterility",
        "Day 13 of 14. No growth so far. The colonies are counted on Mon 23-Nov-2026 at 16:00.",
        number=8,
        id="gate-8",
        who=(Who("S. Wu", "cell lab"),),
        due="due in 1d 8hr",
    ),
    GateRow(
        "waiting_signature",
        "Genetic review",
        "The report is ready. Its result stays hidden until it is signed.",
        number=9,
        id="gate-9",
        who=(Who("Dr Meera Pillai", "clinical genetics"),),
        due="ready since 20-Nov-2026",
        actions=(Action("Remind Dr Pillai", HERE, method="post", size="sm"),),
    ),
    GateRow(
        "locked",
        "Release for this child",
        "Opens when gates 7, 8 and 9 are met. Needs two signatures.",
        number=10,
        id="gate-10",
        who=(Who("Dr Lars Holm", "medical director"), Who("K. Adeyemi", "QA")),
    ),
)

THEATRE = (
    GateRow(
        "not_started",
        "Thaw at the theatre door",
        "Start at 08:10. Use within 30min of the end of thaw.",
        who=(Who("T. Brandt", "cell lab"),),
    ),
    GateRow(
        "not_started",
        "Injection",
        "0.68 mL in 7 injections, right ventricle wall.",
        who=(Who("Mr D. Hallström", "surgeon"),),
    ),
)

THREAD = Thread(
    "From cord to heart",
    (
        Stage("Birth", BIRTH, "04-Jun-2026"),
        Stage("Cell lab", CELL_LAB, "05-Jun-2026"),
        Stage("Release", RELEASE, "by 24-Nov-2026\n17:00"),
        Stage("Theatre", THEATRE, "25-Nov-2026\n08:30"),
    ),
    end="Her heart",
)

LADDER = Ladder(
    "Will it be ready for theatre?",
    (
        Rung(at(22, 8, 5), "Now", "now"),
        Rung(at(23, 16), "Gate 8: colonies counted"),
        Rung(at(24, 12), "Gates 7 and 9: last moment to close", "deadline"),
        Rung(at(24, 17), "Gate 10: last moment to release", "deadline"),
        Rung(at(25, 8, 30), "Theatre 2: stage II (Glenn)", "theatre"),
    ),
    "It can be. Gates 7 and 9 must close by Tue 24-Nov-2026 12:00, and gate 8 must pass.",
)

BOUNDS = (Decimal(1), Decimal(3))
ENDS = ("1 million per kg", "3 million per kg")

WORKING = DoseWorking(
    "Dose",
    (
        DoseLine("Weight", "6.8 kg", "today 07:40, ward 4"),
        DoseLine("Volume", "0.68 mL", "0.1 mL for each kg"),
        DoseLine("Live cells", "14 million", "21 million in each mL after thaw"),
    ),
    DoseLine("For each kg", "2.1 million"),
    gauge(
        Decimal("2.1"),
        BOUNDS,
        ENDS,
        "2.1 million per kg is inside the protocol range of 1 to 3 million per kg",
    ),
    "Inside the protocol range. Weigh again on the day: the dose is locked only when the vial is thawed.",
)

PHONE = Side(
    "phone",
    "Cell lab",
    phone="Ext. 4410",
    phone_note="day and night",
    actions=(Action("Print this page", HERE, kind="two", size="sm", icon="print"),),
)
