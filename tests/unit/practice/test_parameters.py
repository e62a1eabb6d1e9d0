from datetime import UTC, datetime, timedelta
from random import Random
from statistics import fmean, stdev

import pytest

from cordula_web.practice.anchors import SINCE_BIRTH, TO_DRAW, TO_STAGE_2, anchored
from cordula_web.practice.names import invented_name
from cordula_web.practice.parameters import median_weight_kg, normal, parameters
from cordula_web.practice.profile import draw

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def test_every_distribution_says_where_it_comes_from() -> None:
    for name, row in parameters().items():
        if name != "seed":
            assert len(row["source"]) > 8, name


def test_the_same_number_gives_the_same_child_for_ever() -> None:
    one, again = draw(7, NOW), draw(7, NOW)
    assert (one.volume_ml, one.rvef, one.stage_2_at) == (
        again.volume_ml,
        again.rvef,
        again.stage_2_at,
    )
    assert draw(8, NOW).stage_2_at != one.stage_2_at


def test_volumes_are_drawn_from_the_published_distribution() -> None:
    drawn = [float(draw(n, NOW).volume_ml) for n in range(600)]
    # 54.1 ± 20.3 mL; the standard error of 600 draws is 0.83, and the tail below 8 mL is cut.
    assert fmean(drawn) == pytest.approx(54.4, abs=2.5)
    assert stdev(drawn) == pytest.approx(20.0, abs=2.0)
    assert min(drawn) >= parameters()["volume_ml"]["lowest"]


def test_a_draw_stays_inside_its_bounds() -> None:
    chance = Random(1)
    drawn = [normal("stage_2_age_months", chance) for _ in range(500)]
    assert 3.0 <= min(drawn) < max(drawn) <= 9.0


def test_no_outcome_depends_on_having_been_given_cells() -> None:
    profile = draw(3, NOW)
    assert not [name for name in profile.__slots__ if "effect" in name or "treated" in name]


@pytest.mark.parametrize(
    ("days", "kg"), [(0, 3.29), (90, 6.11), (181, 7.63), (2000, 11.81), (135.5, 6.87)]
)
def test_weights_follow_the_ages_of_the_source(days: float, kg: float) -> None:
    assert median_weight_kg(days) == pytest.approx(
        kg * parameters()["growth_kg"]["share"], rel=1e-6
    )


def test_anchored_children_stand_at_their_points() -> None:
    children = anchored(NOW)
    assert len(children) == len(TO_STAGE_2) + len(SINCE_BIRTH) + len(TO_DRAW)
    assert [child.number for child in children] == list(range(len(children)))
    assert children[0].stage_2_at == NOW + TO_STAGE_2[0]
    assert children[len(TO_STAGE_2)].born_at == NOW - SINCE_BIRTH[0]
    assert children[0].waits
    assert not any(child.grows or child.dies_interstage for child in children)


def test_the_first_child_is_lina_and_names_are_invented_the_same_each_time() -> None:
    assert invented_name(0, "female") == ("Haddad", "Lina")
    assert invented_name(5, "male") == invented_name(5, "male")


def test_operations_begin_in_the_morning() -> None:
    profile = draw(30, NOW - timedelta(days=100))
    assert (profile.stage_1_at.hour, profile.stage_1_at.minute) == (8, 30)
