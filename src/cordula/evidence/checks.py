"""Can the numbers of a study be true? What cannot be is told with its line."""

import re
from collections.abc import Iterator
from decimal import Decimal
from math import sqrt

from cordula.evidence.study import ArmResult, Between, Result, Source, Study
from cordula.evidence.table import Table
from cordula.evidence.words import EvidenceMeasure, measures
from cordula.vocabulary.lines import Path

SHAPES = {
    "pmid": r"[1-9][0-9]{3,8}",
    "doi": r"10\.[0-9]{4,9}/\S+",
    "pmc": r"PMC[0-9]+",
    "registry": r"(NCT[0-9]{8}|CRD[0-9]+|ISRCTN[0-9]+|[A-Z]+[0-9/-]+)",
    "url": r"https?://\S+",
}
P_VALUE = re.compile(r"[<>]?(0|0?\.[0-9]+|0\.[0-9]+|1)")
RATIOS = ("ratio", "hazard_ratio")
Said = Iterator[tuple[Path, str]]


def check_study(study: Study, root: Table) -> None:
    """Tells every number of the study that cannot be."""
    for path, says in _faults(study):
        root.faults.tell(path, says)


def source_faults(source: Source) -> Iterator[str]:
    """What keeps somebody else from finding this source."""
    given = {key: getattr(source, key) for key in SHAPES}
    for key, value in given.items():
        if value and not re.fullmatch(SHAPES[key], value):
            yield f"{value} is not shaped like a {key}"
    if not any(given.values()) and source.read != "title":
        yield f"the source “{source.label}” needs a pmid, doi, pmc, registry number or url"


def _faults(study: Study) -> Said:
    for key, source in study.sources.items():
        yield from ((("sources", key), says) for says in source_faults(source))
    for field in study.memory:
        if not hasattr(study, field):
            yield ("study", "memory"), f"“{field}” is not a key of a study"
    if study.numbers in ("read", "partly_read") and not study.results:
        yield ("study", "numbers"), f"numbers are “{study.numbers}”, and there are no results"
    for at, result in enumerate(study.results):
        yield from ((("results", at, *path), says) for path, says in _result(study, result))


def _result(study: Study, result: Result) -> Said:
    kind = measures().get(result.measure)
    if kind is None:
        return
    if not result.arms and result.between is None and result.direction is None:
        yield (), f"nothing is said of {kind.words}: arms, between or direction is needed"
    if result.flag == "seen" and result.source.standing != "seen":
        yield ("flag",), f"“seen”, but its source is {result.source.standing}: say so"
    if result.p is not None and not P_VALUE.fullmatch(result.p):
        yield ("p",), f"{result.p} is not a P value such as 0.03 or <0.001"
    if result.months is not None and result.months < 0:
        yield ("months",), f"{result.months} months lie before the start"
    for arm in result.arms:
        yield from ((("arms",), f"{arm.arm}: {says}") for says in _arm(study, arm, kind))
    if len({arm.arm for arm in result.arms}) < len(result.arms):
        yield ("arms",), "an arm is told twice"
    if result.between is not None:
        yield from ((("between",), says) for says in _between(result.between, kind))


def _arm(study: Study, arm: ArmResult, kind: EvidenceMeasure) -> Iterator[str]:
    whole = study.arms[arm.arm].n if arm.arm in study.arms else None
    of_children = kind.unit == "children" or kind.kind == "continuous"
    if whole is not None and arm.n is not None and arm.n > whole and of_children:
        yield f"{arm.n} were measured, and the arm has {whole}"
    if arm.n is not None and arm.n < 1:
        yield f"n is {arm.n}"
    yield from _counts(arm, kind)
    yield from _spread(arm, kind)
    yield from _interval(arm.mean if arm.mean is not None else arm.median, arm.low, arm.high)
    for value in (arm.mean, arm.median):
        if value is not None and kind.kind != "count":
            yield from _bounds(value, kind)


def _counts(arm: ArmResult, kind: EvidenceMeasure) -> Iterator[str]:
    if arm.events is None:
        return
    if arm.events < 0:
        yield f"{arm.events} events"
    if kind.kind == "count" and arm.n is None:
        yield f"{arm.events} {kind.unit}, but of how many is not said"
    if kind.kind == "count" and arm.n is not None and arm.events > arm.n:
        yield f"{arm.events} events are more than n, which is {arm.n}"
    if kind.kind == "continuous":
        yield f"{kind.words} is measured, not counted: a mean is needed"


def _spread(arm: ArmResult, kind: EvidenceMeasure) -> Iterator[str]:
    if arm.spread is None:
        if arm.spread_is is not None and arm.low is None:
            yield f"the spread itself is missing, which is to be a {arm.spread_is}"
        return
    if arm.spread_is is None:
        yield f'the spread {arm.spread} needs its kind: spread_is = "sd", "se" …'
    if arm.spread <= 0:
        yield f"a spread of {arm.spread} cannot be: it must lie above 0"
    widest = _widest(arm, kind)
    if widest is not None and arm.spread_is in ("sd", "sd_assumed") and arm.spread > widest:
        yield f"a standard deviation of {arm.spread} cannot be: at most {widest:.1f} fits in {kind.low:g} to {kind.high:g}"


def _widest(arm: ArmResult, kind: EvidenceMeasure) -> float | None:
    """The largest sample SD that a mean m leaves within [a, b]: (b−m)(m−a), Bhatia & Davis 2000, with n/(n−1)."""
    if kind.low is None or kind.high is None or arm.mean is None:
        return None
    mean, n = float(arm.mean), arm.n or 2
    inside = (kind.high - mean) * (mean - kind.low)
    return sqrt(max(inside, 0.0) * n / max(n - 1, 1))


def _between(between: Between, kind: EvidenceMeasure) -> Iterator[str]:
    yield from _interval(between.estimate, between.low, between.high)
    if kind.kind in RATIOS and between.estimate <= 0:
        yield f"a ratio of {between.estimate} cannot be: it must lie above 0"
    yield from _bounds(between.estimate, kind)


def _interval(value: Decimal | None, low: Decimal | None, high: Decimal | None) -> Iterator[str]:
    if (low is None) != (high is None):
        yield "an interval needs both its ends"
    if low is None or high is None:
        return
    if low >= high:
        yield f"the interval {low} to {high} encloses nothing"
    elif value is not None and not low <= value <= high:
        yield f"{value} does not lie within {low} to {high}"


def _bounds(value: Decimal, kind: EvidenceMeasure) -> Iterator[str]:
    if kind.low is not None and kind.high is not None and not kind.low <= value <= kind.high:
        yield f"{kind.words} cannot be {value}: it lies between {kind.low:g} and {kind.high:g}"
