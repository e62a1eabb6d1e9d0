"""How is an answer told in sentences? What speaks against the cells is told first, and as plainly as what speaks for them."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from cordula.evidence.answer import Certainty, Direction, Estimate, Input, Pooled
from cordula.evidence.questions import Question
from cordula.evidence.scales import NO_EFFECT
from cordula.evidence.selection import Selection

FIRST = ("worse_with_cells", "higher_with_cells", "endpoint_not_met", "no_difference")


def told(
    asked: Question,
    months: Decimal,
    inputs: Sequence[Input],
    chosen: Selection,
    pooled: Pooled | None,
    certainty: Certainty,
) -> tuple[str, ...]:
    """The answer in a few sentences."""
    return tuple(_sentences(asked, months, inputs, chosen, pooled, certainty))


def _sentences(
    asked: Question,
    months: Decimal,
    inputs: Sequence[Input],
    chosen: Selection,
    pooled: Pooled | None,
    certainty: Certainty,
) -> Iterator[str]:
    yield from map(_direction, sorted(chosen.directions, key=_unfavourable_first))
    yield from _beside(chosen.beside)
    if pooled is None:
        yield f"No number can be given at {months:f} months."
    else:
        yield _estimate(asked, inputs, pooled)
        yield from _limits(asked, inputs, pooled)
        yield from (f"{one.name}: {one.note}" for one in inputs if one.note)
        yield f"Certainty: {certainty.level.replace('_', ' ')}. {certainty.words}"
    awaited = [one for one in chosen.left_out if one.numbers in ("awaited", "not_read")]
    if awaited:
        names = ", ".join(one.name for one in awaited)
        yield f"Not in it, because their numbers are awaited or were not read: {names}."


def _beside(directions: Sequence[Direction]) -> Iterator[str]:
    """What the same children's hearts showed by other measures, each study in one sentence."""
    for name in dict.fromkeys(one.name for one in directions):
        own = sorted((d for d in directions if d.name == name), key=_unfavourable_first)
        children = f" ({own[0].n} children)" if own[0].n else ""
        told = [
            f"{words}: {', '.join(_measured([d for d in own if d.direction_words == words]))}"
            for words in dict.fromkeys(d.direction_words for d in own)
        ]
        yield f"By other measures, {name}{children}: {'; '.join(told)}."


def _measured(directions: Sequence[Direction]) -> Iterator[str]:
    """“change of … strain at 3 and 12 months”, each measure once."""
    for words in dict.fromkeys(one.measure_words for one in directions):
        own = [one for one in directions if one.measure_words == words]
        times = " and ".join(f"{one.months:f}" for one in own if one.months)
        p = ", ".join(f"P {one.p}" for one in own if one.p)
        at = f" at {times} months" if times else ""
        yield f"{words[0].lower()}{words[1:]}{at}{f' ({p})' if p else ''}"


def _unfavourable_first(one: Direction) -> tuple[int, int]:
    place = FIRST.index(one.direction) if one.direction in FIRST else len(FIRST)
    return place, -(one.n or 0)


def _direction(one: Direction) -> str:
    children = f" ({one.n} children)" if one.n else ""
    p = f", P {one.p}" if one.p else ""
    note = f" {one.note}" if one.note else ""
    return f"{one.name}{children}: {one.direction_words}{p}; its numbers were not read.{note}"


def _estimate(asked: Question, inputs: Sequence[Input], pooled: Pooled) -> str:
    children = f", {pooled.children} children" if pooled.children else ""
    if pooled.k == 1:
        names = f"One study, {inputs[0].name} ({inputs[0].design_words}{children})"
    else:
        names = f"{pooled.k} studies{children}"
    return f"{names}: {_counted(asked, inputs)}{number(asked, pooled.main)}."


def _counted(asked: Question, inputs: Sequence[Input]) -> str:
    """“0 of 50: ”, for a share means little without its denominator."""
    if asked.effect != "proportion":
        return ""
    arms = [arm for one in inputs for arm in one.arms if arm["arm"] == asked.arm]
    return f"{sum(arm['events'] for arm in arms)} of {sum(arm['n'] for arm in arms)}, "


def _limits(asked: Question, inputs: Sequence[Input], pooled: Pooled) -> Iterator[str]:
    nothing = NO_EFFECT[asked.scale]
    if asked.compares and nothing is not None and pooled.main.low <= nothing <= pooled.main.high:
        yield "“No difference” lies within this interval."
    if pooled.k == 1:
        yield "One study is no pooling; nothing shows whether another would find the same."
    elif pooled.prediction is not None:
        yield f"A further study may find anything from {spanned(asked, pooled.prediction)}."
    if not asked.compares:
        yield "One group is told; it compares with nothing."


def number(asked: Question, found: Estimate) -> str:
    """“5.6 percentage points, 95% from 0.7 to 10.5”."""
    ratio = f"{asked.effect.replace('_', ' ')} " if asked.unit == "ratio" else ""
    value = f"{ratio}{written(asked, found.estimate)}{_unit(asked)}"
    return f"{value}, 95% from {spanned(asked, found)}"


def spanned(asked: Question, found: Estimate) -> str:
    return f"{written(asked, found.low)} to {written(asked, found.high)}"


def written(asked: Question, value: float) -> str:
    """With the digits that mean something, and a true minus."""
    if asked.unit == "proportion":
        return f"{100 * value:.0f}%"
    digits = 2 if asked.unit == "ratio" else 1
    return f"{value:.{digits}f}".replace("-", "−")


def _unit(asked: Question) -> str:
    return "" if asked.unit in ("ratio", "proportion") else f" {asked.unit}"
