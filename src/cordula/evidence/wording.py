"""How is an answer told in sentences? What speaks against the cells is told first, and as plainly as what speaks for them.

The sentences are made from the values of a snapshot, so that a page says them in the language of its reader."""

from collections.abc import Iterator, Mapping, Sequence
from math import inf
from typing import Any, Protocol

from cordula.evidence.answer import Estimate
from cordula.evidence.scales import NO_EFFECT
from cordula.vocabulary.words import _, ngettext

Values = Mapping[str, Any]
FIRST = ("worse_with_cells", "higher_with_cells", "endpoint_not_met", "no_difference")
OPEN = ("awaited", "not_read")


class Asked(Protocol):
    """What a number needs of its question."""

    @property
    def unit(self) -> str: ...

    @property
    def effect(self) -> str: ...


class _Asked:
    """The same of an answer's values."""

    def __init__(self, answer: Values) -> None:
        self.unit: str = answer["unit"]
        self.effect: str = answer["effect"]


def told(answer: Values) -> tuple[str, ...]:
    """The answer in a few sentences, in the language that is spoken."""
    return tuple(_sentences(answer))


def _sentences(answer: Values) -> Iterator[str]:
    yield from map(_direction, sorted(answer["directions"], key=unfavourable_first))
    yield from _beside(answer["beside"])
    if answer["pooled"] is None:
        said = _("No number can be given at {months} months.")
        yield said.format(months=f"{answer['months']:g}")
    else:
        yield _estimate(answer)
        yield from _limits(answer)
        yield from (f"{one['name']}: {_(one['note'])}" for one in answer["inputs"] if one["note"])
        yield _certainty(answer["certainty"])
    open_ = [one["name"] for one in answer["left_out"] if one["numbers"] in OPEN]
    if open_:
        said = _("Not in it, because their numbers are awaited or were not read: {names}.")
        yield said.format(names=", ".join(open_))


def _certainty(found: Values) -> str:
    said = _("Certainty: {level}. {words}")
    return said.format(level=level_words(found["level"]), words=_(found["words"]))


def level_words(level: str) -> str:
    words = {
        "very_low": _("very low"),
        "low": _("low"),
        "moderate": _("moderate"),
        "high": _("high"),
    }
    return words[level]


def _beside(directions: Sequence[Values]) -> Iterator[str]:
    """What the same children's hearts showed by other measures, each study in one sentence."""
    for name in dict.fromkeys(one["name"] for one in directions):
        own = sorted((d for d in directions if d["name"] == name), key=unfavourable_first)
        found = [
            f"{_(words)}: {', '.join(_measured([d for d in own if d['direction_words'] == words]))}"
            for words in dict.fromkeys(d["direction_words"] for d in own)
        ]
        said = _("By other measures, {study}: {found}.")
        yield said.format(study=f"{name}{_children(own[0]['n'])}", found="; ".join(found))


def _measured(directions: Sequence[Values]) -> Iterator[str]:
    """“change of … strain at 3 and 12 months”, each measure once."""
    for measure in dict.fromkeys(one["measure_words"] for one in directions):
        own = [one for one in directions if one["measure_words"] == measure]
        times = _(" and ").join(f"{one['months']:g}" for one in own if one["months"])
        p = ", ".join(f"P {one['p']}" for one in own if one["p"])
        at = _(" at {times} months").format(times=times) if times else ""
        words = _(measure)
        yield f"{words[0].lower()}{words[1:]}{at}{f' ({p})' if p else ''}"


def unfavourable_first(one: Values) -> tuple[int, int]:
    """What speaks against the cells before what does not, and of these the largest study first."""
    known = one["direction"] in FIRST
    return FIRST.index(one["direction"]) if known else len(FIRST), -(one["n"] or 0)


def _direction(one: Values) -> str:
    p = f", P {one['p']}" if one["p"] else ""
    note = f" {_(one['note'])}" if one["note"] else ""
    said = _("{study}: {direction}; its numbers were not read.")
    study = f"{one['name']}{_children(one['n'])}"
    return said.format(study=study, direction=f"{_(one['direction_words'])}{p}") + note


def _children(n: int | None) -> str:
    """“ (95 children)”, or nothing where their number was not read."""
    return f" ({_count(n)})" if n else ""


def _count(n: int) -> str:
    return ngettext("{n} child", "{n} children", n).format(n=n)


def _estimate(answer: Values) -> str:
    pooled = answer["pooled"]
    children = f", {_count(pooled['children'])}" if pooled["children"] else ""
    if pooled["k"] == 1:
        (one,) = answer["inputs"]
        who = f"{one['name']} ({_(one['design_words'])}{children})"
        names = _("One study, {study}").format(study=who)
    else:
        studies = ngettext("{k} study", "{k} studies", pooled["k"]).format(k=pooled["k"])
        names = f"{studies}{children}"
    return f"{names}: {_counted(answer)}{number(_Asked(answer), estimate_of(pooled['main']))}."


def _counted(answer: Values) -> str:
    """“0 of 50, ”, for a share means little without its denominator."""
    if answer["effect"] != "proportion":
        return ""
    arms = [arm for one in answer["inputs"] for arm in one["arms"] if arm["arm"] == answer["arm"]]
    events, n = (sum(arm[key] for arm in arms) for key in ("events", "n"))
    return _("{events} of {n}, ").format(events=events, n=n)


def _limits(answer: Values) -> Iterator[str]:
    nothing, pooled = NO_EFFECT[answer["scale"]], answer["pooled"]
    main = estimate_of(pooled["main"])
    if answer["compares"] and nothing is not None and main.low <= nothing <= main.high:
        yield _("“No difference” lies within this interval.")
    if pooled["k"] == 1:
        yield _("One study is no pooling; nothing shows whether another would find the same.")
    elif pooled["prediction"] is not None:
        limits = spanned(_Asked(answer), estimate_of(pooled["prediction"]))
        yield _("A further study may find anything from {limits}.").format(limits=limits)
    if not answer["compares"]:
        yield _("One group is told; it compares with nothing.")


def estimate_of(values: Values) -> Estimate:
    """An estimate of a snapshot; there a limit without end is null."""
    low = -inf if values["low"] is None else values["low"]
    high = inf if values["high"] is None else values["high"]
    return Estimate(estimate=values["estimate"], low=low, high=high, method=values["method"])


def number(asked: Asked, found: Estimate) -> str:
    """“5.6 percentage points, 95% from 0.7 to 10.5”."""
    ratio = f"{ratio_words(asked.effect)} " if asked.unit == "ratio" else ""
    value = f"{ratio}{written(asked, found.estimate)}{_unit(asked)}"
    return _("{value}, 95% from {limits}").format(value=value, limits=spanned(asked, found))


def ratio_words(effect: str) -> str:
    words = {
        "odds_ratio": _("odds ratio"),
        "risk_ratio": _("risk ratio"),
        "hazard_ratio": _("hazard ratio"),
    }
    return words[effect]


def spanned(asked: Asked, found: Estimate) -> str:
    limits = {"low": written(asked, found.low), "high": written(asked, found.high)}
    return _("{low} to {high}").format(**limits)


def written(asked: Asked, value: float) -> str:
    """With the digits that mean something, and a true minus."""
    if asked.unit == "proportion":
        return f"{100 * value:.0f}%"
    digits = 2 if asked.unit == "ratio" else 1
    return f"{value:.{digits}f}".replace("-", "−")


def _unit(asked: Asked) -> str:
    return "" if asked.unit in ("ratio", "proportion") else f" {_(asked.unit)}"
