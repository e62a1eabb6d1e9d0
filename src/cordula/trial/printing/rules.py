"""What do the rules of a design come to in numbers? The bound of each look, and the count that stops each safety rule."""

from collections.abc import Iterator

from cordula.protocols.printing.layout import columns, heading, labelled
from cordula.trial.design.design import Design
from cordula.trial.rules import SafetyRule


def rules(design: Design) -> Iterator[str]:
    """The lines of the page, from the same rules that simulate and monitor the trial."""
    yield from heading("The trial's rules in numbers")
    yield from columns(_looks(design))
    for rule in design.safety:
        yield ""
        yield from labelled("Safety rule", rule.title)
        yield from columns(_stops(rule), 6)


def _looks(design: Design) -> Iterator[tuple[str, ...]]:
    """A P value of one side is told, because that is what a bound of z asks for."""
    bounds = design.looks.boundaries()
    futile = bounds.has_futility
    head = ("Look", "Found when z is beyond", "that is, P (one side) below")
    yield (*head, "No use to go on when z is below") if futile else head
    for k, (z, level) in enumerate(zip(bounds.critical, bounds.levels, strict=True)):
        row = (str(k + 1), f"{z:.3f}", f"{level:.5f}")
        least = f"{bounds.futility[k]:.3f}" if futile and k < bounds.looks - 1 else "–"
        yield (*row, least) if futile else row


def _stops(rule: SafetyRule) -> Iterator[tuple[str, str]]:
    from cordula.stats.stopping import stopping_table

    yield "Children counted", "The trial stops with"
    for row in stopping_table(rule.stopping):
        counted = f"{row.first}" if row.first == row.last else f"{row.first} to {row.last}"
        yield counted, "no number" if row.count is None else f"{row.count} or more"
