"""Every benchmark, one table of ratios: `python -m benchmarks [name …] [--json]`.

Each benchmark runs in a process of its own, on a database of its own, so that none finds the other's caches warm.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from importlib import import_module
from typing import Any

from benchmarks.ratio import Ratio

NAMES = ("append", "bulk", "verdicts", "audit", "pages")
HEADINGS = ("", "compared", "ratio", "min–max", "rounds", "goal")


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _asked(arguments)
    if asked.within:
        print(json.dumps([asdict(ratio) for ratio in _measured(asked.within)]))
        return 0
    found = [ratio for name in asked.names or NAMES for ratio in _in_its_own_process(name)]
    print(_as_json(found) if asked.json else f"{_table(found)}\n\n{_circumstances()}")
    return 0


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"of {', '.join(NAMES)}")
    parser.add_argument("--json", action="store_true", help="for programs, with every round")
    parser.add_argument("--within", choices=NAMES, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if unknown := [name for name in asked.names if name not in NAMES]:
        parser.error(f"there is no benchmark “{unknown[0]}”; there are {', '.join(NAMES)}")
    return asked


def _measured(name: str) -> list[Ratio]:
    ratios: list[Ratio] = import_module(f"benchmarks.{name}").measure()
    return ratios


def _in_its_own_process(name: str) -> list[Ratio]:
    print(f"measuring: {name} …", file=sys.stderr)
    command = [sys.executable, "-m", "benchmarks", "--within", name]
    told = subprocess.run(command, stdout=subprocess.PIPE, check=False, text=True)  # noqa: S603
    if told.returncode:
        sys.exit(f"the benchmark “{name}” could not be measured; what it said stands above")
    rows = json.loads(told.stdout.splitlines()[-1])
    return [Ratio(**{**row, "rounds": tuple(row["rounds"])}) for row in rows]


# --- Told to people, and to programs ----------------------------------------------------------


def _table(ratios: Sequence[Ratio]) -> str:
    lines = [HEADINGS, *map(_line, ratios)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    shown = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    ]
    return "\n".join([*shown, *(f"{r.name}: {r.note}" for r in ratios if r.note)])


def _line(ratio: Ratio) -> tuple[str, ...]:
    return (
        ratio.name,
        ratio.compared,
        _figure(ratio.median),
        f"{_figure(ratio.least)}–{_figure(ratio.most)}",
        f"{len(ratio.rounds)} × {ratio.unit}",
        ratio.goal,
    )


def _figure(value: float) -> str:
    return f"{value:.3f}" if value < 0.1 else f"{value:.2f}" if value < 10 else f"{value:.1f}"


def _circumstances() -> str:
    busy = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    return (
        f"{os.cpu_count()} processors, load {busy} (1, 5, 15 minutes),"
        f" Python {platform.python_version()}. Ratios are of one run on one machine."
    )


def _as_json(ratios: Sequence[Ratio]) -> str:
    rows: list[dict[str, Any]] = [{**asdict(ratio), "median": ratio.median} for ratio in ratios]
    circumstances = {"processors": os.cpu_count(), "load": os.getloadavg()}
    return json.dumps({**circumstances, "ratios": rows}, indent=2, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main())
