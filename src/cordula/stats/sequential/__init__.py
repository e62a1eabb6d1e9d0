"""Trials that look at their results as they come in: bounds, power, and what may be said after stopping."""

from cordula.stats.sequential.boundaries import Boundaries, design
from cordula.stats.sequential.futility import (
    BetaSpending,
    Futility,
    FutilityBounds,
    NullSpending,
)
from cordula.stats.sequential.power import (
    Characteristics,
    Power,
    characteristics,
    fixed_drift,
    inflation_factor,
    power,
    required_drift,
)
from cordula.stats.sequential.shapes import HaybittlePeto, OBrienFleming, Pocock, Shape, WangTsiatis
from cordula.stats.sequential.spending import (
    HwangShihDeCani,
    KimDeMets,
    OBrienFlemingSpending,
    PocockSpending,
    Spending,
    SpendingFunction,
    UserSpending,
)

__all__ = [
    "BetaSpending",
    "Boundaries",
    "Characteristics",
    "Futility",
    "FutilityBounds",
    "HaybittlePeto",
    "HwangShihDeCani",
    "KimDeMets",
    "NullSpending",
    "OBrienFleming",
    "OBrienFlemingSpending",
    "Pocock",
    "PocockSpending",
    "Power",
    "Shape",
    "Spending",
    "SpendingFunction",
    "UserSpending",
    "WangTsiatis",
    "characteristics",
    "design",
    "fixed_drift",
    "inflation_factor",
    "power",
    "required_drift",
]
