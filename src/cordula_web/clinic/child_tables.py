"""The tables of a child's course: diagnoses, operations, weights, consents, outcomes, harm, reviews."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from cordula import display
from cordula.events.before_birth import Consented, ConsentWithdrawn
from cordula.events.course import (
    AdverseEventReported,
    Diagnosed,
    Examined,
    Operated,
    OperationCancelled,
    OperationPlanned,
    Reviewed,
    ReviewRequested,
    Weighed,
)
from cordula.events.event import Event
from cordula.infants.infant import Infant
from cordula.journey import wording
from cordula.journey.verdict import Status
from cordula.vocabulary import choices
from cordula.vocabulary.cardiac import consent_scopes
from cordula_web.clinic.choices import said
from cordula_web.clinic.field_words import Reading
from cordula_web.frame.parts import Table, TableCell, TableRow


def tables(infant: Infant, reading: Reading) -> tuple[Table, ...]:
    return (
        diagnoses(infant, reading),
        operations(infant, reading),
        weights(infant, reading),
        outcomes(infant, reading),
        harm(infant, reading),
        reviews(infant, reading),
        consents(infant, reading),
    )


def _when(event: Event, reading: Reading) -> TableCell:
    """The moment, and who recorded it."""
    at = display.clin_datetime(event.at, reading.zone)
    return TableCell(at, note=reading.people.name(event.by))


def diagnoses(infant: Infant, reading: Reading) -> Table:
    rows = (
        TableRow(
            (
                TableCell(wording.diagnosis(event.diagnosis)),
                TableCell(_("Before birth") if event.before_birth else _("After birth")),
                _when(event, reading),
            )
        )
        for event in infant.all(Diagnosed)
    )
    heads = (_("Diagnosis"), _("Known"), _("Recorded"))
    return Table(_("Diagnoses"), heads, tuple(rows), empty=_("No diagnosis is recorded."))


# --- Operations -----------------------------------------------------------------------------------


def operations(infant: Infant, reading: Reading) -> Table:
    heads = (_("Operation"), _("State"), _("Theatre time"), _("Recorded"))
    rows = tuple(_operations(infant, reading))
    empty = _("No operation is planned, and none was done.")
    return Table(_("Operations"), heads, rows, empty=empty)


def _operations(infant: Infant, reading: Reading) -> Iterator[TableRow]:
    """The newest plan, cancellation or operation of each kind: what was planned before stands in the record."""
    kinds = (OperationPlanned, OperationCancelled, Operated)
    last: dict[str, OperationPlanned | OperationCancelled | Operated] = {}
    for event in infant.standing:
        if isinstance(event, kinds):
            last[event.operation] = event
    for event in last.values():
        yield TableRow(
            (
                TableCell(wording.operation(event.operation)),
                _stands(event),
                TableCell(_theatre_time(event, reading)),
                _when(event, reading),
            )
        )


def _stands(event: OperationPlanned | OperationCancelled | Operated) -> TableCell:
    match event:
        case OperationPlanned():
            return TableCell(_("Planned"), status=Status.NOT_STARTED, note=event.theatre or "")
        case OperationCancelled():
            note = said(event.reason, choices.cancel_reasons())
            return TableCell(_("Cancelled"), status=Status.WITHDRAWN, note=note)
        case Operated():
            return TableCell(_("Done"), status=Status.MET)


def _theatre_time(event: OperationPlanned | OperationCancelled | Operated, reading: Reading) -> str:
    match event:
        case OperationPlanned():
            return display.clin_datetime(event.planned_for, reading.zone, weekday=True)
        case Operated():
            return display.clin_datetime(event.started_at, reading.zone, weekday=True)
    return ""


# --- Measured -------------------------------------------------------------------------------------


def weights(infant: Infant, reading: Reading) -> Table:
    """The newest first, because the dose follows from it."""
    weighed = sorted(infant.all(Weighed), key=lambda event: event.at, reverse=True)
    rows = (
        TableRow(
            (
                TableCell(display.quantity(event.weight)),
                TableCell(wording.sentence(wording.plain_key(event.where or ""))),
                _when(event, reading),
            )
        )
        for event in weighed
    )
    heads = (_("Weight"), _("Where"), _("Weighed"))
    return Table(_("Weights"), heads, tuple(rows), empty=_("No weight is recorded."))


def outcomes(infant: Infant, reading: Reading) -> Table:
    """By measure, then by date, so that a row is compared with the one above it."""
    examined = sorted(infant.all(Examined), key=lambda event: (event.measure, event.at))
    rows = (
        TableRow(
            (
                TableCell(wording.measure(event.measure)),
                TableCell(display.quantity(event.result, event.measure)),
                TableCell(said(event.method, choices.outcome_methods())),
                TableCell(wording.timepoint(event.timepoint, "infant") if event.timepoint else ""),
                _when(event, reading),
            )
        )
        for event in examined
    )
    heads = (_("Measure"), _("Result"), _("Method"), _("Examination"), _("When"))
    return Table(_("Outcomes"), heads, tuple(rows), empty=_("No outcome is recorded."))


# --- Harm and reviews -----------------------------------------------------------------------------


def harm(infant: Infant, reading: Reading) -> Table:
    heads = (_("Adverse event"), _("Grade"), _("Related to"), _("In words"), _("Reported"))
    rows = tuple(_harm(event, reading) for event in infant.adverse_events)
    return Table(_("Adverse events"), heads, rows, empty=_("No adverse event is reported."))


def _harm(event: AdverseEventReported, reading: Reading) -> TableRow:
    grade = said(str(event.grade), choices.grades())
    cells = said(event.related_to_product, choices.relations())
    giving = said(event.related_to_procedure, choices.relations())
    began = _("began {at}").format(at=display.clin_datetime(event.started_at, reading.zone))
    kind = said(event.category, choices.harms())
    return TableRow(
        (
            TableCell(event.number, note=f"{kind}, {began}"),
            TableCell(grade, note=_("Serious") if event.serious else _("Not serious")),
            TableCell(
                _("Cells: {answer}").format(answer=cells.lower()),
                note=_("Procedure: {answer}").format(answer=giving.lower()),
            ),
            TableCell(reading.words_of(event, event.words)),
            _when(event, reading),
        )
    )


def reviews(infant: Infant, reading: Reading) -> Table:
    """A review that is only asked for shows nothing but that: its result is not known to this page."""
    rows = [_asked_for(event, reading) for event in _waiting(infant)]
    rows += [_signed(event, reading) for event in infant.all(Reviewed)]
    heads = (_("Review"), _("State"), _("Report"), _("When"))
    return Table(_("Reviews"), heads, tuple(rows), empty=_("No review is asked for."))


def _waiting(infant: Infant) -> list[ReviewRequested]:
    names = dict.fromkeys(event.review for event in infant.all(ReviewRequested))
    return [waiting for name in names if (waiting := infant.review_waiting(name))]


def _asked_for(event: ReviewRequested, reading: Reading) -> TableRow:
    return TableRow(
        (
            TableCell(said(event.review, choices.reviews())),
            TableCell(status=Status.WAITING_SIGNATURE),
            TableCell(_("Hidden until it is signed.")),
            _when(event, reading),
        )
    )


def _signed(event: Reviewed, reading: Reading) -> TableRow:
    objects = event.conclusion != "no_objection"
    report = reading.words_of(event, event.report) if event.report else ""
    return TableRow(
        (
            TableCell(said(event.review, choices.reviews())),
            TableCell(
                said(event.conclusion, choices.review_conclusions()),
                status=Status.NOT_MET if objects else Status.MET,
            ),
            TableCell(report),
            _when(event, reading),
        )
    )


# --- Consent --------------------------------------------------------------------------------------


def consents(infant: Infant, reading: Reading) -> Table:
    """Every scope there is: what was given, what was taken back, and what nobody was asked."""
    heads = (_("Consent"), _("State"), _("By whom"), _("When"))
    rows = (_scope(key, term.label, infant, reading) for key, term in consent_scopes().items())
    return Table(_("Consents"), heads, tuple(rows))


def _scope(key: str, label: str, infant: Infant, reading: Reading) -> TableRow:
    told = [
        event
        for event in infant.standing
        if isinstance(event, Consented | ConsentWithdrawn) and key in event.scopes
    ]
    if not told:
        state = TableCell(_("Not given"), status=Status.NOT_STARTED)
        return TableRow((TableCell(label), state, TableCell(), TableCell()))
    last = told[-1]
    return TableRow((TableCell(label), *_said(last), _when(last, reading)))


def _said(event: Consented | ConsentWithdrawn) -> tuple[TableCell, TableCell]:
    if isinstance(event, ConsentWithdrawn):
        wish = _("Wish: {wish}").format(wish=said(event.wish, choices.wishes()).lower())
        return TableCell(_("Taken back"), status=Status.WITHDRAWN, note=wish), TableCell(
            _("The parents")
        )
    parents = _("Both parents") if event.parents == 2 else _("One parent")
    excuse = _("The other was not available") if event.other_parent_not_available else ""
    return TableCell(_("Given"), status=Status.MET), TableCell(parents, note=excuse)
