"""The parts in their other states: every status, a late ladder, a dose out of range, a child who died."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from cordula_web.frame import squares
from cordula_web.frame.gauge import gauge
from cordula_web.frame.parts import (
    Action,
    Answer,
    Fact,
    Facts,
    GateRow,
    LastScan,
    Link,
    MeasureRow,
    Measures,
    PageHead,
    Printed,
    Problem,
    Reader,
    Rung,
    ScanField,
    SecondPerson,
    SignPanel,
    Stage,
    Thread,
    Verdict,
    Who,
    WorkList,
    WorkRow,
)
from cordula_web.frame.showcase import journey
from cordula_web.frame.showcase.journey import at
from cordula_web.frame.status import LOOKS

DIN = "A999926123456"
DIRECTOR = Reader("Dr L. Holm", "Medical director, St Brigid’s", "/showcase/")
PRINTED = Printed(
    "Mr D. Hallström", at(22, 8, 5), f"/unit/{DIN}", squares.data_matrix(f"/unit/{DIN}")
)

EVERY_STATUS = Thread(
    "Every answer a gate can give",
    (
        Stage(
            "States",
            tuple(
                GateRow(
                    status,
                    look.word,
                    "The fact, compared with its limit.",
                    number=place,
                    id=f"state-{status}",
                    who=(Who("S. Wu", "cell lab"),),
                    at=at(22, 8, 5),
                    citation="Protocol 4.2, an invented rule",
                )
                for place, (status, look) in enumerate(LOOKS.items(), start=1)
            ),
        ),
        Stage("Bare", (GateRow("met", "A row with nothing else to say"),)),
    ),
    key=False,
)

YES = Verdict(
    Answer("met", "Is there a unit for him?", "Yes", "His own cells. Identity matches."),
    Answer("met", "Can it be used?", "Yes", "Released by Dr L. Holm until Wed 25-Nov-2026 20:00."),
    journey.VERDICT.dose,
)
EXCEPTIONAL = Verdict(
    YES.unit,
    Answer(
        "exception", "Can it be used?", "By exception", "One gate is met by exception: release 14."
    ),
)
NONE = Verdict(
    Answer(
        "withdrawn",
        "Is there a unit for her?",
        "No",
        "There is no unit for this child: consent was withdrawn.",
    ),
    Answer("locked", "Can it be used?", "No"),
)
UNKNOWN = Verdict(
    YES.unit,
    Answer(
        "unknown",
        "Can it be used?",
        "Not known",
        "The protocol leaves one limit open, and the site has not set it.",
    ),
)

LATE = replace(
    journey.LADDER,
    title="It is late for theatre",
    lead="Gate 7 should have closed on Tue 24-Nov-2026 12:00.",
    rungs=(Rung(at(24, 12), "Gate 7: last moment to close", "missed"), *journey.LADDER.rungs[3:]),
)

OUTSIDE = replace(
    journey.WORKING,
    title="Dose outside the range",
    gauge=gauge(
        Decimal("4.6"),
        journey.BOUNDS,
        journey.ENDS,
        "4.6 million per kg is above the protocol range of 1 to 3 million per kg",
    ),
    sentence="Above the protocol range: the unit may not be prepared at this volume.",
)

DIED = replace(
    journey.CHILD,
    name="OSEI, Ama Serwaa Konadu Yiadom-Boakye (Miss)",
    died=date(2026, 9, 30),
    age_at_death="(3m\u00a026d)",
    allergies="Not recorded",
)

WORK = WorkList(
    "To do, by deadline",
    (
        WorkRow(
            "Finish the questionnaire",
            "/showcase/unit",
            "not_met",
            "3 days overdue",
            at(19, 12),
            DIN,
            "HADDAD, Lina",
            "Question 14 has no answer.",
            "Petra Sund, donor coordinator",
            changed=True,
        ),
        WorkRow(
            "Count the colonies",
            "/showcase/unit",
            "waiting_result",
            "in 1d 8hr",
            at(23, 16),
            DIN,
            next="Day 13 of 14.",
            who="S. Wu, cell lab",
        ),
        WorkRow(
            "Sign the genetic review",
            "/showcase/unit",
            "waiting_signature",
            due_at=at(24, 12),
            subject="HADDAD, Lina",
            next="Dr Meera Pillai signs.",
        ),
        WorkRow("Release", "/showcase/sign", "locked"),
    ),
)
NO_WORK = WorkList(
    "To do",
    (),
    "Nothing waits for you.",
    "Work appears here when a gate needs your role. Scan a unit to look at it.",
)

SIGN_HEAD = PageHead(
    "Release of unit",
    din=DIN,
    sub="For HADDAD, Lina, born 04-Jun-2026.",
    crumbs=(Link("To sign", "/showcase/today"),),
)
CERTIFICATE = Facts(
    (
        Fact("Product", "Mononuclear cells from cord blood, cryopreserved"),
        Fact("Volume", "2 vials of 3 mL"),
        Fact("Live cells after thaw", "21 million per mL", "test segment, 13-Nov-2026"),
        Fact("Infection markers of the mother", "All negative"),
    ),
    "The release certificate",
)
SIGN = SignPanel(
    "Your signature",
    "I release this unit for HADDAD, Lina, born 04-Jun-2026.",
    "Dr Lars Holm",
    "Sign the release",
    role="Medical director",
    warning="One gate is met by exception. Read release 14 before you sign.",
    refuse=Action("Refuse, with a reason", "/showcase/sign", "two"),
    earlier=(Fact("Signed first by", "K. Adeyemi, QA", "22-Nov-2026 07:58"),),
)


class SignForm(forms.Form):
    password = forms.CharField(
        label="Password", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    code = forms.CharField(
        label="Code of your second factor", max_length=8, help_text="Six digits from your device."
    )
    last_four = forms.CharField(
        label="Last 4 characters of the unit number",
        max_length=4,
        help_text="Type them, or scan the bag.",
    )
    ground = forms.ChoiceField(
        label="Basis of the release",
        choices=[("all", "All gates are met"), ("exception", "One gate is met by exception")],
        widget=forms.RadioSelect,
    )
    read = forms.BooleanField(label="I have read the certificate above")


def context() -> dict[str, Any]:
    wrong = SignForm({"code": "12"})
    return {
        "child": DIED,
        "every": EVERY_STATUS,
        "verdicts": (YES, EXCEPTIONAL, NONE, UNKNOWN),
        "ladder": LATE,
        "working": OUTSIDE,
        "form": wrong,
        "problems": (Problem("Enter the volume in mL, like 21", "#p-volume"),),
        "scan": ScanField("/showcase/scan", "Ready to scan", "Bag or badge"),
        "scans": (
            LastScan("not_met", "Wrong bag. Stop.", "A999926123481", at(22, 9, 51)),
            LastScan("unknown", "Not known here.", "XYZ 123"),
        ),
        "measures": Measures(
            "Volume",
            (
                MeasureRow(
                    "p-volume", "volume", "Volume", "mL", problem="Enter the volume in mL, like 21"
                ),
            ),
        ),
        "second": SecondPerson("No second person yet", "Scan another badge.", known=False),
        "stop": Action("Stop, do not give", "/showcase/parts", "stop", size="big"),
        "work": NO_WORK,
        "facts": CERTIFICATE,
    }
