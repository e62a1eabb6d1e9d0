"""Each thing that can be wrong with a protocol is told with its file, its line and what would be right."""

from pathlib import Path

import pytest

from cordula.protocols.load import load
from cordula.protocols.refusal import ProtocolRefused
from tests.unit.protocols.written import RIGHT, changed, line_with, loaded, refusal, written

# What is changed, into what, and what is told of the line on which the new text begins.
ONE_LINE = [
    # Words that nobody knows.
    ("version = ", "verzion = ", "“verzion” is not a key of [protocol]; did you mean “version”?"),
    ('kind = "consent"', 'kind = "consnt"', "“consnt” is not a kind of criterion; did you mean “consent”?"),
    ('scopes = ["collect", "use"]', 'scopes = ["colect", "use"]', "“colect” is not a consent scope; did you mean “collect”?"),
    ('measure = "nucleated_viability"', 'measure = "nucleated_vability"', "“nucleated_vability” is not a measure; did you mean “nucleated_viability”?"),
    ('timepoint = "pre_freeze"', 'timepoint = "prefreeze"', "“prefreeze” is not a timepoint of the unit; did you mean “pre_freeze”?"),
    ('test = "sterility_aerobic"', 'test = "sterility_areobic"', "“sterility_areobic” is not a test of the unit; did you mean “sterility_aerobic”?"),
    ('results = ["no_growth"]', 'results = ["nogrowth"]', "“nogrowth” is not a result of sterility_aerobic; did you mean “no_growth”?"),
    ('start = "collected"', 'start = "colected"', "“colected” is not a moment; did you mean “collected”?"),
    ('event = "Collected"', 'event = "Colleted"', "“Colleted” is not an event; did you mean “Collected”?"),
    ('role = "collector"', 'role = "colector"', "“colector” is not a role; did you mean “collector”?"),
    ('who = "donor_coordinator"', 'who = "donor_cordinator"', "“donor_cordinator” is not a role; did you mean “donor_coordinator”?"),
    ('operation = "stage_2_palliation"', 'operation = "stage_2_paliation"', "“stage_2_paliation” is not an operation; did you mean “stage_2_palliation”?"),
    ('origin = "autologous"', 'origin = "own"', "“own” is not an origin of cells; one of allogeneic, autologous is needed"),
    ('items = ["travel"]', 'items = ["travels"]', "“travels” is not one of [questions]; did you mean “travel”?"),
    ('answer = "no"', 'answer = "never"', "“never” is not an answer; one of no, not_known, yes is needed"),
    ('roles = ["quality", "medical_director"]', 'roles = ["quality", "director"]', "“director” is not a role; did you mean “medical_director”?"),
    ('route = "intramyocardial"', 'route = "intramyocardal"', "“intramyocardal” is not a route; did you mean “intramyocardial”?"),
    ('concentration_at = "post_thaw"', 'concentration_at = "post_thow"', "“post_thow” is not a timepoint; did you mean “post_thaw”?"),
    ('measure = "rv_fac"\nafter', 'measure = "rv_fak"\nafter', "“rv_fak” is not a measure of the child; did you mean “rv_fac”?"),
    ('standing = "seen"', 'standing = "sen"', "“sen” is not a standing; did you mean “seen”?"),
    # Numbers and their units.
    ('more_than = "70 %"', 'more_than = "70 mL"', "Viability of nucleated cells is measured in %, which mL cannot become"),
    ('more_than = "70 %"', 'more_than = "700 %"', "Viability of nucleated cells cannot be 700 %: it lies between 0 % and 100 %"),
    ('more_than = "70 %"', "more_than = 70", "more_than: 70 has no unit: write the number and its unit in quotes, such as “70 %”"),
    ('more_than = "70 %"', 'more_than = "seventy %"', "more_than: “seventy %” is not a number with its unit, such as “70 %”, “48 h” or “3 million/kg”"),
    ('more_than = "70 %"', 'more_than = "70,5 %"', "more_than: “70,5” has a comma: write a point for decimals, and no commas in thousands"),
    ('more_than = "70 %"', 'more_than = "70 prozent"', "more_than: “prozent” is not a UCUM unit; examples are mL, 10*6, 10*6/kg, {EU}/mL, Cel, h, %"),
    ('at_most = "48 h"', 'at_most = "48 mL"', 'at_most: a length of time is given in h, which 48 mL cannot become'),
    ('at_most = "48 h"', 'at_most = "0 h"', 'a length of time is more than none (at_most = "0 h")'),
    ('before_operation = "15 h"', 'before_operation = "15 kg"', 'before_operation: a length of time is given in h, which 15 kg cannot become'),
    ('volume_per_kg = "0.1 mL/kg"', 'volume_per_kg = "0.1 mL"', 'volume_per_kg: a volume for each kg is given in mL/kg, which 0.1 mL cannot become'),
    ('concentration = "viable_concentration"', 'concentration = "tnc"', 'Total nucleated cells is in 10*6; a dose is worked out from cells in each mL (concentration = "tnc")'),
    ('after = "3 months"', 'after = "soon"', "after: “soon” is not a number with its unit, such as “70 %”, “48 h” or “3 million/kg”"),
    # Sources, and numbers without one.
    ('at_most = "48 h"\nsource = "text"', 'at_most = "48 h"\nsource = "txt"', "“txt” is not listed in [sources]; did you mean “text”?"),
    ('open = true\n\n[[gates', 'open = true\nat_most = "25 °C"\n\n[[gates', 'C4 is open and has a number: a sourced number is not open, and an open one is left out (at_most = "25 °C")'),
    ('open = ["weight_not_older_than"]', 'open = ["weight_not_older_than"]\nweight_not_older_than = "24 h"', 'it is listed as open and has a value: a sourced number is not open (weight_not_older_than = "24 h")'),
    ('results = ["no_growth"]\nsource = "text"', 'results = ["no_growth"]\nopen = true', "C5 cannot be open: it has no number to fill in"),
    # The way from step to step.
    ('waits_for = ["collect", "cells"]', 'waits_for = ["colect", "cells"]', "“colect” is not a gate or a step; did you mean “collect”?"),
    ('id = "C3"', 'id = "C2"', "“C2” is the id of two things"),
    ('id = "release"', 'id = "collect"', "“collect” is the id of two things"),
    ('stage = "theatre"', 'stage = "theater"', "“theater” is not one of [[stages]]; did you mean “theatre”?"),
    # The trial.
    ('alpha = "0.05"', 'alpha = "1.5"', 'a share between 0 and 1 is needed, in quotes, such as “0.05” (alpha = "1.5")'),
    ("sides = 2", "sides = 3", 'a test has 1 or 2 sides (sides = 3)'),
    ('looks = ["0.5", "1"]', 'looks = ["0", "1"]', 'looks come one after another, each with more information than the last and the first with some (looks = ["0", "1"])'),
    ('looks = ["0.5", "1"]', 'looks = ["0.5", "0.9"]', 'the last look is at all of the information: 1 (looks = ["0.5", "0.9"])'),
    ('spending = "obrien_fleming"', 'spending = ["0.04", "0.03"]', 'alpha spent can only grow, and has one value for each look (spending = ["0.04", "0.03"])'),
    ("blocks = [4]", "blocks = [5]", 'a block of 5 cannot be divided as 1 : 1: multiples of 2 can (blocks = [5])'),
    ('analysis = "ancova"', 'analysis = "log_rank"', "“log_rank” is not an analysis of a continuous endpoint; one of ancova, descriptive, t_test is needed"),
    ('cells = { mean = "4 %", sd = "6 %" }', 'cels = { mean = "4 %", sd = "6 %" }', "“cels” is not an arm of the design; did you mean “cells”?"),
    ("[scenarios.some.truth.fac]", "[scenarios.some.truth.fak]", "“fak” is not an endpoint of the design; did you mean “fac”?"),
]  # fmt: skip


