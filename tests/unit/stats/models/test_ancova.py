import numpy as np
import pytest

from cordula.stats.models import ancova, ancova_from_sums, ancova_kernel, least_squares
from cordula.stats.refusals import CannotBe
from cordula.stats.streams import stream
from tests.unit.stats.reference import case, dataset


def anorexia(first: str, second: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Arm 1 is `second`; post-weight and pre-weight in pounds."""
    found = dataset("anorexia")
    kind = np.array(found["Treat"])
    kept = np.isin(kind, [first, second])
    weights = (np.array(found[name], dtype=float)[kept] for name in ("Postwt", "Prewt"))
    return *weights, (kind[kept] == second).astype(int)  # type: ignore[return-value]


def test_slopes_by_arm_with_hc3_as_r_has_it() -> None:
    post, pre, arm = anorexia("Cont", "FT")
    reference = case("an04")
    plain = ancova(post, arm, pre, slopes="by_arm").model
    robust = ancova(post, arm, pre, slopes="by_arm", covariance="HC3").model
    order = [0, 1, 2, 3]
    reference.near("coef", plain.coefficients[order])
    reference.near("se", plain.standard_errors[order])
    reference.near("hc3", robust.standard_errors[order])


def test_sums_alone_say_the_same_as_the_model() -> None:
    post, pre, arm = anorexia("Cont", "FT")
    model = ancova(post, arm, pre).effect
    sums = [*sums_of(post, pre, arm == 1), *sums_of(post, pre, arm == 0)]
    for form in (ancova_from_sums, ancova_kernel):
        effect, variance, df = form(*sums)
        assert effect == pytest.approx(model.value, rel=1e-9)
        assert variance**0.5 == pytest.approx(model.se, rel=1e-9)
        assert df == model.df


def sums_of(y: np.ndarray, x: np.ndarray, kept: np.ndarray) -> list[float]:
    y, x = y[kept], x[kept]
    return [float(v) for v in (y.size, x.sum(), y.sum(), x @ x, x @ y, y @ y)]


def test_relabelling_the_arms_turns_the_sign_and_nothing_else() -> None:
    post, pre, arm = anorexia("Cont", "FT")
    for slopes in ("common", "by_arm"):
        for kind in ("model", "HC3"):
            there = ancova(post, arm, pre, slopes=slopes, covariance=kind).effect  # type: ignore[arg-type]
            back = ancova(post, 1 - arm, pre, slopes=slopes, covariance=kind).effect  # type: ignore[arg-type]
            assert there.value == pytest.approx(-back.value, rel=1e-10)
            assert there.p == pytest.approx(back.p, rel=1e-9)


def test_three_arms_and_two_covariates_are_one_model() -> None:
    draws = stream(20261122, "three arms")
    arm = np.repeat([0, 1, 2], 12)
    x = draws.normal(size=(36, 2))
    y = x @ [1.0, -2.0] + np.array([0.0, 3.0, 5.0])[arm]
    found = ancova(y + 1e-9 * draws.normal(size=36), arm, x)
    assert [e.value for e in found.effects] == pytest.approx([3.0, 5.0], abs=1e-6)
    assert found.means[2].value - found.means[0].value == pytest.approx(5.0, abs=1e-6)


@pytest.mark.parametrize("slopes", ["common", "by_arm"])
def test_error_rate_and_cover_are_what_they_say(slopes: str) -> None:
    """3,000 null trials of 19 against 19, correlation 0.6: within three Monte Carlo errors."""
    draws = stream(20261122, "ancova null")
    arm = np.repeat([0, 1], 19)
    p = []
    for _ in range(3000):
        x = draws.normal(size=38)
        y = 0.6 * x + 0.8 * draws.normal(size=38)
        p.append(ancova(y, arm, x, slopes=slopes, drawn=True).effect.p)  # type: ignore[arg-type]
    assert abs(np.mean(np.array(p) < 0.05) - 0.05) < 3 * (0.05 * 0.95 / 3000) ** 0.5


def test_covariates_drawn_from_a_population_cost_variance_where_slopes_differ() -> None:
    post, pre, arm = anorexia("Cont", "FT")
    here = ancova(post, arm, pre, slopes="by_arm").effect
    there = ancova(post, arm, pre, slopes="by_arm", drawn=True).effect
    assert there.se > here.se
    assert there.value == here.value


def test_sandwiches_are_ordered_and_equal_where_leverages_are() -> None:
    """Two groups of equal size: HC2 is the Welch variance, and HC0 < HC2 < HC3."""
    y = np.array([1.0, 2.0, 4.0, 3.0, 7.0, 8.0])
    x = np.column_stack([np.ones(6), np.repeat([0.0, 1.0], 3)])
    found = [least_squares(x, y, kind).standard_errors[1] for kind in ("HC0", "HC2", "HC3")]  # type: ignore[arg-type]
    assert found[0] < found[1] < found[2]
    assert found[1] ** 2 == pytest.approx(y[:3].var(ddof=1) / 3 + y[3:].var(ddof=1) / 3)


def test_impossible_designs_are_refused_with_their_reason() -> None:
    y = np.arange(6.0)
    with pytest.raises(CannotBe, match="column 2 of the design repeats"):
        ancova(y, [0, 0, 0, 1, 1, 1], [0, 0, 0, 1, 1, 1])
    with pytest.raises(CannotBe, match="somebody in each arm"):
        ancova(y, [0, 0, 0, 2, 2, 2], y**2)
    with pytest.raises(CannotBe, match="more outcomes than coefficients"):
        least_squares(np.eye(3), [1.0, 2.0, 3.0])
    with pytest.raises(CannotBe, match="row 0 alone decides"):
        least_squares([[1, 1], [1, 0], [1, 0], [1, 0]], [1.0, 2.0, 3.0, 1.0], "HC3")
