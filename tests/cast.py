"""The fixed cast of the tests: one family, one kit, the people around it, and a whole life to replay."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from cordula.events.before_birth import Announced, Consented, Enrolled, Expected
from cordula.events.collection import Born, Collected, IdentityChecked, Received
from cordula.events.course import Diagnosed, OperationPlanned, Weighed
from cordula.events.event import Event
from cordula.events.laboratory import (
    Counted,
    Cryopreserved,
    Divided,
    MotherTested,
    Processed,
    Tested,
    TestStarted,
)
from cordula.events.parts import Injection, Part, PartKind, Signature
from cordula.events.release import Allocated, Released, Shipped, Signed
from cordula.events.sealed import Sealed
from cordula.events.storage import PlaceOpened, Retrieved, Stored
from cordula.events.theatre import Administered, Prepared, Thawed
from cordula.vocabulary.identifiers import (
    AccountId,
    ChainOfIdentityId,
    DinNumber,
    InfantId,
    MotherId,
    PlaceId,
    ProductKey,
    UnitId,
)
from cordula.vocabulary.quantity import Quantity

BIRTH = datetime(2026, 6, 4, 2, 27, tzinfo=UTC)

UNIT, OTHER_UNIT = UnitId("unit-of-lina"), UnitId("unit-of-noor")
LINA, NOOR = InfantId("lina"), InfantId("noor")
MOTHER = MotherId("mother-of-lina")
DIN = DinNumber("A999926123456")
CHAIN = ChainOfIdentityId("CHA999926000001")
TANK = PlaceId("tank-3-rack-b-box-7")

MIDWIFE = AccountId("midwife")
SECOND_MIDWIFE = AccountId("second-midwife")
TECHNOLOGIST = AccountId("technologist")
SECOND_TECHNOLOGIST = AccountId("second-technologist")
QUALITY = AccountId("quality")
DIRECTOR = AccountId("director")
SURGEON = AccountId("surgeon")
NURSE = AccountId("nurse")

BLOOD = ProductKey(DIN, "D0001", "00")
VIAL_A = ProductKey(DIN, "D0002", "A0")
VIAL_B = ProductKey(DIN, "D0002", "B0")
SEGMENT = ProductKey(DIN, "D0002", "C0")


def after_birth(**time: float) -> datetime:
    """A moment so long after Lina's birth."""
    return BIRTH + timedelta(**time)


def q(value: str, unit: str) -> Quantity:
    return Quantity(Decimal(value), unit)


def signature(role: str) -> Signature:
    return Signature(
        role=role, meaning="release", statement=Sealed("7" * 64), printed_name=Sealed("1" * 64)
    )


def before_birth() -> list[Event]:
    early = after_birth(days=-20)
    return [
        Announced(
            infant=LINA,
            mother=MOTHER,
            chain_of_identity=CHAIN,
            birth_order="1 of 1",
            by=MIDWIFE,
            at=early,
        ),
        Expected(
            unit=UNIT,
            infant=LINA,
            mother=MOTHER,
            din=DIN,
            chain_of_identity=CHAIN,
            by=MIDWIFE,
            at=early,
        ),
        Consented(
            infant=LINA,
            units=(UNIT,),
            scopes=("collect", "store", "use"),
            parents=2,
            form="consent 1.0",
            by=MIDWIFE,
            at=early,
        ),
        Enrolled(
            infant=LINA,
            units=(UNIT,),
            protocol="practice-mnc-stage-2",
            version="1.0",
            digest="2" * 64,
            by=DIRECTOR,
            at=early,
        ),
        Diagnosed(
            infant=LINA,
            diagnosis="hypoplastic_left_heart_syndrome",
            before_birth=True,
            by=SURGEON,
            at=early,
        ),
    ]


def birth() -> list[Event]:
    return [
        Born(infant=LINA, sex="female", by=MIDWIFE, at=BIRTH),
        Collected(
            unit=UNIT,
            infant=LINA,
            din=DIN,
            volume=q("92", "mL"),
            anticoagulant="CPD",
            method="before_placenta",
            clamped_at=after_birth(minutes=1),
            started_at=after_birth(minutes=2),
            by=MIDWIFE,
            at=after_birth(minutes=7),
            second_person=SECOND_MIDWIFE,
        ),
        IdentityChecked(
            unit=UNIT,
            infant=LINA,
            where="bedside",
            matched=True,
            by=MIDWIFE,
            second_person=SECOND_MIDWIFE,
            at=after_birth(minutes=10),
        ),
        Received(
            unit=UNIT,
            where="laboratory",
            condition="good",
            by=TECHNOLOGIST,
            at=after_birth(hours=18),
        ),
        IdentityChecked(
            unit=UNIT,
            infant=LINA,
            where="laboratory",
            matched=True,
            by=TECHNOLOGIST,
            second_person=SECOND_TECHNOLOGIST,
            at=after_birth(hours=18),
        ),
    ]


def count(measure: str, value: str, unit: str, timepoint: str, **more: object) -> Counted:
    return Counted(
        unit=UNIT,
        measure=measure,
        timepoint=timepoint,
        result=q(value, unit),
        by=TECHNOLOGIST,
        at=more.pop("at", after_birth(hours=20)),  # type: ignore[arg-type]
        **more,  # type: ignore[arg-type]
    )


