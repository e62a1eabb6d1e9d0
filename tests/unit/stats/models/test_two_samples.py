import numpy as np
import pytest

from cordula.stats.models import paired_t, rank_sum, student_t, welch_t
from cordula.stats.models.estimate import Estimate
from cordula.stats.refusals import CannotBe
from cordula.stats.streams import stream
from tests.unit.stats.reference import case, dataset


def sleep() -> tuple[np.ndarray, np.ndarray]:
    extra, group = (np.array(dataset("sleep")[name], dtype=float) for name in ("extra", "group"))
    return extra[group == 1], extra[group == 2]


def test_sleep_as_r_has_it() -> None:
    reference = case("an02")
    welch, student = welch_t(*sleep()).difference, student_t(*sleep()).difference
    ranks = rank_sum(*sleep())
    reference.near("welch", [welch.statistic, welch.df, welch.p, welch.lower, welch.upper])
    reference.near("student", [student.statistic, student.p, student.lower, student.upper])
    reference.near("wx", [ranks.statistic, ranks.p])


def test_swapping_the_groups_turns_every_sign() -> None:
    one, two = sleep()
    for test in (student_t, welch_t, paired_t):
        there, back = test(one, two).difference, test(two, one).difference
        assert mirrored(there, back)
    assert rank_sum(one, two).p_less == pytest.approx(rank_sum(two, one).p_greater, abs=1e-14)


def mirrored(there: Estimate, back: Estimate) -> bool:
    return there.value == -back.value and there.p == back.p and there.lower == -back.upper


def test_the_exact_rank_distribution_is_the_list_of_all_allocations() -> None:
    """Six values with ties: all C(6,2) = 15 choices, counted by hand in the loop."""
    values = np.array([1.0, 2.0, 2.0, 3.0, 5.0, 5.0])
    found = rank_sum(values[[0, 1]], values[2:])
    ranks = np.array([1.0, 2.5, 2.5, 4.0, 5.5, 5.5])
    sums = [ranks[i] + ranks[j] for i in range(6) for j in range(i)]
    assert found.p_less == pytest.approx(np.mean([s <= 3.5 for s in sums]))
    assert found.p == pytest.approx(np.mean([abs(s - 7.0) >= 3.5 for s in sums]))


def test_the_normal_answer_nears_the_exact_one() -> None:
    draws = stream(20261122, "ranks")
    one, two = draws.normal(size=40).round(1), draws.normal(0.4, size=45).round(1)
    exact, normal = rank_sum(one, two, exact=True), rank_sum(one, two, exact=False)
    assert exact.p == pytest.approx(normal.p, abs=0.002)


def test_students_test_keeps_its_size_and_cover() -> None:
    """4,000 null trials of 6 against 9: 5 % within three Monte Carlo errors."""
    draws = stream(20261122, "student")
    found = [student_t(*np.split(draws.normal(size=15), [6])).difference for _ in range(4000)]
    false = np.mean([f.p < 0.05 for f in found])
    assert abs(false - 0.05) < 3 * (0.05 * 0.95 / 4000) ** 0.5
    assert np.mean([f.lower < 0 < f.upper for f in found]) == pytest.approx(1 - false)


def test_what_cannot_be_tested_is_refused_with_its_reason() -> None:
    with pytest.raises(CannotBe, match="two in each"):
        welch_t([1.0], [2.0, 3.0])
    with pytest.raises(CannotBe, match="nothing varies"):
        student_t([1.0, 1.0], [1.0, 1.0])
    with pytest.raises(CannotBe, match=r"first is not a finite number at \[1\]"):
        student_t([1.0, float("nan")], [1.0, 2.0])
    with pytest.raises(CannotBe, match="all values are equal"):
        rank_sum([1.0, 1.0], [1.0])
