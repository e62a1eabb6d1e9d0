"""The operating characteristics of a design under one truth, as a page of text."""

from collections.abc import Iterator

from cordula.protocols.printing.layout import columns, hanging, heading
from cordula.trial.design.design import Design
from cordula.trial.printing.numbers import amount, mean, rate, signed
from cordula.trial.simulation.characteristics import (
    LookShare,
    Mean,
    OperatingCharacteristics,
    Rate,
    SafetyOutcome,
)

# Each reason why a trial stops, in the words of its reader.
REASONS = {
    "end": "ends without finding a difference",
    "higher": "finds the first arm higher",
    "lower": "finds the first arm lower",
    "futility": "stops, because going on could hardly find anything",
    "safety": "is stopped by a safety rule before this look",
    "unanswered": "ends with too little to estimate anything",
    "other": "finds another endpoint than the first",
}
MEDIAN_UNBIASED = (
    "A trial that stops early has found more than is there, on average. The median-unbiased estimate allows for "
    "where the trial stopped: were the truth as assumed, it would lie above it as often as below."
)


def characteristics(design: Design, found: OperatingCharacteristics) -> Iterator[str]:
    """The lines of the page."""
    yield from heading(f"{found.scenario}: {found.title}")
    yield from columns(_summary(design, found))
    yield ""
    if tells_unbiased(found):
        yield from hanging(MEDIAN_UNBIASED, 4)
        yield ""
    yield from _looks(found)
    for one in found.safety:
        yield from _safety(one)
    if found.remarks:
        yield ""
    for remark in found.remarks:
        yield from hanging(remark, 4, "  !")


def _summary(design: Design, found: OperatingCharacteristics) -> Iterator[tuple[str, str]]:
    what = "Type I error: finds a difference that is not there" if found.false else "Power"
    yield what, _both_sides(found)
    if len(found.endpoints) > 1:
        for name, share in found.found.items():
            yield f"  of {name} alone", rate(share)
        yield "  of any endpoint", rate(found.any_found)
    if found.wrongly is not None:
        yield "  of any that does not differ", rate(found.wrongly)
    if found.target is not None:
        yield "True difference", amount(found.target, found.unit)
    if found.bias is not None:
        yield "Bias of the final estimate", lies(found.bias, found.unit, found.above)
    if tells_unbiased(found):
        told = lies(found.unbiased, found.unit, found.unbiased_above)
        yield "Bias of the median-unbiased one", told
    if found.coverage is not None:
        told = f"{rate(found.coverage)} of plain intervals"
        if len(found.looks) > 1:
            told += f", {rate(found.repeated_coverage)} of repeated ones"
        yield "Intervals that hold the truth", told
    yield "Children", f"{mean(found.children)} expected, {design.participants} at most"
    if found.months is not None:
        yield "Duration", f"{mean(found.months, 'months')}, {found.months.greatest:.0f} at most"
    yield "Statistic", found.statistic
    yield "Trials", _trials(found)


def tells_unbiased(found: OperatingCharacteristics) -> bool:
    """With one look there is nothing to allow for: both estimates are the same."""
    return found.unbiased is not None and len(found.looks) > 1


def lies(bias: Mean | None, unit: str, above: Rate | None) -> str:
    """How far an estimate is off on average, and how often it is too high."""
    told = signed(bias, unit)
    return told if above is None else f"{told}; above the truth in {rate(above)}"


def _both_sides(found: OperatingCharacteristics) -> str:
    either = rate(found.found[found.decided_by])
    return f"{either} (higher {rate(found.higher)}, lower {rate(found.lower)})"


def _trials(found: OperatingCharacteristics) -> str:
    if found.exact:
        return "none drawn: every possible result was counted"
    told = (
        f"{found.trials:,}, seed {found.seed}".replace(",", " ", 1)
        if found.trials > 9999
        else f"{found.trials}, seed {found.seed}"
    )
    return told if found.complete else f"{told}; STOPPED EARLY, {found.asked} were asked for"


def _looks(found: OperatingCharacteristics) -> Iterator[str]:
    rows: list[tuple[str, ...]] = [("Look", "Children", "Bound (z)", "Share of trials, and why")]
    for look, bound in zip(found.looks, found.bounds, strict=True):
        rows += _look(look, bound)
    yield from columns(rows)


def _look(look: LookShare, bound: float) -> Iterator[tuple[str, ...]]:
    told = [f"{rate(share)} {REASONS[reason]}" for reason, share in look.stops.items()]
    first, *rest = told or ["no trial stops here"]
    yield str(look.look), str(look.children), f"{bound:.3f}", first
    for one in rest:
        yield "", "", "", one


def _safety(one: SafetyOutcome) -> Iterator[str]:
    yield ""
    yield from hanging(f"Safety rule “{one.title}”", 4)
    kind = "False alarm" if one.false_alarm else "Detected"
    rows = [
        (
            "True share of events",
            f"{100 * one.true_share:.1f} %, acceptable {100 * one.acceptable:.1f} %",
        ),
        (kind, rate(one.stopped)),
    ]
    if one.exact is not None:
        rows.append(("  were all children followed", f"{100 * one.exact:.2f} %, exactly"))
    if one.children is not None:
        when = f"after {mean(one.children, 'children of the arm counted')}"
        months = "" if one.months is None else f", {mean(one.months, 'months')}"
        rows.append(("When it stops", when + months))
    yield from columns(rows, 6)
