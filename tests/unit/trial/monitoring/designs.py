"""Small designs of every kind of endpoint, and simulated children of them told to a ledger."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from cordula.events.course import Died, Operated
from cordula.events.event import Event
from cordula.stats.simulation.surrounded import CENSORED, HAPPENED
from cordula.trial.monitoring.plan import MONTH
from tests.unit.trial.monitoring.children import BEGIN, OPERATION, WHO, enrolled, infant
from tests.unit.trial.plans import ARMS, CONTINUOUS, DESIGN, NULL, SOME

TIME = """
[[design.endpoints]]
id = "{name}"
title = "Time to it"
rank = "{rank}"
kind = "time_to_event"
{looks}
analysis = "{analysis}"
"""
ESTIMAND = """
[design.endpoints.estimand]
treatment = "With cells, against without"
population = "Children at stage II"
variable = "Time to the operation"
summary = "hazard_ratio"

[design.endpoints.estimand.intercurrent]
death = "{death}"
transplant = "treatment_policy"
unplanned_operation = "composite"
"""
OF_TIME = """
[scenarios.{name}.truth.{endpoint}]
cells = {{ survival = "{cells}", at = "12 months" }}
control = {{ survival = "0.5", at = "12 months" }}
"""
DEATHS = """
[scenarios.{name}.events.death]
cells = {{ without = "0.7", at = "12 months" }}
control = {{ without = "0.7", at = "12 months" }}
"""
ENTRY = 'accrual = "4 /mo"\n'
OF_MEASURE = """
[scenarios.{name}.truth.{endpoint}]
cells = {{ mean = "{mean} %", sd = "6 %" }}
control = {{ mean = "0 %", sd = "6 %" }}
"""
STRAIN = CONTINUOUS.replace('"fac"', '"strain"').replace("rv_fac", "rv_longitudinal_strain")
WIN = """
[[design.endpoints]]
id = "win"
title = "Death, then transplant, then area"
rank = "primary"
kind = "hierarchical"
analysis = "{analysis}"
after = "12 months"
components = ["death", "transplant", "fac"]
"""
BINARY = """
[[design.endpoints]]
id = "death_12"
title = "Dead at 12 months"
rank = "primary"
kind = "binary"
after = "12 months"
analysis = "exact"
"""
OF_SHARE = """
[scenarios.{name}.truth.death_12]
cells = {{ share = "{cells}" }}
control = {{ share = "0.4" }}
"""
MANY = "\n[design.multiplicity]\n{rule}\n"


def _truths(text: str, some: str, **told: str) -> str:
    """Both scenarios: the same in both arms, and `some` in the first."""
    null = text.format(name="null", **{**told, "cells": "0.5", "mean": "0"})
    return (
        NULL + ENTRY + null + SOME + ENTRY + text.format(name="some", **told, cells=some, mean=some)
    )


def of_time(analysis: str, death: str = "while_alive", looks: str = 'after = "12 months"') -> str:
    """A time to an unplanned operation, with deaths around it."""
    name = "unplanned_operation"
    endpoint = TIME.format(name=name, rank="primary", looks=looks, analysis=analysis)
    truths = _truths(OF_TIME + DEATHS, "0.85", endpoint=name)
    return DESIGN + ARMS + endpoint + ESTIMAND.format(death=death) + truths


def of_hierarchy(analysis: str) -> str:
    """Death, transplant, and the change of area."""
    times = "".join(
        TIME.format(name=name, rank="secondary", looks='after = "12 months"', analysis="log_rank")
        for name in ("death", "transplant")
    )
    text = "".join(OF_TIME.replace("{endpoint}", name) for name in ("death", "transplant"))
    null = text.format(name="null", cells="0.5") + OF_MEASURE.format(
        name="null", endpoint="fac", mean=0
    )
    some = text.format(name="some", cells="0.8") + OF_MEASURE.format(
        name="some", endpoint="fac", mean=4
    )
    measured = CONTINUOUS.replace('"primary"', '"secondary"')
    parts = times + measured + WIN.format(analysis=analysis)
    return DESIGN + ARMS + parts + NULL + ENTRY + null + SOME + ENTRY + some


def of_two(rule: str, means: tuple[str, str] = ("6", "6")) -> str:
    """Area and strain, both primary; rule: the lines of [design.multiplicity]."""
    text = OF_MEASURE.replace("{endpoint}", "fac").replace("{mean}", "{fac}")
    text += OF_MEASURE.replace("{endpoint}", "strain").replace("{mean}", "{strain}")
    null = text.format(name="null", fac=0, strain=0)
    some = text.format(name="some", fac=means[0], strain=means[1])
    return DESIGN + MANY.format(rule=rule) + ARMS + CONTINUOUS + STRAIN + NULL + null + SOME + some


def of_share() -> str:
    return DESIGN + ARMS + BINARY + _truths(OF_SHARE, "0.1").replace('"0.5"', '"0.4"')


# Months for which the children of these designs are watched, where a time is told.
FOLLOW_UP = 12.0
KINDS = {
    "continuous": lambda: of_two('method = "holm"\norder = ["fac", "strain"]'),
    "binary": of_share,
    "log_rank": lambda: of_time("log_rank"),
    "rmst": lambda: of_time("rmst"),
    "competing_risks": lambda: of_time("competing_risks"),
    "win_ratio": lambda: of_hierarchy("win_ratio"),
    "net_benefit": lambda: of_hierarchy("net_benefit"),
}


def moment(month: float) -> datetime:
    return BEGIN + month * MONTH


def entering(number: int, month: float) -> Iterator[Event]:
    """Enrolled, and operated in this month: that is her entry where nobody draws lots."""
    at = moment(month)
    yield enrolled(number, month * MONTH / timedelta(days=1))
    yield Operated(
        infant=infant(number),
        operation=OPERATION,
        started_at=at - timedelta(hours=5),
        by=WHO,
        at=at,
    )


def watched(
    entry: NDArray[np.float64], time: NDArray[np.float64], cause: NDArray[np.int64]
) -> Iterator[Event]:
    """Children with an unplanned operation where it happened, and a death where something else came first."""
    for number, (month, waited, what) in enumerate(zip(entry, time, cause, strict=True)):
        yield from entering(number, float(month))
        end = moment(float(month)) + float(waited) * MONTH
        if what == HAPPENED:
            yield Operated(
                infant=infant(number), operation="systemic_shunt",
                started_at=end - timedelta(minutes=1), by=WHO, at=end,
            )  # fmt: skip
        elif what != CENSORED or waited != FOLLOW_UP:
            yield Died(infant=infant(number), by=WHO, at=end)
