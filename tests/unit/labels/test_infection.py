import tomllib
from pathlib import Path

import pytest

from cordula.labels.errors import LabelError
from cordula.labels.infection import MARKERS, InfectionMarkers, Marker, Result
from cordula.labels.scan import expect, scan

FOLDER = Path(__file__).parents[3] / "vectors" / "isbt128"
VECTORS = tomllib.loads((FOLDER / "structures.toml").read_text("utf-8"))["infection"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v["origin"])
def test_the_published_results_are_read_and_formatted(vector):
    stated = {Marker[name]: Result[result] for name, result in vector["results"].items()}
    markers = expect(scan(vector["scan"]), InfectionMarkers)
    assert markers.by_marker == {m: stated.get(m, Result.NOT_TESTED) for m in MARKERS}
    assert InfectionMarkers.of(stated).format() == vector["scan"]
    assert not vector["check_character"] or markers.check_character == vector["check_character"]


@pytest.mark.parametrize("place", range(len(MARKERS)))
@pytest.mark.parametrize("result", [Result.NEGATIVE, Result.POSITIVE])
def test_each_marker_has_its_own_place(place, result):
    digits = InfectionMarkers.of({MARKERS[place]: result}).format()[2:]
    weight = 3 if place % 2 == 0 else 1
    expected = ["0"] * 18
    expected[place // 2] = str(weight * result.value)
    assert digits == "".join(expected)


def test_the_markers_stand_in_the_order_of_the_standard():
    assert (MARKERS[0], MARKERS[7], MARKERS[11], MARKERS[18]) == (
        Marker.HIV_ANTIBODY,
        Marker.HBS_ANTIGEN,
        Marker.CMV_ANTIBODY,
        Marker.HEV_GENOME,
    )


@pytest.mark.parametrize("digit", "12457")
def test_hev_has_no_partner(digit):
    with pytest.raises(LabelError, match="HEV"):
        InfectionMarkers.parse('&"000000000' + digit + "00000000")


def test_a_result_for_every_marker_is_needed():
    with pytest.raises(LabelError, match="19 results"):
        InfectionMarkers((Result.NEGATIVE,))
