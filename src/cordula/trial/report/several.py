"""Which of several endpoints are found, at which share of the level, and what does the rule say of the trial?"""

from collections.abc import Iterator

from cordula.trial.monitoring.interim import Interim
from cordula.trial.monitoring.parts import ClosedPart
from cordula.trial.monitoring.plan import Plan
from cordula.trial.report.document import Section, Table

HEADS = ("Endpoint", "Look", "Share of the level", "What the rule says")
# How the level is shared, in the words of a reader.
METHODS = {
    "none": "Each endpoint is tested at the whole level, so that together they find too often what is not there.",
    "fixed_sequence": "Each endpoint is tested once the one before it is found, at the whole level.",
    "holm": "Each endpoint has an equal share of the level, and hands it to the others once it is found.",
    "hochberg": "All endpoints are tested together at the last look, from the greatest P value on (Hochberg).",
    "graphical": "Each endpoint has its weight of the level, and hands it on along the arrows once it is found.",
}


def several(plan: Plan, part: ClosedPart) -> Iterator[Section]:
    """Nothing where the trial is decided by one endpoint."""
    if not part.says:
        return
    rows = tuple(
        (plan.design.endpoints[one.endpoint].title, f"{one.look}", _share(one), _says(one))
        for one in part.interims
    )
    table = Table("Each at its own information", HEADS, rows)
    said = (part.says, METHODS[plan.design.multiplicity.method])
    yield Section(heading="Several endpoints together", said=said, tables=(table,))


def _share(one: Interim) -> str:
    return f"{100 * one.share:.1f} %" if one.share > 0 else "waits"


def _says(one: Interim) -> str:
    return (
        one.says if one.found_at is None else f"{one.says} It was found at opening {one.found_at}."
    )
