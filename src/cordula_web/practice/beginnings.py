"""Practice lives before birth and at birth."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cordula.events.before_birth import Announced, Consented, Enrolled, Expected
from cordula.events.collection import (
    Born,
    Collected,
    CollectionStopped,
    HandedOver,
    IdentityChecked,
    Received,
)
from cordula.events.course import Diagnosed, Weighed
from cordula.events.laboratory import Assessed, MotherTested
from cordula.events.parts import Answer
from cordula.protocols.protocol import Protocol
from cordula.vocabulary.identifiers import (
    ChainOfIdentityId,
    DinNumber,
    InfantId,
    MotherId,
    PlaceId,
    UnitId,
)
from cordula.vocabulary.quantity import Quantity
from cordula.vocabulary.tests import markers_of
from cordula_web.practice.acts import Act, Life
from cordula_web.practice.people import Staff
from cordula_web.practice.profile import Profile

INFECTIONS = ("hiv", "hbv", "hcv", "syphilis", "htlv")
QUESTIONS = ("travel_before_birth", "family_blood_disease", "infection_in_pregnancy")


@dataclass(frozen=True, slots=True)
class Child:
    """A practice child with the identifiers she and her unit go by."""

    profile: Profile
    infant: InfantId
    unit: UnitId
    mother: MotherId
    din: DinNumber
    chain: ChainOfIdentityId
    staff: Staff
    protocol: Protocol
    box: PlaceId
    positions: tuple[str, ...]

    def after_birth(self, **time: float) -> datetime:
        return self.profile.born_at + timedelta(**time)


def before_birth(child: Child) -> Life:
    announced = child.after_birth(days=-60 - child.profile.chance.randrange(30))
    staff, profile = child.staff, child.profile
    yield Act(
        Announced(
            infant=child.infant,
            mother=child.mother,
            chain_of_identity=child.chain,
            birth_order=f"{profile.twin or 1} of {2 if profile.twin else 1}",
            children=2 if profile.twin else 1,
            due=profile.born_at.date(),
            by=staff["sund"],
            at=announced,
        )
    )
    yield Act(
        Diagnosed(
            infant=child.infant,
            diagnosis="hypoplastic_left_heart_syndrome",
            before_birth=True,
            by=staff["moreau"],
            at=announced + timedelta(hours=2),
        )
    )
    yield Act(
        Expected(
            unit=child.unit,
            infant=child.infant,
            mother=child.mother,
            din=child.din,
            chain_of_identity=child.chain,
            by=staff["sund"],
            at=announced + timedelta(days=7),
        )
    )
    yield Act(
        Consented(
            infant=child.infant,
            units=(child.unit,),
            scopes=_scopes(profile),
            parents=2,
            form="practice consent 1.0",
            witness=staff["lindqvist"],
            by=staff["sund"],
            at=announced + timedelta(days=7, hours=1),
        )
    )
    yield Act(
        Enrolled(
            infant=child.infant,
            units=(child.unit,),
            protocol=child.protocol.id,
            version=child.protocol.version,
            digest=child.protocol.digest,
            by=staff["moreau"],
            at=announced + timedelta(days=8),
        )
    )


def _scopes(profile: Profile) -> tuple[str, ...]:
    more = [s for s in ("research", "registry", "recontact") if profile.chance.random() < 0.7]
    return ("collect", "store", "use", *more)


def birth(child: Child) -> Life:
    staff, profile = child.staff, child.profile
    yield Act(
        Born(
            infant=child.infant,
            sex=profile.sex,
            gestational_age=Quantity.of(str(266 + profile.chance.randrange(14)), "d"),
            by=staff["lindqvist"],
            at=profile.born_at,
        )
    )
    if profile.collection_stopped:
        yield Act(
            CollectionStopped(
                unit=child.unit,
                infant=child.infant,
                reason=profile.chance.choice(("mother", "child", "cord")),
                by=staff["lindqvist"],
                at=child.after_birth(minutes=4),
            )
        )
    else:
        yield from _collection(child)
    yield Act(
        Weighed(
            infant=child.infant,
            weight=Quantity(profile.birth_weight_kg, "kg"),
            where="labour ward",
            by=staff["lindqvist"],
            at=child.after_birth(minutes=30),
        )
    )


def _collection(child: Child) -> Life:
    staff, profile = child.staff, child.profile
    clamp = 30 + profile.chance.randrange(60)
    yield Act(
        Collected(
            unit=child.unit,
            infant=child.infant,
            din=child.din,
            volume=Quantity(profile.volume_ml, "mL"),
            anticoagulant="CPD",
            method="before_placenta",
            clamped_at=child.after_birth(seconds=clamp),
            started_at=child.after_birth(seconds=clamp + 30),
            by=staff["lindqvist"],
            second_person=staff["osei"],
            at=child.after_birth(minutes=8),
        )
    )
    yield Act(
        IdentityChecked(
            unit=child.unit,
            infant=child.infant,
            where="bedside",
            matched=True,
            by=staff["lindqvist"],
            second_person=staff["osei"],
            at=child.after_birth(minutes=12),
        )
    )


def journey_to_the_laboratory(child: Child) -> Life:
    staff, profile = child.staff, child.profile
    arrives = child.after_birth(hours=profile.hours_to_laboratory)
    yield Act(
        HandedOver(
            unit=child.unit,
            sender="labour ward",
            receiver="courier",
            container=f"box {1 + profile.number % 9}",
            seal=f"S-{10_000 + profile.number}",
            logger=f"L-{1 + profile.number % 9}",
            by=staff["lindqvist"],
            at=child.after_birth(minutes=55),
        )
    )
    yield Act(
        Received(
            unit=child.unit,
            where="laboratory",
            condition="good",
            temperature_lowest=Quantity.of(str(15 + profile.chance.randrange(3)), "Cel"),
            temperature_highest=Quantity.of(str(20 + profile.chance.randrange(4)), "Cel"),
            seal_intact=True,
            by=staff["brandt"],
            at=arrives,
        )
    )
    yield Act(
        IdentityChecked(
            unit=child.unit,
            infant=child.infant,
            where="laboratory",
            matched=True,
            by=staff["brandt"],
            second_person=staff["wu"],
            at=arrives + timedelta(minutes=5),
        )
    )


def mother_and_donor(child: Child) -> Life:
    """The mother's results and the questionnaire, some days after the birth."""
    staff, profile = child.staff, child.profile
    results_at = child.after_birth(days=5)
    for marker in (test.key for infection in INFECTIONS for test in markers_of(infection)):
        yield Act(
            MotherTested(
                units=(child.unit,),
                mother=child.mother,
                test=marker,
                result="positive"
                if profile.mother_positive and marker == "anti_hcv"
                else "negative",
                specimen_at=child.after_birth(hours=-3),
                by=staff["brandt"],
                at=results_at,
            )
        )
    for question in QUESTIONS[: 2 if profile.unanswered else 3]:
        yield Act(
            Assessed(
                unit=child.unit,
                item=question,
                answer=Answer.NO,
                by=staff["sund"],
                at=results_at + timedelta(hours=3),
            )
        )
