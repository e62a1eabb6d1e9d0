"""Which results answer a question at a time, which do not, and why not?"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from cordula.evidence.answer import Direction, Input, LeftOut
from cordula.evidence.effects import NotEnough, effect_of
from cordula.evidence.library import overlaps
from cordula.evidence.questions import Question, question
from cordula.evidence.refusal import NoSuchTime, PoolingRefused, Unknown
from cordula.evidence.study import ArmResult, Result, Study
from cordula.evidence.words import in_words, measure
from cordula.vocabulary.words import said_later

# A number of these flags is pooled only where its study was asked for by name.
BY_NAME = ("memory", "secondary")
BY_PERSON = said_later("left out by name")


@dataclass(frozen=True, slots=True)
class Asking:
    """One question at one time, with the studies asked for and left out by name."""

    asked: Question
    months: Decimal
    include: frozenset[str]
    exclude: frozenset[str]

    def fits(self, study: Study) -> bool:
        return study.design in self.asked.designs and study.population in self.asked.populations

    def at_this_time(self, result: Result) -> bool:
        return result.months is not None and abs(result.months - self.months) <= self.asked.within


@dataclass(frozen=True, slots=True)
class Selection:
    inputs: tuple[Input, ...]
    left_out: tuple[LeftOut, ...]
    directions: tuple[Direction, ...]
    beside: tuple[Direction, ...]


def refuse_time(asked: Question, months: Decimal, known: Mapping[str, Study]) -> None:
    """Raises NoSuchTime where the question is not asked and no study of such children has a result."""
    asking = Asking(asked, months, frozenset(), frozenset())
    measured = {
        result.months
        for study in known.values()
        if asking.fits(study)
        for result in study.results
        if result.measure in asked.measures and result.months is not None
    }
    times = measured | set(asked.months)
    if not any(abs(one - months) <= asked.within for one in times):
        there = ", ".join(f"{one:f}" for one in sorted(times))
        raise NoSuchTime(f"Nobody asked “{asked.id}” at {months:f} months; there is {there}.")


def select(
    asked: Question,
    months: Decimal,
    known: Mapping[str, Study],
    include: Collection[str] = (),
    exclude: Collection[str] = (),
) -> Selection:
    """What goes in and what does not. Raises PoolingRefused where two would count children twice, or where
    a study asked for by name cannot be pooled; Unknown for a name that no study has."""
    for name in (*include, *exclude):
        if name not in known:
            raise Unknown(name, "a study", known)
    asking = Asking(asked, months, frozenset(include) - frozenset(exclude), frozenset(exclude))
    told = [_told(asking, study) for study in known.values()]
    inputs = [one for one in told if isinstance(one, Input)]
    _refuse_overlap(asking, known, inputs)
    left = [one for one in told if isinstance(one, LeftOut)]
    _refuse_unpooled(asking, left, inputs)
    return Selection(
        tuple(inputs),
        tuple(left),
        tuple(_directions(asking, known.values())),
        tuple(_beside(asking, known.values())),
    )


def _refuse_overlap(asking: Asking, known: Mapping[str, Study], inputs: list[Input]) -> None:
    names = {one.study for one in inputs} | asking.include
    pairs = list(overlaps({key: study for key, study in known.items() if key in names}))
    if not pairs:
        return
    said = "; ".join(f"{one.name} and {other.name}" for one, other in pairs)
    ids = sorted({study.id for pair in pairs for study in pair})
    raise PoolingRefused(
        f"these count some of the same children, and a child is counted once: {said}. Pool at most one of "
        f"{', '.join(ids)}; leave the others out with --exclude."
    )


def _refuse_unpooled(asking: Asking, left: list[LeftOut], inputs: list[Input]) -> None:
    pooled = {one.study for one in inputs}
    why = {one.study: one.reason for one in left}
    for name in sorted(asking.include - pooled):
        reason = why.get(name, "it has no result on this measure")
        raise PoolingRefused(f"{name} was asked for by name and cannot be pooled: {reason}.")


def _told(asking: Asking, study: Study) -> Input | LeftOut | None:
    """The study's part, or why it has none; None where it has nothing to do with the question."""
    about = [r for key in asking.asked.measures for r in study.results if r.measure == key]
    if not about:
        waits = _bears_on(asking, study)
        return _left_out(study, in_words("numbers", study.numbers)) if waits else None
    reason = _unfit(asking, study, about)
    if reason is not None:
        return _left_out(study, reason, about[0].flag)
    return _best(asking, study, [r for r in about if asking.at_this_time(r)])


