"""Gray's test at each look of many trials: the kernel beside the functions that analyse a real trial."""

import numpy as np
import pytest

from cordula.stats.simulation import incidence
from cordula.stats.simulation.philox import words_of_key
from cordula.stats.simulation.surrounded import CENSORED, FORESTALLED, Around, Followed, followed
from cordula.stats.simulation.survival import Course
from cordula.stats.streams import stream

STREAM = words_of_key(20261122, "trial")
BY_TIME = Course(
    hazards=(0.05, 0.08), gap_months=0.3, looks=(20, 48), event_driven=False, follow_up_months=12.0
)
BY_EVENTS = Course(
    hazards=(0.05, 0.08), gap_months=0.3, looks=(3, 10, 25), event_driven=True, dropout=(0.02, 0.01)
)
DEATH = Around(0, (0.03, 0.02), FORESTALLED)
LEAVES = Around(1, (0.01, 0.02), CENSORED)


def both(course: Course, courses: Followed, arms: np.ndarray, horizon: float) -> list[np.ndarray]:
    looks = np.array(course.looks)
    found = []
    for way in (incidence.fast, incidence.plain):
        out = np.empty((5, len(courses.time), len(looks)))
        way(courses, course, arms, looks, horizon, out)
        found.append(out)
    return found


@pytest.mark.parametrize("course", [BY_TIME, BY_EVENTS])
@pytest.mark.parametrize("whole", [False, True])
def test_kernel_and_twin_agree_at_every_look(course: Course, whole: bool) -> None:
    """`whole`: times in whole months, so that events are tied with each other and with those who leave."""
    arms = stream(3, "arms").permuted(np.tile([0, 1], (25, 24)), axis=1).astype(np.int8)
    courses = followed(course, (DEATH, LEAVES), arms, STREAM, 0, 25)
    if whole:
        courses = Followed(courses.entry, np.ceil(courses.time), courses.cause)
    one, other = both(course, courses, arms, 12.0)
    assert np.isfinite(other[0]).mean() > 0.5
    assert np.isfinite(other[1]).any()
    assert one == pytest.approx(other, rel=1e-10, abs=1e-12, nan_ok=True)


def test_what_tells_nothing_is_not_a_number_in_both() -> None:
    """One arm alone, no event of this kind, events of one arm only, and a look that never comes."""
    entry = np.tile(np.arange(1.0, 7.0), (4, 1))
    time = np.full((4, 6), 5.0)
    cause = np.array([[1, 0, 1, 0, 1, 0], [2, 0, 2, 0, 0, 2], [1, 0, 1, 0, 1, 0], [0] * 6])
    arms = np.array([[0] * 6, [0, 1] * 3, [0, 1] * 3, [0, 1] * 3], dtype=np.int8)
    courses = Followed(entry, time, cause)
    for course in (
        Course(hazards=(0.1, 0.1), gap_months=1.0, looks=(3,), event_driven=True),
        Course(hazards=(0.1, 0.1), gap_months=1.0, looks=(6,), event_driven=False, follow_up_months=5.0),
    ):  # fmt: skip
        one, other = both(course, courses, arms, 4.0)
        assert one == pytest.approx(other, nan_ok=True)
        assert np.isnan(one[0, [0, 1, 3]]).all()


def test_trials_are_the_same_in_whichever_block_they_run() -> None:
    arms = (np.arange(48) % 2).astype(np.int8)[None, :]
    whole, part = (followed(BY_TIME, (DEATH,), arms, STREAM, *at) for at in ((0, 6), (4, 2)))
    found = incidence.at_looks(BY_TIME, whole, arms, 12.0)
    assert np.array_equal(
        found[:, 4:], incidence.at_looks(BY_TIME, part, arms, 12.0), equal_nan=True
    )
