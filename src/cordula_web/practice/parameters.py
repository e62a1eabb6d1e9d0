"""The published distributions that practice infants are drawn from, with their sources."""

import tomllib
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import inf, log
from random import Random
from typing import Any


@cache
def parameters() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "parameters.toml").read_text(encoding="utf-8"))


def normal(name: str, chance: Random) -> float:
    """A draw from the named normal distribution, kept inside its bounds."""
    row = parameters()[name]
    drawn = chance.gauss(row["mean"], row["sd"])
    return float(min(max(drawn, row.get("lowest", -inf)), row.get("highest", inf)))


def lognormal(name: str, chance: Random) -> float:
    row = parameters()[name]
    return chance.lognormvariate(log(row["median"]), row["log_sd"])


def happens(name: str, chance: Random) -> bool:
    """Whether an event of the named share happens."""
    return bool(chance.random() < parameters()[name]["share"])


def median_weight_kg(age_days: float) -> float:
    """The weight at an age, on the straight line between the ages the source gives."""
    row = parameters()["growth_kg"]
    points = list(zip(row["days"], row["kg"], strict=True))
    for (day, kg), (next_day, next_kg) in pairwise(points):
        if age_days <= next_day:
            share = (max(age_days, day) - day) / (next_day - day)
            return float((kg + share * (next_kg - kg)) * row["share"])
    return float(points[-1][1] * row["share"])
