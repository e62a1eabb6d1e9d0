"""What does a list say of this unit, this child, this place? Pure: from a history and its verdict to rows."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from cordula.events.before_birth import Announced
from cordula.events.collection import Born, HandedOver
from cordula.events.event import Event
from cordula.events.release import Discarded, Returned, Shipped
from cordula.events.storage import Moved, Retrieved, Stored
from cordula.events.theatre import Thawed
from cordula.infants.infant import Infant
from cordula.journey.answers import can_it_be_used
from cordula.journey.verdict import Gate, Step, Verdict
from cordula.journey.worklist import tasks
from cordula.units.place import Place
from cordula.units.unit import Unit
from cordula.vocabulary.identifiers import SiteId
from cordula_web.records.models import InfantCard, PlaceCard, StayCard, TaskCard, UnitCard


def infant_card(name: str, site: SiteId, infant: Infant) -> InfantCard:
    announced, born = infant.first(Announced), infant.latest(Born)
    weight, enrolment, plan = infant.weight, infant.enrolment, infant.next_operation
    return InfantCard(
        infant=name,
        site=str(site),
        mother=infant.mother,
        chain_of_identity=infant.chain_of_identity,
        birth_order=announced.birth_order if announced else "",
        children=announced.children if announced else 1,
        due_date=announced.due if announced else None,
        born_at=infant.born_at,
        sex=born.sex if born else "",
        diagnoses=list(infant.diagnoses),
        weight_value=weight.weight.value if weight else None,
        weight_unit=weight.weight.unit if weight else None,
        weighed_at=weight.at if weight else None,
        consented=sorted(infant.consented),
        protocol=enrolment.protocol if enrolment else None,
        protocol_version=enrolment.version if enrolment else None,
        protocol_digest=enrolment.digest if enrolment else None,
        operation=plan.operation if plan else None,
        operation_at=plan.planned_for if plan else None,
        units=[str(unit) for unit in infant.units],
        died_at=infant.died_at,
        transplanted_at=infant.transplanted_at,
        understood=infant.understood,
        version=infant.version,
    )


def unit_card(
    name: str,
    site: SiteId,
    unit: Unit,
    infant: Infant | None,
    verdict: Verdict | None,
    judged_at: datetime,
) -> UnitCard:
    plan = infant.next_operation if infant else None
    stored = next((p for p in unit.products.values() if p.place), None)
    handed_over = unit.latest(HandedOver)
    return UnitCard(
        unit=name,
        site=str(site),
        din=unit.din,
        infant=unit.infant,
        mother=unit.mother,
        chain_of_identity=unit.chain_of_identity or (infant.chain_of_identity if infant else None),
        autologous=unit.autologous,
        state=unit.state.value,
        state_rank=unit.state.rank,
        held=unit.held,
        withdrawn=unit.withdrawal is not None,
        understood=unit.understood,
        open_deviations=len(unit.open_deviations),
        unreviewed_excursions=len(unit.unreviewed_excursions),
        products_at_hand=sum(product.at_hand for product in unit.products.values()),
        place=stored.place if stored else None,
        position=stored.position if stored else None,
        collected_at=unit.moment("collected"),
        handed_over_at=handed_over.at if handed_over else None,
        operation=plan.operation if plan else None,
        operation_at=plan.planned_for if plan else None,
        version=unit.version,
        infant_version=infant.version if infant else 0,
        judged_at=judged_at,
        **_judged(verdict),
    )


def _judged(verdict: Verdict | None) -> dict[str, object]:
    if verdict is None:
        return {"because": ""}
    step, dose, answer = verdict.next_step, verdict.dose, can_it_be_used(verdict)
    volume = dose.volume if dose else None
    return {
        "protocol": verdict.protocol,
        "protocol_version": verdict.version,
        "gates_met": verdict.met,
        "gates": len(verdict.gates),
        "status": answer.status.value,
        "because": answer.says,
        "next_step": step.id if step else None,
        "next_title": step.title if step else None,
        **_next_task(verdict),
        "dose_value": volume.value if volume else None,
        "dose_unit": volume.unit if volume else None,
    }


def _next_task(verdict: Verdict) -> dict[str, object]:
    """Who must act first, and by when."""
    first = next(iter(tasks(verdict)), None)
    return {"who": first.role if first else None, "due": first.due if first else None}


def task_cards(name: str, card: UnitCard, verdict: Verdict | None) -> Iterator[TaskCard]:
    """Everything that somebody must do for the unit, the first deadline first."""
    for number, task in enumerate(tasks(verdict) if verdict else (), 1):
        kind, item = _item(task.gate_or_step, verdict)
        yield TaskCard(
            unit=name,
            number=number,
            site=card.site,
            din=card.din,
            infant=card.infant,
            item=item.id,
            kind=kind,
            title=item.title,
            status=item.status.value,
            who=task.role,
            says=task.what,
            due=task.due,
            operation_at=card.operation_at,
        )


def _item(name: str, verdict: Verdict | None) -> tuple[str, Gate | Step]:
    assert verdict is not None  # noqa: S101  tasks come from a verdict
    gate = next((gate for gate in verdict.gates if gate.id == name), None)
    return ("gate", gate) if gate else ("step", verdict.step(name))


def place_card(name: str, site: SiteId, place: Place) -> PlaceCard:
    return PlaceCard(
        place=name,
        site=str(site),
        path=list(place.path),
        positions=place.opened.positions if place.opened else 0,
        excursions=len(place.excursions),
        version=place.version,
    )


def stay_cards(name: str, site: SiteId, unit: Unit) -> list[StayCard]:
    """Every stay of the unit's products in a store, in the order they came."""
    stays: list[StayCard] = []
    for event in unit.standing:
        for product in _left(event, stays):
            _end(stays, product, event)
        if isinstance(event, Stored | Moved):
            stays.append(
                StayCard(
                    unit=name,
                    number=len(stays) + 1,
                    site=str(site),
                    product=str(event.product),
                    place=str(event.place),
                    position=event.position,
                    since=event.at,
                    until=None,
                )
            )
    return stays


def _left(event: Event, stays: Iterable[StayCard]) -> Iterable[str]:
    """The products that leave their position with this event."""
    match event:
        case Moved(product=product) | Retrieved(product=product) | Stored(product=product):
            return [str(product)]
        case Discarded(products=()):
            return [stay.product for stay in stays]
        case Shipped(products=gone) | Thawed(products=gone) | Returned(products=gone):
            return map(str, gone)
        case Discarded(products=gone):
            return map(str, gone)
    return ()


def _end(stays: list[StayCard], product: str, event: Event) -> None:
    for stay in stays:
        if stay.product == product and stay.until is None:
            stay.until = event.at
