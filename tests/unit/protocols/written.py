"""A small protocol that is right in every line, to be made wrong one line at a time."""

from pathlib import Path

from cordula.protocols.load import load
from cordula.protocols.protocol import Protocol
from cordula.protocols.refusal import ProtocolRefused

RIGHT = """\
[protocol]
id = "small"
version = "1"
title = "A small protocol"
product = "cells"
origin = "autologous"
operation = "stage_2_palliation"

[sources.text]
title = "A text"
standing = "seen"

[questions]
travel = "Did the mother travel?"

[[stages]]
id = "birth"
title = "Birth"

[[stages]]
id = "theatre"
title = "Theatre"

[[gates]]
id = "consent"
stage = "birth"
title = "Consent"
who = "donor_coordinator"

[[gates.criteria]]
id = "C1"
kind = "consent"
says = "The parents agreed."
scopes = ["collect", "use"]
source = "text"

[[gates]]
id = "cells"
stage = "birth"
title = "Cells"
who = "technologist"

[[gates.criteria]]
id = "C2"
kind = "measure"
says = "Enough cells are alive."
measure = "nucleated_viability"
timepoint = "pre_freeze"
cell_type = "nucleated"
more_than = "70 %"
source = "text"

[[gates.criteria]]
id = "C3"
kind = "interval"
says = "In time."
start = "collected"
end = "processed"
at_most = "48 h"
source = "text"

[[gates.criteria]]
id = "C4"
kind = "measure"
says = "Neither cold nor warm."
measure = "transport_temperature"
timepoint = "arrival"
open = true

[[gates.criteria]]
id = "C5"
kind = "test"
says = "Nothing grew."
test = "sterility_aerobic"
results = ["no_growth"]
source = "text"

[[gates.criteria]]
id = "C6"
kind = "answer"
says = "She did not travel."
items = ["travel"]
answer = "no"
source = "text"

[[steps]]
id = "collect"
stage = "birth"
title = "Collect"
event = "Collected"
role = "collector"
waits_for = ["consent"]

[[steps]]
id = "release"
stage = "theatre"
title = "Release"
event = "Released"
role = "quality"
waits_for = ["collect", "cells"]
before_operation = "15 h"
source = "text"

[steps.signatures]
roles = ["quality", "medical_director"]
meaning = "I release this unit."

[dose]
volume_per_kg = "0.1 mL/kg"
open = ["weight_not_older_than"]
concentration = "viable_concentration"
concentration_at = "post_thaw"
range_per_kg = { at_least = "1 million/kg", at_most = "3 million/kg" }
route = "intramyocardial"
source = "text"

[[follow_up]]
measure = "rv_fac"
after = "3 months"
open = true
source = "text"

[design]
source = "text"
randomised = true
masked = "open"
alpha = "0.05"
sides = 2
looks = ["0.5", "1"]
spending = "obrien_fleming"

[design.allocation]
method = "permuted_blocks"
blocks = [4]

[[design.arms]]
id = "cells"
title = "With cells"

[[design.arms]]
id = "control"
title = "Without"

[[design.endpoints]]
id = "fac"
title = "Area"
rank = "primary"
kind = "continuous"
measure = "rv_fac"
timepoint = "after_3_months"
analysis = "ancova"

[scenarios.null]
title = "Nothing differs"
assumption = "None."

[scenarios.null.truth.fac]
cells = { mean = "0 %", sd = "6 %" }
control = { mean = "0 %", sd = "6 %" }

[scenarios.some]
title = "Some"
source = "text"

[scenarios.some.truth.fac]
cells = { mean = "4 %", sd = "6 %" }
control = { mean = "0 %", sd = "6 %" }
"""


def written(folder: Path, text: str = RIGHT) -> Path:
    (folder / "protocol.toml").write_text(text, encoding="utf-8")
    return folder


def loaded(folder: Path, text: str = RIGHT) -> Protocol:
    return load(written(folder, text))


def changed(old: str, new: str, text: str = RIGHT) -> str:
    """The text with one passage changed, which must stand in it exactly once."""
    assert text.count(old) == 1, f"{text.count(old)} times: {old}"
    return text.replace(old, new)


def refusal(folder: Path, text: str, site_file: Path | None = None) -> list[str]:
    """Every line of the refusal, without the folder that the test happens to run in."""
    try:
        load(written(folder, text), site_file)
    except ProtocolRefused as refused:
        return [str(problem).replace(f"{folder}/", "") for problem in refused.problems]
    return []


def line_with(passage: str, text: str) -> int:
    """The number of the line on which a passage stands, counted without the code under test."""
    assert text.count(passage) == 1, f"{text.count(passage)} times: {passage}"
    return text[: text.index(passage)].count("\n") + 1
