from math import inf

import numpy as np
import pytest

from cordula.stats.refusals import CannotBe
from cordula.stats.streams import stream
from cordula.stats.survival import day_of_event, observed_by


def trial(number: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    draws = stream(20261122, "calendar", number)
    return draws.uniform(0, 24, 60), draws.exponential(10, 60), draws.exponential(60, 60)


def test_events_at_an_event_driven_look_are_the_planned_events_always() -> None:
    for number in range(500):
        entry, until, lost = trial(number)
        look = day_of_event(20, entry, until, lost)
        assert observed_by(look, entry, until, lost).event.sum() == 20


def test_comparing_times_since_entry_would_lose_events() -> None:
    """The trap itself: the other way of writing it drops the event that called for the look."""
    short = 0
    for number in range(500):
        entry, until, lost = trial(number)
        look = day_of_event(20, entry, until, lost)
        short += ((until <= look - entry) & (until <= lost)).sum() < 20
    assert short > 50


def test_what_is_known_grows_with_the_day() -> None:
    early = observed_by(5.0, [0.0, 4.0, 6.0], [3.0, 9.0, 1.0], [inf, inf, inf])
    late = observed_by(20.0, [0.0, 4.0, 6.0], [3.0, 9.0, 1.0], [inf, 2.0, inf])
    assert early.enrolled.tolist() == [True, True, False]
    assert early.time.tolist() == [3.0, 1.0, 0.0]
    assert early.event.tolist() == [True, False, False]
    assert late.time.tolist() == [3.0, 2.0, 1.0]
    assert late.event.tolist() == [True, False, True]


def test_an_event_too_many_never_comes() -> None:
    assert day_of_event(2, [0.0, 1.0], [3.0, inf], [inf, inf]) == inf
    with pytest.raises(CannotBe, match="numbered from 1"):
        day_of_event(0, [0.0], [1.0], [1.0])
