"""Which simulated trials belong to which kind of endpoint?"""

from cordula.stats.refusals import CannotBe
from cordula.stats.simulation.philox import Floats
from cordula.trial.design.design import Design
from cordula.trial.design.endpoints import (
    Binary,
    Continuous,
    Endpoint,
    Hierarchical,
    Longitudinal,
    TimeToEvent,
)
from cordula.trial.scenarios.scenario import Scenario
from cordula.trial.simulation.binary import binary
from cordula.trial.simulation.continuous import continuous
from cordula.trial.simulation.shown import Outcomes


def outcomes_of(
    design: Design, endpoint: Endpoint, scenario: Scenario, seed: int, infants: Floats
) -> Outcomes:
    """The trials of this endpoint under this scenario. Raises CannotBe where they cannot be drawn.

    What only one kind of endpoint needs is imported for that kind, so that a small simulation starts at once."""
    if isinstance(endpoint, Continuous):
        return continuous(design, endpoint, scenario, seed, infants)
    if isinstance(endpoint, Binary):
        return binary(design, endpoint, scenario, seed)
    if isinstance(endpoint, TimeToEvent):
        from cordula.trial.simulation.survival import survival

        return survival(design, endpoint, scenario, seed)
    if isinstance(endpoint, Hierarchical):
        from cordula.trial.simulation.hierarchical import hierarchical

        return hierarchical(design, endpoint, scenario, seed)
    if isinstance(endpoint, Longitudinal):
        from cordula.trial.simulation.longitudinal import longitudinal

        return longitudinal(design, endpoint, scenario, seed)
    raise CannotBe(f"“{endpoint.id}”: a {endpoint.kind} endpoint cannot be simulated")
