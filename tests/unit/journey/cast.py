"""A protocol that asks for everything a protocol can ask for, and a child and a unit that meet it.

The numbers are those of a practice protocol: they serve the tests, and no child."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from cordula.events.course import Declared, OperationPlanned, Reviewed
from cordula.events.event import Event
from cordula.events.laboratory import Assessed, EligibilityDetermined
from cordula.events.parts import Answer
from cordula.events.theatre import Thawed
from cordula.infants.infant import Infant
from cordula.journey.case import Case
from cordula.journey.finders import finder, look
from cordula.journey.found import Found
from cordula.journey.judge import judge
from cordula.journey.verdict import Verdict
from cordula.protocols import criteria as ask
from cordula.protocols.criteria import Criterion, Limit
from cordula.protocols.protocol import DoseRule, Gate, Protocol, Signatures, Source, Stage, Step
from cordula.units.unit import Unit
from tests import cast
from tests.cast import LINA, QUALITY, SURGEON, TECHNOLOGIST, UNIT, after_birth, q, signature

ID, VERSION, DIGEST = "practice-mnc-stage-2", "1.0", "2" * 64
THEATRE_DAY = after_birth(days=172)
OPERATION = THEATRE_DAY + timedelta(hours=1)
RELEASED = after_birth(days=150)

SAYS: dict[str, str] = {"says": "As the protocol says.", "source": "practice", "who": "quality"}


def criterion(kind: type[Criterion], name: str, **fields: Any) -> Any:
    return kind(**{"id": name, **SAYS, **fields})


CONSENT = criterion(
    ask.ConsentGiven, "consent", scopes=("collect", "store", "use"), parents=2, who="midwife"
)
IDENTITY = criterion(ask.IdentityMatched, "identity", at=("bedside", "laboratory"))
VOLUME = criterion(
    ask.Measured,
    "volume",
    measure="volume",
    timepoint="collected",
    limit=Limit(at_least=q("65", "mL")),
)
TRANSPORT = criterion(
    ask.WithinTime,
    "transport",
    start="collected",
    end="received",
    limit=Limit(at_most=q("48", "h")),
)
MOTHER = criterion(
    ask.MotherNegative, "mother", markers=("hiv",), specimen_within=q("7", "d"), who="virology"
)
VIABILITY = criterion(
    ask.Measured,
    "viability",
    measure="nucleated_viability",
    timepoint="pre_freeze",
    cell_type="nucleated",
    limit=Limit(more_than=q("70", "%")),
)
VIALS = criterion(ask.ProductsKept, "vials", product_kind="vial")
COLD = criterion(ask.StorageUnbroken, "cold")
DEVIATIONS = criterion(ask.DeviationsClosed, "deviations")
TRAVEL = criterion(ask.Answered, "travel", items=("travel",), answer="no", who="donor_coordinator")
ELIGIBLE = criterion(ask.EligibilityIs, "eligible", outcomes=("not_required", "complete_eligible"))
STERILE = criterion(
    ask.TestPassed, "sterile", test="sterility_aerobic", results=("no_growth",), who="cell_lab"
)
GENETICS = criterion(ask.ReviewSigned, "genetics", review="genetics", who="geneticist")
DIAGNOSIS = criterion(ask.DiagnosisIs, "diagnosis", any_of=("hypoplastic_left_heart_syndrome",))
PLANNED = criterion(
    ask.OperationKnown, "planned", operation="stage_2_palliation", state="planned", who="surgeon"
)
AGE = criterion(ask.AgeAt, "age", moment="operation_planned", limit=Limit(less_than=q("13", "mo")))
ENROLLED = criterion(ask.EnrolledHere, "enrolled")
ALLERGY = criterion(ask.Answered, "allergy", items=("dmso_reaction",), answer="no", of="infant")
WEIGHT = criterion(ask.WeightFresh, "weight", not_older_than=q("24", "h"), who="nurse")
DOSE = criterion(ask.DoseInRange, "dose", who="surgeon")
ARRIVED = criterion(ask.Happened, "shipped", event="Shipped")
AT_THEATRE = criterion(ask.IdentityMatched, "identity-theatre", at=("theatre",), who="nurse")


def gate(name: str, stage: str, *criteria: Criterion, **fields: Any) -> Gate:
    given = {"title": name.capitalize(), "who": criteria[0].who if criteria else "quality"}
    return Gate(id=name, stage=stage, criteria=criteria, **{**given, **fields})


def step(name: str, stage: str, event: str, *waits_for: str, **fields: Any) -> Step:
    given = {"title": name.capitalize(), "role": "cell_lab"}
    return Step(id=name, stage=stage, event=event, waits_for=waits_for, **{**given, **fields})


GATES = (
    gate("consent", "birth", CONSENT),
    gate("identity", "birth", IDENTITY),
    gate("collection", "birth", VOLUME, TRANSPORT),
    gate("mother", "laboratory", MOTHER),
    gate("count", "laboratory", VIABILITY),
    gate("storage", "laboratory", VIALS, COLD, DEVIATIONS),
    gate("questionnaire", "release", TRAVEL, ELIGIBLE, before_operation=q("20", "h")),
    gate("sterility", "release", STERILE, before_operation=q("20", "h")),
    gate("genetics", "release", GENETICS, before_operation=q("20", "h")),
    gate("child", "theatre", DIAGNOSIS, PLANNED, AGE, ENROLLED, ALLERGY),
    gate("dose", "theatre", WEIGHT, DOSE),
    gate("bedside", "theatre", AT_THEATRE),
)
BEFORE_RELEASE = tuple(g.id for g in GATES[1:9])
STEPS = (
    step("collect", "birth", "Collected", "consent", role="midwife"),
    step("receive", "laboratory", "Received", "collect"),
    step(
        "release",
        "release",
        "Released",
        *BEFORE_RELEASE,
        "receive",
        role="medical_director",
        signatures=Signatures(roles=("quality", "medical_director"), meaning="release"),
        before_operation=q("15", "h"),
    ),
    step("ship", "theatre", "Shipped", "release"),
    step("arrive", "theatre", "Received", "ship"),
    step("thaw", "theatre", "Thawed", "arrive", "child", "dose", says="Use within 30min."),
    step("give", "theatre", "Administered", "thaw", "bedside", role="surgeon"),
)
DOSE_RULE = DoseRule(
    volume_per_kg=q("0.1", "mL/kg"),
    concentration="tnc_concentration",
    concentration_at="pre_freeze",
    range_per_kg=Limit(at_least=q("3", "10*6/kg"), at_most=q("4.2", "10*6/kg")),
    injections_at_least=6,
    injections_at_most=10,
    weight_not_older_than=q("24", "h"),
    route="intramyocardial",
    source="practice",
)
PROTOCOL = Protocol(
    id=ID,
    version=VERSION,
    title="Practice: own cells at stage II",
    registry=(),
    reconstruction=True,
    product="autologous cord-blood mononuclear cells",
    origin="autologous",
    operation="stage_2_palliation",
    sources={"practice": Source(id="practice", title="Practice protocol", url="")},
    stages=tuple(
        Stage(id=name, title=name.capitalize())
        for name in ("birth", "laboratory", "release", "theatre")
    ),
    gates=GATES,
    steps=STEPS,
    dose=DOSE_RULE,
    follow_up=(),
    design={},
    scenarios={},
    digest=DIGEST,
)


def answers() -> list[Event]:
    when = after_birth(days=140)
    return [
        Assessed(unit=UNIT, item="travel", answer=Answer.NO, by=QUALITY, at=when),
        EligibilityDetermined(unit=UNIT, status="complete_eligible", by=QUALITY, at=when),
        Declared(infant=LINA, item="dmso_reaction", answer=Answer.NO, by=SURGEON, at=when),
        reviewed("no_objection", when),
    ]


def reviewed(conclusion: str, at: datetime) -> Reviewed:
    return Reviewed(
        infant=LINA,
        review="genetics",
        conclusion=conclusion,
        signature=signature("geneticist"),
        by=SURGEON,
        at=at,
    )


def before_release() -> list[Event]:
    """Everything that the release waits for, and the plan of the operation."""
    early = [*cast.before_birth(), *cast.birth(), *cast.laboratory(), *answers()]
    planned = (e for e in cast.theatre() if isinstance(e, OperationPlanned))
    return [*early, *(replace(plan, at=after_birth(days=145)) for plan in planned)]


def before_thaw() -> list[Event]:
    """Released, weighed, and arrived at theatre."""
    day = without(OperationPlanned, cast.theatre())
    thaw = next(n for n, event in enumerate(day) if isinstance(event, Thawed))
    return [*before_release(), *cast.release(), *day[:thaw]]


def whole_life() -> list[Event]:
    return [*before_release(), *cast.release(), *without(OperationPlanned, cast.theatre())]


def histories(events: Iterable[Event]) -> tuple[Unit, Infant]:
    """The two histories, as their own streams tell them."""
    events = list(events)
    unit, infant = f"unit:{UNIT}", f"infant:{LINA}"
    return (
        Unit.replay(event for event in events if unit in event.concerns()),
        Infant.replay(event for event in events if infant in event.concerns()),
    )


def judged(
    events: Iterable[Event], now: datetime = THEATRE_DAY, protocol: Protocol = PROTOCOL
) -> Verdict:
    unit, infant = histories(events)
    return judge(protocol, unit, infant, now)


def found(
    rule: Criterion,
    events: Iterable[Event],
    now: datetime = THEATRE_DAY,
    protocol: Protocol = PROTOCOL,
) -> Found:
    """What looking at one criterion finds in these histories."""
    unit, infant = histories(events)
    return look(finder(rule), rule, Case(protocol, unit, infant, now))


def without(kind: type[Event], events: Iterable[Event]) -> list[Event]:
    return [event for event in events if not isinstance(event, kind)]


__all__ = ["SURGEON", "TECHNOLOGIST"]
