"""Practice lives in the cell laboratory: counted, processed, divided, frozen, tested."""

from datetime import datetime, timedelta
from decimal import Decimal

from cordula.events.laboratory import (
    Counted,
    Cryopreserved,
    Divided,
    EligibilityDetermined,
    LabelPrinted,
    LabelVerified,
    Processed,
    Tested,
    TestStarted,
)
from cordula.events.parts import Lot, Part, PartKind
from cordula.events.storage import Stored
from cordula.vocabulary.identifiers import ProductKey
from cordula.vocabulary.quantity import Quantity
from cordula_web.practice.acts import Act, Life
from cordula_web.practice.beginnings import Child
from cordula_web.practice.profile import rounded

PRODUCT_CODE = "D0001"  # a facility's own code: ICCBBA's table is not ours to use
VIAL_ML = Decimal(3)
CULTURES = ("sterility_aerobic", "sterility_anaerobic", "fungal")
CULTURE_DAYS = 14


def vials_of(child: Child) -> tuple[ProductKey, ProductKey]:
    return _product(child, "A0"), _product(child, "B0")


def segments_of(child: Child) -> tuple[ProductKey, ProductKey]:
    return _product(child, "C0"), _product(child, "D0")


def _product(child: Child, division: str) -> ProductKey:
    return ProductKey(child.din, PRODUCT_CODE, division)


def processing(child: Child) -> Life:
    """From arrival to the tank, within a working day."""
    arrived = child.after_birth(hours=child.profile.hours_to_laboratory)
    yield from _first_counts(child, arrived + timedelta(minutes=40))
    started = arrived + timedelta(hours=1, minutes=30)
    yield from _processed(child, started)
    yield from _counts_before_freezing(child, started + timedelta(hours=2))
    yield from _cultures_begun(child, started + timedelta(hours=2, minutes=20))
    yield from _frozen(child, started + timedelta(hours=3))


def _count(
    child: Child, at: datetime, measure: str, value: Decimal, unit: str, timepoint: str, **more: str
) -> Act:
    return Act(
        Counted(
            unit=child.unit,
            measure=measure,
            timepoint=timepoint,
            result=Quantity(value, unit),
            instrument=more.get("instrument"),
            cell_type=more.get("cell_type"),
            method=more.get("method"),
            by=child.staff["brandt"],
            second_person=child.staff["wu"],
            at=at,
        )
    )


def _first_counts(child: Child, at: datetime) -> Life:
    profile = child.profile
    cells = profile.volume_ml * profile.tnc_per_ml
    warmth = Decimal(17 + profile.number % 6)
    yield _count(child, at, "transport_temperature", warmth, "Cel", "arrival", instrument="logger")
    yield _count(child, at, "volume", profile.volume_ml, "mL", "collected", instrument="scale 2")
    yield _count(child, at, "tnc_concentration", profile.tnc_per_ml, "10*6/mL", "collected")
    yield _count(child, at, "tnc", round(cells, 0), "10*6", "collected")


def _processed(child: Child, started: datetime) -> Life:
    yield Act(
        Processed(
            unit=child.unit,
            method="density_gradient",
            started_at=started,
            product_code=PRODUCT_CODE,
            lots=(Lot(item="density medium", lot="DM-2231"), Lot(item="DMSO", lot="DS-0417")),
            by=child.staff["brandt"],
            second_person=child.staff["wu"],
            at=started + timedelta(hours=2),
        )
    )
    vials, segments = vials_of(child), segments_of(child)
    yield Act(
        Divided(
            unit=child.unit,
            parts=(
                *(
                    Part(product=v, kind=PartKind.VIAL, volume=Quantity(VIAL_ML, "mL"))
                    for v in vials
                ),
                *(Part(product=s, kind=PartKind.SEGMENT) for s in segments),
            ),
            by=child.staff["brandt"],
            at=started + timedelta(hours=2),
        )
    )


def concentration_of(child: Child) -> Decimal:
    """The concentrate is set to a concentration inside the protocol's range where there are cells enough."""
    profile = child.profile
    recovered = profile.volume_ml * profile.tnc_per_ml * rounded(profile.recovery, 3)
    return min(profile.aimed_concentration, round(recovered / (2 * VIAL_ML), 1))


