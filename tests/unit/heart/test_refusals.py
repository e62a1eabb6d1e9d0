"""Every file that cannot be a circulation is refused, with its line and what was expected."""

import re

import pytest

from cordula import heart
from cordula.heart.library import _text as text_of
from cordula.heart.reading.circuit_file import read_circuit
from cordula.heart.refusals import CircuitRefused
from cordula.vocabulary.quantity import Quantity

SOUND = text_of("regazzoni-adult") or ""


def refused(text: str) -> CircuitRefused:
    with pytest.raises(CircuitRefused) as caught:
        read_circuit(text, "mine.toml", text_of)
    return caught.value


def says(text: str, at: str, words: str) -> None:
    """Among the faults is one on the line that holds `at` (or its table), with these words."""
    problems = refused(text).problems
    line = next(i for i, row in enumerate(text.splitlines(), 1) if at in row)
    found = [p for p in problems if p.line == line and re.search(words, p.says)]
    assert found, (line, "\n".join(map(str, problems)))
    assert all(p.file == "mine.toml" for p in found)


def changed(old: str, new: str, count: int = 1) -> str:
    assert old in SOUND
    return SOUND.replace(old, new, count)


def extending(more: str) -> str:
    return f'id = "mine"\nextends = "regazzoni-adult"\n{more}'


def edge(name: str, start: str, end: str, kind: str = "R") -> str:
    number = '{ is = 1, unit = "mm[Hg].s/mL", source = "regazzoni2020" }'
    return f'[edges.{name}]\nkind = "{kind}"\nfrom = "{start}"\nto = "{end}"\nR = {number}\n'


def test_the_file_that_the_others_are_made_from_is_sound() -> None:
    assert read_circuit(SOUND, "mine.toml", text_of).id == "regazzoni-adult"


def test_an_open_loop_is_refused() -> None:
    without = 'id = "mine"\nextends = "regazzoni-adult"\nwithout = ["caval"]\n'
    problems = refused(without).problems
    assert any("the loop is open: blood cannot leave “SV”" in p.says for p in problems)
    assert any("expected an edge from it" in p.says for p in problems)


def test_a_valve_the_wrong_way_round_opens_the_loop() -> None:
    turned = SOUND.replace('from = "LV"\nto = "SA"', 'from = "SA"\nto = "LV"')
    says(
        turned, "[nodes.LV]", "the loop is open: blood cannot leave “LV”; expected an edge from it"
    )


def test_a_node_that_no_edge_reaches_is_refused() -> None:
    lonely = '[nodes.X]\nkind = "C"\nC = { is = 1, unit = "mL/mm[Hg]", source = "regazzoni2020" }\n'
    says(extending(lonely), "[nodes.X]", "no edge leads .* “X”; expected at least two")


def test_a_way_written_twice_is_refused() -> None:
    twice = extending(edge("shunt", "SA", "SV") + edge("again", "SV", "SA"))
    says(twice, "[edges.again]", "as “shunt” does already; expected one edge of a kind")


def test_an_edge_from_a_node_to_itself_is_refused() -> None:
    says(extending(edge("round", "SA", "SA")), "[edges.round]", "from “SA” to itself")


def test_a_name_written_twice_is_refused() -> None:
    says(extending(edge("caval", "SV", "RA")), "[edges.caval]", r"already in .*; .* \[changes\]")


def test_a_unit_that_cannot_convert_is_refused_with_the_one_that_can() -> None:
    wrong = changed('C = { is = 1.372, unit = "mL/mm[Hg]"', 'C = { is = 1.372, unit = "mL"')
    says(
        wrong, "is = 1.372,", r"cannot be converted .* expected a unit that converts to mL/mm\[Hg\]"
    )


def test_a_unit_that_is_none_is_refused() -> None:
    says(changed('unit = "/min"', 'unit = "bpmm"'), "heart_rate =", "not a UCUM unit; .* to /min")


def test_a_unit_that_converts_is_converted() -> None:
    litres = changed(
        'C = { is = 1.372, unit = "mL/mm[Hg]"', 'C = { is = 0.001372, unit = "L/mm[Hg]"'
    )
    numbers = read_circuit(litres, "mine.toml", text_of).scaled().numbers()
    assert numbers["SA.C"] == pytest.approx(1.372)


def test_a_wrong_topology_is_refused_the_outflow_taken_from_a_vessel() -> None:
    wrong = changed('ventricle = "LV"', 'ventricle = "SA"')
    says(wrong, 'ventricle = "SA"', "is of kind C; expected a chamber")
    says(changed('aorta = "SA"', 'aorta = "LV"'), 'aorta = "LV"', "is of kind E; expected a vessel")


def test_a_vessel_does_not_contract() -> None:
    wrong = changed('title = "systemic veins"', 'activation = "atria"')
    problems = refused(wrong).problems
    assert any("“SV” is a vessel (C) and cannot contract" in p.says for p in problems)


