import numpy as np
import pytest

from cordula.stats.refusals import CannotBe
from cordula.stats.streams import stream
from cordula.stats.survival import log_rank, log_rank_kernel, log_rank_twin
from cordula.stats.survival.log_rank import LogRank
from tests.unit.stats.reference import case, dataset


def compared(name: str, time: str, event: str, group: str, **more: object) -> LogRank:
    found = dataset(name)
    seen = np.array(found[event], dtype=int)
    strata = np.array(found[str(more.pop("strata"))]) if "strata" in more else None
    return log_rank(found[time], seen, found[group], strata=strata, **more)  # type: ignore[arg-type]


def test_aml_and_ovarian_as_r_has_them() -> None:
    reference = case("sv02")
    aml, ovarian = (
        compared("aml", "time", "status", "x"),
        compared("ovarian", "futime", "fustat", "rx"),
    )
    expected = aml.expected if aml.groups[0] == "Maintained" else aml.expected[::-1]
    reference.near("aml", [aml.chi_squared, *expected])
    reference.near("ovarian", [ovarian.chi_squared, *ovarian.expected])
    reference.near("aml_rho1", compared("aml", "time", "status", "x", rho=1.0).chi_squared)
    strat = compared("ovarian", "futime", "fustat", "rx", strata="resid.ds")
    reference.near("ovarian_strat", strat.chi_squared)


def test_veteran_by_cell_type_as_r_has_it() -> None:
    found = compared("veteran", "time", "status", "trt", strata="celltype")
    case("sv04").near("strat", found.chi_squared)


def test_z_is_the_root_of_chi_squared_and_turns_with_the_labels() -> None:
    found = dataset("ovarian")
    group = np.array(found["rx"])
    there = log_rank(found["futime"], found["fustat"], group)
    back = log_rank(found["futime"], found["fustat"], 3 - group)
    assert there.z is not None
    assert there.z**2 == pytest.approx(there.chi_squared, rel=1e-12)
    assert back.z == pytest.approx(-there.z, rel=1e-12)
    assert there.p_one_sided == pytest.approx(there.p / 2 if there.z < 0 else 1 - there.p / 2)


def test_kernel_and_twin_count_what_the_test_counts() -> None:
    for number in range(20):
        draws = stream(20261122, "log-rank kernel", number)
        time = draws.integers(1, 15, 30).astype(float)
        event, treated = draws.random(30) < 0.7, draws.random(30) < 0.5
        found = log_rank(time, event, treated)
        for form in (log_rank_kernel, log_rank_twin):
            score, variance = form(time, event, treated)
            assert score == pytest.approx((found.observed - found.expected)[1], abs=1e-12)
            assert variance == pytest.approx(found.covariance[1, 1], abs=1e-12)


def test_three_groups_have_two_degrees_of_freedom() -> None:
    found = compared("veteran", "time", "status", "celltype")
    assert found.df == 3
    assert found.observed.sum() == pytest.approx(found.expected.sum())
    assert found.z is None


def test_the_error_rate_is_what_it_says() -> None:
    """4,000 null trials of 25 against 25, a fifth censored: 5 % within three Monte Carlo errors."""
    arm = np.repeat([False, True], 25)
    false = 0
    for number in range(4000):
        draws = stream(20261122, "log-rank null", number)
        until, lost = draws.exponential(1.0, 50), draws.exponential(4.0, 50)
        score, variance = log_rank_kernel(np.minimum(until, lost), until <= lost, arm)
        false += score**2 / variance > 3.841458820694124
    assert abs(false / 4000 - 0.05) < 3 * (0.05 * 0.95 / 4000) ** 0.5


def test_what_cannot_be_compared_is_refused() -> None:
    with pytest.raises(CannotBe, match="one group only"):
        log_rank([1.0, 2.0], [1, 1], ["a", "a"])
    with pytest.raises(CannotBe, match="no event while two groups"):
        log_rank([1.0, 2.0], [0, 1], [0, 1])
    with pytest.raises(CannotBe, match="event holds something else"):
        log_rank([1.0, 2.0], [0, 2], [0, 1])
