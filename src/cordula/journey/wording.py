"""The words of a judgement: keys of the vocabulary as people say them, lists, ages and limits."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from cordula import display
from cordula.display import NO_BREAK, age
from cordula.display.durations import is_time
from cordula.vocabulary import choices
from cordula.vocabulary.cardiac import (
    consent_scopes,
    diagnoses,
    operations,
    refusal_reasons,
    routes,
    stop_reasons,
)
from cordula.vocabulary.measures import measures, timepoints
from cordula.vocabulary.quantity import Quantity
from cordula.vocabulary.roles import roles
from cordula.vocabulary.tests import laboratory_tests
from cordula.vocabulary.words import _

# How a value or a moment is written never changes, and a work list asks for the same ones again and again.
amount = lru_cache(maxsize=16_384)(display.quantity)
dose_amount = lru_cache(maxsize=16_384)(display.dose)
lasting = display.lasting
moment_in_words = lru_cache(maxsize=16_384)(display.clin_datetime)


def listed(items: Iterable[str]) -> str:
    """“a”, “a and b”, “a, b and c”."""
    told = list(items)
    if len(told) < 2:
        return "".join(told)
    return _("{most} and {last}").format(most=", ".join(told[:-1]), last=told[-1])


def sentence(text: str) -> str:
    """With a capital in front; what follows keeps its own."""
    return text[:1].upper() + text[1:]


def plain_key(key: str) -> str:
    """A key that no table knows, as near to words as it comes."""
    return key.replace("_", " ")


def measure(key: str) -> str:
    return _label(measures().get(key), key)


def test(key: str) -> str:
    return _label(laboratory_tests().get(key), key)


def marker(key: str) -> str:
    """A marker asked of the mother: one test by its own name, or the infection that several are about."""
    infections = {
        "hbv": _("Hepatitis B"),
        "hcv": _("Hepatitis C"),
        "cmv": _("Cytomegalovirus"),
        "wnv": _("West Nile virus"),
    }
    return infections.get(key) or test(key)


def happening(kind: str) -> str:
    """The name of an event as words: ReceivedFromMaker is “received from maker”."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", kind).lower()


def test_result(key: str, result: str) -> str:
    known = laboratory_tests().get(key)
    return plain_key(result) if known is None else known.results.get(result, plain_key(result))


def diagnosis(key: str) -> str:
    return _label(diagnoses().get(key), key)


def operation(key: str) -> str:
    return _label(operations().get(key), key)


def stop_reason(key: str) -> str:
    return _label(stop_reasons().get(key), key)


def refusal_reason(key: str) -> str:
    """Why a unit was rejected."""
    return _label(refusal_reasons().get(key), key)


def discard_reason(key: str) -> str:
    return chosen(key, choices.discard_reasons())


def giving_stop_reason(key: str) -> str:
    return chosen(key, choices.giving_stop_reasons())


def wish(key: str) -> str:
    """What the family wants to become of the cells."""
    return chosen(key, choices.wishes())


def consent_scope(key: str) -> str:
    return _label(consent_scopes().get(key), key)


def route(key: str) -> str:
    return _label(routes().get(key), key)


def role(key: str) -> str:
    return roles().get(key) or plain_key(key)


def chosen(key: str, known: Mapping[str, str]) -> str:
    """A key in the words it is chosen by; one from elsewhere, as near to words as it comes."""
    return known.get(key) or sentence(plain_key(key))


def timepoint(key: str, of: str = "unit") -> str:
    return timepoints(of).get(key, plain_key(key))


def _label(term: object, key: str) -> str:
    label = getattr(term, "label", None)
    return plain_key(key) if label is None else str(label)


def aged(born: date, on: date) -> str:
    return age(born, on).strip("()")


def months_in_words(time: Quantity, say: Callable[[Quantity], str]) -> str:
    """“13 months” for a limit of age, where 13m would be read as minutes."""
    names = {"mo": (_("month"), _("months")), "a": (_("year"), _("years"))}
    if not is_time(time.unit) or time.unit not in names:
        return say(time)
    one, many = names[time.unit]
    return f"{time.value:f}{NO_BREAK}{one if time.value == 1 else many}"


def numbered(one: str, many: str, numbers: Sequence[int]) -> str:
    """“gate 8”, “gates 7, 8 and 9”."""
    noun = one if len(numbers) == 1 else many
    return f"{noun} {listed(str(number) for number in sorted(numbers))}"