def test_the_protocol_that_is_changed_below_is_right_before(tmp_path: Path) -> None:
    assert refusal(tmp_path, RIGHT) == []


@pytest.mark.parametrize(("old", "new", "told"), ONE_LINE)
def test_a_fault_is_told_with_its_line_and_a_remedy(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    text = changed(old, new)

    problems = refusal(tmp_path, text)

    # Where more than one line changed, the fault is in the first that differs.
    first = next(
        n
        for n, (before, after) in enumerate(
            zip(RIGHT.splitlines(), text.splitlines(), strict=False), 1
        )
        if before != after
    )
    assert f"protocol.toml:{first}: {told}" in problems


@pytest.mark.parametrize(
    ("old", "new", "passage", "told"),
    [
        ('results = ["no_growth"]\nsource = "text"', 'results = ["no_growth"]', '[[gates.criteria]]\nid = "C5"', "C5 has no source: name one of [sources], or write open = true and leave the number out"),
        ('at_most = "48 h"\nsource = "text"', 'source = "text"', '[[gates.criteria]]\nid = "C3"', "C3 has no limit: give one of at_least, at_most, more_than, less_than, or write open = true"),
        ('at_most = "48 h"', 'at_most = "48 h"\nat_least = "3 d"', '[[gates.criteria]]\nid = "C3"', "nothing is both 3 d or more and 48 h or less"),
        ('before_operation = "15 h"\nsource = "text"', 'before_operation = "15 h"', '[[steps]]\nid = "release"', "release has no source: name one of [sources]"),
        ('cell_type = "nucleated"\n', "", 'more_than = "70 %"', "Viability of nucleated cells needs its cell type"),
        ('waits_for = ["collect", "cells"]', 'waits_for = ["collect"]', '[[gates]]\nid = "cells"', "no step waits for the gate “cells”, so it would hold nothing back"),
        ('waits_for = ["consent"]', 'waits_for = ["consent", "release"]', 'waits_for = ["consent", "release"]', "“collect” can never be reached: it waits, in the end, for itself (collect, release)"),
        ("volume_per_kg = \"0.1 mL/kg\"\n", "", "[dose]", "a dose goes by volume_per_kg or by cells_per_kg: give one of the two"),
        ('range_per_kg = { at_least = "1 million/kg", at_most = "3 million/kg" }\n', "", "[dose]", "a dose by volume needs range_per_kg, so that too many or too few cells are seen"),
        ('open = ["weight_not_older_than"]\n', "", "[dose]", "a dose needs weight_not_older_than, or lists it as open"),
        ('title = "Some"\nsource = "text"', 'title = "Some"', "[scenarios.some]", "[scenarios.some] has no source: name one of [sources], or say in “assumption” what and why"),
        ('alpha = "0.05"\n', "", "[design]\n", "[design] needs “alpha”"),
        ('control = { mean = "0 %", sd = "6 %" }\n\n[scenarios.some]', "\n[scenarios.some]", "[scenarios.null.truth.fac]", "nothing is said of the arm control"),
        ('cells = { mean = "0 %", sd = "6 %" }', 'cells = { mean = "1 %", sd = "6 %" }', "[scenarios.null.truth.fac]", "in the null scenario the arms are alike"),
        ('title = "With cells"', 'title = "With cells"\n', "", ""),
    ],
)  # fmt: skip
def test_what_is_missing_is_told_of_its_table(
    tmp_path: Path, old: str, new: str, passage: str, told: str
) -> None:
    text = changed(old, new)

    problems = refusal(tmp_path, text)

    if not told:
        assert problems == []
    else:
        assert f"protocol.toml:{line_with(passage, text)}: {told}" in problems


def test_a_protocol_without_a_design_is_refused(tmp_path: Path) -> None:
    text = RIGHT[: RIGHT.index("[design]")] + RIGHT[RIGHT.index("[scenarios.null]") :]

    assert "protocol.toml:1: a protocol says how it is studied: [design] is missing" in refusal(
        tmp_path, text
    )


def test_the_null_scenario_cannot_be_left_out(tmp_path: Path) -> None:
    text = RIGHT[: RIGHT.index("[scenarios.null]")] + RIGHT[RIGHT.index("[scenarios.some]") :]

    says = (
        "the null scenario is missing: [scenarios.null] says what is so if the cells change nothing"
    )
    assert refusal(tmp_path, text) == [f"protocol.toml:1: {says}"]


def test_the_null_scenario_stands_first(tmp_path: Path) -> None:
    null, some = RIGHT.index("[scenarios.null]"), RIGHT.index("[scenarios.some]")
    text = RIGHT[:null] + RIGHT[some:] + "\n" + RIGHT[null:some]

    line = line_with("[scenarios.some]", text)
    assert refusal(tmp_path, text) == [f"protocol.toml:{line}: the null scenario stands first"]


def test_every_fault_is_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = changed('role = "collector"', 'role = "colector"')
    text = changed('scopes = ["collect", "use"]', 'scopes = ["colect", "uze"]', text)

    lines = [int(problem.split(":")[1]) for problem in refusal(tmp_path, text)]

    scopes, role = line_with('"colect"', text), line_with('"colector"', text)
    assert lines == [scopes, scopes, role]


def test_a_file_that_is_not_toml_is_refused_with_its_line(tmp_path: Path) -> None:
    text = changed('kind = "consent"', "kind = consent")

    (problem,) = refusal(tmp_path, text)

    assert problem.startswith(
        f"protocol.toml:{line_with('kind = consent', text)}: this is not TOML:"
    )


def test_a_folder_without_a_protocol_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProtocolRefused, match="cannot be read: No such file"):
        load(tmp_path)


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "protocol.toml").write_bytes(b"\xff\xfe")

    with pytest.raises(ProtocolRefused, match="is not UTF-8 text"):
        load(tmp_path)


