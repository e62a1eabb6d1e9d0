"""At the theatre door: what must stand before a thaw, a syringe, an injection."""

from collections.abc import Iterator

from cordula.events.admission import Rules
from cordula.events.collection import IdentityChecked
from cordula.events.theatre import Administered, AdministrationStopped, Prepared, Thawed
from cordula.units.life import State
from cordula.units.rules.conditions import (
    name_of,
    not_before,
    not_held,
    out_of_storage,
    own_infant,
    products_at_hand,
    some_products,
    starts_before_it_ends,
    state_is,
    understood,
)
from cordula.units.rules.release import consent_to_use, is_released
from cordula.units.unit import Unit
from cordula.vocabulary.cardiac import routes
from cordula.vocabulary.choices import fault, giving_stop_reasons
from cordula.vocabulary.quantity import Quantity


def are_allocated_and_frozen(unit: Unit, event: Thawed) -> Iterator[str]:
    for key in event.products:
        product = unit.product(key)
        if product is not None and not product.allocated:
            yield f"Product {name_of(key)} is not allocated to this child's operation."
        if product is not None and not product.frozen:
            yield f"Product {name_of(key)} was never frozen."


def something_to_prepare(unit: Unit, event: Prepared) -> Iterator[str]:
    frozen = any(product.frozen for product in unit.products.values())
    if frozen and unit.state is not State.THAWED:
        yield "The vial is not thawed. Record the thaw first."


def stands_after_it_was_drawn(unit: Unit, event: Prepared) -> Iterator[str]:
    if event.expires_at <= event.at:
        yield "The dose would have expired before it was drawn up. Change one of the times."


def has_not_expired(unit: Unit, event: Administered) -> Iterator[str]:
    prepared = unit.latest(Prepared)
    if prepared is not None and event.at > prepared.expires_at:
        yield f"The dose expired at {prepared.expires_at:%H:%M}. Do not give it."


def child_was_identified(unit: Unit, event: Administered) -> Iterator[str]:
    """The match is made anew in theatre, by two people, for this unit and this child.

    One made before the newest drawing up was for another syringe, and does not count."""
    prepared = unit.latest(Prepared)
    checks = [
        check
        for check in unit.all(IdentityChecked)
        if check.where == "theatre"
        and check.infant == event.infant
        and (prepared is None or check.at >= prepared.at)
    ]
    if not checks or not checks[-1].matched or checks[-1].second_person is None:
        yield "Child and unit were not matched in theatre by two people. Scan both first."


def adds_up(unit: Unit, event: Administered) -> Iterator[str]:
    if event.given <= Quantity.of("0", event.given.unit):
        yield "The amount given is not above zero."
    if not event.injections:
        return
    volumes = [injection.volume for injection in event.injections]
    total = sum(volumes[1:], start=volumes[0])
    if total != event.given:
        yield f"The injections add up to {total}, and {event.given} is recorded as given."


def not_more_than_prepared(unit: Unit, event: Administered) -> Iterator[str]:
    prepared = unit.latest(Prepared)
    if prepared is not None and event.given > prepared.volume:
        yield f"{event.given} is more than the {prepared.volume} that was drawn up."


def route_is_known(unit: Unit, event: Administered) -> Iterator[str]:
    if event.route not in routes():
        yield f"“{event.route}” is not a known route."


def reason_to_stop_is_known(unit: Unit, event: AdministrationStopped) -> Iterator[str]:
    if wrong := fault(event.reason, "a reason for stopping", giving_stop_reasons()):
        yield wrong


RULES: Rules = {
    Thawed: (
        understood,
        not_held,
        state_is(State.ALLOCATED, State.ARRIVED),
        is_released,
        own_infant,
        consent_to_use,
        some_products,
        products_at_hand,
        out_of_storage,
        are_allocated_and_frozen,
        starts_before_it_ends,
        not_before("arrived", "the arrival at theatre"),
    ),
    Prepared: (
        understood,
        not_held,
        state_is(State.THAWED, State.ALLOCATED, State.ARRIVED),
        is_released,
        own_infant,
        something_to_prepare,
        stands_after_it_was_drawn,
        not_before("thawed", "the end of the thaw"),
    ),
    Administered: (
        understood,
        not_held,
        state_is(State.PREPARED),
        is_released,
        own_infant,
        consent_to_use,
        child_was_identified,
        has_not_expired,
        adds_up,
        not_more_than_prepared,
        route_is_known,
        starts_before_it_ends,
        not_before("prepared", "the drawing up"),
    ),
    AdministrationStopped: (
        state_is(State.ALLOCATED, State.SHIPPED, State.ARRIVED, State.THAWED, State.PREPARED),
        own_infant,
        reason_to_stop_is_known,
    ),
}
