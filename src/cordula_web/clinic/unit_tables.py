"""The tables of a unit's record: its products, its counts, its tests, what went wrong, and its labels."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, tzinfo

from django.utils.translation import gettext as _

from cordula import display
from cordula.events.event import Event
from cordula.events.laboratory import Counted, LabelPrinted, LabelVerified, MotherTested, Tested
from cordula.events.quality import Deviated, DeviationClosed
from cordula.events.storage import ExcursionReviewed, TemperatureExcursed
from cordula.journey import wording
from cordula.journey.verdict import Status
from cordula.units.products import Product, Tree
from cordula.units.unit import Unit
from cordula.vocabulary.identifiers import ProductKey
from cordula.vocabulary.measures import timepoints
from cordula_web.clinic.field_words import Reading, product_words
from cordula_web.clinic.unit_words import kind_words, product_state_words
from cordula_web.frame.parts import Table, TableCell, TableRow

Moment = Callable[[datetime], str]


def tables(unit: Unit, reading: Reading) -> tuple[Table, ...]:
    return (
        products(unit, reading.places),
        counts(unit, reading),
        results(unit, reading.zone),
        mothers_results(unit, reading.zone),
        excursions(unit, reading),
        deviations(unit, reading),
        labels(unit, reading.zone),
    )


# --- Products -------------------------------------------------------------------------------------


def products(unit: Unit, places: Mapping[str, str]) -> Table:
    return Table(
        _("Products"),
        (_("Product"), _("Volume"), _("State"), _("Place")),
        tuple(_branch(unit.products, None, 0, places)),
        empty=_("Nothing was made from this unit yet."),
        note=_("What was made from what, by product code and division."),
    )


def _branch(
    products: Tree, parent: ProductKey | None, level: int, places: Mapping[str, str]
) -> Iterator[TableRow]:
    """A product, and under it what was made from it. A parent nobody recorded leaves no product out."""
    for product in products.values():
        known = product.parent if product.parent in products else None
        if known == parent:
            yield _product(product, level, places)
            yield from _branch(products, product.key, min(level + 1, 2), places)


def _product(product: Product, level: int, places: Mapping[str, str]) -> TableRow:
    kind = wording.sentence(kind_words(product.kind))
    state = product_state_words(product.state)
    note = _("Set aside for the child") if product.allocated and product.at_hand else ""
    return TableRow(
        (
            TableCell(kind, note=product_words(product.key)),
            TableCell(display.written(product.volume, lambda volume: display.quantity(volume))),
            TableCell(state, note=note),
            TableCell(_place(product, places)),
        ),
        level=level,
    )


def _place(product: Product, places: Mapping[str, str]) -> str:
    if product.place is None:
        return ""
    return ", ".join(filter(None, (places.get(product.place, product.place), product.position)))


# --- Measured and tested --------------------------------------------------------------------------


def counts(unit: Unit, reading: Reading) -> Table:
    """In the order of the points of a unit's life, then in the order of counting."""
    order = {key: place for place, key in enumerate(timepoints("unit"))}
    counted = sorted(unit.all(Counted), key=lambda c: (order.get(c.timepoint, len(order)), c.at))
    return Table(
        _("Counts"),
        (_("At"), _("What"), _("Result"), _("Method"), _("When, and by whom")),
        tuple(_count(one, reading) for one in counted),
        empty=_("Nothing was counted yet."),
    )


def _count(counted: Counted, reading: Reading) -> TableRow:
    confirmed = _("Unusual, and confirmed") if counted.unusual_confirmed else ""
    how = " ".join(filter(None, (counted.method, counted.instrument)))
    return TableRow(
        (
            TableCell(wording.timepoint(counted.timepoint)),
            TableCell(wording.measure(counted.measure), note=counted.cell_type or ""),
            TableCell(display.quantity(counted.result, counted.measure), note=confirmed),
            TableCell(how),
            TableCell(
                display.clin_datetime(counted.at, reading.zone),
                note=reading.people.name(counted.by),
            ),
        )
    )


def results(unit: Unit, zone: tzinfo) -> Table:
    rows = tuple(_result(one, zone) for one in unit.all(Tested))
    heads = (_("Test of the unit"), _("Result"), _("When"))
    return Table(_("Tests of the unit"), heads, rows, empty=_("No test has a result yet."))


def _result(tested: Tested, zone: tzinfo) -> TableRow:
    note = "" if tested.final else _("An interim reading")
    organism = tested.organism or ""
    return TableRow(
        (
            TableCell(wording.test(tested.test), note=note),
            TableCell(wording.test_result(tested.test, tested.result), note=organism),
            TableCell(display.clin_datetime(tested.at, zone)),
        )
    )


