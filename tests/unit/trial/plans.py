"""Designs for the tests: a right protocol, and what is changed in it."""

from pathlib import Path

from cordula.protocols.load import load
from cordula.protocols.protocol import Protocol
from cordula.trial.design import Design, design_of
from cordula.trial.scenarios import Scenario, scenarios_of
from tests.unit.protocols.written import RIGHT, written

HEAD = RIGHT[: RIGHT.index("[design]")]
ARMS = """
[[design.arms]]
id = "cells"
title = "With cells"

[[design.arms]]
id = "control"
title = "Without"
"""
DESIGN = """
[design]
source = "text"
randomised = true
masked = "open"
participants = 40
alpha = "0.05"
sides = 2
looks = ["0.5", "1"]
spending = "obrien_fleming"

[design.allocation]
method = "permuted_blocks"
blocks = [4]
"""
CONTINUOUS = """
[[design.endpoints]]
id = "fac"
title = "Area"
rank = "primary"
kind = "continuous"
measure = "rv_fac"
timepoint = "after_3_months"
change_from_baseline = true
analysis = "ancova"
"""
NULL = """
[scenarios.null]
title = "Nothing differs"
assumption = "None."
"""
SOME = """
[scenarios.some]
title = "Some"
source = "text"
"""
OF_FAC = """
[scenarios.{name}.truth.fac]
cells = {{ mean = "{mean} %", sd = "6 %" }}
control = {{ mean = "0 %", sd = "6 %" }}
"""
ALIKE = NULL + OF_FAC.format(name="null", mean=0) + SOME + OF_FAC.format(name="some", mean=4)
PLAIN = DESIGN + ARMS + CONTINUOUS + ALIKE
MINIMISED = PLAIN.replace(
    'method = "permuted_blocks"\nblocks = [4]', 'method = "minimisation"\nstrata = ["site", "sex"]'
)


def protocol(folder: Path, trial: str = PLAIN) -> Protocol:
    return load(written(folder, HEAD + trial))


def read(folder: Path, trial: str = PLAIN) -> tuple[Design, dict[str, Scenario]]:
    found = protocol(folder, trial)
    return design_of(found), scenarios_of(found)


def with_(trial: str, **changes: str) -> str:
    """The text with lines of its [design] changed: `looks='["1"]'`."""
    for key, value in changes.items():
        old = next(line for line in trial.splitlines() if line.startswith(f"{key} ="))
        trial = trial.replace(old, f"{key} = {value}", 1)
    return trial
