"""Which endpoints could not be monitored, and why? Told before the first child, when it can still be put right."""

from cordula.stats.refusals import CannotBe
from cordula.trial.design import Binary, Design, Endpoint, Hierarchical, TimeToEvent
from cordula.trial.monitoring.composite import parts_of
from cordula.trial.monitoring.times import check_comparable, event_of


def unmonitored(design: Design) -> dict[str, str]:
    """Of each endpoint that the trial is decided by and that the ledger cannot tell of, the reason.

    design: of a loaded protocol, such as `design_of` answers."""
    found = {}
    for endpoint in design.decided_by:
        try:
            _readable(design, endpoint)
        except CannotBe as impossible:
            found[endpoint.id] = str(impossible)
    return found


def _readable(design: Design, endpoint: Endpoint) -> None:
    if isinstance(endpoint, Hierarchical):
        parts_of(design, endpoint)
    elif isinstance(endpoint, TimeToEvent):
        check_comparable(endpoint)
    elif isinstance(endpoint, Binary):
        event_of(endpoint)
