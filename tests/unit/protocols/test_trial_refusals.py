"""A design that cannot be is refused before anything is simulated, with what would be right."""

from pathlib import Path

import pytest

from tests.unit.protocols.written import RIGHT, changed, line_with, refusal

FAULTS = [
    ('masked = "open"', 'masked = "blind"', 'masked = "blind"', "“blind” is not a masking; one of double, open, single, triple is needed"),
    ("sides = 2", "sides = 2\nparticipants = 0", "participants = 0", 'a trial has from 1 to 100000 participants (participants = 0)'),
    ('title = "Without"', 'title = "Without"\nratio = 0', "ratio = 0", 'the ratio of an arm is a whole number, 1 or more (ratio = 0)'),
    ('title = "Without"', 'title = "Without"\nparticipants = -1', "participants = -1", 'participants are counted from 0 (participants = -1)'),
    ('method = "permuted_blocks"', 'method = "none"', 'method = "none"', '“none” is for trials that are not randomised, and for them alone (method = "none")'),
    ('method = "permuted_blocks"', 'method = "blocks"', 'method = "blocks"', "“blocks” is not a method of allocation; did you mean “permuted_blocks”?"),
    ("blocks = [4]\n", "", "[design.allocation]", "permuted blocks need “blocks”, such as [4, 6]"),
    ('looks = ["0.5", "1"]', 'looks = ["1", "0.5"]', 'looks = ["1", "0.5"]', 'looks come one after another, each with more information than the last and the first with some (looks = ["1", "0.5"])'),
    ('looks = ["0.5", "1"]', 'looks = ["half", "1"]', "half", 'shares from 0 to 1 are needed, in quotes, such as “0.5” (looks = ["half", "1"])'),
    ('looks = ["0.5", "1"]', 'looks = [0.5, 1]', "looks = [0.5, 1]", "“looks” lists texts, not 0.5"),
    ('spending = "obrien_fleming"', 'spending = "obrien"', "obrien", "“obrien” is not a spending function; did you mean “obrien_fleming”?"),
    ('spending = "obrien_fleming"', 'spending = ["0.01", "0.04"]', "0.04", 'by the last look all of alpha is spent: 0.05 (spending = ["0.01", "0.04"])'),
    ('spending = "obrien_fleming"', 'spending = ["0.05"]', 'spending = ["0.05"]', 'alpha spent can only grow, and has one value for each look (spending = ["0.05"])'),
    ('spending = "obrien_fleming"\n', "", 'looks = ["0.5", "1"]', "2 looks at the whole level find too often what is not there: “spending” or “shape” says how much each look has"),
    ('spending = "obrien_fleming"', 'spending = "kim_demets"', "[design]\n", "[design] needs “parameter”"),
    ('spending = "obrien_fleming"', 'spending = "kim_demets"\nparameter = "-1"', 'parameter = "-1"', 'a number between 0 and 20 is needed, in quotes (parameter = "-1")'),
    ('spending = "obrien_fleming"', 'spending = "pocock"\nparameter = "1"', 'parameter = "1"', 'pocock has no parameter (parameter = "1")'),
    ('spending = "obrien_fleming"', 'spending = "pocock"\nshape = "pocock"', 'shape = "pocock"', 'bounds have a “shape” or a “spending”, not both (shape = "pocock")'),
    ('spending = "obrien_fleming"', 'shape = "obrian"', "obrian", "“obrian” is not a shape of bounds; did you mean “obrien_fleming”?"),
    ('alpha = "0.05"', "alpha = 0.05", "alpha = 0.05", 'a share between 0 and 1 is needed, in quotes, such as “0.05” (alpha = 0.05)'),
    ("sides = 2", 'sides = 2\nassumed = ["ethics"]\nassumption = "Why."', "ethics", '“ethics” is not something a design may assume; the nearest of 14 are participants, ratio, safety'),
    ("sides = 2", 'sides = 2\nassumption = "Why."', 'assumption = "Why."', 'an assumption says in “assumed” what is assumed (assumption = "Why.")'),
    ("sides = 2", 'sides = 2\nassumed = ["alpha"]', "[design]\n", "[design] needs “assumption”"),
    ('measure = "rv_fac"\ntimepoint = "after_3_months"\n', "", "[[design.endpoints]]", "a continuous endpoint needs its “measure” and “timepoint”"),
    ('measure = "rv_fac"\ntimepoint', 'measure = "tnc"\ntimepoint', 'measure = "tnc"', '“tnc” is not a measure of the child; the nearest of 15 are crp, troponin_t, troponin_i, and all stand in cordula/vocabulary/measures.toml'),
    ('analysis = "ancova"', 'analysis = "ancova"\nmissing = "failure"', '"failure"', "“failure” is not a way with missing values of a continuous endpoint; only “complete_cases” is"),
    ('analysis = "ancova"', 'analysis = "ancova"\nlooks_for = "better"', '"better"', "“better” is not a direction; one of higher, lower is needed"),
    ('analysis = "ancova"', 'analysis = "ancova"\nevents = 3', "events = 3", '“events” are counted from 1, for a time to an event (events = 3)'),
    ('analysis = "ancova"', 'analysis = "ancova"\nvisits = ["after_3_months"]', "visits", 'a continuous endpoint is measured once; a longitudinal one has visits (visits = ["after_3_months"])'),
    ('kind = "continuous"', 'kind = "continous"', "continous", "“continous” is not a kind of endpoint; did you mean “continuous”?"),
    ('kind = "continuous"', 'kind = "hierarchical"', "[[design.endpoints]]", "a hierarchical endpoint names its “components”, the gravest first"),
    ('analysis = "ancova"', 'analysis = "ancova"\ncomponents = ["deaths"]', "deaths", "“deaths” is not an endpoint of this design; only “fac” is"),
    ('analysis = "ancova"', 'analysis = "ancova"\nafter = "3 kg"', "3 kg", 'after: a length of time is given in h, which 3 kg cannot become'),
    ('cells = { mean = "4 %", sd = "6 %" }', 'cells = { mean = "4 mL", sd = "6 %" }', "4 mL", 'mean is given in %, which 4 mL cannot become'),
    ('cells = { mean = "4 %", sd = "6 %" }', 'cells = { mean = "4 %", sd = "0 %" }', 'sd = "0 %"', 'the spread is more than none (sd = "0 %")'),
    ('cells = { mean = "4 %", sd = "6 %" }', 'cells = { mean = "4 %" }', 'cells = { mean = "4 %" }', "the truth of a continuous endpoint needs “sd”"),
    ('source = "text"\n\n[scenarios.some.truth', 'source = "text"\ndropout = "5 mL"\n\n[scenarios.some.truth', "5 mL", 'dropout: a share is given in %, which 5 mL cannot become'),
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
    told = f"protocol.toml:{line}: a randomised trial has two arms or more (randomised = true)"
    assert told in refusal(tmp_path, text)


def test_two_arms_or_two_endpoints_are_never_called_the_same(tmp_path: Path) -> None:
    arms = changed('id = "control"', 'id = "cells"  # the second')
    endpoint = RIGHT[RIGHT.index("[[design.endpoints]]") : RIGHT.index("[scenarios.null]")]
    endpoints = RIGHT.replace(endpoint, endpoint + endpoint.replace('"fac"', '"fac"  # the second'))

    line = line_with('[[design.arms]]\nid = "cells"\ntitle', arms)
    assert f"protocol.toml:{line}: two arms have the same id" in refusal(tmp_path, arms)
    line = line_with("# the second", endpoints)
    told = f'protocol.toml:{line}: two endpoints have the same id (id = "fac")'
    assert told in refusal(tmp_path, endpoints)


@pytest.mark.parametrize(
    ("kind", "analysis", "truth", "told"),
    [
        ("binary", "exact", 'share = "0.3"', None),
        ("binary", "exact", 'share = "3"', 'a share from 0 to 1 is needed, in quotes, such as “0.83” (share = "3")'),
        ("time_to_event", "log_rank", 'survival = "0.83", at = "12 months"', None),
        ("time_to_event", "log_rank", 'survival = "0.83", at = "12 kg"', "at: a length of time is given in h, which 12 kg cannot become"),
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


FURTHER = """
[design.endpoints.estimand]
treatment = "With cells, against without"
population = "Children at stage II"
variable = "Area at 3 months"
summary = "difference_of_means"
set_to = "-20 %"

[design.endpoints.estimand.intercurrent]
death = "composite"
transplant = "hypothetical"
unplanned_operation = "treatment_policy"

[design.futility]
conditional_power = "0.1"

[design.multiplicity]
method = "holm"
order = ["fac"]

[[design.safety]]
id = "deaths"
title = "Deaths"
event = "death"
arm = "cells"
within = "30 days"
rule = "pocock"
acceptable = "0.1"
alpha = "0.05"
source = "text"
"""
AROUND = """
dropout = "5 %"
dropout_by_baseline = "0.3"

[scenarios.null.baseline.fac]
sd = "7 %"
correlation = "0.4"

[scenarios.null.measurement.fac]
first = "2 %"

[scenarios.null.after_operation]
fac = "-3 %"

[scenarios.null.events.death]
cells = { without = "0.9", at = "12 months" }
control = { without = "0.9", at = "12 months" }
"""
WHOLE = changed(
    'assumption = "None."\n',
    f'assumption = "None."{AROUND}',
    changed("\n[scenarios.null]", f"{FURTHER}\n[scenarios.null]"),
)
DEEPER = [
    ('death = "composite"', 'death = "treatment_policy"', 'death = "treatment_policy"', 'nothing can be measured after a death: “composite”, “while_alive”, “hypothetical” or “principal_stratum” can be (death = "treatment_policy")'),
    ('death = "composite"\n', "", "[design.endpoints.estimand.intercurrent]", "nothing is said of what becomes of the outcome after: death"),
    ('death = "composite"', 'death = "ignore"', '"ignore"', "“ignore” is not a strategy of ICH E9(R1); one of composite, hypothetical, principal_stratum, treatment_policy, while_alive is needed"),
    ('set_to = "-20 %"\n', "", "[design.endpoints.estimand]", "“composite” needs “set_to”: the value that stands for the event, such as “-20 %”"),
    ('set_to = "-20 %"', 'set_to = "-20 mL"', "-20 mL", 'set_to is given in %, which -20 mL cannot become'),
    ('population = "Children at stage II"\n', "", "[design.endpoints.estimand]", "[design.endpoints.estimand] needs “population”"),
    ('summary = "difference_of_means"', 'summary = "hazard_ratio"', '"hazard_ratio"', "“hazard_ratio” is not a summary of a continuous endpoint; one of difference_of_means, mean is needed"),
    ('conditional_power = "0.1"', 'conditional_power = "0.1"\nbounds = ["0"]', "[design.futility]", "futility is told in one way: “bounds”, “conditional_power” or “beta”"),
    ('conditional_power = "0.1"', 'bounds = ["0", "1"]', 'bounds = ["0", "1"]', '2 bounds for 2 looks: one for each look before the last is right (bounds = ["0", "1"])'),
    ('conditional_power = "0.1"', 'beta = "0.1"\nspending = "pocock"', 'beta = "0.1"', 'beta is spent in a test of 1 side; give “bounds” for one of 2 (beta = "0.1")'),
    ('method = "holm"', 'method = "holmes"', "holmes", "“holmes” is not a method for several endpoints; did you mean “holm”?"),
    ('method = "holm"', 'method = "graphical"\nweights = ["1"]\npasses_on = [["1"]]', "passes_on", 'a row is needed for each endpoint, shares in quotes, 0 to itself, together 1 at most (passes_on = [["1"]])'),
    ('order = ["fac"]', 'order = ["fax"]', "fax", "“fax” is not an endpoint of this design; did you mean “fac”?"),
    ('arm = "cells"', 'arm = "cell"', 'arm = "cell"', "“cell” is not an arm of the design; did you mean “cells”?"),
    ('within = "30 days"\n', "", "[[design.safety]]", "a safety rule says “within” which time an event counts, such as “30 days”"),
    ('rule = "pocock"', 'rule = "beta_binomial"\nprior = ["0"]\nthreshold = "0.9"', 'prior = ["0"]', 'two numbers above 0 are needed, such as [“0.2”, “1.8”] (prior = ["0"])'),
    ('rule = "pocock"', 'rule = "sprt"\nbeta = "0.2"', "[[design.safety]]", "[[design.safety]] needs “unacceptable”"),
    ('rule = "pocock"', 'rule = "sprt"\nbeta = "0.2"\nunacceptable = "0.01"', 'unacceptable = "0.01"', 'the unacceptable share is above the acceptable one (unacceptable = "0.01")'),
    ('rule = "pocock"', 'rule = "sprt"\nbeta = "0.96"\nunacceptable = "0.9"', 'beta = "0.96"', 'alpha and beta together are less than 1 (beta = "0.96")'),
    ('alpha = "0.05"\nsource = "text"', 'alpha = "0.05"', "[[design.safety]]", "deaths has no source: name one of [sources], or say in “assumption” what and why"),
    ('dropout = "5 %"\n', "", "dropout_by_baseline", "“dropout_by_baseline” needs “dropout”: how many, before who"),
    ('dropout = "5 %"', 'dropout = "100 %"', 'dropout = "100 %"', 'a share from 0 % to below 100 % is needed (dropout = "100 %")'),
    ('dropout = "5 %"', 'dropout = "-5 %"', 'dropout = "-5 %"', 'a share from 0 % to below 100 % is needed (dropout = "-5 %")'),
    ('dropout = "5 %"', 'dropout = "5 %"\naccrual = "0 /mo"', 'accrual = "0 /mo"', 'more than none enter each month, such as “2 /mo” (accrual = "0 /mo")'),
    ('dropout = "5 %"', 'dropout = "5 %"\naccrual = "-2 /mo"', 'accrual = "-2 /mo"', 'more than none enter each month, such as “2 /mo” (accrual = "-2 /mo")'),
    ('correlation = "0.4"', 'correlation = "1"', 'correlation = "1"', 'a number between -1 and 1 is needed, in quotes (correlation = "1")'),
    ("[scenarios.null.baseline.fac]", "[scenarios.null.baseline.fax]", "[scenarios.null.baseline.fax]", "“fax” is not an endpoint of the design; did you mean “fac”?"),
    ('fac = "-3 %"', 'fac = "-3 mL"', "-3 mL", 'fac is given in %, which -3 mL cannot become'),
    ("[scenarios.null.events.death]", "[scenarios.null.events.fever]", "[scenarios.null.events.fever]", "“fever” is not an event; one of death, serious_event, transplant, unplanned_operation is needed"),
    ('control = { without = "0.9", at', 'control = { without = "0.8", at', "[scenarios.null.events.death]", "in the null scenario the arms are alike"),
    ('control = { without = "0.9", at', 'control = { without = "0", at', 'without = "0"', '“without” is the share that has not had it, above 0, such as “0.9” (without = "0")'),
]  # fmt: skip


def test_all_that_a_design_may_say_is_read(tmp_path: Path) -> None:
    assert refusal(tmp_path, WHOLE) == []


@pytest.mark.parametrize(("old", "new", "passage", "told"), DEEPER)
def test_what_surrounds_a_design_is_refused_where_it_cannot_be(
    tmp_path: Path, old: str, new: str, passage: str, told: str
) -> None:
    text = changed(old, new, WHOLE)

    assert f"protocol.toml:{line_with(passage, text)}: {told}" in refusal(tmp_path, text)


VISITS = [
    ('["after_1_month", "after_3_months"]', '"0.5"', None),
    ('["after_3_months"]', '"0.5"', 'a longitudinal endpoint has 2 to 4 different visits (visits = ["after_3_months"])'),
    ('["after_3_months", "after_1_month"]', '"0.5"', 'the last visit is the endpoint\'s timepoint (visits = ["after_3_months", "after_1_month"])'),
    ('["after_1_month", "after_3_months"]', '"2"', 'a number between -1 and 1 is needed, in quotes (correlation = "2")'),
    ("", '"0.5"', "a longitudinal endpoint names its “visits”, two to four of them"),
]  # fmt: skip


@pytest.mark.parametrize(("visits", "correlation", "told"), VISITS)
def test_visits_are_two_to_four_and_go_together_somehow(
    tmp_path: Path, visits: str, correlation: str, told: str | None
) -> None:
    named = f"visits = {visits}\n" if visits else ""
    text = changed('kind = "continuous"', f'kind = "longitudinal"\n{named}')
    text = changed('analysis = "ancova"', 'analysis = "mmrm"', text)
    text = text[: text.index("[scenarios.some]")].replace(
        'mean = "0 %", sd = "6 %"', 'means = ["0 %", "1 %"], sds = ["6 %", "6 %"]'
    )
    text += f"[scenarios.null.visits.fac]\ncorrelation = {correlation}\n"

    problems = [problem.split(": ", 1)[1] for problem in refusal(tmp_path, text)]

    assert problems == [] if told is None else told in problems


def test_arms_have_the_children_of_the_design(tmp_path: Path) -> None:
    text = changed("sides = 2", "sides = 2\nparticipants = 30")
    text = changed('title = "With cells"', 'title = "With cells"\nparticipants = 20', text)
    text = changed('title = "Without"', 'title = "Without"\nparticipants = 20', text)

    line = line_with("participants = 30", text)
    told = f"protocol.toml:{line}: the arms have 40 children together, not 30"
    assert told in refusal(tmp_path, text)


def test_a_spread_of_none_under_the_null_is_told_once_and_not_as_a_difference(
    tmp_path: Path,
) -> None:
    text = WHOLE.replace('control = { mean = "0 %", sd = "6 %" }', 'control = { mean = "0 %", sd = "0 %" }', 1)  # fmt: skip

    line = line_with('sd = "0 %"', text)
    told = f'protocol.toml:{line}: the spread is more than none (sd = "0 %")'
    assert refusal(tmp_path, text) == [told]


def test_an_event_that_cannot_be_under_the_null_is_told_once_and_not_as_a_difference(
    tmp_path: Path,
) -> None:
    text = changed('control = { without = "0.9", at', 'control = { without = "2", at', WHOLE)

    line = line_with('without = "2"', text)
    told = "“without” is the share that has not had it, above 0, such as “0.9”"
    assert refusal(tmp_path, text) == [f'protocol.toml:{line}: {told} (without = "2")']


def test_one_spread_of_several_visits_is_told_alone(tmp_path: Path) -> None:
    text = changed('kind = "continuous"', 'kind = "longitudinal"')
    text = changed("timepoint = \"after_3", 'visits = ["after_1_month", "after_3_months"]\ntimepoint = "after_3', text)  # fmt: skip
    text = changed('analysis = "ancova"', 'analysis = "mmrm"', text)
    text = text[: text.index("[scenarios.some]")].replace(
        'mean = "0 %", sd = "6 %"', 'means = ["0 %", "1 %"], sds = ["6 %", "-1 %"]'
    )

    problems = [problem.split(": ", 1)[1] for problem in refusal(tmp_path, text)]

    assert problems == ['the spread is more than none (sds = "-1 %")'] * 2


def test_a_measure_of_something_else_is_told_once_with_the_nearest_and_the_list(
    tmp_path: Path,
) -> None:
    text = changed('measure = "rv_fac"\ntimepoint', 'measure = "circumference"\ntimepoint')

    (problem,) = refusal(tmp_path, text)

    assert "“circumference” is not a measure of the child; the nearest of " in problem
    assert "rv_circumferential_strain" in problem
    assert problem.endswith("all stand in cordula/vocabulary/measures.toml")


def test_a_measure_of_the_unit_is_no_unit_for_the_truth_of_a_child(tmp_path: Path) -> None:
    text = changed('measure = "rv_fac"\ntimepoint', 'measure = "tnc"\ntimepoint')

    (problem,) = refusal(tmp_path, text)

    assert "“tnc” is not a measure of the child" in problem
