"""A design is read from its protocol as it was written, estimand and all; what cannot be is refused."""

from decimal import Decimal
from pathlib import Path

import pytest

from cordula.protocols import load
from cordula.stats.refusals import CannotBe
from cordula.stats.simulation.patients import AS_MEASURED, LEFT_OUT, SET_TO
from cordula.trial.design import Continuous, Intercurrent, Strategy, design_of
from cordula.trial.scenarios import scenarios_of
from cordula.trial.simulation import simulate
from cordula.trial.simulation.continuous import continuous, patients_of
from tests.unit.trial.plans import ALIKE, ARMS, CONTINUOUS, DESIGN, PLAIN, read, with_

ESTIMAND = """
[design.endpoints.estimand]
treatment = "With cells, against without"
population = "Children at stage II"
variable = "Area at 3 months"
summary = "difference_of_means"
set_to = "-20 %"

[design.endpoints.estimand.intercurrent]
death = "composite"
transplant = "hypothetical"
unplanned_operation = "treatment_policy"
"""
EVENTS = """
[scenarios.some.events.death]
cells = { without = "0.9", at = "3 months" }
control = { without = "0.7", at = "3 months" }

[scenarios.some.events.unplanned_operation]
cells = { without = "0.8", at = "3 months" }
control = { without = "0.8", at = "3 months" }

[scenarios.some.after_operation]
fac = "-5 %"
"""


@pytest.mark.parametrize("name", load.library())
def test_every_design_of_the_library_is_read(name: str) -> None:
    protocol = load.named(name)

    design = design_of(protocol)

    assert sum(design.sizes) == design.participants
    assert design.digest == protocol.digest
    assert next(iter(scenarios_of(protocol))) == "null"
    tested = [one for one in design.primary if one.tested]
    assert all(one.estimand is not None for one in tested)


def test_the_estimand_decides_what_becomes_of_a_value(tmp_path: Path) -> None:
    design, scenarios = read(tmp_path, DESIGN + ARMS + CONTINUOUS + ESTIMAND + ALIKE + EVENTS)
    endpoint = design.primary[0]
    assert isinstance(endpoint, Continuous)
    assert endpoint.estimand is not None

    drawn = patients_of(design, endpoint, scenarios["some"])

    assert endpoint.estimand.strategy(Intercurrent.DEATH) is Strategy.COMPOSITE
    assert drawn.handling == (SET_TO, LEFT_OUT, AS_MEASURED)
    assert drawn.values == (-20.0, 0.0, -5.0)


def test_the_target_is_what_the_estimand_asks_and_the_estimate_is_not_biased(
    tmp_path: Path,
) -> None:
    """Deaths count as −20: 0.1 · −20 + 0.9 · (4 − 0.2 · 5) = 0.7 against 0.3 · −20 + 0.7 · (0 − 1) = −6.7."""
    trial = with_(DESIGN, looks='["1"]') + ARMS + CONTINUOUS + ESTIMAND + ALIKE + EVENTS
    design, scenarios = read(tmp_path, trial)
    endpoint = design.primary[0]
    assert isinstance(endpoint, Continuous)

    target = continuous(design, endpoint, scenarios["some"], 1).target
    found = simulate(design, scenarios["some"], 20_000, 20261122)

    assert target == pytest.approx(7.4)
    assert found.bias is not None
    assert abs(found.bias.value) < 4 * (found.bias.error or 0)


def test_a_safety_rule_counts_on_the_children_of_its_arm() -> None:
    design = design_of(load.named("practice-mnc-stage-2"))

    (rule,) = design.safety
    assert (rule.children, rule.acceptable, rule.first) == (30, Decimal("0.05"), 2)


def test_a_detected_harm_is_told_with_how_late(tmp_path: Path) -> None:
    protocol = load.named("practice-mnc-stage-2")
    design, scenarios = design_of(protocol), scenarios_of(protocol)

    null, harm = (simulate(design, scenarios[name], 4000, 20261122) for name in ("null", "harm"))

    assert null.safety[0].false_alarm
    assert not harm.safety[0].false_alarm
    assert null.safety[0].stopped.value < 0.05
    assert harm.safety[0].stopped.value > 0.5
    assert harm.safety[0].months is not None
    assert harm.children is not None
    assert null.children is not None
    assert harm.children.value < null.children.value
    assert "safety" in harm.looks[0].stops


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("participants = 40\n", "", "“participants” is missing"),
        ("participants = 40", "participants = 1", "each look needs more children"),
    ],
)
def test_a_design_that_cannot_be_run_is_refused(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    with pytest.raises(CannotBe, match=told):
        read(tmp_path, PLAIN.replace(old, new))


def test_three_arms_are_not_compared_as_if_they_were_two(tmp_path: Path) -> None:
    third = '\n[[design.arms]]\nid = "other"\ntitle = "Other"\n'
    truth = ALIKE.replace("control = {", 'other = { mean = "0 %", sd = "6 %" }\ncontrol = {')
    trial = DESIGN.replace("blocks = [4]", "blocks = [3]") + ARMS + third + CONTINUOUS + truth
    design, scenarios = read(tmp_path, trial)

    with pytest.raises(CannotBe, match="two arms"):
        simulate(design, scenarios["null"], 10, 1)


@pytest.mark.parametrize("method", ["simple", "urn", "biased_coin", "minimisation"])
def test_every_procedure_of_allocation_is_simulated(tmp_path: Path, method: str) -> None:
    lots = f'method = "{method}"' + (
        '\nstrata = ["site", "sex"]' if method == "minimisation" else ""
    )
    trial = PLAIN.replace('method = "permuted_blocks"\nblocks = [4]', lots)
    design, scenarios = read(tmp_path, trial)

    found = simulate(design, scenarios["null"], 4000, 20261122)

    assert abs(found.any_found.value - 0.05) < 4 * found.any_found.error
