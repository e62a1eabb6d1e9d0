"""How a unit begins: expected with its kit, or received from its maker; consented; collected."""

from collections.abc import Iterator

from cordula.events.admission import Rules
from cordula.events.before_birth import Consented, ConsentWithdrawn, Enrolled, Expected
from cordula.events.collection import (
    Collected,
    CollectionStopped,
    HandedOver,
    IdentityChecked,
    Received,
    ReceivedFromMaker,
)
from cordula.units.life import State
from cordula.units.rules.conditions import (
    not_before,
    not_held,
    own_infant,
    reached,
    same_din,
    starts_before_it_ends,
    state_is,
)
from cordula.units.unit import Unit
from cordula.vocabulary.cardiac import stop_reasons
from cordula.vocabulary.quantity import Quantity


def is_new(unit: Unit, event: Expected | ReceivedFromMaker) -> Iterator[str]:
    if unit.version:
        yield f"This unit already has a history, under {unit.din}."


def consent_to_collect(unit: Unit, event: Collected) -> Iterator[str]:
    if "collect" not in unit.consented:
        yield "There is no consent to collect. Do not collect without it."


def clamped_before_collecting(unit: Unit, event: Collected) -> Iterator[str]:
    start = event.started_at or event.at
    if event.clamped_at is not None and event.clamped_at > start:
        yield (
            f"The cord was clamped at {event.clamped_at:%H:%M}, after collecting began "
            f"at {start:%H:%M}. Change one of them."
        )


def volume_is_possible(unit: Unit, event: Collected) -> Iterator[str]:
    if event.volume <= Quantity.of("0", event.volume.unit):
        yield "The volume is not above zero. Enter the volume in mL, like 62."


def known_place_of_receipt(unit: Unit, event: Received) -> Iterator[str]:
    if event.where not in ("laboratory", "theatre"):
        yield f"“{event.where}” is not a place of receipt: laboratory or theatre."


def withdraws_something(unit: Unit, event: ConsentWithdrawn) -> Iterator[str]:
    if not unit.consented & set(event.scopes):
        yield "None of these scopes is agreed to at present, so none can be withdrawn."


def reason_to_stop_is_known(unit: Unit, event: CollectionStopped) -> Iterator[str]:
    if event.reason not in stop_reasons():
        known = ", ".join(stop_reasons())
        yield f"“{event.reason}” is not a reason for stopping a collection: {known}."


RULES: Rules = {
    Expected: (is_new,),
    ReceivedFromMaker: (is_new,),
    Consented: (own_infant,),
    ConsentWithdrawn: (own_infant, withdraws_something),
    Enrolled: (own_infant,),
    IdentityChecked: (own_infant, reached(State.EXPECTED)),
    Collected: (
        state_is(State.CONSENTED),
        not_held,
        own_infant,
        same_din,
        consent_to_collect,
        starts_before_it_ends,
        clamped_before_collecting,
        volume_is_possible,
    ),
    CollectionStopped: (
        state_is(State.EXPECTED, State.CONSENTED),
        own_infant,
        reason_to_stop_is_known,
    ),
    HandedOver: (reached(State.COLLECTED), not_before("collected", "the collection")),
    Received: (
        state_is(State.COLLECTED, State.SHIPPED),
        known_place_of_receipt,
        not_before("collected", "the collection"),
        not_before("shipped", "the shipment"),
    ),
}
