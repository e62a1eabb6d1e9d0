"""From the laboratory to the child: what must stand before a release, an allocation, a shipment."""

from collections.abc import Iterator

from cordula.events.admission import Rules
from cordula.events.release import (
    Allocated,
    Discarded,
    ExceptionallyReleased,
    Rejected,
    Released,
    ReleaseRevoked,
    Returned,
    Shipped,
    Signed,
)
from cordula.units.life import State
from cordula.units.rules.conditions import (
    name_of,
    not_before,
    not_held,
    out_of_storage,
    own_infant,
    products_at_hand,
    reached,
    some_products,
    state_is,
    understood,
)
from cordula.units.unit import Unit
from cordula.vocabulary.cardiac import refusal_reasons
from cordula.vocabulary.choices import discard_reasons, fault, return_reasons
from cordula.vocabulary.roles import roles

RELEASABLE = (
    State.RECEIVED,
    State.PROCESSED,
    State.CRYOPRESERVED,
    State.TESTED,
    State.RETURNED,
)
AT_THE_CHILD = (
    State.RELEASED,
    State.EXCEPTIONALLY_RELEASED,
    State.ALLOCATED,
    State.SHIPPED,
    State.ARRIVED,
)

Release = Released | ExceptionallyReleased


def consent_to_use(unit: Unit, event: Release | Allocated) -> Iterator[str]:
    if unit.autologous and "use" not in unit.consented:
        yield "There is no consent to use the cells."


def something_to_release(unit: Unit, event: Release) -> Iterator[str]:
    if not any(product.for_a_child for product in unit.products.values()):
        yield "There is no vial or bag left to release."


def signers_differ(unit: Unit, event: Release | Signed) -> Iterator[str]:
    """One person signs once, whatever roles they hold."""
    step = event.step if isinstance(event, Signed) else "release"
    given = unit.signatures(step)
    if event.by in {signed.by for signed in given}:
        yield "You have signed this already. A second, different person must sign."
    if event.signature.role in {signed.signature.role for signed in given}:
        role = roles().get(event.signature.role, event.signature.role)
        yield f"The signature as {role} is given already."


def physician_is_another(unit: Unit, event: ExceptionallyReleased) -> Iterator[str]:
    if not event.criteria:
        yield "An exceptional release names the criteria that are not met."


def is_released(unit: Unit, event: object) -> Iterator[str]:
    if unit.release is None:
        yield "The unit is not released."


def released_for_this_child(unit: Unit, event: Allocated) -> Iterator[str]:
    if unit.release is not None and unit.release.infant != event.infant:
        yield "The unit was released for another child."


def allocated(unit: Unit, event: Shipped) -> Iterator[str]:
    for key in event.products:
        product = unit.product(key)
        if product is not None and not product.allocated:
            yield f"Product {name_of(key)} is not allocated to this operation."


def can_be_given(unit: Unit, event: Allocated) -> Iterator[str]:
    for key in event.products:
        product = unit.product(key)
        if product is not None and not product.for_a_child:
            yield f"Product {name_of(key)} cannot be given: it is a {product.kind}."


def reason_to_discard_is_known(unit: Unit, event: Discarded) -> Iterator[str]:
    if wrong := fault(event.reason, "a reason for destroying cells", discard_reasons()):
        yield wrong


def reason_to_refuse_is_known(unit: Unit, event: Rejected) -> Iterator[str]:
    if event.reason not in (known := refusal_reasons()):
        yield f"“{event.reason}” is not a reason for refusing a unit: {', '.join(known)}."


def reason_to_return_is_known(unit: Unit, event: Returned) -> Iterator[str]:
    if wrong := fault(event.reason, "a reason for bringing cells back", return_reasons()):
        yield wrong


RULES: Rules = {
    Signed: (
        understood,
        not_held,
        own_infant,
        signers_differ,
        state_is(*RELEASABLE, *AT_THE_CHILD),
    ),
    Released: (
        understood,
        state_is(*RELEASABLE),
        not_held,
        own_infant,
        consent_to_use,
        something_to_release,
        signers_differ,
    ),
    ExceptionallyReleased: (
        understood,
        state_is(*RELEASABLE),
        not_held,
        own_infant,
        consent_to_use,
        something_to_release,
        signers_differ,
        physician_is_another,
    ),
    ReleaseRevoked: (state_is(*AT_THE_CHILD), own_infant),
    Rejected: (state_is(*RELEASABLE), reason_to_refuse_is_known),
    Allocated: (
        understood,
        not_held,
        state_is(State.RELEASED, State.EXCEPTIONALLY_RELEASED, State.ALLOCATED, State.ADMINISTERED),
        is_released,
        own_infant,
        released_for_this_child,
        consent_to_use,
        some_products,
        products_at_hand,
        can_be_given,
    ),
    Shipped: (
        understood,
        state_is(State.ALLOCATED),
        not_held,
        is_released,
        some_products,
        products_at_hand,
        out_of_storage,
        allocated,
        not_before("collected", "the collection"),
    ),
    Returned: (
        state_is(
            State.ALLOCATED,
            State.SHIPPED,
            State.ARRIVED,
            State.THAWED,
            State.PREPARED,
            State.STOPPED,
        ),
        products_at_hand,
        reason_to_return_is_known,
    ),
    Discarded: (
        reached(State.COLLECTED),
        products_at_hand,
        out_of_storage,
        reason_to_discard_is_known,
    ),
}
