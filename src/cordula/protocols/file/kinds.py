"""What each kind of criterion may say in a protocol file: one reader for each kind."""

from collections.abc import Callable
from typing import Any

from cordula.protocols import criteria as ask
from cordula.protocols.criteria import Limit
from cordula.protocols.file import known
from cordula.protocols.file.context import Context
from cordula.protocols.file.limits import BOUNDS, check_order, check_plausible, time
from cordula.protocols.file.table import Table
from cordula.vocabulary.cardiac import consent_scopes, diagnoses, operations
from cordula.vocabulary.measures import measures, timepoints
from cordula.vocabulary.tests import laboratory_tests
from cordula.vocabulary.words import _

Fields = dict[str, Any]
Reader = Callable[[Table, Context], Fields]


def _consent(table: Table, context: Context) -> Fields:
    return {
        "scopes": table.words("scopes", consent_scopes, _("a consent scope")),
        "parents": _count(table, "parents"),
        "excused_if_not_available": table.flag("excused_if_not_available"),
    }


def _identity(table: Table, context: Context) -> Fields:
    return {
        "at": table.words("at", lambda: known.PLACES, _("a place")),
        "persons": _count(table, "persons", 2),
    }


def _happened(table: Table, context: Context) -> Fields:
    return {"event": table.word("event", known.events, _("an event"))}


def _interval(table: Table, context: Context) -> Fields:
    return {
        "start": table.word("start", known.moments, _("a moment")),
        "end": table.word("end", known.moments, _("a moment")),
        "limit": _time_limit(table),
    }


def _time_limit(table: Table) -> Limit:
    given = Limit(**{bound: time(table, bound) for bound in BOUNDS})
    check_order(table, given)
    return given


def _measure(table: Table, context: Context) -> Fields:
    key = table.word("measure", measures, _("a measure"), listed=known.MEASURES_STAND_IN)
    cells = table.text("cell_type", "") or None
    found = measures().get(key)
    of = found.of if found else "unit"
    timepoint = table.word(
        "timepoint", lambda: timepoints(of), _("a timepoint of the {of}").format(of=of), ""
    )
    given = Limit(**{bound: table.amount(bound) for bound in BOUNDS})
    if found is not None and (not timepoint or timepoint in timepoints(of)):
        first = found.timepoints[0] if found.timepoints else ""
        check_plausible(table, given, found, timepoint or first, cells)
    fields = {"measure": key, "timepoint": timepoint or None, "cell_type": cells, "of": of}
    return {
        **fields,
        "limit": _ordered(table, given),
        "not_older_than": time(table, "not_older_than"),
    }


def _ordered(table: Table, given: Limit) -> Limit:
    try:
        check_order(table, given)
    except ValueError:
        return Limit()  # The bounds have units that cannot be compared, which was told before.
    return given


def _test(table: Table, context: Context) -> Fields:
    key = table.word("test", known.unit_tests, _("a test of the unit"), listed=known.TESTS_STAND_IN)
    found = laboratory_tests().get(key)
    results = dict(found.results) if found else {}
    if not results:
        return {"test": key, "results": table.texts("results")}
    what = _("a result of {test}").format(test=key)
    return {"test": key, "results": table.words("results", lambda: results, what)}


def _mother(table: Table, context: Context) -> Fields:
    return {
        "markers": table.words(
            "markers", known.markers, _("a test of the mother, or an infection")
        ),
        "result": table.text("result", "negative"),
        "specimen_within": time(table, "specimen_within"),
    }


def _answer(table: Table, context: Context) -> Fields:
    return {
        "items": table.words("items", lambda: context.questions, _("one of [questions]")),
        "answer": table.word("answer", lambda: known.ANSWERS, _("an answer")),
        "of": table.word("of", lambda: known.SUBJECTS, _("unit or infant"), "unit"),
    }


def _eligibility(table: Table, context: Context) -> Fields:
    what = _("an outcome of the donor's eligibility")
    return {"outcomes": table.words("outcomes", lambda: known.ELIGIBILITY, what)}


def _products(table: Table, context: Context) -> Fields:
    return {
        "product_kind": table.word(
            "product_kind", lambda: known.PRODUCT_KINDS, _("a kind of product")
        ),
        "at_least": _count(table, "at_least"),
    }


def _review(table: Table, context: Context) -> Fields:
    return {"review": table.word("review", lambda: known.REVIEWS, _("a review"))}


def _diagnosis(table: Table, context: Context) -> Fields:
    return {"any_of": table.words("any_of", diagnoses, _("a diagnosis"))}


def _operation(table: Table, context: Context) -> Fields:
    return {
        "operation": table.word("operation", operations, _("an operation")),
        "state": table.word("state", lambda: known.OPERATION_STATES, _("planned or performed")),
    }


def _age(table: Table, context: Context) -> Fields:
    return {
        "moment": table.word("moment", known.moments, _("a moment")),
        "limit": _time_limit(table),
    }


def _weight(table: Table, context: Context) -> Fields:
    return {"not_older_than": time(table, "not_older_than")}


def _nothing(table: Table, context: Context) -> Fields:
    return {}


def _count(table: Table, key: str, default: int = 1) -> int:
    value = table.whole(key, default)
    if value < 1:
        table.tell_whole(_("{key} is 1 or more, not {value}").format(key=key, value=value), key)
    return value


KINDS: dict[str, tuple[type[Any], Reader]] = {
    cls.KIND: (cls, read)
    for cls, read in (
        (ask.ConsentGiven, _consent),
        (ask.IdentityMatched, _identity),
        (ask.Happened, _happened),
        (ask.WithinTime, _interval),
        (ask.Measured, _measure),
        (ask.TestPassed, _test),
        (ask.MotherNegative, _mother),
        (ask.Answered, _answer),
        (ask.EligibilityIs, _eligibility),
        (ask.ProductsKept, _products),
        (ask.StorageUnbroken, _nothing),
        (ask.DeviationsClosed, _nothing),
        (ask.ReviewSigned, _review),
        (ask.DiagnosisIs, _diagnosis),
        (ask.OperationKnown, _operation),
        (ask.AgeAt, _age),
        (ask.WeightFresh, _weight),
        (ask.DoseInRange, _nothing),
        (ask.EnrolledHere, _nothing),
    )
}
