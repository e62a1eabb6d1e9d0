"""Which numbers of the model do the three explanations show? Read from a file that was computed beforehand."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

FILE = "model.json"
# A bar as long as the page allows stands for this much flow.
WIDTH, MOST_FLOW = 300, 2.4


@dataclass(frozen=True, slots=True)
class Bar:
    """One flow: L/min to one decimal, and the length of its bar."""

    flow: str
    width: int


@dataclass(frozen=True, slots=True)
class Stage:
    """The model child after one operation."""

    id: str
    weight: str
    body: Bar
    lungs: Bar
    saturation: str


@dataclass(frozen=True, slots=True)
class Mixing:
    """Oxygen of the blood from the lungs, from the body, and of the mixture, in percent."""

    lungs: str
    veins: str
    aorta: str


@dataclass(frozen=True, slots=True)
class Beat:
    """One beat: full, emptied, left over, in mL, and the fraction in percent."""

    full: str
    out: str
    left: str
    fraction: str
    out_width: int
    left_width: int


@dataclass(frozen=True, slots=True)
class Same:
    """Two hearts with one ejection fraction: what reaches the body, in L/min."""

    fraction: str
    before: Bar
    stronger: Bar
    leaking: Bar


@dataclass(frozen=True, slots=True)
class Told:
    stages: tuple[Stage, ...]
    mixing: Mixing
    beat: Beat
    same: Same
    sources: dict[str, str]


@cache
def told() -> Told:
    """The numbers as they are shown."""
    text = (files("cordula_web.families.heart") / FILE).read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    stages = tuple(_stage(one) for one in found["stages"])
    mixing = Mixing(*(f"{100 * found['mixing'][name]:.0f}" for name in ("lungs", "veins", "aorta")))
    same = found["same"]
    return Told(
        stages,
        mixing,
        _beat(found["beat"]),
        Same(
            f"{100 * same['fraction']:.0f}",
            _bar(same["before"]),
            _bar(same["stronger"]),
            _bar(same["leaking"]),
        ),
        found["sources"],
    )


def _stage(one: dict[str, Any]) -> Stage:
    return Stage(
        one["id"],
        f"{one['weight']:.0f}",
        _bar(one["body"]),
        _bar(one["lungs"]),
        f"{100 * one['saturation']:.0f}",
    )


def _bar(flow: float) -> Bar:
    return Bar(f"{flow:.2g}" if flow < 1 else f"{flow:.1f}", round(flow / MOST_FLOW * WIDTH))


def _beat(one: dict[str, float]) -> Beat:
    out, full = one["full"] - one["left"], one["full"]
    out_width = round(out / full * WIDTH)
    return Beat(
        f"{full:.0f}",
        f"{out:.0f}",
        f"{one['left']:.0f}",
        f"{100 * out / full:.0f}",
        out_width,
        WIDTH - out_width,
    )
