"""How often does the design find a difference, over a range of true ones?"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from cordula.stats.refusals import CannotBe
from cordula.trial.design.design import Design
from cordula.trial.design.endpoints import Continuous
from cordula.trial.scenarios.scenario import Scenario, Spread
from cordula.trial.simulation.characteristics import OperatingCharacteristics
from cordula.trial.simulation.simulate import simulate, simulated_endpoints
from cordula.vocabulary.quantity import Quantity


def over_truths(
    design: Design,
    scenario: Scenario,
    differences: Sequence[Decimal],
    trials: int,
    seed: int,
    **how: Any,
) -> Iterator[tuple[Decimal, OperatingCharacteristics]]:
    """The characteristics at each true difference (first arm − last), in the unit of the first endpoint.

    Everything else is as in the scenario, and every difference meets the same simulated children. how: as for
    `simulate`. Raises CannotBe for an endpoint that is not one measured number."""
    for difference in differences:
        changed = with_difference(design, scenario, difference)
        yield difference, simulate(design, changed, trials, seed, **how)


def with_difference(design: Design, scenario: Scenario, difference: Decimal) -> Scenario:
    """The scenario with this true difference between the arms of its first endpoint, and that endpoint alone."""
    endpoint = simulated_endpoints(design, scenario)[0]
    if not isinstance(endpoint, Continuous) or len(design.arms) != 2:
        raise CannotBe(
            f"“{endpoint.id}” is no measured number compared between two arms: a range of true differences "
            "is tried with those alone"
        )
    first, last = (arm.id for arm in design.arms)
    truths = scenario.truth[endpoint.id]
    one, other = truths[first], truths[last]
    if not isinstance(one, Spread) or not isinstance(other, Spread):
        raise CannotBe(f"“{endpoint.id}” needs its mean and spread in each arm")
    mean = Quantity(other.mean.to(endpoint.unit).value + difference, endpoint.unit)
    return replace(scenario, truth={endpoint.id: {**truths, first: Spread(mean, one.sd)}})