def _bears_on(asking: Asking, study: Study) -> bool:
    """A comparison of such children whose numbers nobody has yet: it may say otherwise."""
    waits = study.numbers in ("awaited", "not_read")
    return waits and asking.asked.compares and asking.fits(study)


def _left_out(study: Study, reason: str, flag: str | None = None) -> LeftOut:
    return LeftOut(study=study.id, name=study.name, reason=reason, flag=flag, numbers=study.numbers)


def _unfit(asking: Asking, study: Study, about: list[Result]) -> str | None:
    """Why the study as a whole does not answer, or None."""
    if study.id in asking.exclude:
        return BY_PERSON
    if study.design not in asking.asked.designs:
        return f"design: {in_words('designs', study.design)}"
    if study.population not in asking.asked.populations:
        return f"other children: {in_words('populations', study.population)}"
    if not any(asking.at_this_time(result) for result in about):
        return f"not measured at this time, but {_times(about)}"
    return None


def _times(about: list[Result]) -> str:
    months = sorted({result.months for result in about if result.months is not None})
    return f"at {', '.join(f'{m:f}' for m in months)} months" if months else "at no stated time"


def _best(asking: Asking, study: Study, at_time: list[Result]) -> Input | LeftOut:
    """The first result that tells an effect, by the question's order of measures and methods."""
    reasons = []
    for result in sorted(at_time, key=lambda r: _order(asking.asked, r)):
        reason = _withheld(asking, study, result)
        if reason is None:
            try:
                return _input(asking.asked, study, result)
            except NotEnough as missing:
                reason = str(missing)
        reasons.append(reason)
    return _left_out(study, "; ".join(dict.fromkeys(reasons)), at_time[0].flag)


def _order(asked: Question, result: Result) -> tuple[bool, int, int]:
    methods = [*asked.methods, result.method or ""]
    measure = asked.measures.index(result.measure)
    return result.subgroup is not None, measure, methods.index(result.method or "")


def _withheld(asking: Asking, study: Study, result: Result) -> str | None:
    if not result.arms and result.between is None:
        return said_later("only a direction is known, no numbers were read")
    if study.id in asking.include:
        return None
    if result.flag in BY_NAME:
        return f"{in_words('flags', result.flag)}: pooled only where asked for by name"
    if result.subgroup is not None:
        return f"told for a subgroup only ({result.subgroup})"
    return None


def _input(asked: Question, study: Study, result: Result) -> Input:
    found = effect_of(asked, result)
    return Input(
        study=study.id,
        name=study.name,
        design=study.design,
        design_words=in_words("designs", study.design),
        cells=study.cells,
        n=found.n if found.n is not None else study.size,
        months=result.months,
        method=result.method,
        subgroup=result.subgroup,
        flag=result.flag,
        source=result.source.citation,
        source_label=result.source.label,
        how=found.how,
        arms=tuple(_arm(one) for one in result.arms),
        estimate=found.estimate,
        low=found.low,
        high=found.high,
        y=found.y,
        se=found.se,
        note=result.note,
    )


def _arm(one: ArmResult) -> dict[str, object]:
    """The arm's own numbers, those it has."""
    told = {
        "arm": one.arm,
        "n": one.n,
        "events": one.events,
        "mean": None if one.mean is None else float(one.mean),
        "spread": None if one.spread is None else float(one.spread),
        "spread_is": one.spread_is,
    }
    return {key: value for key, value in told.items() if value is not None}


def _directions(asking: Asking, known: Collection[Study]) -> Iterator[Direction]:
    for study in known if asking.asked.compares else ():
        if asking.fits(study):
            yield from (
                _direction(study, result, result.direction)
                for result in study.results
                if result.measure in asking.asked.measures
                and asking.at_this_time(result)
                and result.direction is not None
            )


def _beside(asking: Asking, known: Collection[Study]) -> Iterator[Direction]:
    """What studies of the same children say of the questions to see as well, up to this time."""
    measures = {key for name in asking.asked.see_also for key in question(name).measures}
    for study in known:
        for result in study.results:
            seen = result.measure in measures and asking.fits(study)
            in_time = result.months is not None and result.months <= asking.months
            if seen and in_time and result.direction is not None:
                yield _direction(study, result, result.direction)


def _direction(study: Study, result: Result, direction: str) -> Direction:
    return Direction(
        study=study.id,
        name=study.name,
        n=study.size,
        direction=direction,
        direction_words=in_words("directions", direction),
        p=result.p,
        months=result.months,
        measure=result.measure,
        measure_words=measure(result.measure).words,
        flag=result.flag,
        source=result.source.citation,
        note=result.note,
    )
