"""A snapshot has the same bytes each time, is what the files say today, and tells what changed."""

import json
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cordula.evidence import snapshot
from cordula.evidence.changes import changes
from cordula.evidence.plain import plain
from cordula.evidence.refusal import Unknown

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return snapshot.make("2026-11", DAY)


def test_the_same_files_give_the_same_bytes(made: dict[str, Any]) -> None:
    again = snapshot.written(snapshot.make("2026-11", DAY))
    assert snapshot.written(made) == again
    assert again.endswith(b"}\n")
    assert json.loads(again) == made


def test_the_newest_snapshot_is_what_the_files_say_today(made: dict[str, Any]) -> None:
    kept = snapshot.read()
    assert kept["format"] == snapshot.FORMAT
    assert kept["data_digest"] == made["data_digest"], (
        "the evidence changed: release it with `cordula evidence snapshot YEAR-MONTH`"
    )
    assert changes(kept, made) == []


def test_every_answer_has_its_inputs_its_exclusions_and_its_certainty(made: dict[str, Any]) -> None:
    for key, answer in made["answers"].items():
        assert answer["certainty"]["level"], key
        assert answer["in_words"], key
        assert (answer["pooled"] is None) == (answer["inputs"] == []), key
        assert answer["pooled"] or answer["why_not"], key
        assert all(one["reason"] for one in answer["left_out"]), key
        assert all(one["source"] for one in answer["inputs"]), key


def test_awaited_and_unread_studies_stand_in_it_with_their_day(made: dict[str, Any]) -> None:
    waiting = {one["study"]: one for one in made["waiting"]}
    assert {"elpis-2", "child", "mayo-phase-2b"} <= set(waiting)
    assert waiting["elpis-2"]["looked_on"] == "2026-11-22"


def test_what_changed_is_told_line_by_line(made: dict[str, Any]) -> None:
    earlier = deepcopy(made)
    answer = earlier["answers"]["rvef-change@12"]
    answer["pooled"]["main"]["estimate"] = 4.0
    answer["certainty"]["level"] = "low"
    answer["left_out"] = [one for one in answer["left_out"] if one["study"] != "elpis-2"]
    earlier["studies"]["elpis-2"]["numbers"] = "none_found"
    earlier["claims"][0]["verdict"] = "supported"
    del earlier["facts"]["own-unit-used"]
    del earlier["answers"]["death@96"]
    assert changes(earlier, made) == [
        "death@96: new",
        "rvef-change@12: elpis-2 is now left out",
        "rvef-change@12: 4.0 (0.72605 to 10.4739) percentage points became 5.6 (0.72605 to 10.4739) percentage points",
        "rvef-change@12: certainty low became very low",
        "study elpis-2: numbers none_found became awaited",
        "claim heart-function: verdict supported became partly",
        "fact own-unit-used: new",
    ]
    assert changes(made, made) == []


def test_names_are_in_order_and_an_unknown_one_hears_it(
    tmp_path: Path, made: dict[str, Any]
) -> None:
    for name in ("2026-12", "2026-11"):
        (tmp_path / f"{name}.json").write_bytes(snapshot.written(made | {"name": name}))
    assert snapshot.names(tmp_path) == ["2026-11", "2026-12"]
    assert snapshot.read(folder=tmp_path)["name"] == "2026-12"
    assert snapshot.read("2026-11", tmp_path)["name"] == "2026-11"
    with pytest.raises(Unknown, match="2026-12"):
        snapshot.read("2026-13", tmp_path)
    with pytest.raises(Unknown):
        snapshot.read(folder=tmp_path / "nowhere")


def test_what_is_no_number_is_never_released_and_an_open_end_is_null() -> None:
    assert plain(float("inf")) is None
    assert plain(1 / 3) == 0.333333
    assert str(plain(-0.0)) == "0.0"
    with pytest.raises(ValueError, match="no number"):
        plain(float("nan"))
