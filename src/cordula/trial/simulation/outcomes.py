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
from cordula.trial.simulation.hierarchical import hierarchical
from cordula.trial.simulation.longitudinal import longitudinal
from cordula.trial.simulation.shown import Outcomes
from cordula.trial.simulation.survival import survival


def outcomes_of(
    design: Design, endpoint: Endpoint, scenario: Scenario, seed: int, infants: Floats
) -> Outcomes:
    """The trials of this endpoint under this scenario. Raises CannotBe where they cannot be drawn."""
    if isinstance(endpoint, Continuous):
        return continuous(design, endpoint, scenario, seed, infants)
    if isinstance(endpoint, Binary):
        return binary(design, endpoint, scenario, seed)
    if isinstance(endpoint, TimeToEvent):
        return survival(design, endpoint, scenario, seed)
    if isinstance(endpoint, Hierarchical):
        return hierarchical(design, endpoint, scenario, seed)
    if isinstance(endpoint, Longitudinal):
        return longitudinal(design, endpoint, scenario, seed)
    raise CannotBe(f"“{endpoint.id}”: a {endpoint.kind} endpoint cannot be simulated")