def test_a_gate_without_criteria_would_stand_open_and_is_refused(tmp_path: Path) -> None:
    start, end = (
        RIGHT.index('[[gates.criteria]]\nid = "C1"'),
        RIGHT.index('[[gates]]\nid = "cells"'),
    )
    text = RIGHT[:start] + RIGHT[end:]

    line = line_with('[[gates]]\nid = "consent"', text)
    told = f"protocol.toml:{line}: a gate without criteria would always stand open"
    assert told in refusal(tmp_path, text)


def test_a_reconstruction_must_say_so_in_its_notes(tmp_path: Path) -> None:
    text = changed('id = "small"', 'id = "small"\nreconstruction = true')

    says = "a reconstruction or practice protocol says so in its notes"
    assert refusal(tmp_path, text) == [f"protocol.toml:1: {says}"]


def test_what_was_right_is_read_as_it_stands(tmp_path: Path) -> None:
    protocol = loaded(written(tmp_path))

    assert [gate.id for gate in protocol.gates] == ["consent", "cells"]
    assert protocol.gates[1].criteria[2].open
    assert protocol.gates[0].criteria[0].who == "donor_coordinator"
    assert protocol.dose is not None
    assert protocol.dose.open_numbers == ("weight_not_older_than",)
    assert [str(visit.after) for visit in protocol.follow_up] == ["3 mo"]
