"""What must a reader know before she believes these numbers?"""

from collections.abc import Iterator

from cordula.trial.design.design import Design
from cordula.trial.scenarios.scenario import Scenario

# How several endpoints share the level at each look, and what a trial then stops with.
SHARED = {
    "none": "Each endpoint is tested at the whole level.",
    "fixed_sequence": "Each endpoint is tested once the one before it is found, at the whole level.",
    "holm": "The endpoints that are not found share the level equally (Holm).",
    "hochberg": "The endpoints are tested together, at the last look alone (Hochberg).",
    "graphical": "The endpoints share the level by their weights, and hand it on along the arrows.",
}
STOPS = {"first": "the first of them is", "any": "any of them is", "all": "all of them are"}


def remarks_on(design: Design, scenario: Scenario, endpoints: tuple[str, ...]) -> tuple[str, ...]:
    """Sentences, each about something this simulation assumes or cannot tell."""
    return (
        *_of_selection(design, scenario, endpoints),
        *_of_the_allocation(design),
        *_of_the_course(design, scenario, endpoints),
    )


def _of_selection(design: Design, scenario: Scenario, endpoints: tuple[str, ...]) -> Iterator[str]:
    chosen = [
        f"{scenario.selection[one]} in {one}" for one in endpoints if one in scenario.selection
    ]
    if chosen:
        yield (
            "WARNING: in this scenario the treatment does nothing. The children of the first arm are ahead by "
            f"{', '.join(chosen)} because of who was chosen for it. What is found here is found wrongly, and "
            "more children would only make it surer. No analysis of the trial's own data can tell such a lead "
            "from an effect."
        )
    elif not design.randomised and len(design.arms) > 1:
        yield (
            "The arms are not randomised. These shares hold only if the children of both arms are alike but "
            "for the treatment, which nobody can see in the data."
        )


def _of_the_allocation(design: Design) -> Iterator[str]:
    if design.allocation.method == "minimisation":
        yield (
            "Minimisation is simulated with a random element of 0.8, over factors of two equally frequent levels "
            "that do not go together with the outcome."
        )
    elif design.allocation.strata:
        yield "The list is simulated whole; what its strata do to the balance is not."


def _of_the_course(design: Design, scenario: Scenario, endpoints: tuple[str, ...]) -> Iterator[str]:
    if scenario.accrual is None:
        yield (
            "How fast children enter is not told, so nothing is said of the duration, and safety rules are worked "
            "out as if each child were followed before the next one counts."
        )
    untold = [one for one in endpoints if design.endpoints[one].estimand is None]
    if untold:
        yield f"No estimand is told for {', '.join(untold)}: what deaths and transplants do to it is open."
    elif not scenario.events:
        yield "No deaths, transplants or unplanned operations are assumed."
    if design.safety and scenario.accrual is not None:
        silent = [rule.id for rule in design.safety if rule.event not in scenario.events]
        if silent:
            yield f"The scenario says nothing of the events of the safety rule {', '.join(silent)}."
    if len(endpoints) > 1:
        yield (
            f"{SHARED[design.multiplicity.method]} A trial stops for a difference once "
            f"{STOPS[design.multiplicity.stopping]} found, and a look waits until all of them have come to it. "
            f"Bound, bias and intervals are those of {endpoints[0]}, with what it has of the level at the start."
        )
        yield (
            f"The {len(endpoints)} endpoints are drawn without correlation with one another, because no source "
            "tells one; correlated endpoints are found together more often and any of them less often."
        )
