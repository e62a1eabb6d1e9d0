"""A fixed cast of invented studies and questions."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from cordula.evidence.questions import Question, TauPriors
from cordula.evidence.study import Arm, ArmResult, Between, Result, Source, Study

PAPER = Source(key="paper", label="Journal 2020", read="abstract", pmid="10000000")
PRIORS = TauPriors(priors=("half_normal 2", "half_cauchy 2"), why="invented", design_sd=3.0)


def asking(effect: str = "mean_difference", measure: str = "rvef_change", **other: Any) -> Question:
    told: dict[str, Any] = {
        "id": "invented",
        "words": "An invented question?",
        "measures": (measure,),
        "effect": effect,
        "unit": "percentage points",
        "months": (Decimal(12),),
        "within": Decimal(1),
        "methods": ("mri", "echocardiography"),
        "designs": ("randomised_blinded", "randomised_open", "controlled", "single_arm"),
        "populations": ("single_ventricle",),
        "for_cells": ("cord_blood_mnc",),
        "tau": PRIORS,
    }
    return Question(**{**told, **other})


def study(id_: str, *results: Result, **other: Any) -> Study:
    made = Study(
        id=id_,
        name=id_.capitalize(),
        title="Invented",
        design="randomised_blinded",
        phase="2",
        population="single_ventricle",
        who="Invented",
        cells="cord_blood_mnc",
        origin="autologous",
        route="intramyocardial",
        timing="during stage 2 surgery",
        state="published",
        numbers="read",
        looked_on=date(2026, 11, 22),
        sources={"paper": PAPER},
        arms={
            "cells": Arm(key="cells", words="Cells"),
            "control": Arm(key="control", words="None"),
        },
        results=results,
    )
    return replace(made, **other)


def result(*arms: ArmResult, measure: str = "rvef_change", **other: Any) -> Result:
    told: dict[str, Any] = {"months": Decimal(12), "source": PAPER, "flag": "seen", "line": 1}
    return Result(measure=measure, arms=arms, **{**told, **other})


def mean(arm: str, n: int, value: str, sd: str) -> ArmResult:
    return ArmResult(arm=arm, n=n, mean=Decimal(value), spread=Decimal(sd), spread_is="sd")


def counted(arm: str, events: int, n: int) -> ArmResult:
    return ArmResult(arm=arm, n=n, events=events)


def change(cells: str = "5.0", n: int = 20, **other: Any) -> Result:
    """A change of `cells` points against 1.0, both with SD 4."""
    return result(mean("cells", n, cells, "4.0"), mean("control", n, "1.0", "4.0"), **other)


def given(estimate: float, se: float) -> Result:
    """A comparison with the 95% interval that this standard error makes."""
    value, reach = Decimal(str(estimate)), Decimal(str(se)) * Decimal("1.959963984540054")
    told = Between(estimate=value, low=value - reach, high=value + reach, level=Decimal("0.95"))
    return result(between=told)


def known(*studies: Study) -> dict[str, Study]:
    return {one.id: one for one in studies}
