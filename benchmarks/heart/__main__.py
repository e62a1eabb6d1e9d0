"""The heart against its peers, one table of ratios: `python -m benchmarks.heart [adult|cohort|threads|first_use|questions …]`."""

import sys
from collections.abc import Sequence
from importlib import import_module

from benchmarks.__main__ import HEADINGS, _circumstances, _line
from benchmarks.ratio import Ratio

NAMES = ("adult", "cohort", "threads", "first_use", "questions")


def main(names: Sequence[str]) -> int:
    for name in names:
        if name not in NAMES:
            print(f"there is no benchmark “{name}”; there are {', '.join(NAMES)}", file=sys.stderr)
            return 2
    found = []
    for name in names or NAMES:
        print(f"measuring: {name} …", file=sys.stderr)
        found += import_module(f"benchmarks.heart.{name}").measure()
    print(table(found))
    return 0


def table(ratios: Sequence[Ratio]) -> str:
    """Columns of what was measured; below them the notes, and in one line each what was missing."""
    lines = [HEADINGS, *(_line(ratio) for ratio in ratios if ratio.rounds)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    shown = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    ]
    notes = [f"{r.name}: {r.note}" for r in ratios if r.note]
    missing = [r.compared for r in ratios if not r.rounds]
    return "\n".join([*shown, "", *notes, *missing, "", f"{_circumstances()} Processor time."])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
