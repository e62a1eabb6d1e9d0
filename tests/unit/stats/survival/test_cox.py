import numpy as np
import pytest

from cordula.stats.refusals import CannotBe, NotConverged
from cordula.stats.streams import stream
from cordula.stats.survival import Cox, cox, log_rank
from tests.unit.stats.reference import case, dataset


def fitted(*given: object, **more: object) -> Cox:
    found = cox(*given, **more)  # type: ignore[arg-type]
    assert isinstance(found, Cox)
    return found


def test_veteran_with_covariates_as_r_has_it() -> None:
    found, reference = dataset("veteran"), case("sv04")
    covariates = np.column_stack([found["trt"], found["karno"]])
    model = fitted(found["time"], found["status"], covariates)
    reference.near("coef", model.coefficients)
    reference.near("se", model.standard_errors)
    reference.near("ll", model.log_likelihood)


@pytest.mark.parametrize("ties", ["efron", "breslow"])
def test_the_likelihood_is_that_written_event_by_event(ties: str) -> None:
    """Efron (1977): at a time with d events, their l-th factor leaves l/d of their weight out."""
    draws = stream(20261122, "cox ties")
    time, seen = draws.integers(1, 8, 30).astype(float), draws.random(30) < 0.7
    x, layer = draws.normal(size=(30, 2)), draws.integers(2, size=30)
    model = fitted(time, seen, x, strata=layer, ties=ties)
    assert model.log_likelihood[1] == pytest.approx(
        _by_hand(time, seen, x, layer, model.coefficients, ties)
    )
    for nudge in np.eye(2) * 1e-3:
        for sign in (1, -1):
            beside = _by_hand(time, seen, x, layer, model.coefficients + sign * nudge, ties)
            assert beside < model.log_likelihood[1]


def _by_hand(time, seen, x, layer, beta, ties) -> float:  # type: ignore[no-untyped-def]
    total, weight = 0.0, np.exp(x @ beta)
    for stratum in np.unique(layer):
        for t in np.unique(time[seen & (layer == stratum)]):
            risk = (time >= t) & (layer == stratum)
            tied = risk & (time == t) & seen
            total += (x[tied] @ beta).sum()
            for gone in range(tied.sum()):
                part = gone / tied.sum() if ties == "efron" else 0.0
                total -= np.log(weight[risk].sum() - part * weight[tied].sum())
    return total


def test_the_score_test_of_one_arm_without_ties_is_the_log_rank_test() -> None:
    draws = stream(20261122, "cox score")
    time, seen, arm = draws.exponential(size=40), draws.random(40) < 0.8, np.arange(40) % 2
    model = fitted(time, seen, arm)
    assert model.score.statistic == pytest.approx(log_rank(time, seen, arm).chi_squared, rel=1e-9)


def test_relabelled_arms_invert_the_hazard_ratio() -> None:
    found = dataset("ovarian")
    rx = np.array(found["rx"])
    there, back = (fitted(found["futime"], found["fustat"], r).hazard_ratio() for r in (rx, 3 - rx))
    assert there.value == pytest.approx(1 / back.value)
    assert there.lower == pytest.approx(1 / back.upper)


def test_intervals_cover_the_true_ratio() -> None:
    """500 trials of 60, true log hazard ratio 0.7: three Monte Carlo errors and half a point."""
    held, arm = 0, np.arange(60) % 2
    for number in range(500):
        draws = stream(20261122, "cox cover", number)
        until, lost = draws.exponential(np.exp(-0.7 * arm)), draws.exponential(3.0, 60)
        found = fitted(np.minimum(until, lost), until <= lost, arm).log_hazard_ratio()
        held += found.lower < 0.7 < found.upper
    assert abs(held / 500 - 0.95) < 3 * (0.05 * 0.95 / 500) ** 0.5 + 0.005


def test_a_coefficient_that_runs_away_has_a_reason_and_no_number() -> None:
    found = cox([1.0, 2.0, 3.0, 4.0], [1, 1, 0, 0], [1, 1, 0, 0])
    assert isinstance(found, NotConverged)
    assert "infinity" in found.reason
    with pytest.raises(CannotBe, match="repeat each other"):
        cox([1.0, 2.0], [1, 1], [1, 1])
    with pytest.raises(CannotBe, match="no event was seen"):
        cox([1.0, 2.0], [0, 0], [0, 1])
