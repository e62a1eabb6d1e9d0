"""Which of several endpoints are found, at which share of the level, and what does the rule say of the trial?"""

from collections.abc import Iterator

from cordula.trial.monitoring.interim import Interim
from cordula.trial.monitoring.parts import ClosedPart
from cordula.trial.monitoring.plan import Plan
from cordula.trial.report.document import Section, Table
from cordula.trial.simulation.remarks import SHARED

HEADS = ("Endpoint", "Look", "Share of the level", "What the rule says")


def several(plan: Plan, part: ClosedPart) -> Iterator[Section]:
    """Nothing where the trial is decided by one endpoint."""
    if not part.says:
        return
    rows = tuple(
        (plan.design.endpoints[one.endpoint].title, f"{one.look}", _share(one), _says(one))
        for one in part.interims
    )
    table = Table("Each at its own information", HEADS, rows)
    said = (part.says, SHARED[plan.design.multiplicity.method])
    yield Section(heading="Several endpoints together", said=said, tables=(table,))


def _share(one: Interim) -> str:
    return f"{100 * one.share:.1f} %" if one.share > 0 else "waits"


def _says(one: Interim) -> str:
    return (
        one.says if one.found_at is None else f"{one.says} It was found at opening {one.found_at}."
    )
