"""Each rule of certainty bites, and a person who judges otherwise signs."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cordula.evidence import certainty
from cordula.evidence.answer import Answer, Judgement
from cordula.evidence.pooling import pool
from tests.unit.evidence.cast import asking, change, known, result, study


def answered(*studies: Any) -> Answer:
    return pool(asking(), 12, include=("asked",) if _named(studies) else (), known=known(*studies))


def _named(studies: Any) -> bool:
    return any(one.id == "asked" for one in studies)


def rules(answer: Answer) -> set[str]:
    return {reason.rule for reason in answer.certainty.reasons}


LARGE = study("large", change(n=250))


def test_a_large_blinded_randomised_study_of_these_cells_loses_nothing() -> None:
    told = answered(LARGE).certainty
    assert (told.level, told.begins, told.reasons) == ("high", "high", ())


@pytest.mark.parametrize(
    ("rule", "studies"),
    [
        ("open", [study("open", change(n=250), design="randomised_open")]),
        ("inconsistent", [LARGE, study("other", change("-5.0", n=250))]),
        ("indirect", [study("other", change(n=250), cells="cardiosphere_derived")]),
        ("few", [study("small", change(n=20))]),
        ("no_effect_within", [study("none", change("1.2", n=250))]),
        ("unread", [LARGE, study("quiet", numbers="not_read")]),
        ("unread", [LARGE, study("said", result(direction="worse_with_cells"))]),
        ("asked_by_name", [study("asked", change(n=250, flag="memory"))]),
    ],
)
def test_each_rule_lowers_by_one_step_and_says_why(rule: str, studies: list[Any]) -> None:
    told = answered(*studies)
    assert rule in rules(told)
    (reason,) = [one for one in told.certainty.reasons if one.rule == rule]
    assert reason.because
    assert reason.source
    assert rule not in rules(answered(LARGE))


def test_the_level_is_the_beginning_less_the_steps_and_never_below_the_lowest() -> None:
    told = answered(study("one", change(n=20), design="randomised_open")).certainty
    assert (told.begins, told.level) == ("high", "low")
    lowest = answered(
        study("one", change("1.2", n=20), design="single_arm", cells="bone_marrow_msc")
    ).certainty
    assert lowest.level == "very_low"


def test_a_signed_judgement_leads_and_the_rules_stay_visible(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    signed = Judgement(
        question="invented",
        months=Decimal(12),
        level="low",
        who="A. Reader",
        when="2026-11-22",
        why="Seen.",
    )
    monkeypatch.setattr(certainty, "judgements", lambda: {("invented", Decimal(12)): signed})
    told = answered(study("open", change(n=250), design="randomised_open")).certainty
    assert told.level == "low"
    assert told.judgement == signed
    assert told.reasons[0].rule == "open"


def test_a_judgement_without_a_name_or_a_reason_is_refused(tmp_path: Path) -> None:
    good = 'question = "death"\nmonths = 96\nlevel = "low"\nwho = "A. Reader"\nwhen = 2026-11-22\nwhy = "Seen."\n'
    (tmp_path / "one.toml").write_text(good, encoding="utf-8")
    found, problems = certainty.look_through(tmp_path)
    assert not problems
    assert found["death", Decimal(96)].who == "A. Reader"
    for line in ('who = "A. Reader"\n', 'why = "Seen."\n', "when = 2026-11-22\n"):
        (tmp_path / "one.toml").write_text(good.replace(line, ""), encoding="utf-8")
        assert certainty.look_through(tmp_path)[1]


def test_the_real_answers_are_all_very_uncertain() -> None:
    for months in (3, 12, 24, 36):
        assert pool("rvef-change", months).certainty.level == "very_low"
