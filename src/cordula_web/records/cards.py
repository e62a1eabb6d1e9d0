"""What does a list say of this unit, this child, this place? Pure: from a history and its verdict to rows."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from cordula.events.before_birth import Announced
from cordula.events.collection import Born
from cordula.events.event import Event
from cordula.events.release import Discarded, Returned, Shipped
from cordula.events.storage import Moved, Retrieved, Stored
from cordula.events.theatre import Thawed
from cordula.infants.infant import Infant
from cordula.journey.verdict import Gate, Step, StepState, Verdict
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
    step, dose = verdict.next_step, verdict.dose
    volume = dose.volume if dose else None
    return {
        "protocol": verdict.protocol,
        "protocol_version": verdict.version,
        "gates_met": verdict.met,
        "gates": len(verdict.gates),
        "status": _overall(verdict),
        "because": verdict.stopped or (step.because if step else ""),
        "next_step": step.id if step else None,
        "next_title": step.title if step else None,
        "who": _who(verdict, step),
        "due": min((t.due for t in _open_items(verdict) if t.due), default=None),
        "dose_value": volume.value if volume else None,
        "dose_unit": volume.unit if volume else None,
    }


def _overall(verdict: Verdict) -> str:
    step = verdict.next_step
    return step.status.value if step else "met"


def _who(verdict: Verdict, step: Step | None) -> str | None:
    first = next(iter(_open_items(verdict)), None)
    if isinstance(first, Gate):
        return first.who
    return step.role if step else None


def task_cards(name: str, card: UnitCard, verdict: Verdict | None) -> Iterator[TaskCard]:
    """Everything that somebody must do for the unit: open gates, and the steps that are ready."""
    for number, item in enumerate(_open_items(verdict) if verdict else (), 1):
        gate = isinstance(item, Gate)
        yield TaskCard(
            unit=name,
            number=number,
            site=card.site,
            din=card.din,
            infant=card.infant,
            item=item.id,
            kind="gate" if gate else "step",
            title=item.title,
            status=item.status.value,
            who=item.who if isinstance(item, Gate) else item.role,
            says=item.found if isinstance(item, Gate) else item.because,
            due=item.due,
            operation_at=card.operation_at,
        )


def _open_items(verdict: Verdict) -> Iterator[Gate | Step]:
    if verdict.stopped:
        return
    yield from verdict.open_gates
    yield from (step for step in verdict.steps if step.state is StepState.READY)


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
