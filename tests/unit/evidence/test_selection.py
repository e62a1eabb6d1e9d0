"""What goes into an answer, what stays out, and with which reason."""

from decimal import Decimal
from typing import Any

import pytest

from cordula.evidence.pooling import pool
from cordula.evidence.refusal import PoolingRefused, Unknown
from cordula.evidence.selection import Selection, select
from cordula.evidence.study import Study
from tests.unit.evidence.cast import asking, change, known, mean, result, study


def chosen(*studies: Study, **other: Any) -> Selection:
    return select(asking(), Decimal(12), known(*studies), **other)


def reason(selection: Selection, name: str) -> str:
    return {one.study: one.reason for one in selection.left_out}[name]


@pytest.mark.parametrize("flag", ["memory", "secondary"])
def test_a_number_that_was_not_seen_is_pooled_only_where_asked_for_by_name(flag: str) -> None:
    one = study("one", change(flag=flag))
    assert not chosen(one).inputs
    assert "only where asked for by name" in reason(chosen(one), "one")
    assert chosen(one, include=["one"]).inputs[0].flag == flag


def test_two_studies_of_the_same_children_are_refused_with_their_names() -> None:
    one = study("one", change(), shares_patients_with=("two",))
    two = study("two", change())
    with pytest.raises(PoolingRefused, match=r"One and Two.*at most one of one, two"):
        chosen(one, two)
    assert [i.study for i in chosen(one, two, exclude=["one"]).inputs] == ["two"]


def test_the_real_ones_from_okayama_are_refused_together_and_run_without() -> None:
    with pytest.raises(PoolingRefused, match="Sano 2018 and TICAP"):
        pool("rvef-change", 12, include=["sano-2018"])
    assert [one.study for one in pool("rvef-change", 12).inputs] == ["ticap"]
    swapped = pool("rvef-change", 24, include=["sano-2018"], exclude=["ticap"])
    assert [one.study for one in swapped.inputs] == ["sano-2018"]


def test_a_study_asked_for_by_name_that_cannot_be_pooled_is_refused_with_the_reason() -> None:
    with pytest.raises(
        PoolingRefused, match=r"perseus.*not measured at this time, but at 3 months"
    ):
        pool("rvef-change", 12, include=["perseus"], exclude=["ticap"])


def test_a_name_that_no_study_has_is_unknown() -> None:
    with pytest.raises(Unknown, match="did you mean “one”"):
        chosen(study("one", change()), exclude=["onne"])


def test_other_children_designs_and_times_stay_out_with_their_reason() -> None:
    told = chosen(
        study("old", change(), population="cardiomyopathy"),
        study("case", change(), design="case_report"),
        study("late", change(months=Decimal(36))),
    )
    assert not told.inputs
    assert reason(told, "old") == "other children: cardiomyopathy (no heart defect)"
    assert reason(told, "case") == "design: report of one case"
    assert reason(told, "late") == "not measured at this time, but at 36 months"


def test_of_several_methods_the_question_s_first_is_taken_and_one_result_a_study() -> None:
    echo = change("9.0", method="echocardiography")
    mri = change("3.0", method="mri")
    (one,) = chosen(study("one", echo, mri)).inputs
    assert one.method == "mri"


def test_a_subgroup_alone_is_not_the_study() -> None:
    one = study("one", change(subgroup="stage 2"))
    assert "subgroup only (stage 2)" in reason(chosen(one), "one")


def test_a_missing_number_is_named() -> None:
    no_spread = result(mean("cells", 20, "5.0", "4.0"))
    assert "no control group" in reason(chosen(study("one", no_spread)), "one")


def test_a_direction_is_told_without_being_pooled() -> None:
    one = study("one", result(direction="worse_with_cells", p="0.032"))
    told = chosen(one)
    assert not told.inputs
    assert told.directions[0].direction_words == "against cells"


def test_a_study_whose_numbers_nobody_has_is_listed_though_it_has_no_result() -> None:
    told = chosen(study("quiet", numbers="awaited"))
    assert reason(told, "quiet") == "awaited: no result was found"


def test_what_the_same_hearts_showed_otherwise_stands_beside_the_answer() -> None:
    beside = pool("rvef-change", 12).beside
    assert {one.study for one in beside} == {"mayo-phase-2b"}
    assert {one.direction for one in beside} == {
        "worse_with_cells",
        "higher_with_cells",
        "no_difference",
    }
