"""The trial engine beside its peers, one table of ratios: `python -m benchmarks.trial [name …] [--json]`.

Each benchmark runs in a process of its own, one thread each, so that none finds the other's kernels warm."""

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from importlib import import_module

from benchmarks.__main__ import _as_json, _circumstances, _table
from benchmarks.ratio import Ratio

NAMES = (
    "boundaries", "means", "rates", "survival", "patients", "mmrm", "bayes", "borrowing", "minimisation", "interim",
    "monitoring", "start",
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.trial", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"of {', '.join(NAMES)}")
    parser.add_argument("--json", action="store_true", help="for programs, with every round")
    parser.add_argument("--within", choices=NAMES, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.within:
        measured = import_module(f"benchmarks.trial.{asked.within}").measure()
        print(json.dumps([asdict(ratio) for ratio in measured]))
        return 0
    if unknown := [name for name in asked.names if name not in NAMES]:
        parser.error(f"there is no benchmark “{unknown[0]}”; there are {', '.join(NAMES)}")
    found = [ratio for name in asked.names or NAMES for ratio in _alone(name)]
    print(_as_json(found) if asked.json else f"{_table(found)}\n\n{_circumstances()}")
    return 0


def _alone(name: str) -> list[Ratio]:
    print(f"measuring: {name} …", file=sys.stderr)
    command = [sys.executable, "-m", "benchmarks.trial", "--within", name]
    told = subprocess.run(command, stdout=subprocess.PIPE, check=False, text=True)  # noqa: S603
    if told.returncode:
        sys.exit(f"the benchmark “{name}” could not be measured; what it said stands above")
    rows = json.loads(told.stdout.splitlines()[-1])
    return [Ratio(**{**row, "rounds": tuple(row["rounds"])}) for row in rows]


if __name__ == "__main__":
    sys.exit(main())
