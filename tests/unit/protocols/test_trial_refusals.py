"""A design that cannot be is refused before anything is simulated, with what would be right."""

from pathlib import Path

import pytest

from tests.unit.protocols.written import RIGHT, changed, line_with, refusal

FAULTS = [
    ('masked = "open"', 'masked = "blind"', 'masked = "blind"', "“blind” is not a masking; one of double, open, single, triple is needed"),
    ("sides = 2", "sides = 2\nparticipants = 0", "participants = 0", "a trial has at least one participant"),
    ('title = "Without"', 'title = "Without"\nratio = 0', "ratio = 0", "the ratio of an arm is a whole number, 1 or more"),
    ('title = "Without"', 'title = "Without"\nparticipants = -1', "participants = -1", "participants are counted from 0"),
    ('method = "permuted_blocks"', 'method = "none"', 'method = "none"', "“none” is for trials that are not randomised, and for them alone"),
    ('method = "permuted_blocks"', 'method = "blocks"', 'method = "blocks"', "“blocks” is not a method of allocation; did you mean “permuted_blocks”?"),
    ("blocks = [4]\n", "", "[design.allocation]", "permuted blocks need “blocks”, such as [4, 6]"),
    ('looks = ["0.5", "1"]', 'looks = ["1", "0.5"]', 'looks = ["1", "0.5"]', "looks come one after another, each with more information than the last and the first with some"),
    ('looks = ["0.5", "1"]', 'looks = ["half", "1"]', "half", "looks are shares from 0 to 1, in quotes, such as “0.5”"),
    ('looks = ["0.5", "1"]', 'looks = [0.5, 1]', "looks = [0.5, 1]", "“looks” lists texts, not 0.5"),
    ("sides = 2", 'sides = 2\nspending = "obrien"', "obrien", "“obrien” is not a spending function; did you mean “obrien_fleming”?"),
    ("sides = 2", 'sides = 2\nspending = ["0.01", "0.04"]', "0.04", "by the last look all of alpha is spent: 0.05"),
    ("sides = 2", 'sides = 2\nspending = ["0.05"]', 'spending = ["0.05"]', "alpha spent can only grow, and has one value for each look"),
    ('alpha = "0.05"', "alpha = 0.05", "alpha = 0.05", "alpha lies between 0 and 1, written in quotes, such as “0.05”"),
    ("sides = 2", 'sides = 2\nassumed = ["ethics"]\nassumption = "Why."', "ethics", "“ethics” is not something a design may assume"),
    ("sides = 2", 'sides = 2\nassumption = "Why."', 'assumption = "Why."', "an assumption says in “assumed” what is assumed"),
    ("sides = 2", 'sides = 2\nassumed = ["alpha"]', "[design]\n", "[design] needs “assumption”"),
    ('measure = "rv_fac"\ntimepoint = "after_3_months"\n', "", "[[design.endpoints]]", "a continuous endpoint needs its “measure” and “timepoint”"),
    ('measure = "rv_fac"\ntimepoint', 'measure = "tnc"\ntimepoint', 'measure = "tnc"', "“tnc” is not a measure of the child"),
    ('kind = "continuous"', 'kind = "continous"', "continous", "“continous” is not a kind of endpoint; did you mean “continuous”?"),
    ('kind = "continuous"', 'kind = "hierarchical"', "[[design.endpoints]]", "a hierarchical endpoint names its “components”, the gravest first"),
    ('analysis = "ancova"', 'analysis = "ancova"\ncomponents = ["deaths"]', "deaths", "“deaths” is not an endpoint of this design; only “fac” is"),
    ('analysis = "ancova"', 'analysis = "ancova"\nafter = "3 kg"', "3 kg", "after: a length of time is given in h, which kg cannot become"),
    ('cells = { mean = "4 %", sd = "6 %" }', 'cells = { mean = "4 mL", sd = "6 %" }', "4 mL", "mean: mean is given in %, which mL cannot become"),
    ('cells = { mean = "4 %", sd = "6 %" }', 'cells = { mean = "4 %", sd = "0 %" }', 'sd = "0 %"', "the spread is more than none"),
    ('cells = { mean = "4 %", sd = "6 %" }', 'cells = { mean = "4 %" }', 'cells = { mean = "4 %" }', "the truth of a continuous endpoint needs “sd”"),
    ('source = "text"\n\n[scenarios.some.truth', 'source = "text"\ndropout = "5 mL"\n\n[scenarios.some.truth', "5 mL", "dropout: a share is given in %, which mL cannot become"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "passage", "told"), FAULTS)
def test_a_design_that_cannot_be_is_refused(
    tmp_path: Path, old: str, new: str, passage: str, told: str
) -> None:
    text = changed(old, new)

    assert f"protocol.toml:{line_with(passage, text)}: {told}" in refusal(tmp_path, text)


def test_a_randomised_trial_has_two_arms(tmp_path: Path) -> None:
    text = changed('[[design.arms]]\nid = "control"\ntitle = "Without"\n', "")

    line = line_with("randomised = true", text)
    told = f"protocol.toml:{line}: a randomised trial has two arms or more"
    assert told in refusal(tmp_path, text)


def test_two_arms_or_two_endpoints_are_never_called_the_same(tmp_path: Path) -> None:
    arms = changed('id = "control"', 'id = "cells"  # the second')
    endpoint = RIGHT[RIGHT.index("[[design.endpoints]]") : RIGHT.index("[scenarios.null]")]
    endpoints = RIGHT.replace(endpoint, endpoint + endpoint.replace('"fac"', '"fac"  # the second'))

    line = line_with('[[design.arms]]\nid = "cells"\ntitle', arms)
    assert f"protocol.toml:{line}: two arms have the same id" in refusal(tmp_path, arms)
    line = line_with("# the second", endpoints)
    assert f"protocol.toml:{line}: two endpoints have the same id" in refusal(tmp_path, endpoints)


@pytest.mark.parametrize(
    ("kind", "analysis", "truth", "told"),
    [
        ("binary", "exact", 'share = "0.3"', None),
        ("binary", "exact", 'share = "3"', "share is a share from 0 to 1, in quotes, such as “0.83”"),
        ("time_to_event", "log_rank", 'survival = "0.83", at = "12 months"', None),
        ("time_to_event", "log_rank", 'survival = "0.83", at = "12 kg"', "at: a length of time is given in h, which kg cannot become"),
        ("longitudinal", "mmrm", 'mean = "0 %", sd = "6 %"', None),
    ],
)  # fmt: skip
def test_each_kind_of_endpoint_has_a_truth_of_its_own(
    tmp_path: Path, kind: str, analysis: str, truth: str, told: str | None
) -> None:
    text = changed('kind = "continuous"', f'kind = "{kind}"')
    text = changed('analysis = "ancova"', f'analysis = "{analysis}"', text)
    text = text[: text.index("[scenarios.some]")]
    text = text.replace('mean = "0 %", sd = "6 %"', truth)

    problems = [problem.split(": ", 1)[1] for problem in refusal(tmp_path, text)]

    assert problems == ([] if told is None else [told, told])


def test_a_single_arm_stands_alone_under_the_null(tmp_path: Path) -> None:
    text = changed('[[design.arms]]\nid = "control"\ntitle = "Without"\n', "")
    text = changed("randomised = true", "randomised = false", text)
    text = changed('[design.allocation]\nmethod = "permuted_blocks"\nblocks = [4]\n', "", text)
    text = text.replace('control = { mean = "0 %", sd = "6 %" }\n', "")

    assert refusal(tmp_path, text) == []
