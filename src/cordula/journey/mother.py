"""What do the mother's tests say? Her results stand in for the newborn's and are never called the child's."""

from functools import cache

from cordula.events.laboratory import MotherTested
from cordula.journey.case import Case
from cordula.journey.found import Found, met, met_with_note, not_met, unknown
from cordula.journey.limits import span
from cordula.journey.wording import listed, marker, test, test_result
from cordula.protocols.criteria import MotherNegative
from cordula.vocabulary.identifiers import MotherId
from cordula.vocabulary.tests import markers_of
from cordula.vocabulary.words import _


def mother_negative(rule: MotherNegative, case: Case) -> Found:
    mother = _mother(case)
    if mother is None:
        return unknown(_("It is not recorded who the mother is."))
    results = _near_collection(rule, _of_mother(mother, case), case)
    if results is None:
        return unknown(_("The mother's specimens cannot be dated: no collection is recorded."))
    return _judged(rule, results)


def _judged(rule: MotherNegative, results: list[MotherTested]) -> Found:
    newest = {key: _newest(key, results) for key in rule.markers}
    told = [t for tests in newest.values() for t in tests]
    if wrong := [t for t in told if t.result != rule.result]:
        says = listed(f"{test(t.test)} {test_result(t.test, t.result).lower()}" for t in wrong)
        return not_met(_("Mother: {results}.").format(results=says), *wrong)
    if missing := [key for key, tests in newest.items() if not tests]:
        markers = listed(map(marker, missing))
        return unknown(_("Mother: no result for {markers}.").format(markers=markers), *told)
    return _all_negative(rule, told, results)


def _all_negative(
    rule: MotherNegative, told: list[MotherTested], results: list[MotherTested]
) -> Found:
    says = _("Mother: {markers} {result}.").format(
        markers=listed(map(marker, rule.markers)), result=rule.result
    )
    earlier = [t for t in results if t.result != rule.result and _asked(t.test, rule)]
    if not earlier:
        return met(says, *told)
    return met_with_note(f"{says} {_('An earlier result was different.')}", *told)


def _mother(case: Case) -> MotherId | None:
    """The mother of the child. Where unit and child name different mothers, nobody is known."""
    of_child = case.infant.mother if case.infant else None
    of_unit = case.unit.mother if case.unit else None
    if of_child is not None and of_unit is not None and of_child != of_unit:
        return None
    return of_child or of_unit


def _of_mother(mother: MotherId, case: Case) -> list[MotherTested]:
    tested = case.unit.all(MotherTested) if case.unit else []
    return [t for t in tested if t.mother == mother]


def _near_collection(
    rule: MotherNegative, results: list[MotherTested], case: Case
) -> list[MotherTested] | None:
    """The results of specimens drawn near enough to the collection (21 CFR 1271.80(b))."""
    if rule.specimen_within is None:
        return results
    collected = case.moment("collected")
    if collected is None:
        return None
    near = span(rule.specimen_within)
    return [t for t in results if abs(t.specimen_at - collected) <= near]


def _newest(key: str, results: list[MotherTested]) -> list[MotherTested]:
    """The newest result of each test for the marker: by its own name, or for the infection it is about."""
    by_test: dict[str, MotherTested] = {}
    for tested in sorted(results, key=lambda t: t.specimen_at):
        if tested.test in _tests_for(key):
            by_test[tested.test] = tested
    return list(by_test.values())


def _asked(key: str, rule: MotherNegative) -> bool:
    return any(key in _tests_for(asked) for asked in rule.markers)


@cache
def _tests_for(key: str) -> frozenset[str]:
    return frozenset({key, *(t.key for t in markers_of(key))})
