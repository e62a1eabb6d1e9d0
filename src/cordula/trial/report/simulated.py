"""What did a simulation find, as a report?"""

from collections.abc import Iterator, Sequence

from cordula.trial.design import Design
from cordula.trial.printing.characteristics import (
    MEDIAN_UNBIASED,
    REASONS,
    lies,
    tells_unbiased,
)
from cordula.trial.printing.numbers import amount, mean, rate
from cordula.trial.report.boundaries import planned
from cordula.trial.report.document import Document, Row, Section, Table, table_of
from cordula.trial.report.entries import looks_in_time
from cordula.trial.report.power import power
from cordula.trial.report.stopping import stopping
from cordula.trial.scenarios import Scenario
from cordula.trial.scenarios.scenario import MONTH
from cordula.trial.simulation import OperatingCharacteristics

LEAD = (
    "How this design behaves under assumed truths. A simulation says how often a design would find what, were an "
    "assumption true. It says nothing of real children, and nothing of whether the assumption is true."
)


def simulated(
    design: Design, scenarios: dict[str, Scenario], found: Sequence[OperatingCharacteristics]
) -> Document:
    """The report on all scenarios that were run, the null first."""
    sections = [_overview(design, found), _bounds(design)]
    sections += [one for one in (_entries(design, scenarios, found),) if one is not None]
    sections += [_rule(design, number) for number in range(len(design.safety))]
    sections += [_scenario(design, one) for one in found]
    return Document(
        kind="simulation",
        name=f"simulation-{design.protocol}",
        title=design.title,
        lead=LEAD,
        facts=tuple(_facts(design, found)),
        sections=tuple(sections),
    )


def _facts(design: Design, found: Sequence[OperatingCharacteristics]) -> Iterator[tuple[str, str]]:
    yield "Protocol", f"{design.protocol} {design.version}"
    yield "Digest of the protocol", design.digest
    arms = (f"{a.title}: {n}" for a, n in zip(design.arms, design.sizes, strict=True))
    yield "Children", f"{design.participants} ({'; '.join(arms)})"
    yield "Level", f"{design.alpha} on {design.sides} side{'s' if design.sides > 1 else ''}"
    yield "Looks", f"after {_listed(design.looks_after)} children; {design.looks.named}"
    yield "Randomised", "yes" if design.randomised else "NO"
    first = found[0]
    yield "Statistic", first.statistic
    yield "Trials of each scenario", "every result counted" if first.exact else f"{first.asked}"
    yield "Seed", f"{first.seed}"
    yield "Versions", ", ".join(f"{name} {v}" for name, v in first.versions.items())


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(str(number) for number in numbers)


def _overview(design: Design, found: Sequence[OperatingCharacteristics]) -> Section:
    figure = power(design, found)
    warnings = () if design.randomised or len(design.arms) < 2 else (_UNRANDOMISED,)
    assumed = (design.assumption,) if design.assumption else ()
    return Section(
        heading="How often a difference is found",
        said=assumed,
        warnings=warnings,
        figure=figure,
        tables=(table_of(figure),),
    )


_UNRANDOMISED = (
    "The arms are not randomised. What is found may come from who was chosen for the treatment, and nothing in the "
    "trial’s own data can tell. The scenario with a selection, where there is one, shows how often."
)


def _bounds(design: Design) -> Section:
    figure = planned(design)
    return Section(heading="The looks", figure=figure, tables=(table_of(figure),))


def _entries(
    design: Design, scenarios: dict[str, Scenario], found: Sequence[OperatingCharacteristics]
) -> Section | None:
    gap = scenarios[found[0].scenario].months_between_entries
    follow_up = getattr(design.endpoints[found[0].decided_by], "follow_up", None)
    if gap <= 0 or follow_up is None:
        return None
    figure = looks_in_time(design, 1 / gap, float(follow_up.to(MONTH).value))
    return Section(heading="Entries and time", figure=figure, tables=(table_of(figure),))


def _rule(design: Design, number: int) -> Section:
    figure = stopping(design.safety[number])
    return Section(heading=figure.title, figure=figure, tables=(table_of(figure),))


def _scenario(design: Design, one: OperatingCharacteristics) -> Section:
    note = MEDIAN_UNBIASED if tells_unbiased(one) else ""
    tables = [Table("In numbers", ("What", "Found"), tuple(_numbers(design, one)), note)]
    tables.append(Table("Where the trials stop", _STOPS, tuple(_stops(one))))
    if one.safety:
        tables.append(Table("Safety rules", _SAFETY, tuple(_safety(one))))
    warned = tuple(text for text in one.remarks if text.startswith("WARNING"))
    said = tuple(text for text in one.remarks if text not in warned)
    heading = f"Scenario “{one.scenario}”: {one.title}"
    return Section(heading=heading, said=said, warnings=warned, tables=tuple(tables))


_STOPS = ("Look", "Children", "Bound on z", "Share of the trials, and why")
_SAFETY = ("Rule", "True share", "Acceptable", "Stops", "After so many children")


def _numbers(design: Design, one: OperatingCharacteristics) -> Iterator[Row]:
    label = "Type I error: finds what is not there" if one.false else "Power"
    yield label, rate(one.found[one.decided_by])
    for name in one.endpoints[1:]:
        yield f"Finds “{name}” as well", rate(one.found[name])
    if one.wrongly is not None:
        yield "Finds any that does not differ", rate(one.wrongly)
    if one.target is not None:
        yield "True difference", amount(one.target, one.unit)
    yield "Bias of the final estimate", lies(one.bias, one.unit, one.above)
    if tells_unbiased(one):
        told = lies(one.unbiased, one.unit, one.unbiased_above)
        yield "Bias of the median-unbiased estimate", told
    yield "Plain intervals that hold the truth", rate(one.coverage)
    yield "Repeated intervals that hold the truth", rate(one.repeated_coverage)
    yield "Children", f"{mean(one.children)} expected, {design.participants} at most"
    yield "Months", mean(one.months)
    if not one.complete and not one.exact:
        yield "Stopped early", f"{one.trials} of {one.asked} trials were run"


def _stops(one: OperatingCharacteristics) -> Iterator[Row]:
    for look, bound in zip(one.looks, one.bounds, strict=True):
        told = [f"{rate(share)} {REASONS[reason]}" for reason, share in look.stops.items()]
        yield f"{look.look}", f"{look.children}", f"{bound:.3f}", "; ".join(told) or "none stops"


def _safety(one: OperatingCharacteristics) -> Iterator[Row]:
    for rule in one.safety:
        kind = "false alarm" if rule.false_alarm else "detected"
        yield (
            rule.title,
            f"{100 * rule.true_share:.1f} %",
            f"{100 * rule.acceptable:.1f} %",
            f"{rate(rule.stopped)} ({kind})",
            mean(rule.children),
        )
