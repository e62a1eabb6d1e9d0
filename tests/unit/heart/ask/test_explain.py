"""Which stories lie behind a rise of the ejection fraction?"""

import numpy as np
import pytest

from cordula import heart
from cordula.heart.ask.explain import HELD_BY_THE_BODY, Explanation
from cordula.heart.ask.reaching import reached, reached_by_all
from cordula.stats.refusals import CannotBe


def explained(name: str, points: float = 5.0, **how) -> Explanation:
    found = heart.explain_ef(heart.load(name).scaled(), points, **how)
    assert isinstance(found, Explanation)
    return found


NORWOOD = explained("norwood-bts")
STORY = {story.id: story for story in NORWOOD.stories}


# Section by stage: amount, changes of output (L/min), mean pressure, filling pressure (mmHg), saturations, delivery.
TABLE = {
    "stronger": (1.38, 0.18, 6.8, -0.2, 0.017, 0.049, 3.4),
    "unloaded": (0.46, 0.22, -15.8, 0.7, -0.065, 0.025, 7.3),
    "leaking": (0.26, -0.12, -4.3, 0.1, -0.013, -0.040, -2.2),
    "softer": (0.80, 0.32, 11.5, -1.7, 0.028, 0.080, 6.0),
}
READ = (
    ("cardiac_output", 0.006),
    ("mean_arterial_pressure", 0.1),
    ("end_diastolic_pressure", 0.06),
    ("arterial_saturation", 0.001),
    ("venous_saturation", 0.001),
    ("oxygen_delivery", 0.1),
)


@pytest.mark.parametrize("story", TABLE)
def test_the_four_stories_of_the_norwood_child(story):
    amount, *changes = TABLE[story]

    told = STORY[story]

    assert told.amount.value == pytest.approx(amount, abs=0.005)
    for (outcome, near), change in zip(READ, changes):
        assert told.changes[outcome].value == pytest.approx(change, abs=near), outcome


@pytest.mark.parametrize("story", ["stronger", "unloaded", "leaking"])
def test_three_stories_reach_the_rise_exactly(story):
    assert STORY[story].reached
    assert STORY[story].changes["ejection_fraction"].value == pytest.approx(0.05, abs=2e-4)
    assert STORY[story].after["ejection_fraction"] == pytest.approx(
        NORWOOD.before["ejection_fraction"] + 0.05, abs=5e-4
    )


def test_a_softer_ventricle_hardly_moves_the_ejection_fraction_and_brings_the_most_blood():
    softer = STORY["softer"]

    assert not softer.reached
    assert softer.changes["ejection_fraction"].value == pytest.approx(0.019, abs=0.001)
    assert softer.changes["cardiac_output"].value == max(
        story.changes["cardiac_output"].value for story in NORWOOD.stories
    )


@pytest.mark.parametrize("name", ["norwood-bts", "norwood-sano", "glenn", "fontan"])
def test_a_worse_leaking_valve_is_flagged_as_a_false_gain_and_nothing_else_is(name):
    flagged = [story.id for story in explained(name).stories if story.false_gain]

    assert flagged == ["leaking"]


def test_the_same_story_at_later_stages_as_published_in_the_design():
    glenn = {s.id: s for s in explained("glenn").stories}
    fontan = {s.id: s for s in explained("fontan").stories}

    assert glenn["stronger"].amount.value == pytest.approx(1.39, abs=0.01)
    assert glenn["leaking"].amount.value == pytest.approx(0.23, abs=0.01)
    assert glenn["stronger"].changes["venous_saturation"].value == pytest.approx(0.041, abs=0.001)
    assert fontan["stronger"].amount.value == pytest.approx(1.26, abs=0.01)
    assert fontan["leaking"].changes["oxygen_delivery"].value == pytest.approx(-1.4, abs=0.1)


def test_every_band_holds_the_child_and_is_not_empty():
    for story in NORWOOD.stories:
        for outcome in ("cardiac_output", "venous_saturation"):
            band = story.changes[outcome]
            assert band.low < band.value < band.high


def test_circulations_without_a_steady_state_are_counted_and_not_dropped_in_silence():
    assert NORWOOD.counted + NORWOOD.left_out == 40
    assert NORWOOD.left_out > 0


def test_no_pressure_that_the_body_holds_is_offered_to_tell_stories_apart():
    offered = {apart.outcome for story in NORWOOD.stories for apart in story.apart}

    assert offered
    assert not offered & {*HELD_BY_THE_BODY, "ejection_fraction"}


def test_caval_saturation_or_output_tells_a_stronger_ventricle_from_a_leaking_valve():
    apart = next(a for a in STORY["stronger"].apart if a.other == "leaking")

    assert apart.here > 0 > apart.there
    assert apart.deviations > 1


def test_the_bands_are_those_of_the_scores_that_are_given():
    nobody_else = explained("norwood-bts", scores=np.zeros((3, 8)))

    band = nobody_else.stories[0].changes["cardiac_output"]

    assert band.high - band.low < 2e-3


def test_a_circuit_without_a_lever_says_so():
    e = heart.explain_ef(heart.load("hlhs-pre").scaled(), 5.0)

    assert isinstance(e, Explanation)
    assert "cannot raise the ejection fraction" in e.untold["A stronger ventricle"]


@pytest.mark.parametrize("points", [0.0, -5.0, 25.0, float("nan")])
def test_a_rise_that_is_none_is_refused(points):
    with pytest.raises(CannotBe, match="a rise is above 0"):
        heart.explain_ef(heart.load("norwood-bts").scaled(), points)


def test_the_search_finds_a_root_and_admits_where_there_is_none():
    assert reached(lambda at: at**3 - 0.2) == pytest.approx(0.2 ** (1 / 3), abs=1e-3)
    assert np.isnan(reached(lambda at: at - 2))


def test_the_search_for_many_leaves_out_those_who_do_not_arrive():
    goals = np.array([0.1, 0.3, 5.0])

    asked = []

    def missed(at, who):
        asked.append(len(who))
        return at**2 - goals[who]

    found = reached_by_all(missed, 0.3, 3)

    assert found[:2] == pytest.approx(np.sqrt(goals[:2]), abs=1e-3)
    assert np.isnan(found[2])
    assert asked[0] == 3
    assert asked[-1] == 1, "who has arrived is not asked again"
