"""Practice lives from the release to the heart: looked at, signed, allocated, thawed, given."""

from collections.abc import Generator, Sequence
from datetime import datetime, timedelta
from decimal import ROUND_DOWN, Decimal

from cordula.events.collection import IdentityChecked, Received
from cordula.events.parts import Injection, Signature
from cordula.events.release import (
    Allocated,
    Discarded,
    ExceptionallyReleased,
    Rejected,
    Released,
    Shipped,
    Signed,
)
from cordula.events.sealed import Sealing
from cordula.events.storage import Retrieved
from cordula.events.theatre import Administered, Prepared, Thawed
from cordula.journey.verdict import Step, Verdict
from cordula.vocabulary.identifiers import ProductKey
from cordula.vocabulary.quantity import Quantity
from cordula_web.practice.acts import Act, Answer, Life, Look, Shown, Thing
from cordula_web.practice.beginnings import Child
from cordula_web.practice.bench import segments_of, vials_of
from cordula_web.practice.clinic import weighing
from cordula_web.practice.people import PEOPLE

MEANING = "I release this unit for the child named on this page."
# Which reason a rejection gives, by a word in the id of the gate that stayed open.
REASONS = {
    "collection": "low_volume_or_count",
    "sterility": "contamination",
    "mother": "maternal_tests",
    "questionnaire": "incomplete_papers",
    "count": "viability",
}


def release(child: Child) -> Generator[Thing, Answer, bool]:
    """Quality looks at the verdict: two people release, or the unit is rejected with its reason.

    Answers whether the unit was released."""
    at = child.profile.stage_2_at - child.profile.release_ahead
    verdict = (yield from looked(child, at)).verdict
    if verdict.stopped:
        yield from _after_a_death(child, at)
        return False
    excepted = () if may(verdict, "Released") else _one_exception(child, verdict)
    if not may(verdict, "Released") and not excepted:
        if not child.profile.waits:
            yield _rejected(child, at, verdict)
        return False
    if child.profile.stays_out:
        yield from not_needed(child)
        return False
    yield _signed(child, at + timedelta(minutes=20))
    shown = yield from looked(child, at + timedelta(hours=3))
    if excepted:
        yield _excepted(child, at + timedelta(hours=3), shown, excepted)
    else:
        yield _released(child, at + timedelta(hours=3), shown)
    return True


def _after_a_death(child: Child, at: datetime) -> Life:
    if child.profile.dies_in_hospital or child.profile.dies_interstage:
        yield from taken_out(child, (*vials_of(child), *segments_of(child)), at)
        yield _discarded(child, at, "child_died")


def _discarded(child: Child, at: datetime, reason: str) -> Act:
    return Act(
        Discarded(
            unit=child.unit,
            reason=reason,
            witness=child.staff["wu"],
            by=child.staff["brandt"],
            at=at,
        )
    )


def not_needed(child: Child) -> Life:
    """The child had stage II alone. Her parents were asked, and wished that her cells are not kept."""
    at = child.profile.stage_2_at + timedelta(days=1)
    yield from taken_out(child, (*vials_of(child), *segments_of(child)), at)
    yield _discarded(child, at, "not_needed")


def taken_out(child: Child, products: Sequence[ProductKey], at: datetime) -> Life:
    for product in products:
        yield Act(
            Retrieved(
                unit=child.unit,
                place=child.box,
                product=product,
                by=child.staff["brandt"],
                at=at,
            )
        )


def step_of(verdict: Verdict, event: str) -> Step:
    """The step of the protocol that is recorded by this kind of event."""
    return next(step for step in verdict.steps if step.event == event)


def may(verdict: Verdict, event: str) -> bool:
    return verdict.may(step_of(verdict, event).id)


def looked(child: Child, at: datetime) -> Generator[Thing, Answer, Shown]:
    """Open the unit's page at this time, and read it."""
    shown = yield Look(at, child.unit, child.infant)
    assert isinstance(shown, Shown)  # noqa: S101  the programme answers every look
    return shown


def _one_exception(child: Child, verdict: Verdict) -> tuple[str, ...]:
    """The criterion that stays open, where it is the only one, and the physician takes it on."""
    behind = verdict.behind(step_of(verdict, "Released").id)
    gates = [gate for gate in verdict.open_gates if gate.id in behind]
    findings = [f for gate in gates for f in gate.findings if not f.status.opens]
    takes_it_on = child.profile.chance.random() < 0.3 and not child.profile.waits
    return (findings[0].criterion,) if len(findings) == 1 and takes_it_on else ()


def _excepted(child: Child, at: datetime, shown: Shown, criteria: tuple[str, ...]) -> Act:
    sealing = Sealing()
    return Act(
        ExceptionallyReleased(
            unit=child.unit,
            infant=child.infant,
            protocol=child.protocol.id,
            digest=child.protocol.digest,
            verdict=shown.digest,
            criteria=criteria,
            reason=sealing("reason", "Practice data: the only unit of this child."),
            investigation=sealing("investigation", "Practice data: repeated, same result."),
            acknowledged_by=child.staff["hallstrom"],
            signature=_signature("holm", "medical_director", sealing),
            by=child.staff["holm"],
            at=at,
        ),
        sealing,
    )