def _counts_before_freezing(child: Child, at: datetime) -> Life:
    profile = child.profile
    concentration = concentration_of(child)
    when = "pre_freeze"
    yield _count(child, at, "tnc_concentration", concentration, "10*6/mL", when)
    yield _count(child, at, "tnc", round(concentration * 2 * VIAL_ML, 0), "10*6", when)
    yield _count(
        child,
        at,
        "nucleated_viability",
        profile.viability,
        "%",
        when,
        cell_type="nucleated",
        method="7-AAD",
    )
    yield _count(child, at, "mnc_percent", profile.mnc_percent, "%", when)
    yield _count(
        child, at, "cd34_percent", profile.cd34_percent, "%", when, method="flow cytometry"
    )
    endotoxin = rounded(profile.chance.uniform(0.1, 2.0), 1)
    yield _count(child, at, "endotoxin", endotoxin, "{EU}/mL", when, method="LAL")


def _cultures_begun(child: Child, at: datetime) -> Life:
    for test in CULTURES:
        yield Act(
            TestStarted(
                unit=child.unit,
                test=test,
                due=at + timedelta(days=CULTURE_DAYS),
                by=child.staff["wu"],
                at=at,
            )
        )


def _frozen(child: Child, started: datetime) -> Life:
    products = (*vials_of(child), *segments_of(child))
    ended = started + timedelta(hours=1)
    yield Act(
        Cryopreserved(
            unit=child.unit,
            products=products,
            cryoprotectant="DMSO 10 %",
            programme="CRF-1",
            started_at=started,
            end_temperature=Quantity.of("-100", "Cel"),
            by=child.staff["brandt"],
            at=ended,
        )
    )
    yield from _labelled(child, ended)
    for product, position in zip(products, child.positions, strict=True):
        yield Act(
            Stored(
                unit=child.unit,
                place=child.box,
                product=product,
                position=position,
                by=child.staff["brandt"],
                at=ended + timedelta(minutes=15),
            )
        )


def _labelled(child: Child, at: datetime) -> Life:
    vial, _ = vials_of(child)
    yield Act(
        LabelPrinted(
            unit=child.unit,
            product=vial,
            template="vial",
            copies=2,
            practice=True,
            by=child.staff["brandt"],
            at=at,
        )
    )
    yield Act(
        LabelVerified(
            unit=child.unit,
            product=vial,
            scanned=f"={child.din}00",
            by=child.staff["brandt"],
            at=at + timedelta(minutes=1),
        )
    )


def results(child: Child) -> Life:
    """The cultures after their days, then the thawed segment and the donor's eligibility."""
    profile = child.profile
    read_at = child.after_birth(days=CULTURE_DAYS + 1, hours=profile.hours_to_laboratory)
    for test in CULTURES:
        grows = profile.grows and test == "sterility_aerobic"
        yield Act(
            Tested(
                unit=child.unit,
                test=test,
                result="growth" if grows else "no_growth",
                organism="coagulase-negative staphylococcus" if grows else None,
                by=child.staff["wu"],
                at=read_at,
            )
        )
    thawed = read_at + timedelta(days=7)
    yield _count(
        child,
        thawed,
        "cd34_viability",
        profile.post_thaw_viability,
        "%",
        "post_thaw",
        cell_type="cd34",
        method="7-AAD",
    )
    yield from _thawed_segment(child, thawed)
    yield Act(
        EligibilityDetermined(
            unit=child.unit,
            status="not_required",
            by=child.staff["adeyemi"],
            at=thawed + timedelta(hours=2),
        )
    )


# What is left after a thaw: nucleated cells (NYBC abstract, 78.4 % of 2,249 segments), and of these the
# share alive, a little below that before freezing (assumption).
LEFT_AFTER_THAW, ALIVE_AFTER_THAW = Decimal("0.784"), Decimal("0.93")


def _thawed_segment(child: Child, at: datetime) -> Life:
    alive = round(child.profile.viability * ALIVE_AFTER_THAW, 0)
    concentration = concentration_of(child) * LEFT_AFTER_THAW * alive / 100
    yield _count(
        child,
        at,
        "nucleated_viability",
        alive,
        "%",
        "post_thaw",
        cell_type="nucleated",
        method="7-AAD",
    )
    yield _count(
        child,
        at,
        "viable_concentration",
        round(concentration, 1),
        "10*6/mL",
        "post_thaw",
        method="7-AAD",
    )
    yield Act(
        Tested(
            unit=child.unit,
            test="cfu_growth",
            result="growth" if alive >= MAY_GROW else "no_growth",
            product=segments_of(child)[0],
            by=child.staff["wu"],
            at=at + timedelta(hours=1),
        )
    )


MAY_GROW = 60