def mothers_results(unit: Unit, zone: tzinfo) -> Table:
    """Of the mother, never of the child: her blood stands in for the newborn's."""
    return Table(
        _("The mother’s results"),
        (_("Test of the mother"), _("Her result"), _("Her blood was taken")),
        tuple(_mothers(one, zone) for one in unit.all(MotherTested)),
        empty=_("No result of the mother is recorded."),
        note=_("These are hers, not the child’s. Her blood stands in for the newborn’s."),
    )


def _mothers(tested: MotherTested, zone: tzinfo) -> TableRow:
    return TableRow(
        (
            TableCell(wording.test(tested.test)),
            TableCell(wording.test_result(tested.test, tested.result)),
            TableCell(display.clin_datetime(tested.specimen_at, zone)),
        )
    )


# --- What was not as it should be -----------------------------------------------------------------


def excursions(unit: Unit, reading: Reading) -> Table:
    reviewed = {event.number: event for event in unit.all(ExcursionReviewed)}
    rows = (_excursion(e, reviewed.get(e.number), reading) for e in unit.all(TemperatureExcursed))
    heads = (_("Excursion"), _("How long"), _("Lowest or highest"), _("Review"))
    empty = _("No temperature excursion is recorded.")
    return Table(_("Temperature excursions"), heads, tuple(rows), empty=empty)


def _excursion(
    event: TemperatureExcursed, review: ExcursionReviewed | None, reading: Reading
) -> TableRow:
    limit = _("limit {limit}").format(limit=display.celsius(event.limit))
    started = display.clin_datetime(event.started_at, reading.zone)
    decided = wording.sentence(wording.plain_key(review.decision)) if review else _("Not reviewed")
    return TableRow(
        (
            TableCell(event.number, note=started),
            TableCell(display.duration(event.at - event.started_at)),
            TableCell(display.celsius(event.extreme), note=limit),
            TableCell(decided, status=Status.MET if review else Status.UNKNOWN),
        )
    )


def deviations(unit: Unit, reading: Reading) -> Table:
    closed = {event.number: event for event in unit.all(DeviationClosed)}
    rows = (_deviation(d, closed.get(d.number), reading) for d in unit.all(Deviated))
    heads = (_("Deviation"), _("What happened"), _("Conclusion"), _("State"))
    empty = _("No deviation is recorded.")
    return Table(_("Deviations"), heads, tuple(rows), empty=empty)


def _deviation(event: Deviated, closing: DeviationClosed | None, reading: Reading) -> TableRow:
    harm = _("Harm was seen") if event.harm else ""
    return TableRow(
        (
            TableCell(event.number, note=display.clin_datetime(event.at, reading.zone)),
            TableCell(_said(event, "what", reading), note=harm),
            TableCell(_said(closing, "conclusion", reading) if closing else ""),
            _closing(closing),
        )
    )


def _closing(closing: DeviationClosed | None) -> TableCell:
    if closing is None:
        return TableCell(_("Open"), status=Status.NOT_MET)
    if closing.usable:
        return TableCell(_("Closed, can be used"), note=closing.severity, status=Status.MET)
    return TableCell(_("Closed, not to be used"), note=closing.severity, status=Status.NOT_MET)


def _said(event: Event, name: str, reading: Reading) -> str:
    return reading.words_of(event, getattr(event, name))


# --- Labels ---------------------------------------------------------------------------------------


def labels(unit: Unit, zone: tzinfo) -> Table:
    verified = {event.product for event in unit.all(LabelVerified)}
    rows = tuple(_label(printed, verified, zone) for printed in unit.all(LabelPrinted))
    heads = (_("Label"), _("Copies"), _("Printed"), _("Scanned back"))
    return Table(_("Labels"), heads, rows, empty=_("No label was printed."))


def _label(printed: LabelPrinted, verified: Iterable[ProductKey | None], zone: tzinfo) -> TableRow:
    back = printed.product in verified
    again = _("Printed again") if printed.reprint_reason else ""
    return TableRow(
        (
            TableCell(
                product_words(printed.product) if printed.product else printed.template, note=again
            ),
            TableCell(display.number(printed.copies)),
            TableCell(display.clin_datetime(printed.at, zone)),
            TableCell(_("Yes") if back else _("No"), status=Status.MET if back else Status.NOT_MET),
        )
    )
