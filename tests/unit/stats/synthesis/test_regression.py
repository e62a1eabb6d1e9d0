import numpy as np
import pytest

from cordula.stats.refusals import CannotBe
from cordula.stats.synthesis import (
    egger,
    meta_regression,
    multilevel,
    random_effects,
    trim_and_fill,
)
from tests.unit.stats.reference import case, dataset
from tests.unit.stats.synthesis.cast import bcg


def test_latitude_explains_bcg():
    # metafor's documentation of dat.bcg: rma(yi, vi, mods = ~ ablat): 0.2515, −0.0291, τ² 0.0764, R² 75.6 %.
    studies = bcg()
    found = meta_regression(
        studies.y, studies.se, dataset("dat.bcg")["ablat"], names=["latitude"], test="z"
    )
    at_zero, latitude = found.coefficients
    assert at_zero.estimate == pytest.approx(0.2515, abs=5e-5)
    assert (latitude.name, latitude.estimate) == ("latitude", pytest.approx(-0.0291, abs=5e-5))
    assert found.tau2 == pytest.approx(0.0763, abs=5e-5)
    assert pytest.approx(75.63, abs=5e-3) == found.R2
    assert (found.QM_df, found.QM) == (1, pytest.approx(16.3571, abs=2e-3))


def test_knapp_and_hartung_test_moderators_with_f():
    studies = bcg()
    moderators = np.array([dataset("dat.bcg")["ablat"], dataset("dat.bcg")["year"]], float).T
    z = meta_regression(studies.y, studies.se, moderators, test="z")
    f = meta_regression(studies.y, studies.se, moderators, test="knha")
    scale = f.covariance[0, 0] / z.covariance[0, 0]
    assert pytest.approx(z.QM / 2 / scale) == f.QM
    assert f.df == 10


def test_moderators_that_say_the_same_are_refused():
    studies = bcg()
    with pytest.raises(CannotBe, match="same thing twice"):
        meta_regression(studies.y, studies.se, np.ones(13))
    with pytest.raises(CannotBe, match="cannot carry"):
        meta_regression([1, 2], [1, 1], [0.0, 1.0])


def test_egger_and_trim_and_fill_agree_with_the_reference():
    studies = bcg()
    told = egger(studies.y, studies.se, method="DL")
    case("mf_loo").near("egger_z", told.statistic)
    case("mf_loo").near("egger_p", told.p_value)
    filled = trim_and_fill(studies.y, studies.se, method="DL")
    case("mf_loo").near("tf_b", filled.pooled.estimate)
    case("mf_loo").near("tf_k0", filled.missing)
    assert filled.y.size == 14


def test_trim_and_fill_mirrors_with_its_side():
    studies = bcg()
    one = trim_and_fill(studies.y, studies.se, method="DL")
    other = trim_and_fill(-studies.y, studies.se, method="DL")
    assert (one.side, other.side) == ("right", "left")
    assert other.pooled.estimate == pytest.approx(-one.pooled.estimate)


def test_an_even_funnel_is_not_filled():
    y = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])
    found = trim_and_fill(y, np.array([2.0, 1.0, 0.5, 1.0, 2.0]), method="FE", side="left")
    assert found.missing == 0
    assert trim_and_fill(y, np.ones(5), method="FE", side="left", estimator="R0").missing == 0


def test_the_classical_egger_line_is_weighted_least_squares():
    # lm(yi ~ sei, weights = 1/vi): by the normal equations, with its own dispersion.
    studies = bcg()
    found = egger(studies.y, studies.se, model="classical")
    X = np.column_stack([np.ones(13), studies.se]) / studies.se[:, None]
    beta, rest, *_ = np.linalg.lstsq(X, studies.y / studies.se)
    assert found.slope == pytest.approx(beta[1])
    spread = np.sqrt(rest[0] / 11 * np.linalg.inv(X.T @ X)[1, 1])
    assert found.statistic == pytest.approx(beta[1] / spread)
    assert found.df == 11


def test_schools_within_districts_agree_with_the_reference():
    told = dataset("dat.konstantopoulos2011")
    found = multilevel(told["yi"], np.sqrt(told["vi"]), [told["district"], told["school"]])
    mean = found.coefficients[0]
    case("mf_mv").near("b", mean.estimate)
    case("mf_mv").near("se", mean.se)
    case("mf_mv").near("sigma2", found.sigma2)
    case("mf_mv").near("logLik", found.log_likelihood)
    assert found.groups == (11, 56)


def test_one_level_with_a_group_each_is_random_effects():
    studies = bcg()
    for method in ("REML", "ML"):
        found = multilevel(studies.y, studies.se, [range(13)], method=method)
        plain = random_effects(studies.y, studies.se, method=method, test="z")
        assert found.sigma2[0] == pytest.approx(plain.tau2, rel=1e-7)
        assert found.coefficients[0].se == pytest.approx(plain.se, rel=1e-7)


def test_labels_are_nested_unless_said_otherwise():
    y, se = [1.0, 2.0, 3.0, 4.0], [1.0] * 4
    nested = multilevel(y, se, [["a", "a", "b", "b"], [1, 2, 1, 2]])
    crossed = multilevel(y, se, [["a", "a", "b", "b"], [1, 2, 1, 2]], nested=False)
    assert nested.groups == (2, 4)
    assert crossed.groups == (2, 2)
    with pytest.raises(CannotBe, match="one group"):
        multilevel(y, se, [["a"] * 4])
    with pytest.raises(CannotBe, match="3 labels for 4"):
        multilevel(y, se, [["a", "b", "c"]])
