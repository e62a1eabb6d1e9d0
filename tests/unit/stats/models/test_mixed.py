import numpy as np
import pytest

from cordula.stats.models import RandomIntercept, pooled, random_intercept
from cordula.stats.models.random_intercept import Clusters, _profile
from cordula.stats.refusals import CannotBe, NotConverged
from cordula.stats.streams import stream
from tests.unit.stats.reference import case, dataset


def orthodont() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    found = dataset("Orthodont")
    age, girl = np.array(found["age"], dtype=float), np.array(found["Sex"]) == "Female"
    design = np.column_stack([np.ones(age.size), age, girl, age * girl])
    return np.array(found["distance"], dtype=float), np.array(found["Subject"]), design


def fitted(*given: np.ndarray) -> RandomIntercept:
    found = random_intercept(*given)
    assert isinstance(found, RandomIntercept)
    return found


def test_orthodont_as_lme4_has_it() -> None:
    reference, found = case("mm01"), fitted(*orthodont())
    reference.near("fix", found.coefficients)
    reference.near("se", found.standard_errors)
    reference.near("sd", [found.between_sd, found.within_sd])
    reference.near("reml", found.log_likelihood)


def test_balanced_clusters_have_the_degrees_of_freedom_of_their_strata() -> None:
    """27 children of two sexes, four ages: 79 for what varies within (108 − 27 − 2), as a split plot has."""
    found = fitted(*orthodont())
    assert found.estimate([0, 1, 0, 0]).df == pytest.approx(79, rel=1e-4)
    between = found.estimate([0, 0, 1, 11])
    assert between.df == pytest.approx(25, rel=1e-4)


def test_equal_clusters_are_the_analysis_of_variance() -> None:
    draws = stream(20261122, "clusters")
    y = draws.normal(size=(8, 4)) + 2 * draws.normal(size=(8, 1))
    found = fitted(y.ravel(), np.repeat(np.arange(8), 4), np.ones((32, 1)))
    within = y.var(axis=1, ddof=1).mean()
    assert found.within_sd**2 == pytest.approx(within, rel=1e-6)
    assert found.between_sd**2 == pytest.approx(y.mean(axis=1).var(ddof=1) - within / 4, rel=1e-6)
    assert found.estimate([1.0]).df == pytest.approx(7, rel=1e-5)


def test_a_variance_at_its_boundary_says_so() -> None:
    y = np.array([1.0, 5.0, 5.0, 1.0, 1.0, 5.0])
    found = fitted(y, np.array([1, 1, 2, 2, 3, 3]), np.ones((6, 1)))
    assert found.between_sd == 0.0
    assert "boundary" in found.reason
    assert found.estimate([1.0]).df == 5


def test_clusters_without_variation_within_have_a_reason_and_no_number() -> None:
    found = random_intercept([1.0, 1.0, 2.0, 2.0], [1, 1, 2, 2], np.ones((4, 1)))
    assert isinstance(found, NotConverged)
    with pytest.raises(CannotBe, match="some repetition"):
        random_intercept([1.0, 2.0], [1, 2], np.ones((2, 1)))


def test_the_profile_is_the_likelihood_of_the_whole_matrix() -> None:
    y, cluster, x = orthodont()
    place = np.unique(cluster, return_inverse=True)[1]
    z = np.column_stack([x, y])
    sums = np.zeros((27, 5))
    np.add.at(sums, place, z)
    ratio = 1.3
    v = np.eye(108) + ratio * (place[:, None] == place)
    inner = x.T @ np.linalg.solve(v, x)
    b = np.linalg.solve(inner, x.T @ np.linalg.solve(v, y))
    rest = (y - x @ b) @ np.linalg.solve(v, y - x @ b)
    whole = (
        np.linalg.slogdet(v)[1]
        + np.linalg.slogdet(inner)[1]
        + 104 * (1 + np.log(2 * np.pi * rest / 104))
    )
    got = _profile(Clusters(z.T @ z, sums, np.bincount(place).astype(float), 108), ratio)
    assert got == pytest.approx(whole, rel=1e-12)


def test_rubins_rules_as_mice_has_them() -> None:
    reference = case("mi01")
    found = pooled(
        [4.1, 3.7, 4.6, 4.4, 3.9], np.square([2.1, 2.4, 2.0, 2.2, 2.3]), df_complete=40 - 4
    )
    reference.near("qbar", found.estimate.value)
    for name, got in (("ubar", found.within), ("b", found.between), ("t", found.total)):
        reference.near(name, got)
    for name, got in (("df", found.df), ("r", found.increase), ("fmi", found.missing)):
        reference.near(name, got)


def test_equal_imputations_leave_the_degrees_of_freedom_of_the_data() -> None:
    found = pooled([2.0, 2.0], [1.0, 1.0], df_complete=20)
    assert found.between == 0.0
    assert found.df == pytest.approx(21 / 23 * 20)
    with pytest.raises(CannotBe, match="one imputed data set"):
        pooled([1.0], [1.0])
