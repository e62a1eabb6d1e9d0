"""How many standard deviations from the mean of sound children of this size?"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from math import exp, log, sqrt
from typing import Any

from cordula.heart.refusals import unknown
from cordula.heart.zscores.bsa import body_surface
from cordula.stats.refusals import CannotBe
from cordula.vocabulary.quantity import Quantity


@dataclass(frozen=True, slots=True)
class ZScore:
    """`z` to two decimals; `mean`: what lies at z = 0 for this child; `source`: whose children she was compared with."""

    z: Decimal
    measure: str
    mean: Quantity
    source: str
    body_surface_m2: Decimal | None


def references() -> dict[str, tuple[str, ...]]:
    """The structures that each reference has."""
    return {name: tuple(told["of"]) for name, told in _told().items()}


def z_score(
    reference: str,
    measure: str,
    value: Quantity,
    *,
    weight: Quantity,
    height: Quantity | None = None,
    age: Quantity | None = None,
) -> ZScore:
    """The z-score of a measurement: ``z_score("phn", "aortic_valve", Quantity.of("8", "mm"), weight=…, height=…)``.

    Raises `CannotBe` for a structure that the reference does not have, a child it was not made for, a unit that
    does not convert, or a missing height or age."""
    told = _known("reference", reference, _told())
    row = _known(f"structure in “{told['title']}”", measure, told["of"])
    _within(told, age)
    size = _size(told, weight, height)
    x = float(value.to(row["unit"]).value)
    if not x > 0:
        raise CannotBe(f"{row['title']}: {value} is not above 0")
    z, mean = _FORMS[told["form"]](row, x, size)
    surface = None if told["form"] == "weight" else Decimal(f"{size:.4f}")
    middle = Quantity(Decimal(f"{mean:.4g}"), row["unit"])
    return ZScore(Decimal(f"{z:.2f}"), measure, middle, told["source"], surface)


def _known(what: str, name: str, known: Mapping[str, Any]) -> Any:
    if name not in known:
        raise CannotBe(unknown(what, name, known))
    return known[name]


def _within(told: Mapping[str, Any], age: Quantity | None) -> None:
    oldest = told["oldest_days"]
    if age is None:
        if told["form"] == "weight":
            raise CannotBe(
                f"“{told['title']}” is for the first {oldest} days of life: give the age"
            )
        return
    days = float(age.to("d").value)
    if not 0 <= days <= oldest:
        raise CannotBe(
            f"“{told['title']}” was made of children to {oldest} days, and {age} is {days:g} days"
        )


def _size(told: Mapping[str, Any], weight: Quantity, height: Quantity | None) -> float:
    """Weight in kg, or body surface in m² by the formula of the reference."""
    if told["form"] == "weight":
        return float(weight.to("kg").value)
    size = body_surface(told["body_surface"], weight, height)
    most = told.get("most_body_surface_m2", 3.0)
    if size > most:
        raise CannotBe(
            f"“{told['title']}” is for body surfaces to {most:g} m², and this is {size:.2f} m²"
        )
    return size


def _indexed(row: Mapping[str, Any], x: float, surface: float) -> tuple[float, float]:
    by = surface ** row["power"]
    return (x / by - row["mean"]) / row["sd"], row["mean"] * by


def _logarithmic(row: Mapping[str, Any], x: float, surface: float) -> tuple[float, float]:
    middle = sum(c * surface**i for i, c in enumerate(row["polynomial"]))
    return (log(x) - middle) / sqrt(row["mse"]), exp(middle)


def _square_root(row: Mapping[str, Any], x: float, surface: float) -> tuple[float, float]:
    mean, (at_nought, per_m2) = row["mean"] * sqrt(surface), row["sd"]
    return (x - mean) / (at_nought + per_m2 * surface), mean


def _by_weight(row: Mapping[str, Any], x: float, weight: float) -> tuple[float, float]:
    mean = row["at_nought"] + row["per_kg"] * weight
    return (x - mean) / row["sd"], mean


_FORMS = {
    "indexed": _indexed,
    "logarithmic": _logarithmic,
    "square_root": _square_root,
    "weight": _by_weight,
}


@cache
def _told() -> dict[str, Any]:
    text = (files("cordula.heart.zscores") / "references.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
