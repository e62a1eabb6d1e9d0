"""Computes the numbers of the three explanations: `python -m cordula_web.families.heart.computed` writes their file.

A parent never waits for a model, and a test computes them again."""

import json
from pathlib import Path
from typing import Any

from cordula.heart import explain_ef, load
from cordula.heart.circulation import Steady
from cordula.stats.refusals import CannotBe, NotConverged
from cordula_web.families.heart.told import FILE

STAGES = ("norwood-bts", "glenn", "fontan")
POINTS = 5.0
SOURCES = {
    "mixing": "Barnea, Austin, Richman and Santamore 1994, J Am Coll Cardiol 24:1420",
    "vessels": "Hiebing, Pieper and Witzenburg 2023, J Biomech Eng 145:101007",
    "chamber": "fitted to the means of the Single Ventricle Reconstruction trial before stage 2",
}


def computed() -> dict[str, Any]:
    """Every number, to four digits."""
    found = {name: _settled(name) for name in STAGES}
    first = found["norwood-bts"]
    why = explain_ef(first.circulation, POINTS)
    if isinstance(why, NotConverged):
        raise CannotBe(f"the model does not settle: {why.reason}")
    after = {story.id: story.after for story in why.stories}
    return {
        "sources": SOURCES,
        "stages": [_stage(name, one) for name, one in found.items()],
        "mixing": {
            "lungs": _short(first.circulation.numbers()["pulmonary_venous_saturation"]),
            "veins": _short(first["venous_saturation"]),
            "aorta": _short(first["arterial_saturation"]),
        },
        "beat": {
            "full": _short(first["end_diastolic_volume"]),
            "left": _short(first["end_systolic_volume"]),
        },
        "same": {
            "fraction": _short(after["stronger"]["ejection_fraction"]),
            "before": _short(first["systemic_flow"]),
            "stronger": _short(after["stronger"]["systemic_flow"]),
            "leaking": _short(after["leaking"]["systemic_flow"]),
        },
    }


def _settled(name: str) -> Steady:
    found = load(name).scaled().steady()
    if isinstance(found, NotConverged):
        raise CannotBe(f"{name} does not settle: {found.reason}")
    return found


def _stage(name: str, one: Steady) -> dict[str, Any]:
    return {
        "id": name,
        "weight": _short(one.circulation.numbers()["weight"]),
        "body": _short(one["systemic_flow"]),
        "lungs": _short(one["pulmonary_flow"]),
        "saturation": _short(one["arterial_saturation"]),
    }


def _short(value: float) -> float:
    return float(f"{value:.4g}")


if __name__ == "__main__":
    text = json.dumps(computed(), indent=2, ensure_ascii=False) + "\n"
    Path(__file__).with_name(FILE).write_text(text, encoding="utf-8")
