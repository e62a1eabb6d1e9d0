import numpy as np
import pytest

from cordula.stats.refusals import CannotBe
from cordula.stats.sequential import (
    WangTsiatis,
    characteristics,
    design,
    optimal_wang_tsiatis,
    pampallona_tsiatis,
    power,
)


@pytest.mark.parametrize("sides", [1, 2])
@pytest.mark.parametrize("binding", [True, False])
def test_the_wedge_keeps_both_errors_and_closes(sides: int, binding: bool) -> None:
    plan = pampallona_tsiatis(4, 0.05, 0.1, sides, 0.1, 0.2, binding)
    null, true = power(plan, 0.0), power(plan, plan.drift or 0.0)
    assert true.overall == pytest.approx(0.9, abs=1e-9)
    assert np.cumsum(true.futile)[:3] == pytest.approx(plan.beta_spent[:3], rel=1e-9)
    assert plan.futility[-1] == pytest.approx(plan.critical[-1])
    if binding:
        assert null.overall_both == pytest.approx(0.05, abs=1e-9)
    else:
        assert null.overall_both < 0.05
        assert plan.spent[-1] == pytest.approx(0.05, abs=1e-9)


def test_the_optimal_shape_needs_least() -> None:
    best = optimal_wang_tsiatis(3, power=0.9)
    least = characteristics(best.plan, 0.9).expected_alternative
    for delta in (best.delta - 0.05, best.delta + 0.05):
        other = characteristics(design(3, spending=WangTsiatis(delta)), 0.9)
        assert other.expected_alternative > least


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(CannotBe):
        pampallona_tsiatis(3, 0.025, 1.2)
    with pytest.raises(CannotBe):
        optimal_wang_tsiatis(3, under="doubt")
