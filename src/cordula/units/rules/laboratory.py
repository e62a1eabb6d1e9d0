"""What may be recorded in the cell laboratory, and when."""

from collections.abc import Iterator

from cordula.events.admission import Rules
from cordula.events.laboratory import (
    Assessed,
    Counted,
    Cryopreserved,
    Divided,
    EligibilityDetermined,
    LabelPrinted,
    LabelVerified,
    MotherTested,
    Processed,
    Tested,
    TestStarted,
)
from cordula.events.parts import Part
from cordula.units.life import State
from cordula.units.products import ProductState
from cordula.units.rules.conditions import (
    name_of,
    not_before,
    not_held,
    products_at_hand,
    reached,
    some_products,
    starts_before_it_ends,
    state_is,
)
from cordula.units.unit import Unit
from cordula.vocabulary.measures import UnknownMeasure, measure
from cordula.vocabulary.tests import UnknownTest, laboratory_test

# The state a unit must have reached for a count at this timepoint to make sense.
TIMEPOINTS: dict[str, State] = {
    "collected": State.COLLECTED,
    "post_process": State.PROCESSED,
    "pre_freeze": State.PROCESSED,
    "post_thaw": State.CRYOPRESERVED,
    "arrival": State.RECEIVED,
    "at_infusion": State.RELEASED,
}


def timepoint_was_reached(unit: Unit, event: Counted) -> Iterator[str]:
    first = TIMEPOINTS.get(event.timepoint)
    if first is None:
        known = ", ".join(TIMEPOINTS)
        yield f"“{event.timepoint}” is not a timepoint. Known: {known}."
    elif unit.state.rank < first.rank:
        yield (
            f"A count at “{event.timepoint.replace('_', ' ')}” cannot follow "
            f"“{unit.state.words}”: the unit must be {first.words} first."
        )


def result_is_possible(unit: Unit, event: Counted) -> Iterator[str]:
    """The measure is known, fits the unit, and its value can be true."""
    try:
        known = measure(event.measure)
    except UnknownMeasure as fault:
        yield f"{fault}."
        return
    if known.of != "unit":
        yield f"{known.name} is measured on the {known.of}, not on the unit."
    faults = known.faults(
        event.result,
        timepoint=event.timepoint,
        cell_type=event.cell_type,
        method=event.method,
    )
    yield from (f"{fault}." for fault in faults)


def test_is_known(unit: Unit, event: TestStarted | Tested | MotherTested) -> Iterator[str]:
    try:
        known = laboratory_test(event.test)
    except UnknownTest as fault:
        yield str(fault)
        return
    subject = "mother" if isinstance(event, MotherTested) else "unit"
    if known.of != subject:
        yield f"{known.label} is a test of the {known.of}, not of the {subject}."
    if not isinstance(event, TestStarted) and event.result not in known.results:
        yield f"“{event.result}” is not a result of {known.label}: {', '.join(known.results)}."


def mother_is_the_units(unit: Unit, event: MotherTested) -> Iterator[str]:
    if unit.mother is not None and event.mother != unit.mother:
        yield "This result is of another mother."


def products_are_new(unit: Unit, event: Divided) -> Iterator[str]:
    keys = [part.product for part in event.parts]
    if not keys:
        yield "Nothing was divided: name at least one product."
    if len(set(keys)) < len(keys):
        yield "Two products have the same number, code and division."
    for key in keys:
        if unit.product(key):
            yield f"Product {name_of(key)} exists already. Each product needs a division of its own."
        if key.din != unit.din:
            yield f"Product {name_of(key)} carries {key.din}; this unit is {unit.din}."


def parents_exist(unit: Unit, event: Divided) -> Iterator[str]:
    known = {part.product for part in event.parts} | set(unit.products)
    for part in event.parts:
        if part.parent is not None and part.parent not in known:
            yield f"Product {name_of(part.parent)}, from which others were made, is not known."


def parts_fit_their_parent(unit: Unit, event: Divided) -> Iterator[str]:
    for parent in dict.fromkeys(part.parent for part in event.parts if part.parent):
        whole = unit.product(parent)
        volumes = [p.volume for p in _children(event, parent) if p.volume is not None]
        if whole is None or whole.volume is None or not volumes:
            continue
        total = sum(volumes[1:], start=volumes[0])
        if total > whole.volume:
            yield f"The parts hold {total}, more than the {whole.volume} of {name_of(parent)}."


def _children(event: Divided, parent: object) -> Iterator[Part]:
    return (part for part in event.parts if part.parent == parent)


def not_frozen_before(unit: Unit, event: Cryopreserved) -> Iterator[str]:
    for key in event.products:
        product = unit.product(key)
        if product is not None and product.frozen:
            yield f"Product {name_of(key)} was frozen before. It cannot be frozen twice."
        if product is not None and product.state is ProductState.DIVIDED:
            yield f"Product {name_of(key)} was divided. Freeze its parts."


RULES: Rules = {
    Counted: (reached(State.COLLECTED), timepoint_was_reached, result_is_possible),
    Processed: (
        state_is(State.RECEIVED),
        not_held,
        starts_before_it_ends,
        not_before("received", "the arrival"),
    ),
    Divided: (
        reached(State.RECEIVED),
        not_held,
        products_are_new,
        parents_exist,
        parts_fit_their_parent,
    ),
    Cryopreserved: (
        state_is(State.PROCESSED, State.TESTED, State.CRYOPRESERVED),
        not_held,
        some_products,
        products_at_hand,
        not_frozen_before,
        starts_before_it_ends,
        not_before("processed", "the end of processing"),
    ),
    TestStarted: (reached(State.COLLECTED), test_is_known),
    Tested: (reached(State.COLLECTED), test_is_known),
    MotherTested: (test_is_known, mother_is_the_units),
    Assessed: (reached(State.EXPECTED),),
    EligibilityDetermined: (reached(State.COLLECTED),),
    LabelPrinted: (reached(State.EXPECTED),),
    LabelVerified: (reached(State.EXPECTED),),
}
