"""A study's file as a person writes it, which a test may spoil."""

from pathlib import Path

GOOD = """\
[study]
id = "{id}"
name = "Example"
title = "What was done"
phase = "1"
design = "controlled"
population = "single_ventricle"
who = "Who took part"
cells = "cord_blood_mnc"
origin = "autologous"
route = "intramyocardial"
timing = "during stage 2 surgery"
state = "published"
numbers = "read"
looked_on = 2026-11-22
shares_patients_with = []

[sources.paper]
label = "Journal 2020"
read = "abstract"
standing = "seen"
pmid = "10000000"
read_on = 2026-11-22

[sources.press]
label = "Announcement"
read = "press"
standing = "secondary"
url = "https://example.org/news"
read_on = 2026-11-22

[arms.cells]
words = "Own cord blood cells"
n = 10

[arms.control]
words = "Surgery alone"
n = 12

[[results]]
measure = "rvef_change"
months = 12
source = "paper"
flag = "seen"
p = "0.40"
arms = [
  {{ arm = "cells", n = 10, mean = 2.0, spread = 4.0, spread_is = "sd" }},
  {{ arm = "control", n = 12, mean = 1.0, spread = 5.0, spread_is = "sd" }},
]

[[results]]
measure = "death_hazard"
months = 96
source = "paper"
flag = "seen"
between = {{ estimate = 0.60, low = 0.21, high = 1.77, level = 0.95 }}

[[results]]
measure = "transplant"
months = 12
source = "paper"
flag = "seen"
arms = [{{ arm = "cells", n = 10, events = 3 }}]
"""


def write(folder: Path, id_: str = "example", old: str = "", new: str = "") -> int:
    """Writes the file with something else in it; returns the line of the change."""
    text = GOOD.format(id=id_)
    assert old in text
    (folder / f"{id_}.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1
