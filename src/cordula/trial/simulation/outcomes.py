"""Which simulated trials belong to which kind of endpoint?"""

from cordula.stats.refusals import CannotBe
from cordula.stats.simulation.philox import Floats
from cordula.trial.design.design import Design
from cordula.trial.design.endpoints import Continuous, Endpoint
from cordula.trial.scenarios.scenario import Scenario
from cordula.trial.simulation.continuous import continuous
from cordula.trial.simulation.shown import Outcomes


def outcomes_of(
    design: Design, endpoint: Endpoint, scenario: Scenario, seed: int, infants: Floats
) -> Outcomes:
    """The trials of this endpoint under this scenario. Raises CannotBe where they cannot be drawn."""
    if isinstance(endpoint, Continuous):
        return continuous(design, endpoint, scenario, seed, infants)
    raise CannotBe(f"“{endpoint.id}”: a {endpoint.kind} endpoint cannot be simulated yet")