def laboratory() -> list[Event]:
    return [
        Processed(
            unit=UNIT,
            method="density_gradient",
            started_at=after_birth(hours=18.5),
            product_code="D0002",
            by=TECHNOLOGIST,
            at=after_birth(hours=20),
        ),
        Divided(
            unit=UNIT,
            parts=(
                Part(product=VIAL_A, kind=PartKind.VIAL, volume=q("3", "mL")),
                Part(product=VIAL_B, kind=PartKind.VIAL, volume=q("3", "mL")),
                Part(product=SEGMENT, kind=PartKind.SEGMENT),
            ),
            by=TECHNOLOGIST,
            at=after_birth(hours=20),
        ),
        count("tnc_concentration", "36", "10*6/mL", "pre_freeze"),
        count(
            "nucleated_viability", "94", "%", "pre_freeze", cell_type="nucleated", method="7-AAD"
        ),
        Cryopreserved(
            unit=UNIT,
            products=(VIAL_A, VIAL_B, SEGMENT),
            cryoprotectant="DMSO 10 %",
            programme="CRF-1",
            started_at=after_birth(hours=21),
            by=TECHNOLOGIST,
            at=after_birth(hours=22),
        ),
        *(
            Stored(
                unit=UNIT,
                place=TANK,
                product=vial,
                position=position,
                by=TECHNOLOGIST,
                at=after_birth(hours=23),
            )
            for vial, position in ((VIAL_A, "C4"), (VIAL_B, "C5"))
        ),
        TestStarted(
            unit=UNIT,
            test="sterility_aerobic",
            due=after_birth(days=15),
            by=TECHNOLOGIST,
            at=after_birth(hours=20),
        ),
        Tested(
            unit=UNIT,
            test="sterility_aerobic",
            result="no_growth",
            by=TECHNOLOGIST,
            at=after_birth(days=15),
        ),
        MotherTested(
            units=(UNIT,),
            mother=MOTHER,
            test="hiv",
            result="negative",
            specimen_at=after_birth(hours=-2),
            by=TECHNOLOGIST,
            at=after_birth(days=5),
        ),
    ]


def release() -> list[Event]:
    when = after_birth(days=150)
    return [
        Signed(
            unit=UNIT,
            infant=LINA,
            step="release",
            protocol="practice-mnc-stage-2",
            digest="2" * 64,
            signature=signature("quality"),
            by=QUALITY,
            at=when,
        ),
        Released(
            unit=UNIT,
            infant=LINA,
            protocol="practice-mnc-stage-2",
            digest="2" * 64,
            verdict="3" * 64,
            signature=signature("medical_director"),
            by=DIRECTOR,
            at=when,
        ),
    ]


def theatre() -> list[Event]:
    day = after_birth(days=172)

    def at(minutes: int) -> datetime:
        return day + timedelta(minutes=minutes)

    return [
        OperationPlanned(
            infant=LINA,
            operation="stage_2_palliation",
            planned_for=at(60),
            by=SURGEON,
            at=after_birth(days=160),
        ),
        Weighed(infant=LINA, weight=q("6.8", "kg"), by=NURSE, at=at(-50)),
        Allocated(unit=UNIT, infant=LINA, products=(VIAL_A,), by=QUALITY, at=after_birth(days=171)),
        Retrieved(unit=UNIT, place=TANK, product=VIAL_A, by=TECHNOLOGIST, at=at(-35)),
        Shipped(
            unit=UNIT,
            products=(VIAL_A,),
            consignment="A999926000010101",
            destination="Theatre 2",
            container="dry shipper 4",
            by=TECHNOLOGIST,
            at=at(-30),
        ),
        Received(unit=UNIT, where="theatre", condition="good", by=TECHNOLOGIST, at=at(-10)),
        Thawed(
            unit=UNIT,
            infant=LINA,
            products=(VIAL_A,),
            started_at=at(0),
            verdict="3" * 64,
            by=TECHNOLOGIST,
            second_person=SECOND_TECHNOLOGIST,
            at=at(3),
        ),
        Prepared(
            unit=UNIT,
            infant=LINA,
            volume=q("0.70", "mL"),
            expires_at=at(33),
            by=TECHNOLOGIST,
            second_person=NURSE,
            at=at(8),
        ),
        IdentityChecked(
            unit=UNIT,
            infant=LINA,
            where="theatre",
            matched=True,
            by=NURSE,
            second_person=SURGEON,
            at=at(10),
        ),
        Administered(
            unit=UNIT,
            infant=LINA,
            route="intramyocardial",
            started_at=at(12),
            planned=q("0.68", "mL"),
            given=q("0.68", "mL"),
            weight=q("6.8", "kg"),
            injections=tuple(
                Injection(site="right ventricle", volume=q(ml, "mL"))
                for ml in ("0.1", "0.1", "0.1", "0.1", "0.1", "0.1", "0.08")
            ),
            verdict="3" * 64,
            by=SURGEON,
            second_person=NURSE,
            at=at(20),
        ),
    ]


def whole_life() -> list[Event]:
    """From before birth to the last injection, each event admissible after the ones before."""
    return [*before_birth(), *birth(), *laboratory(), *release(), *theatre()]


def tank_opened() -> PlaceOpened:
    return PlaceOpened(
        place=TANK,
        path=("Tank 3", "Rack B", "Box 7"),
        positions=30,
        temperature_limit=q("-150", "Cel"),
        by=TECHNOLOGIST,
        at=after_birth(days=-300),
    )