def test_a_chamber_needs_an_activation_that_is_there() -> None:
    wrong = changed('activation = "ventricles"', 'activation = "ventricels"')
    says(wrong, 'activation = "ventricels"', "did you mean “ventricles”")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('to = "SA"', 'to = "SAA"', "there is no node “SAA”; did you mean “SA”"),
        ("rise = { is = 0.25", "rize = { is = 0.25", "there is no key “rize”; did you mean “rise”"),
        (
            'inlet = "mitral"',
            'inlet = "mitrall"',
            "there is no edge “mitrall”; did you mean “mitral”",
        ),
        ('output = ["aortic"]', 'outputs = ["aortic"]', "did you mean “output”"),
        ("[measures]", "[measure]", "there is no key “measure”; did you mean “measures”"),
    ],
)
def test_a_slip_of_the_pen_is_refused_with_the_nearest_word(old: str, new: str, words: str) -> None:
    says(changed(old, new), new, words)


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("weigth * 2", "there is no quantity “weigth”; did you mean “weight”"),
        ("2 * (weight", "expected “\\)” at “its end”"),
        ("2 +", "expected a number, a name or a bracket at its end"),
        ("exp(1, 2)", "exp takes 1 values and was given 2"),
        ("expp(1)", "there is no function or table “expp”; did you mean “exp”"),
        ("__import__('os')", "cannot read “'”"),
        ("2 3", "expected the end"),
    ],
)
def test_a_formula_that_cannot_be_read_is_refused(formula: str, words: str) -> None:
    wrong = changed("heart_rate = { is = 75", f'heart_rate = {{ is = "{formula}"')
    says(wrong, "heart_rate =", words)


def test_a_quantity_made_of_itself_is_refused() -> None:
    wrong = changed("heart_rate = { is = 75", 'heart_rate = { is = "heart_rate * 1"')
    says(wrong, "heart_rate =", "“heart_rate” is made of itself")


def test_a_number_without_a_source_is_refused() -> None:
    wrong = changed(
        'L = { is = 0.005, unit = "mm[Hg].s2/mL", source = "regazzoni2020" }', "L = 0.005"
    )
    says(wrong, "L = 0.005", "expected { is = …, unit = …, source = … }")
    unsourced = changed('is = 0.005, unit = "mm[Hg].s2/mL", source = "regazzoni2020"', "is = 0.005")
    says(unsourced, "is = 0.005 }", "“unit” is missing")


def test_a_source_that_is_not_listed_is_refused() -> None:
    wrong = changed(
        'is = 0.005, unit = "mm[Hg].s2/mL", source = "regazzoni2020"',
        'is = 0.005, unit = "mm[Hg].s2/mL", source = "regazoni2020"',
    )
    says(wrong, "regazoni2020", "there is no source “regazoni2020”; did you mean “regazzoni2020”")


def test_an_assumed_number_needs_its_reason() -> None:
    wrong = changed(
        'is = 0.005, unit = "mm[Hg].s2/mL", source = "regazzoni2020"',
        'is = 0.005, unit = "mm[Hg].s2/mL", source = "assumed"',
    )
    says(wrong, "is = 0.005", "an assumed number needs a reason")


def test_a_number_that_is_missing_is_named() -> None:
    wrong = changed('L = { is = 0.005, unit = "mm[Hg].s2/mL", source = "regazzoni2020" }\n', "")
    says(wrong, "[edges.systemic]", "“systemic” needs L, in")


def test_a_kind_that_is_none_is_refused_with_those_there_are() -> None:
    wrong = changed('kind = "V"\ntitle = "mitral valve"', 'kind = "W"\ntitle = "mitral valve"')
    says(wrong, "[edges.mitral]", r"of kind “W”; expected one of R \(a resistance\), V \(a valve\)")


def test_shares_of_oxygen_that_are_not_all_of_it_are_refused() -> None:
    says(
        SOUND + "\n[oxygen.shares]\nsystemic = 0.9\n",
        "[oxygen.shares]",
        "add up to 0.9; expected 1",
    )


def test_a_change_to_what_is_not_there_is_refused() -> None:
    wrong = extending(
        '[changes]\n"LVV.Emax" = { is = 1, unit = "mm[Hg]/mL", source = "regazzoni2020" }\n'
    )
    says(wrong, '"LVV.Emax"', "there is no number “LVV.Emax”; did you mean “LV.Emax”")


def test_a_circuit_to_extend_that_is_not_there_is_refused() -> None:
    says('id = "mine"\nextends = "nobody"\n', "extends", "there is no circuit “nobody” to extend")


def test_a_file_that_is_not_toml_is_refused_on_its_line() -> None:
    problem = refused("id = 'mine'\nnodes = [\n").problems[0]
    assert (problem.file, "this is not TOML" in problem.says) == ("mine.toml", True)


def test_a_table_whose_ages_do_not_rise_is_refused() -> None:
    wrong = SOUND + '\n[tables.w]\nat = [0, 5, 3]\nvalue = [1, 2, 3]\nsource = "regazzoni2020"\n'
    says(wrong, "[tables.w]", "expected as many of both, ages rising")


def test_a_circuit_that_is_not_shipped_is_refused_with_the_nearest() -> None:
    with pytest.raises(CircuitRefused, match="did you mean “norwood-bts”"):
        heart.load("norwood-bt")


def test_every_fault_of_a_file_is_told_at_once() -> None:
    wrong = changed('to = "SA"', 'to = "SAA"').replace("is = 75", 'is = "wait"')
    assert len(refused(wrong).problems) >= 2


def test_an_age_the_formulas_were_not_made_for_is_refused() -> None:
    with pytest.raises(ValueError, match="made for 0 to 1095 days, and 10 a is 365"):
        heart.load("normal").scaled(age=Quantity.of("10", "a"))


def test_a_weight_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="a newborn has about 3 kg"):
        heart.load("normal").scaled(weight=Quantity.of("5600", "kg"))
