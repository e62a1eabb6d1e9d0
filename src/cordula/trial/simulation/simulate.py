"""How does this design perform when this is the truth?

    found = simulate(design, scenarios["null"], trials=10_000, seed=20261122)

The same seed gives the same answer, to the last bit, for any number of threads and on a cluster."""

from typing import Any

from cordula.stats.refusals import CannotBe
from cordula.stats.simulation.patients import NO_POOL
from cordula.stats.simulation.philox import Floats
from cordula.trial.design.design import Design
from cordula.trial.design.endpoints import Endpoint, Hierarchical
from cordula.trial.rules import Multiplicity, Reason, Several
from cordula.trial.scenarios.scenario import Scenario
from cordula.trial.simulation.binary import BinaryTrials
from cordula.trial.simulation.blocks import Progress, counted
from cordula.trial.simulation.characteristics import (
    Mean,
    OperatingCharacteristics,
    Rate,
    SafetyOutcome,
    reason_rate,
    stops_of,
)
from cordula.trial.simulation.exact import countable
from cordula.trial.simulation.exact import counted as exactly
from cordula.trial.simulation.outcomes import outcomes_of
from cordula.trial.simulation.remarks import remarks_on
from cordula.trial.simulation.safety import safety_trials
from cordula.trial.simulation.safety_outcomes import counted_safety, simulated_safety
from cordula.trial.simulation.shown import Outcomes
from cordula.trial.simulation.tally import Tally
from cordula.trial.simulation.trials import Trials
from cordula.trial.simulation.versions import versions

GREATEST_SEED = 2**63


def simulate(
    design: Design,
    scenario: Scenario,
    trials: int = 10_000,
    seed: int = 1,
    *,
    workers: int = 1,
    client: Any = None,
    progress: Progress | None = None,
    infants: Floats = NO_POOL,
) -> OperatingCharacteristics:
    """The operating characteristics of a design under one scenario.

    trials: how many, 1 or more. seed: from 0. workers: threads. client: a Dask client that does the work.
    progress: told (done, all) after each block. infants: virtual infants for a continuous endpoint, shape
    (M, 3): baseline, outcome in the first arm, outcome in the last, in its unit. Interrupted, it answers with
    the trials that are done (`complete` is then false). Raises CannotBe for what cannot be simulated."""
    work = trials_of(design, scenario, trials, seed, infants)
    only = work.outcomes[0]
    few = work.several.alone and countable(work.outcomes, design, bool(work.safety))
    if few and isinstance(only, BinaryTrials):
        tally, trials = exactly(design, only), 1
    else:
        tally, _ = counted(work, trials, workers, progress, client)
    return characteristics(design, scenario, work, tally, asked=trials, seed=seed)


def trials_of(
    design: Design, scenario: Scenario, trials: int = 1, seed: int = 1, infants: Floats = NO_POOL
) -> Trials:
    """The trials themselves, before they are counted."""
    if trials < 1:
        raise CannotBe(f"{trials} trials cannot be simulated: 1 or more can")
    if not 0 <= seed < GREATEST_SEED:
        raise CannotBe(f"the seed {seed} cannot be: a whole number from 0 to below 2^63 can")
    outcomes = tuple(
        outcomes_of(design, one, scenario, seed, infants)
        for one in simulated_endpoints(design, scenario)
    )
    safety = tuple(one for one in safety_trials(design, scenario, seed) if one.in_time)
    return Trials(_several(design, outcomes), outcomes, safety)


def _several(design: Design, outcomes: tuple[Outcomes, ...]) -> Several:
    """The rule of the design; where it is not decided by these, or each has the whole level, of these alone."""
    found, names = design.several, tuple(one.endpoint for one in outcomes)
    if design.multiplicity.method != "none" and set(names) <= set(found.endpoints):
        return found
    rule = design.multiplicity
    if rule.method != "none":
        rule = Multiplicity(method="none", order=names)
    return Several(design.looks, rule, names, tuple(one.looks_for for one in outcomes))