def _rejected(child: Child, at: datetime, verdict: Verdict) -> Act:
    open_gates = " ".join(gate.id for gate in verdict.open_gates)
    reason = next((r for word, r in REASONS.items() if word in open_gates), "other")
    return Act(Rejected(unit=child.unit, reason=reason, by=child.staff["adeyemi"], at=at))


def _signature(username: str, role: str, sealing: Sealing) -> Signature:
    name = next(p.printed_name for p in PEOPLE if p.username == username)
    return Signature(
        role=role,
        meaning=MEANING,
        statement=sealing("statement", MEANING),
        printed_name=sealing("printed_name", name),
    )


def _signed(child: Child, at: datetime) -> Act:
    sealing = Sealing()
    return Act(
        Signed(
            unit=child.unit,
            infant=child.infant,
            step="release",
            protocol=child.protocol.id,
            digest=child.protocol.digest,
            signature=_signature("adeyemi", "quality", sealing),
            by=child.staff["adeyemi"],
            at=at,
        ),
        sealing,
    )


def _released(child: Child, at: datetime, shown: Shown) -> Act:
    sealing = Sealing()
    return Act(
        Released(
            unit=child.unit,
            infant=child.infant,
            protocol=child.protocol.id,
            digest=child.protocol.digest,
            verdict=shown.digest,
            signature=_signature("holm", "medical_director", sealing),
            by=child.staff["holm"],
            at=at,
        ),
        sealing,
    )


def on_its_way(child: Child) -> Life:
    vial, _ = vials_of(child)
    theatre_at = child.profile.stage_2_at
    yield Act(
        Allocated(
            unit=child.unit,
            infant=child.infant,
            products=(vial,),
            by=child.staff["brandt"],
            at=theatre_at - timedelta(days=1),
        )
    )
    yield weighing(child, theatre_at - timedelta(minutes=50), "ward 4")
    yield from taken_out(child, (vial,), theatre_at - timedelta(minutes=45))
    yield Act(
        Shipped(
            unit=child.unit,
            products=(vial,),
            consignment=f"A9999{theatre_at:%y}{child.profile.number:05d}0101",
            destination="Theatre 2",
            container="dry shipper 4",
            seal=f"T-{20_000 + child.profile.number}",
            logger="L-12",
            by=child.staff["brandt"],
            at=theatre_at - timedelta(minutes=40),
        )
    )
    yield Act(
        Received(
            unit=child.unit,
            where="theatre",
            condition="good",
            seal_intact=True,
            by=child.staff["kaya"],
            at=theatre_at - timedelta(minutes=25),
        )
    )


def thaw_and_give(child: Child) -> Life:
    vial, _ = vials_of(child)
    door = child.profile.stage_2_at - timedelta(minutes=20)
    shown = yield from looked(child, door)
    if not may(shown.verdict, "Thawed"):
        return
    yield Act(
        Thawed(
            unit=child.unit,
            infant=child.infant,
            products=(vial,),
            started_at=door,
            verdict=shown.digest,
            by=child.staff["brandt"],
            second_person=child.staff["wu"],
            at=door + timedelta(minutes=3),
        )
    )
    yield from _prepared_and_given(child, door + timedelta(minutes=3))


def _prepared_and_given(child: Child, thawed_at: datetime) -> Life:
    shown = yield from looked(child, thawed_at + timedelta(minutes=4))
    dose = shown.verdict.dose
    if dose is None or dose.volume is None:
        return
    volume = Quantity(dose.volume.value.quantize(Decimal("0.01"), ROUND_DOWN), "mL")
    yield Act(
        Prepared(
            unit=child.unit,
            infant=child.infant,
            volume=volume,
            expires_at=thawed_at + timedelta(minutes=30),
            by=child.staff["brandt"],
            second_person=child.staff["kaya"],
            at=thawed_at + timedelta(minutes=6),
        )
    )
    yield Act(
        IdentityChecked(
            unit=child.unit,
            infant=child.infant,
            where="theatre",
            matched=True,
            by=child.staff["kaya"],
            second_person=child.staff["hallstrom"],
            at=thawed_at + timedelta(minutes=8),
        )
    )
    shown = yield from looked(child, thawed_at + timedelta(minutes=9))
    if may(shown.verdict, "Administered"):
        yield _administered(child, thawed_at + timedelta(minutes=10), volume, shown)


def _administered(child: Child, at: datetime, volume: Quantity, shown: Shown) -> Act:
    assert shown.verdict.dose is not None  # noqa: S101  it was drawn up by this rule
    return Act(
        Administered(
            unit=child.unit,
            infant=child.infant,
            route="intramyocardial",
            started_at=at,
            planned=volume,
            given=volume,
            weight=shown.verdict.dose.lines[0].result,
            injections=tuple(_injections(volume.value)),
            verdict=shown.digest,
            by=child.staff["hallstrom"],
            second_person=child.staff["kaya"],
            at=at + timedelta(minutes=7),
        )
    )


def _injections(volume_ml: Decimal) -> list[Injection]:
    """Tenths of a millilitre, and what is left as the last."""
    tenth = Decimal("0.1")
    whole = int(volume_ml / tenth)
    parts = [tenth] * whole + ([rest] if (rest := volume_ml - whole * tenth) else [])
    return [Injection(site="right ventricle", volume=Quantity(ml, "mL")) for ml in parts]
