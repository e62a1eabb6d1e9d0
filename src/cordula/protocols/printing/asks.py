"""What does a criterion ask for, in words a nurse reads?"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from cordula.display import duration, quantity, range_text
from cordula.protocols import criteria as ask
from cordula.protocols.criteria import Criterion, Limit
from cordula.protocols.moments import MOMENTS
from cordula.protocols.protocol import Protocol
from cordula.vocabulary.cardiac import consent_scopes, diagnoses, operations
from cordula.vocabulary.measures import measures, timepoints
from cordula.vocabulary.quantity import Quantity
from cordula.vocabulary.tests import laboratory_tests
from cordula.vocabulary.words import _

# These are written out: 13m would be read as minutes.
_CALENDAR = ("mo", "a")
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def asked(criterion: Criterion, protocol: Protocol) -> str:
    """“Live cells, before freezing: more than 70%.”"""
    words = _WORDS[type(criterion)]
    return words(criterion, protocol)


def limit_words(limit: Limit) -> str:
    """The limit as people say it; months and years are written out."""
    bounds = [b for b in (limit.at_least, limit.at_most, limit.more_than, limit.less_than) if b]
    if not bounds:
        return _("not known")
    if not any(bound.unit in _CALENDAR for bound in bounds):
        return range_text(
            limit.at_least, limit.at_most, more_than=limit.more_than, less_than=limit.less_than
        )
    pairs = (
        (limit.at_least, _("{time} or more")),
        (limit.more_than, _("more than {time}")),
        (limit.at_most, _("{time} or less")),
        (limit.less_than, _("less than {time}")),
    )
    return _(" and ").join(words.format(time=time_words(b)) for b, words in pairs if b)


def time_words(time: Quantity) -> str:
    if time.unit not in _CALENDAR:
        return duration(time)
    one = time.value == 1
    months, years = _("month") if one else _("months"), _("year") if one else _("years")
    return f"{time.value:f} {months if time.unit == 'mo' else years}"


def listed(words: Iterable[str], last: str) -> str:
    """“a, b and c”."""
    told = list(words)
    if len(told) < 2:
        return "".join(told)
    return f"{', '.join(told[:-1])} {last} {told[-1]}"


def _all_of(words: Iterable[str]) -> str:
    return listed(words, _("and"))


def _any_of(words: Iterable[str]) -> str:
    return listed(words, _("or"))


def _plain(key: str) -> str:
    return key.replace("_", " ")


def _test(key: str) -> str:
    found = laboratory_tests().get(key)
    return found.label if found else key.upper()


def _consent(rule: ask.ConsentGiven, protocol: Protocol) -> str:
    scopes = _all_of(consent_scopes()[key].label.lower() for key in rule.scopes)
    says = _("Agreed to: {scopes}; by {parents}.")
    parents = _("both parents") if rule.parents == 2 else _("a parent")
    if rule.excused_if_not_available:
        parents += _(" (one, if the other is not available)")
    return says.format(scopes=scopes, parents=parents)


def _identity(rule: ask.IdentityMatched, protocol: Protocol) -> str:
    says = _("A match, found by {persons} people: {places}.")
    return says.format(persons=rule.persons, places=_all_of(map(_plain, rule.at)))


def _interval(rule: ask.WithinTime, protocol: Protocol) -> str:
    return _("From {start} to {end}: {limit}.").format(
        start=MOMENTS[rule.start], end=MOMENTS[rule.end], limit=limit_words(rule.limit)
    )


def _measured(rule: ask.Measured, protocol: Protocol) -> str:
    when = f", {timepoints(rule.of)[rule.timepoint].lower()}" if rule.timepoint else ""
    says = f"{measures()[rule.measure].label}{when}: {limit_words(rule.limit)}."
    if rule.not_older_than is None:
        return says
    fresh = _("Not older than {time}.").format(time=time_words(rule.not_older_than))
    return f"{says} {fresh}"


def _tested(rule: ask.TestPassed, protocol: Protocol) -> str:
    results = laboratory_tests()[rule.test].results
    return f"{_test(rule.test)}: {_any_of(results[key].lower() for key in rule.results)}."


def _mother(rule: ask.MotherNegative, protocol: Protocol) -> str:
    says = _("Mother: {markers} {result}.").format(
        markers=_all_of(map(_test, rule.markers)), result=_plain(rule.result)
    )
    if rule.specimen_within is None:
        return says
    near = _("Blood taken within {time} of the collection.")
    return f"{says} {near.format(time=time_words(rule.specimen_within))}"


def _answered(rule: ask.Answered, protocol: Protocol) -> str:
    questions = " ".join(protocol.questions[item] for item in rule.items)
    return _("{questions} The answer is {answer}.").format(
        questions=questions, answer=_plain(rule.answer)
    )


def _weight(rule: ask.WeightFresh, protocol: Protocol) -> str:
    time = time_words(rule.not_older_than) if rule.not_older_than else _("not known")
    return _("Weighed no longer ago than {time}.").format(time=time)


def _dose(rule: ask.DoseInRange, protocol: Protocol) -> str:
    found = protocol.dose.range_per_kg if protocol.dose else None
    if found is None:
        return _("As the dose rule below says.")
    return _("As the dose rule below says: {range}.").format(range=limit_words(found))


def _age(rule: ask.AgeAt, protocol: Protocol) -> str:
    return _("Age at {moment}: {limit}.").format(
        moment=MOMENTS[rule.moment], limit=limit_words(rule.limit)
    )


def _operation(rule: ask.OperationKnown, protocol: Protocol) -> str:
    return f"{operations()[rule.operation].label}: {_plain(rule.state)}."


_WORDS: dict[type[Any], Callable[[Any, Protocol], str]] = {
    ask.ConsentGiven: _consent,
    ask.IdentityMatched: _identity,
    ask.Happened: lambda rule, _p: _("Recorded: {event}.").format(
        event=_CAPITAL.sub(" ", rule.event).lower()
    ),
    ask.WithinTime: _interval,
    ask.Measured: _measured,
    ask.TestPassed: _tested,
    ask.MotherNegative: _mother,
    ask.Answered: _answered,
    ask.EligibilityIs: lambda rule, _p: f"{_any_of(map(_plain, rule.outcomes)).capitalize()}.",
    ask.ProductsKept: lambda rule, _p: _("{count} {kind} or more.").format(
        count=rule.at_least, kind=rule.product_kind
    ),
    ask.StorageUnbroken: lambda _r, _p: _("No temperature excursion, or each found harmless."),
    ask.DeviationsClosed: lambda _r, _p: _("No deviation, or each closed and the unit usable."),
    ask.ReviewSigned: lambda rule, _p: _("Signed without objection: {review}.").format(
        review=_plain(rule.review)
    ),
    ask.DiagnosisIs: lambda rule, _p: f"{_any_of(diagnoses()[k].label for k in rule.any_of)}.",
    ask.OperationKnown: _operation,
    ask.AgeAt: _age,
    ask.WeightFresh: _weight,
    ask.DoseInRange: _dose,
    ask.EnrolledHere: lambda _r, _p: _("Enrolled under this very version."),
}


def amount_words(amount: Quantity) -> str:
    return time_words(amount) if amount.unit in _CALENDAR else quantity(amount)