def simulated_endpoints(design: Design, scenario: Scenario) -> tuple[Endpoint, ...]:
    """The endpoints that the scenario says a truth of and the design tests: those it is decided by, else all."""
    told = [one for one in design.endpoints.values() if _told_of(one, scenario) and one.tested]
    primary = [one for one in design.decided_by if one in told]
    if primary and design.multiplicity.method == "fixed_sequence":
        _check_sequence(design, scenario, primary)
    if not told:
        raise CannotBe(
            f"the scenario “{scenario.id}” says nothing of an endpoint that is tested: "
            f"one of {', '.join(design.endpoints)} is needed in its truth"
        )
    return tuple(primary or told)


def _check_sequence(design: Design, scenario: Scenario, told: list[Endpoint]) -> None:
    for one in design.decided_by[: len(told)]:
        if one not in told:
            raise CannotBe(
                f"the scenario “{scenario.id}” says nothing of “{one.id}”, and “{told[-1].id}” is tested only "
                "once that is found"
            )


def _told_of(endpoint: Endpoint, scenario: Scenario) -> bool:
    """Whether the scenario says a truth of it; a composite has the truths of its components."""
    if isinstance(endpoint, Hierarchical):
        return all(one in scenario.truth for one in endpoint.components)
    return endpoint.id in scenario.truth


def characteristics(
    design: Design, scenario: Scenario, work: Trials, tally: Tally, *, asked: int, seed: int
) -> OperatingCharacteristics:
    """The sums as shares and means."""
    endpoints = tuple(one.endpoint for one in work.outcomes)
    first = design.endpoints[endpoints[0]]
    target = work.outcomes[0].target
    told = tally.off.count
    several = len(endpoints)
    return OperatingCharacteristics(
        scenario=scenario.id,
        title=scenario.title,
        protocol=design.protocol,
        version=design.version,
        digest=design.digest,
        seed=seed,
        trials=tally.trials,
        asked=asked,
        exact=tally.exact,
        endpoints=endpoints,
        decided_by=first.id,
        statistic=first.statistic,
        target=target,
        unit=getattr(first, "unit", ""),
        false=all(one.target == 0 for one in work.outcomes),
        found={
            one: Rate.of(tally.found[n], tally.trials, tally.exact)
            for n, one in enumerate(endpoints)
        },
        any_found=Rate.of(tally.found[several], tally.trials, tally.exact),
        wrongly=_wrongly(work, tally),
        higher=reason_rate(tally, Reason.HIGHER),
        lower=reason_rate(tally, Reason.LOWER),
        looks=stops_of(tally, design.looks_after),
        bounds=tuple(work.several.at_first(first.id).boundaries().critical),
        estimate=Mean.of(tally.estimate, tally.exact),
        bias=Mean.of(tally.off, tally.exact),
        spread=tally.estimate.spread,
        coverage=Rate.of(tally.covered, told, tally.exact) if told else None,
        repeated_coverage=Rate.of(tally.repeated, told, tally.exact) if told else None,
        children=Mean.of(tally.entered, tally.exact),
        months=Mean.of(tally.months, tally.exact),
        safety=_safety(design, scenario, tally, seed),
        remarks=remarks_on(design, scenario, endpoints),
        versions=versions(),
        unbiased=Mean.of(tally.unbiased, tally.exact),
        above=Rate.of(tally.above[0], told, tally.exact) if told else None,
        unbiased_above=Rate.of(tally.above[1], told, tally.exact) if told else None,
    )


def _wrongly(work: Trials, tally: Tally) -> Rate | None:
    """How often an endpoint that does not differ is found, where there are several and one does not."""
    if work.several.alone or all(one.target != 0 for one in work.outcomes):
        return None
    return Rate.of(tally.wrong, tally.trials, tally.exact)


def _safety(
    design: Design, scenario: Scenario, tally: Tally, seed: int
) -> tuple[SafetyOutcome, ...]:
    """Each rule as it was simulated, and by enumeration; by enumeration alone where no time is told."""
    rules = safety_trials(design, scenario, seed)
    if tally.safety:
        pairs = zip(rules, tally.safety, strict=True)
        return tuple(simulated_safety(rule, one, tally.trials) for rule, one in pairs)
    return tuple(counted_safety(rule) for rule in rules)
