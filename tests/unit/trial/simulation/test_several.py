"""Several endpoints in whole simulated trials: the family-wise error is the level, and every look counts."""

from pathlib import Path

import numpy as np
import pytest

from cordula.stats.refusals import CannotBe
from cordula.trial.simulation import simulate
from cordula.trial.simulation.examples import first_trials
from cordula.trial.simulation.simulate import trials_of
from cordula.trial.simulation.trials import in_time
from tests.unit.trial.monitoring.designs import OF_MEASURE, of_two
from tests.unit.trial.plans import read

SEED, TRIALS, LEVEL = 20261122, 8000, 0.05
ERROR = 4 * np.sqrt(LEVEL * (1 - LEVEL) / TRIALS)
ORDER = '\norder = ["fac", "strain"]'
RULES = {
    "fixed_sequence": 'method = "fixed_sequence"\nstops_with = "all"' + ORDER,
    "holm": 'method = "holm"' + ORDER,
    "hochberg": 'method = "hochberg"' + ORDER,
    "graphical": 'method = "graphical"\nweights = ["0.8", "0.2"]\npasses_on = [["0", "1"], ["1", "0"]]'
    + ORDER,
}


@pytest.mark.parametrize("method", RULES)
def test_the_family_wise_error_is_kept_under_both_nulls(tmp_path: Path, method: str) -> None:
    """The global null, and one in which the first endpoint differs so much that it is always found."""
    design, scenarios = read(tmp_path, of_two(RULES[method], means=("14", "0")))

    null = simulate(design, scenarios["null"], TRIALS, SEED)
    part = simulate(design, scenarios["some"], TRIALS, SEED)

    assert null.wrongly is not None
    assert part.wrongly is not None
    assert null.wrongly.value == null.any_found.value
    assert null.wrongly.value <= LEVEL + ERROR
    assert part.found["fac"].value > 0.999
    # The first is found at once, so that the other has the whole level at every look.
    assert abs(part.wrongly.value - LEVEL) < ERROR


def test_without_a_rule_the_family_wise_error_is_not_kept(tmp_path: Path) -> None:
    design, scenarios = read(tmp_path, of_two('method = "none"\nstops_with = "all"'))

    found = simulate(design, scenarios["null"], TRIALS, SEED)

    assert found.wrongly is not None
    assert found.wrongly.value > LEVEL + 2 * ERROR


def test_endpoints_are_judged_in_the_order_of_the_rule_and_not_of_the_file(tmp_path: Path) -> None:
    turned = 'method = "fixed_sequence"\norder = ["strain", "fac"]'
    design, scenarios = read(tmp_path, of_two(turned, means=("14", "0")))

    found = simulate(design, scenarios["some"], 2000, SEED)

    assert found.endpoints == ("strain", "fac")
    assert found.found["fac"].value <= found.found["strain"].value < 0.1


def test_a_secondary_endpoint_of_the_order_is_tested_after_the_first(tmp_path: Path) -> None:
    order = of_two('method = "fixed_sequence"' + ORDER, means=("14", "14"))
    second = order.index('id = "strain"')
    order = order[:second] + order[second:].replace('"primary"', '"secondary"', 1)
    design, scenarios = read(tmp_path, order)

    found = simulate(design, scenarios["some"], 500, SEED)

    assert found.endpoints == ("fac", "strain")
    assert found.found["strain"].value > 0.85


def test_a_scenario_that_tells_the_second_of_a_sequence_alone_is_refused(tmp_path: Path) -> None:
    text = of_two('method = "fixed_sequence"' + ORDER)
    for name, mean in (("null", 0), ("some", 6)):
        text = text.replace(OF_MEASURE.format(name=name, endpoint="fac", mean=mean), "")
    design, scenarios = read(tmp_path, text)

    with pytest.raises(CannotBe, match="says nothing of “fac”, and “strain” is tested only once"):
        simulate(design, scenarios["null"], 10, SEED)


def test_an_endpoint_of_which_nothing_is_told_keeps_its_share(tmp_path: Path) -> None:
    """Half of the level is the other's, whatever a scenario says of it."""
    text = of_two('method = "holm"' + ORDER)
    for name, mean in (("null", 0), ("some", 6)):
        text = text.replace(OF_MEASURE.format(name=name, endpoint="strain", mean=mean), "")
    design, scenarios = read(tmp_path, text)

    found = simulate(design, scenarios["null"], TRIALS, SEED)

    assert abs(found.any_found.value - LEVEL / 2) < ERROR


def test_a_look_waits_for_the_endpoint_that_comes_last(tmp_path: Path) -> None:
    late = of_two('method = "holm"' + ORDER)
    second = late.index('id = "strain"')
    late = late[:second] + late[second:].replace("after_3_months", "after_12_months", 1)
    late = late.replace('title = "Nothing differs"', 'title = "Nothing differs"\naccrual = "4 /mo"')
    design, scenarios = read(tmp_path, late)
    work = trials_of(design, scenarios["null"], 1, SEED)
    shown = [one.shown(0, 5) for one in work.outcomes]

    both = in_time(shown)

    assert np.array_equal(both.months, shown[1].months)
    assert (both.months > shown[0].months).all()
    assert (both.entered >= shown[0].entered).all()
    assert len(first_trials(work, 5)) == 5


def test_a_single_primary_endpoint_is_counted_as_it_ever_was(tmp_path: Path) -> None:
    """Numbers of before there was a rule for several, to the last bit."""
    design, scenarios = read(tmp_path)

    found = simulate(design, scenarios["some"], 3000, SEED)

    assert found.wrongly is None
    assert found.estimate is not None
    assert found.children is not None
    assert found.higher.value == 1589 / 3000
    assert found.estimate.value == pytest.approx(4.146670087969144, abs=1e-12)
    assert found.children.value == 39.07333333333333
