"""The closed lists a protocol file may choose its words from, beside those of the vocabulary."""

from collections.abc import Mapping
from functools import cache

from cordula.events.kinds import KINDS
from cordula.events.parts import Answer, PartKind
from cordula.protocols.moments import MOMENTS
from cordula.vocabulary.measures import measures, timepoints
from cordula.vocabulary.tests import laboratory_tests

Words = Mapping[str, object]


def _keys(*words: str) -> dict[str, str]:
    return {word: word for word in words}


# Where the long lists stand whole, for a person whose word is on none of them.
MEASURES_STAND_IN = "cordula/vocabulary/measures.toml"
TESTS_STAND_IN = "cordula/vocabulary/tests.toml"

PLACES = _keys("bedside", "laboratory", "theatre")
ELIGIBILITY = _keys("not_required", "complete_eligible", "complete_ineligible", "incomplete")
REVIEWS = _keys("genetics")
OPERATION_STATES = _keys("planned", "performed")
ORIGINS = _keys("autologous", "allogeneic")
STANDINGS = _keys("seen", "secondary", "computed", "practice")
ANSWERS = _keys(*Answer)
PRODUCT_KINDS = _keys(*PartKind)
SUBJECTS = _keys("unit", "infant")


def events() -> Words:
    return KINDS


def moments() -> Words:
    return MOMENTS


@cache
def unit_measures() -> Words:
    return {key: m for key, m in measures().items() if m.of == "unit"}


@cache
def infant_measures() -> Words:
    return {key: m for key, m in measures().items() if m.of == "infant"}


@cache
def unit_timepoints() -> Words:
    return timepoints("unit")


@cache
def unit_tests() -> Words:
    return {key: t for key, t in laboratory_tests().items() if t.of == "unit"}


@cache
def markers() -> Words:
    """The mother's tests by their own keys, and the infections they are about."""
    mothers = {key: t for key, t in laboratory_tests().items() if t.of == "mother"}
    return {**mothers, **{t.infection: t for t in mothers.values() if t.infection}}
