"""Does every answer of the journey have its shape, its word and its colour?"""

import pytest

from cordula.journey.verdict import Status
from cordula_web.frame.status import LOOKS, look


@pytest.mark.parametrize("status", list(Status))
def test_every_status_of_the_journey_has_a_look(status: Status) -> None:
    assert look(status) is LOOKS[status.value]


def test_nothing_has_a_look_that_the_journey_never_says() -> None:
    assert set(LOOKS) == {status.value for status in Status}


def test_the_thread_is_solid_only_where_a_gate_opens() -> None:
    for status in Status:
        assert (look(status).thread == "solid") == status.opens


def test_no_two_answers_share_both_shape_and_colour_unless_both_are_met() -> None:
    shapes = [(shown.icon, shown.tone) for key, shown in LOOKS.items() if key != "met_with_note"]
    assert len(set(shapes)) == len(shapes)


def test_no_two_answers_share_a_word() -> None:
    words = [str(shown.word) for shown in LOOKS.values()]
    assert len(set(words)) == len(words)


def test_what_is_not_met_stands_first_in_a_list() -> None:
    in_order = sorted(LOOKS, key=lambda key: LOOKS[key].order)
    assert in_order[0] == "not_met"
    assert in_order.index("locked") < in_order.index("met")


def test_an_unknown_status_is_refused_and_the_known_ones_are_named() -> None:
    with pytest.raises(ValueError, match=r"'fine'.*not_met"):
        look("fine")
