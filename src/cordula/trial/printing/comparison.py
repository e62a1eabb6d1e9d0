"""Two designs side by side, under the scenarios that both name."""

from collections.abc import Iterator, Sequence

from cordula.protocols.printing.layout import grid, heading
from cordula.trial.printing.numbers import mean, rate, signed
from cordula.trial.simulation.characteristics import OperatingCharacteristics

WIDEST = 34


def comparison(
    pairs: Sequence[tuple[OperatingCharacteristics, OperatingCharacteristics]],
) -> Iterator[str]:
    """The lines: a table for each scenario."""
    for one, other in pairs:
        yield from heading(f"{one.scenario}: {one.title}")
        rows = [("", one.protocol, other.protocol)]
        rows += [
            (label, left, right)
            for (label, left), (_, right) in zip(_rows(one), _rows(other), strict=True)
        ]
        yield from grid(rows, 4, WIDEST)
    if not pairs:
        yield "The two protocols name no scenario in common."


def _rows(found: OperatingCharacteristics) -> Iterator[tuple[str, str]]:
    yield "Endpoint", found.decided_by
    yield "Finds a difference", rate(found.found[found.decided_by])
    yield "There is one", "no" if found.false else "yes"
    yield "Bias", signed(found.bias, found.unit)
    yield "Intervals that hold the truth", rate(found.coverage)
    yield "Children, expected", mean(found.children)
    yield "Children, at most", str(found.looks[-1].children)
    yield "Months", mean(found.months)
    early = [sum(share.value for share in look.stops.values()) for look in found.looks[:-1]]
    yield "Stops before the last look", f"{100 * sum(early):.1f} %"
